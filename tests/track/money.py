"""Rates as the tests give them, and what reports make of them in cents."""

from typing import Any

import httpx2 as httpx

from tests.track.asking import ADA, AGENCY, BO, REPORTS, Asker
from tests.track.people import WORKSPACE, members

RATES = f"{WORKSPACE}/rates"
WEBSITE = {"project_ids": [30]}  # rates 100.00, 120.00 from 8 January; see AMOUNTS in the tests
APP = {"project_ids": [31]}  # Ada's seven minutes on 9 January, at the workspace's 60.00
BUILDING = {"time_entry_ids": [103]}  # Bo's 45 minutes with a task on the website, not billable


def totals(agency: Asker, by: int | None = ADA, **narrow: Any) -> Any:
    """What the entries of all times add up to."""
    asked = {"start_date": "2006-01-01", "end_date": "2029-12-31", **narrow}
    return agency.post(f"{REPORTS}/search/time_entries/totals", asked, by)


def amount(agency: Asker, by: int | None = ADA, **narrow: Any) -> int | None:
    return totals(agency, by, **narrow)["billable_amount_in_cents"]


def cost(agency: Asker, by: int | None = ADA, **narrow: Any) -> int | None:
    return totals(agency, by, **narrow)["labour_cost_in_cents"]


def give(
    agency: Asker, level: str, level_id: int, price: float, by: int = ADA, **more: Any
) -> httpx.Response:
    """Asks for a rate; for all times unless said otherwise."""
    when = {} if {"mode", "start"} & set(more) else {"mode": "override-all"}
    body = {"level": level, "level_id": level_id, "amount": price, "type": "billable_rates"}
    return agency.ask("POST", RATES, by, json={**body, **when, **more})


def given(agency: Asker, level: str, level_id: int, price: float, **more: Any) -> Any:
    """Gives a rate, and what the server says of it."""
    answer = give(agency, level, level_id, price, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def history(agency: Asker, level: str, level_id: int, kind: str = "billable_rates") -> Any:
    return agency.get(f"{RATES}/{level}/{level_id}", type=kind)


def spans(agency: Asker, level: str, level_id: int, kind: str = "billable_rates") -> Any:
    """A history in short: amount, first day, first day of the next."""
    rows = history(agency, level, level_id, kind)
    return [(row["amount"], _day(row["start"]), _day(row["end"])) for row in rows]


def _day(instant: str | None) -> str | None:
    return None if instant is None else instant[:10]


def bo_on(agency: Asker, project_id: int = 30, **more: Any) -> int:
    """Puts Bo on a project: the id of his place there."""
    body = {"project_id": project_id, "user_id": BO, **more}
    return agency.post(f"{WORKSPACE}/project_users", body)["id"]


def place_of(agency: Asker, user_id: int) -> int:
    """The id of somebody's place in the agency, which carries his rates."""
    return members(agency)[user_id]["id"]


def make_building_billable(agency: Asker) -> None:
    agency.put(f"{WORKSPACE}/time_entries/103", {"billable": True})


def show_rates_to_members(agency: Asker) -> None:
    agency.put(f"/workspaces/{AGENCY}", {"only_admins_see_billable_rates": False})
