"""`gnomon demo`: an invented agency, a report of its last month, and a server to ask for more (D11.4)."""

import secrets
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from gnomon.app import House, now, now_seconds, open_house, set_up_logs
from gnomon.cli.output import SAY, SHOW
from gnomon.cli.report import operators_summary, summary_table
from gnomon.cli.serving import PortOption
from gnomon.config import read_config
from gnomon.ingest.demo import CURRENCY, Agency, DemoIds, make_agency, make_entries
from gnomon.model.account import Membership, Role, Workspace
from gnomon.model.saved_report import SavedReport
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.queries import SummaryQuery
from gnomon.query.selection import Selection
from gnomon.store.accounts import add_account, set_password_hash
from gnomon.store.catalog import put_nouns
from gnomon.store.changes import Touched, take_change
from gnomon.store.entries import add_entries
from gnomon.store.ids import new_ids
from gnomon.store.organizations import add_organization
from gnomon.store.passwords import hash_password
from gnomon.store.rates import add_rates
from gnomon.store.saved_reports import load_reports
from gnomon.store.secrets import give_new_token
from gnomon.store.workspaces import (
    add_workspace,
    all_workspace_ids,
    load_members,
    put_membership,
)
from gnomon.units.dates import DayRange
from gnomon.web.serve import serve
from gnomon.web.track.asking import Member
from gnomon.web.track.saving import make_report
from gnomon.wire.track_v9.saved_reports import Changes

DEMO_FOLDER = Path("gnomon-demo")
SHARED_PARAMS = (
    '{"report_type":"summary","period":"last_month","grouping":"clients","sub_grouping":"projects"}'
)
ID_COUNTS = {
    "user": 12, "client": 12, "project": 40, "task": 152, "tag": 8, "rate": 100, "user_group": 1, "entry": 100_000,
}  # fmt: skip


def demo(
    port: PortOption = 8080,
    data: Annotated[Path, typer.Option("--data", help="The demo's own data folder.")] = DEMO_FOLDER,
) -> None:
    """Serve an invented agency: 12 people, 40 projects, three years."""
    config = read_config(data=data)
    set_up_logs("warning")
    with open_house(config, makes_record=True) as house:
        workspace_id, email, password, token = _sign_in(house)
        days = _last_month(now().date())
        query = SummaryQuery(
            selection=Selection(days=days),
            grouping=Grouping.CLIENTS,
            sub_grouping=SubGrouping.PROJECTS,
            includes_amounts=True,
        )
        SHOW.print(summary_table(operators_summary(house, workspace_id, query)))

        def tell(address: str) -> None:
            SHOW.print(f"\nGnomon is at {address}. Stop it with Ctrl+C.")
            SHOW.print("Open it in a browser and sign in as")
            SHOW.print(f"    {email}    password {password}", soft_wrap=True)
            SHOW.print("Or ask for the same report:\n")
            path = f"/reports/api/v3/workspace/{workspace_id}/summary/time_entries"
            body = f'{{"start_date":"{days.first}","end_date":"{days.last}","grouping":"clients","sub_grouping":"projects"}}'
            typer.echo(f"curl -s -u {token}:api_token {address}{path} -d '{body}'\n")
            SHOW.print("Last month, shared with a client who needs no account:\n")
            token_of_report = share_token(house, workspace_id)
            shared = f"{address}/reports/api/v3/shared/{token_of_report}"
            typer.echo(f"curl -s -X POST {shared}.pdf -o last-month.pdf\n")
            typer.echo(f"{address}/shared-report/{token_of_report}\n")

        serve(house.application(), "127.0.0.1", port, tell)


def _last_month(today: date) -> DayRange:
    last = today.replace(day=1) - timedelta(days=1)
    return DayRange(last.replace(day=1), last)


def _sign_in(house: House) -> tuple[int, str, str, str]:
    """Workspace, address, password and token of the demo's admin; secrets are new at every start."""
    with house.database.read() as connection:
        present = all_workspace_ids(connection)
    workspace_id = present[0] if present else _found(house)
    password = secrets.token_urlsafe(9)
    password_hash = hash_password(password)
    with house.database.read() as connection:
        admin = next(
            m.account for m in load_members(connection, workspace_id) if m.role is Role.ADMIN
        )

    def change(connection: Connection) -> str:
        set_password_hash(connection, admin.user_id, password_hash)
        return give_new_token(connection, house.box, admin.user_id)

    return workspace_id, admin.email or "", password, house.database.write(change)


def _found(house: House) -> int:
    SAY.print("Inventing an agency: 12 people, 40 projects, three years …")
    return house.database.write(
        lambda connection: _write_agency(connection, now().date(), now_seconds())
    )


def _write_agency(connection: Connection, today: date, at: int) -> int:
    first_ids = {kind: new_ids(connection, kind, count)[0] for kind, count in ID_COUNTS.items()}
    ids = DemoIds(**first_ids)
    agency = make_agency(ids, today)
    organization_id, workspace_id = (
        new_ids(connection, kind)[0] for kind in ("organization", "workspace")
    )
    add_organization(connection, organization_id, "Kadri & Co", at, agency.accounts[0].user_id)
    workspace = Workspace(
        workspace_id=workspace_id,
        organization_id=organization_id,
        name="Kadri & Co",
        default_currency=CURRENCY,
    )
    add_workspace(connection, workspace, at)
    change_number = take_change(connection, workspace_id, Touched.ALL, at)
    _write_people(connection, workspace_id, agency, at)
    for nouns in (agency.groups, agency.clients, agency.projects, agency.tasks, agency.tags):
        put_nouns(connection, workspace_id, [replace(one, updated_at=at) for one in nouns])
    add_rates(connection, workspace_id, agency.rates)
    add_entries(connection, workspace_id, list(make_entries(agency, ids, today)), change_number)
    return workspace_id


def _write_people(connection: Connection, workspace_id: int, agency: Agency, at: int) -> None:
    for number, account in enumerate(agency.accounts):
        add_account(connection, account, at)
        role = Role.ADMIN if number == 0 else Role.MEMBER
        put_membership(
            connection,
            Membership(
                workspace_id=workspace_id, user_id=account.user_id, role=role, updated_at=at
            ),
        )


def share_token(house: House, workspace_id: int) -> str:
    """Of the demo's public report; saved when it is asked for the first time."""
    with house.database.read() as connection:
        saved = load_reports(connection, workspace_id)
    if saved:
        return house.box.open(saved[0].token_sealed) or ""
    report = house.database.write(lambda connection: _share(connection, house, workspace_id))
    return house.box.open(report.token_sealed) or ""


def _share(connection: Connection, house: House, workspace_id: int) -> SavedReport:
    """As an admin would over HTTP."""
    take_change(connection, workspace_id, Touched.NO_COLUMN, now_seconds())
    members = load_members(connection, workspace_id)
    admin = next(one.account for one in members if one.role is Role.ADMIN)
    given = Changes(name="Last month", params=SHARED_PARAMS, is_public=True, has_fixed_days=False)
    member = Member(admin, workspace_id, Role.ADMIN)
    return make_report(connection, member, house.box, given, now_seconds())
