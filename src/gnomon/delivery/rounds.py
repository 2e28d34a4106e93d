"""The rounds of the courier: what is due becomes mails, each is sent once (D10).

A due schedule becomes one delivery for each recipient in the same transaction that moves it to its next day, so that of
several servers one does it. A delivery is taken for some minutes; directly before its mail is handed over it is taken
anew, so that who was slow finds out that somebody else has it by now.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from functools import partial

import structlog

from gnomon.columns.keep import TableKeeper
from gnomon.delivery.due import make_mails_due
from gnomon.delivery.mailer import SECONDS_MAX, Mailer
from gnomon.delivery.message import Envelope, report_message
from gnomon.editions.saved import active_member, saved_edition, saved_run, sight_of_member
from gnomon.model.account import Role
from gnomon.model.saved_report import SavedReport
from gnomon.store.database import Database
from gnomon.store.deliveries import (
    ATTEMPTS_MAX,
    PAUSE_SECONDS,
    Delivery,
    begin_delivery,
    end_delivery,
    has_deliveries,
    postpone_delivery,
    report_of_delivery,
    take_again,
)
from gnomon.store.logos import read_logo
from gnomon.store.schedules import due_schedules
from gnomon.store.secrets import SecretBox
from gnomon.store.workspaces import Member
from gnomon.wire.reports_v3.files import FileKind

LOG = structlog.get_logger("gnomon.delivery")
SECONDS_BETWEEN = 30.0
STOP_SECONDS_MAX = 2 * SECONDS_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """`public_url`: where people reach this server; `sender`: whom the mails are from; `is_over`: no further mail."""

    database: Database
    tables: TableKeeper
    box: SecretBox
    mailer: Mailer
    now: Callable[[], datetime]
    public_url: str
    sender: str
    is_over: threading.Event

    def run(self) -> None:
        """Until told to stop; whatever goes wrong in a round is told, and the next one comes."""
        while not self.is_over.is_set():
            try:
                self.deliver_due()
            except Exception as error:
                LOG.exception("round failed", reason=type(error).__name__)
            self.is_over.wait(SECONDS_BETWEEN)

    def deliver_due(self) -> int:
        """How many mails were sent."""
        self._make_due()
        sent = 0
        while not self.is_over.is_set() and (delivery := self._next()) is not None:
            sent += self._deliver(delivery)
        return sent

    def _make_due(self) -> None:
        """One that cannot be made due keeps no other one waiting."""
        now = self._instant()
        with self.database.read() as connection:
            schedules = due_schedules(connection, now)
        for schedule in schedules:
            try:
                self.database.write(partial(make_mails_due, schedule=schedule, now=now))
            except Exception as error:
                LOG.exception("schedule failed", reason=type(error).__name__)

    def _next(self) -> Delivery | None:
        """Looks before it writes: most rounds find nothing."""
        now = self._instant()
        with self.database.read() as connection:
            if not has_deliveries(connection, now):
                return None
        return self.database.write(partial(begin_delivery, now=now))

    def _instant(self) -> int:
        return int(self.now().timestamp())

    def _deliver(self, delivery: Delivery) -> bool:
        """True when it was sent. What goes wrong may be over soon, so it is tried again; reasons may hold secrets of
        people and are told by their kind alone.
        """
        try:
            is_sent = self._send(delivery)
        except Exception as error:  # noqa: BLE001  # whatever it is, the others wait for their mails
            if self.is_over.is_set():
                return False
            self._try_later(delivery, type(error).__name__)
            return False
        if is_sent is not None:
            self.database.write(partial(end_delivery, delivery=delivery))
        return bool(is_sent)

    def _try_later(self, delivery: Delivery, reason: str) -> None:
        gives_up = delivery.attempts >= ATTEMPTS_MAX
        LOG.warning("mail not sent", reason=reason, attempts=delivery.attempts, gives_up=gives_up)
        if gives_up:
            self.database.write(partial(end_delivery, delivery=delivery))
            return
        at = self._instant() + PAUSE_SECONDS[delivery.attempts - 1]
        self.database.write(partial(postpone_delivery, delivery=delivery, at=at))

    def _send(self, delivery: Delivery) -> bool | None:
        """False where the schedule, the report or the recipient is gone by now; None where another courier has it."""
        message = self._message(delivery)
        if message is None:
            return False
        taken = self.database.write(partial(take_again, delivery=delivery, now=self._instant()))
        if not taken:
            return None
        self.mailer.send(message)
        return True

    def _message(self, delivery: Delivery) -> EmailMessage | None:
        """In the name of the report's owner, and no more than the recipient may see."""
        with self.database.read() as connection:
            report = report_of_delivery(connection, delivery)
        table = self.tables.fresh_table(delivery.workspace_id)
        recipient = active_member(table, delivery.user_id)
        if report is None or recipient is None or active_member(table, report.owner_id) is None:
            return None
        sight = sight_of_member(recipient, table)
        run = saved_run(report, {}, table, self.now(), is_full=True, also=sight)
        edition = saved_edition(run, FileKind.PDF, self._logo)
        return report_message(edition, self._envelope(delivery, report, recipient), self.is_over)

    def _envelope(self, delivery: Delivery, report: SavedReport, recipient: Member) -> Envelope:
        """The link is for those who may follow it: a private report opens for its owner and admins."""
        domain = self.sender.rpartition("@")[2].rstrip(">")
        key = f"{delivery.workspace_id}.{delivery.schedule_id}.{delivery.due_at}.{delivery.user_id}"
        is_full = recipient.role is Role.ADMIN or recipient.account.user_id == report.owner_id
        token = self.box.open(report.token_sealed) if is_full or report.is_public else None
        return Envelope(
            sender=self.sender,
            recipient=recipient.account.email or "",
            key=f"<report.{key}@{domain}>",
            link=f"{self.public_url.rstrip('/')}/shared-report/{token}" if token else "",
        )

    def _logo(self, workspace_id: int) -> bytes | None:
        with self.database.read() as connection:
            return read_logo(connection, workspace_id)


@contextmanager
def on_its_rounds(courier: Courier | None) -> Iterator[None]:
    """The courier works in a thread of its own for as long as the server does; None where no mail is set up.

    A mail that is being handed over is waited for: the record must not be closed before it is noted.
    """
    if courier is None:
        yield
        return
    thread = threading.Thread(target=courier.run, name="courier", daemon=True)
    thread.start()
    try:
        yield
    finally:
        courier.is_over.set()
        thread.join(timeout=STOP_SECONDS_MAX)
