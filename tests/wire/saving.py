"""An agency of a test's own, and how its people save, run and change reports in it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from starlette.testclient import TestClient

from gnomon.model.account import Membership, Role
from gnomon.model.entry import TimeEntry
from gnomon.store.accounts import find_account, put_account
from gnomon.store.changes import Touched, take_change
from gnomon.store.entries import add_entries
from gnomon.store.rates import add_rates
from gnomon.store.workspaces import find_workspace, put_membership, put_workspace
from gnomon.units.durations import Rounding, RoundingMode
from gnomon.web.application import make_application
from gnomon.web.services import Services
from tests.client import Client
from tests.wire.agency import AGENCY, TOKENS, agency_services, at
from tests.worlds.loader import rates_of
from tests.worlds.world import Rate, World

JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
WEEK = {"start_date": "2026-01-05", "end_date": "2026-01-11"}
INVALID_TOKEN = (403, '"Invalid token"')
GONE = (404, '"Not found"')
REPORT_TYPES = ("summary", "detailed", "weekly")
RESULTS = ("detailed_results", "summary_results", "weekly_results")
RATES = ("hourly_rate_in_cents", "rates", "by_rate")
MONEY = ("billable_amount_in_cents", "billable_amounts_in_cents", *RATES)
ENDINGS = (".csv", "/csv", ".xlsx", "/xlsx", ".pdf", "/pdf")
DIRECT = {
    "summary": "summary/time_entries",
    "detailed": "search/time_entries",
    "weekly": "weekly/time_entries",
    "totals": "search/time_entries/totals",
}
HOSTILE = (  # bodies that nobody means well; the first ones are no JSON (D1.3)
    b"",
    b"{",
    b"nope",
    b'{"name": NaN}',
    b'{"params": {"x": Infinity}}',
    b'{"name": "\\ud800"}',
    b'{"name": "\xff"}',
    b'{"params": ' + b"[" * 65 + b"]" * 65 + b"}",
    b"[" * 200_000,
    b'{"a":' * 100_000,
)


def client_of(services: Services) -> TestClient:
    return Client(make_application(services), raise_server_exceptions=False)


@contextmanager
def own_agency(folder: Path) -> Iterator[TestClient]:
    with agency_services(folder) as services:
        yield client_of(services)


def client_at(services: Services, moment: datetime) -> TestClient:
    """The same agency at another moment."""
    return client_of(replace(services, now=lambda: moment))


@contextmanager
def mailing_agency(folder: Path) -> Iterator[TestClient]:
    """An agency whose server has a mail server to send with."""
    with agency_services(folder) as services:
        yield client_of(replace(services, can_mail=True))


def auth(user_id: int | None) -> tuple[str, str] | None:
    return None if user_id is None else (TOKENS[user_id], "api_token")


def managed(report: object = "", workspace_id: object = AGENCY.workspace_id) -> str:
    """The path of all saved reports, or of one."""
    path = f"/api/v9/workspaces/{workspace_id}/reports/shared"
    return f"{path}/{report}" if report else path


def ask(client: TestClient, method: str, path: str, user_id: int | None = 1, **more: Any):
    return client.request(method, path, auth=auth(user_id), **more)


def params(report_type: str = "summary", **more: Any) -> dict[str, Any]:
    """Stored parameters of a report over the days in which the agency has entries."""
    days = WEEK if report_type == "weekly" else JANUARY
    return {"report_type": report_type, **days, **more}


def payload(**more: Any) -> dict[str, Any]:
    return {
        "name": "January",
        "fixed_daterange": True,
        "public": False,
        "params": params(),
    } | more


def save(client: TestClient, user_id: int = 1, **more: Any) -> dict[str, Any]:
    """The saved report as the server tells it; what is not said is `payload`'s."""
    answer = ask(client, "POST", managed(), user_id, json=payload(**more))
    assert answer.status_code == 200, answer.text
    return answer.json()


def change(client: TestClient, report: dict[str, Any], user_id: int = 1, **more: Any):
    return ask(client, "PUT", managed(report["id"]), user_id, json=more)


def told(client: TestClient, report: dict[str, Any], user_id: int = 1) -> dict[str, Any]:
    """What the server now says of a saved report."""
    answer = ask(client, "GET", managed(report["id"]), user_id)
    assert answer.status_code == 200, answer.text
    return answer.json()


def run(
    client: TestClient,
    token: str,
    user_id: int | None = None,
    body: object = None,
    ending: str = "",
):
    """Run a report; no body at all when none is given."""
    content = None if body is None else json.dumps(body)
    path = f"/reports/api/v3/shared/{token}{ending}"
    return client.post(path, content=content, auth=auth(user_id))


def ran(client: TestClient, token: str, user_id: int | None = None, body: object = None):
    """The answer of a run that works."""
    answer = run(client, token, user_id, body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def direct(client: TestClient, kind: str, body: dict[str, Any], user_id: int = 1, ending: str = ""):
    """The same report asked for without saving it."""
    path = f"/reports/api/v3/workspace/{AGENCY.workspace_id}/{DIRECT[kind]}{ending}"
    answer = client.post(path, json=body, auth=auth(user_id))
    assert answer.status_code == 200, answer.text
    return answer


def refusal(answer) -> tuple[int, str]:
    return answer.status_code, answer.text


def results_of(answer: dict[str, Any]) -> dict[str, Any]:
    """The one of the three results that is there."""
    (there,) = (answer[key] for key in RESULTS if answer[key] is not None)
    return there


def seconds_of(answer: dict[str, Any]) -> int:
    return results_of(answer)["totals"]["seconds"]


def entry_ids(answer: dict[str, Any]) -> set[int]:
    """The entries that the answer of a detailed report shows."""
    rows = answer["detailed_results"]["report"]
    return {entry["id"] for row in rows for entry in row["time_entries"]}


def scan(value: object, key: str) -> Iterator[Any]:
    """Everything that stands under a key, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key:
                yield inner
            yield from scan(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from scan(inner, key)


def change_agency(services: Services, work: Callable[[Connection], object]) -> None:
    """Change the record as one change, as an endpoint of the agency's would."""

    def as_one_change(connection: Connection) -> None:
        take_change(connection, AGENCY.workspace_id, Touched.ALL, 0)
        work(connection)

    services.database.write(as_one_change)


def put_member(
    services: Services, user_id: int, role: str = "member", *, is_active: bool = True
) -> None:
    membership = Membership(
        workspace_id=AGENCY.workspace_id, user_id=user_id, role=Role(role), is_active=is_active
    )
    change_agency(services, lambda connection: put_membership(connection, membership))


def give_labour_costs(services: Services) -> None:
    """Everybody of the agency costs 77.77 an hour, so that a leak can be seen."""
    world = World(costs=tuple(Rate("workspace_user", 7_777, user_id=one) for one in (1, 2, 4)))
    new = [replace(rate, rate_id=1000 + rate.rate_id) for rate in rates_of(world)]
    change_agency(services, lambda connection: add_rates(connection, AGENCY.workspace_id, new))


def show_members_rates(services: Services) -> None:
    def work(connection: Connection) -> None:
        workspace = find_workspace(connection, AGENCY.workspace_id)
        assert workspace is not None
        put_workspace(connection, replace(workspace, only_admins_see_billable_rates=False))

    change_agency(services, work)


def round_to_hours(services: Services, user_id: int) -> None:
    """Somebody prefers his reports rounded up to whole hours."""

    def work(connection: Connection) -> None:
        account = find_account(connection, user_id)
        assert account is not None
        rounding = Rounding(60, RoundingMode(1))
        put_account(connection, replace(account, rounds_reports=True, rounding=rounding))

    change_agency(services, work)


def track(services: Services, entry_id: int, day: int) -> None:
    """Another entry, an hour long, at noon of that day."""
    entry = TimeEntry(
        entry_id=entry_id, user_id=1, started_at=at(day, 12), stopped_at=at(day, 13), updated_at=0
    )

    def work(connection: Connection) -> None:
        number = take_change(connection, AGENCY.workspace_id, Touched.ENTRIES, 0)
        add_entries(connection, AGENCY.workspace_id, [entry], number)

    services.database.write(work)
