"""Saved reports and schedules in the record: found by token, held together, on both databases."""

import pytest
from sqlalchemy import Connection, delete

from gnomon.errors import ShareTokenRefused, ShareTokenSpent
from gnomon.model.saved_report import SavedReport, Schedule
from gnomon.store.checking import problems
from gnomon.store.database import Database
from gnomon.store.ids import new_id
from gnomon.store.saved_reports import add_report, find_report_by_token, replace_token
from gnomon.store.schedules import add_schedule, load_schedules
from gnomon.store.schema import saved_reports
from gnomon.store.secrets import SecretBox, new_token
from tests.worlds.loader import load_world
from tests.worlds.world import User, World

BOX = SecretBox("a key that has thirty-two letters or more")
TOKEN = new_token()


@pytest.fixture(name="report")
def fixture_report(database: Database) -> SavedReport:
    """With a schedule for its owner."""

    def work(connection: Connection) -> SavedReport:
        load_world(connection, World(users=(User(1, "Ada", "a@b.c"),)))
        report = SavedReport(
            workspace_id=1,
            report_id=new_id(connection, "saved_report"),
            owner_id=1,
            name="June “work”",
            params='{"report_type":"summary"}',
            is_public=True,
            has_fixed_days=True,
            token_sealed=BOX.seal(TOKEN),
            created_at=1,
            updated_at=1,
            updated_by=1,
        )
        add_report(connection, report, TOKEN)
        schedule = Schedule(
            workspace_id=1,
            schedule_id=new_id(connection, "schedule"),
            report_id=report.report_id,
            creator_id=1,
            frequency_days=7,
            user_ids=(1,),
            user_group_ids=(70,),
            created_at=1,
            next_at=2,
        )
        add_schedule(connection, schedule)
        assert load_schedules(connection, 1) == [schedule]
        return report

    return database.write(work)


def test_a_token_finds_its_report_and_only_its_own(database: Database, report: SavedReport) -> None:
    with database.read() as connection:
        assert find_report_by_token(connection, TOKEN) == report
        for other in ("", TOKEN.upper(), TOKEN[:-1], new_token(), "\u0000", "{report_token}"):
            with pytest.raises(ShareTokenRefused):
                find_report_by_token(connection, other)


def test_a_replaced_token_is_known_as_spent(database: Database, report: SavedReport) -> None:
    sealed = database.write(lambda connection: replace_token(connection, BOX, report))
    with database.read() as connection:
        with pytest.raises(ShareTokenSpent):
            find_report_by_token(connection, TOKEN)
        fresh = find_report_by_token(connection, str(BOX.open(sealed)))
    assert fresh.report_id == report.report_id


def test_the_check_finds_a_schedule_without_its_report(
    database: Database, report: SavedReport
) -> None:
    with database.read() as connection:
        assert [*problems(connection)] == []
    database.write(
        lambda connection: connection.execute(
            delete(saved_reports).where(saved_reports.c.report_id == report.report_id)
        )
    )
    with database.read() as connection:
        (problem,) = problems(connection)
    assert "schedules name a report_id that does not exist" in problem
