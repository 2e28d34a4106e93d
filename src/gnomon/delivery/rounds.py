"""The rounds of the courier: what is due becomes mails, each is sent once (D10).

A due schedule becomes one delivery for each recipient in the same transaction that moves it to its next day, so that of
several servers one does it. A delivery is taken for some minutes before it is sent; who dies while sending leaves it
to be taken again.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from smtplib import SMTPException

import structlog
from sqlalchemy import Connection

from gnomon.columns.keep import TableKeeper
from gnomon.columns.table import EntryTable
from gnomon.delivery.calendar import next_delivery
from gnomon.delivery.mailer import Mailer
from gnomon.delivery.message import Envelope, report_message
from gnomon.editions.edition import Edition
from gnomon.editions.saved import saved_edition, saved_run, sight_of_member
from gnomon.errors import FileFailed, GnomonError
from gnomon.model.saved_report import SavedReport, Schedule
from gnomon.store.accounts import find_account
from gnomon.store.catalog import load_catalog
from gnomon.store.database import Database
from gnomon.store.logos import read_logo
from gnomon.store.saved_reports import find_reports
from gnomon.store.schedules import (
    ATTEMPTS_MAX,
    Delivery,
    begin_delivery,
    due_schedules,
    end_delivery,
    load_schedules,
    make_due,
)
from gnomon.store.secrets import SecretBox
from gnomon.store.workspaces import Member, load_members
from gnomon.wire.reports_v3.files import FileKind

LOG = structlog.get_logger("gnomon.delivery")
SECONDS_BETWEEN = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """`public_url`: where people reach this server; `sender`: whom the mails are from."""

    database: Database
    tables: TableKeeper
    box: SecretBox
    mailer: Mailer
    now: Callable[[], datetime]
    public_url: str
    sender: str

    def deliver_due(self) -> int:
        """How many mails were sent."""
        for schedule in self._due():
            self.database.write(partial(self._make_due, schedule))
        sent = 0
        while (delivery := self.database.write(self._begin)) is not None:
            sent += self._deliver(delivery)
        return sent

    def run(self, is_over: threading.Event) -> None:
        """Until told to stop; whatever goes wrong in a round is told, and the next one comes."""
        while not is_over.is_set():
            try:
                self.deliver_due()
            except Exception:
                LOG.exception("round failed")
            is_over.wait(SECONDS_BETWEEN)

    def _due(self) -> list[Schedule]:
        with self.database.read() as connection:
            return due_schedules(connection, self._instant())

    def _instant(self) -> int:
        return int(self.now().timestamp())

    def _begin(self, connection: Connection) -> Delivery | None:
        return begin_delivery(connection, self._instant())

    def _make_due(self, schedule: Schedule, connection: Connection) -> None:
        """To active people with an address; the next turn is by the creator's wall clock."""
        creator = find_account(connection, schedule.creator_id)
        zone = creator.timezone if creator else "UTC"
        turn = next_delivery(schedule.next_at, schedule.frequency_days, self._instant(), zone)
        groups = load_catalog(connection, schedule.workspace_id).user_groups
        named = set(schedule.user_ids)
        for group in groups:
            if group.user_group_id in schedule.user_group_ids:
                named.update(group.user_ids)
        members = load_members(connection, schedule.workspace_id)
        reached = [
            one.account.user_id
            for one in members
            if one.is_active and one.account.email and one.account.user_id in named
        ]
        make_due(connection, schedule, reached, turn)

    def _deliver(self, delivery: Delivery) -> bool:
        """True when it was sent. What cannot be made is not tried again, what could not be sent is."""
        try:
            is_sent = self._send(delivery)
        except (OSError, SMTPException) as error:
            is_last = delivery.attempts + 1 >= ATTEMPTS_MAX
            LOG.warning("mail not sent", reason=type(error).__name__, gives_up=is_last)
            if is_last:
                self._end(delivery)
            return False
        except (GnomonError, ValueError) as error:
            reason = error.reason[-500:] if isinstance(error, FileFailed) else str(error)
            LOG.warning("mail not made", reason=reason)
            is_sent = False
        self._end(delivery)
        return is_sent

    def _end(self, delivery: Delivery) -> None:
        self.database.write(lambda connection: end_delivery(connection, delivery, self._instant()))

    def _send(self, delivery: Delivery) -> bool:
        """False where the schedule, the report or the recipient is gone by now."""
        with self.database.read() as connection:
            report = _report_of(connection, delivery)
        if report is None:
            return False
        table = self.tables.fresh_table(delivery.workspace_id)
        recipient = _member(table, delivery.user_id)
        if recipient is None or not recipient.account.email:
            return False
        edition = self._edition(report, table, recipient)
        token = self.box.open(report.token_sealed)
        domain = self.sender.rpartition("@")[2].rstrip(">")
        key = f"{delivery.workspace_id}.{delivery.schedule_id}.{delivery.due_at}.{delivery.user_id}"
        envelope = Envelope(
            sender=self.sender,
            recipient=recipient.account.email,
            key=f"<report.{key}@{domain}>",
            link=f"{self.public_url.rstrip('/')}/shared-report/{token or ''}",
        )
        self.mailer.send(report_message(edition, envelope))
        return True

    def _edition(self, report: SavedReport, table: EntryTable, recipient: Member) -> Edition:
        """In the name of its owner, and no more than the recipient may see."""
        sight = sight_of_member(recipient, table)
        run = saved_run(report, {}, table, self.now(), is_full=True, also=sight)
        return saved_edition(run, FileKind.PDF, self._logo)

    def _logo(self, workspace_id: int) -> bytes | None:
        with self.database.read() as connection:
            return read_logo(connection, workspace_id)


def _report_of(connection: Connection, delivery: Delivery) -> SavedReport | None:
    schedules = load_schedules(connection, delivery.workspace_id)
    for schedule in schedules:
        if schedule.schedule_id == delivery.schedule_id:
            found = find_reports(connection, delivery.workspace_id, [schedule.report_id])
            return found[0] if found else None
    return None


def _member(table: EntryTable, user_id: int) -> Member | None:
    for member in table.around.members:
        if member.account.user_id == user_id and member.is_active:
            return member
    return None


@contextmanager
def on_its_rounds(courier: Courier | None) -> Iterator[None]:
    """The courier works in a thread of its own for as long as the server does; None where no mail is set up."""
    if courier is None:
        yield
        return
    is_over = threading.Event()
    thread = threading.Thread(target=courier.run, args=(is_over,), name="courier", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(timeout=10)
