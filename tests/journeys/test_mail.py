"""Scheduled reports arrive: by a real SMTP server, at six in the morning, once, and with what each may see (D10)."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from socket import socket
from threading import Event, Thread

import pypdfium2 as pdfium
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Connection, update
from starlette.testclient import TestClient

from gnomon.delivery.calendar import first_delivery, next_delivery
from gnomon.delivery.due import known_zone
from gnomon.delivery.mailer import smtp_mailer
from gnomon.delivery.message import one_address
from gnomon.delivery.rounds import Courier
from gnomon.errors import BadData
from gnomon.store.accounts import find_account, put_account
from gnomon.store.deliveries import PAUSE_SECONDS
from gnomon.store.schema import accounts
from gnomon.web.services import Services
from tests.postgres import PostgresServer
from tests.wire.agency import NOW, agency_services
from tests.wire.saving import (
    ask,
    change,
    change_agency,
    client_of,
    managed,
    params,
    payload,
    put_member,
    ran,
    save,
    seconds_of,
)

MORNING_IN_TALLINN = datetime(
    2026, 1, 21, 4, 0, tzinfo=UTC
)  # Ada's; the agency's clock says the 20th, 12:00 UTC
MINUTE = timedelta(minutes=1)


class Letterbox:
    """What the SMTP server does with a mail: keep it, or refuse while `is_shut`."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.is_shut = False
        self.says_goodbye = "221 bye"

    async def handle_QUIT(self, *_: object) -> str:  # noqa: N802  # aiosmtpd's name
        return self.says_goodbye

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.is_shut:
            return "451 come back later"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos[0], mail))
        return "250 taken"

    def to(self, address: str) -> EmailMessage:
        (mail,) = (mail for recipient, mail in self.mails if recipient == address)
        return mail


class Agency:
    """A server with a letterbox next to it, and a clock that the test sets."""

    def __init__(self, services: Services, letterbox: Letterbox, port: int) -> None:
        self.services = replace(services, can_mail=True)
        self.client: TestClient = client_of(self.services)
        self.letterbox, self.port, self.now = letterbox, port, NOW

    def courier(self) -> Courier:
        services = self.services
        return Courier(
            database=services.database,
            tables=services.tables,
            box=services.box,
            mailer=smtp_mailer(f"smtp://127.0.0.1:{self.port}"),
            now=lambda: self.now,
            public_url="https://time.example.com/",
            sender="Gnomon <reports@example.com>",
            is_over=Event(),
        )

    def schedule(self, report: dict, frequency: int = 1, **recipients: list[int]) -> dict:
        body = {"bookmark_id": report["id"], "frequency": frequency, **recipients}
        path = "/api/v9/workspaces/10/scheduled_reports"
        answer = ask(self.client, "POST", path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def deliver(self, at: datetime) -> int:
        self.now = at
        return self.courier().deliver_due()


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    box = Letterbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[Agency]:
    with letterbox() as (box, port), agency_services(tmp_path) as services:
        yield Agency(services, box, port)


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return body.get_content()


def pdf_of(mail: EmailMessage) -> str:
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    with pdfium.PdfDocument(attached.get_content()) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_mail_comes_at_six_and_only_once(agency: Agency) -> None:
    report = save(agency.client, name="Month for <Acme>", params=params("summary"))
    agency.schedule(report, user_ids=[1])
    assert agency.deliver(MORNING_IN_TALLINN - MINUTE) == 0
    assert agency.deliver(MORNING_IN_TALLINN) == 1
    assert agency.deliver(MORNING_IN_TALLINN + MINUTE) == 0
    mail = agency.letterbox.to("ada@example.com")
    assert mail["Subject"] == "Month for <Acme>: 01/01/2026 – 01/31/2026"
    assert mail["From"] == "Gnomon <reports@example.com>"
    assert f"https://time.example.com/shared-report/{report['token']}" in text_of(mail)
    assert "Total time: 04:22:00" in text_of(mail)
    assert "Month for &lt;Acme&gt;" in text_of(mail, "html")
    assert "Website" in pdf_of(mail)
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "Gnomon_summary_report_2026-01-01_2026-01-31.pdf"
    assert agency.deliver(MORNING_IN_TALLINN + timedelta(days=1)) == 1


def test_everybody_gets_what_he_may_see(agency: Agency) -> None:
    """D9.3: Bo is a member: not the private project, and no money."""
    report = save(agency.client, params=params("detailed"))
    agency.schedule(report, user_ids=[1], group_ids=[70])
    assert agency.deliver(MORNING_IN_TALLINN) == 2
    adas, bos = (agency.letterbox.to(f"{name}@example.com") for name in ("ada", "bo"))
    assert "Amount" in text_of(adas)
    assert "App" in pdf_of(adas)
    assert "Amount" not in text_of(bos) + pdf_of(bos)
    assert "=1+1" not in text_of(bos) + pdf_of(bos)
    own = save(agency.client, 2, params=params("detailed"))
    seconds = seconds_of(ran(agency.client, own["token"], 2))
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    assert f"Total time: {clock}" in text_of(bos)


def test_nobody_gets_more_than_the_owner_sees(agency: Agency) -> None:
    report = save(agency.client, 2, params=params("detailed"))
    agency.schedule(report, user_ids=[1])
    assert agency.deliver(MORNING_IN_TALLINN) == 1
    mail = agency.letterbox.to("ada@example.com")
    assert "=1+1" not in pdf_of(mail)
    assert "Amount" not in text_of(mail)


def test_two_couriers_send_one_mail(tmp_path: Path, postgres: PostgresServer) -> None:
    """Two servers on one PostgreSQL with one key, at the same moment."""
    url = postgres.new_database()
    with ExitStack() as stack:
        box, port = stack.enter_context(letterbox())
        one, two = (
            Agency(
                stack.enter_context(agency_services(tmp_path / name, url, is_new=name == "one")),
                box,
                port,
            )
            for name in ("one", "two")
        )
        two.services = replace(two.services, box=one.services.box)
        one.schedule(save(one.client), user_ids=[1, 2])
        threads = [Thread(target=each.deliver, args=(MORNING_IN_TALLINN,)) for each in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(recipient for recipient, _ in box.mails) == ["ada@example.com", "bo@example.com"]


def test_a_mail_that_was_not_taken_is_sent_again(agency: Agency) -> None:
    agency.schedule(save(agency.client), user_ids=[1])
    agency.letterbox.is_shut = True
    assert agency.deliver(MORNING_IN_TALLINN) == 0
    agency.letterbox.is_shut = False
    assert agency.deliver(MORNING_IN_TALLINN + MINUTE) == 0, "after a pause"
    assert agency.deliver(MORNING_IN_TALLINN + timedelta(seconds=PAUSE_SECONDS[0])) == 1
    assert len(agency.letterbox.mails) == 1


def test_what_nobody_takes_for_a_day_is_given_up(agency: Agency) -> None:
    agency.schedule(save(agency.client), frequency=30, user_ids=[1])
    agency.letterbox.is_shut = True
    at = MORNING_IN_TALLINN
    for pause in PAUSE_SECONDS:
        agency.deliver(at)
        at += timedelta(seconds=pause)
    assert at - MORNING_IN_TALLINN > timedelta(hours=20)
    agency.letterbox.is_shut = False
    assert agency.deliver(at + timedelta(days=2)) == 0


def test_a_mail_that_was_taken_is_sent_whatever_is_said_after(agency: Agency) -> None:
    """A server that is tired when we say goodbye."""
    agency.letterbox.says_goodbye = "421 too busy, closing"
    agency.schedule(save(agency.client), user_ids=[1])
    assert agency.deliver(MORNING_IN_TALLINN) == 1
    assert agency.deliver(MORNING_IN_TALLINN + timedelta(hours=1)) == 0
    assert len(agency.letterbox.mails) == 1


def test_who_was_slow_does_not_send_what_another_has_by_now(agency: Agency) -> None:
    agency.schedule(save(agency.client), user_ids=[1])
    slow, quick = agency.courier(), agency.courier()
    agency.now = MORNING_IN_TALLINN
    slow._make_due()
    delivery = slow._next()
    assert delivery is not None
    agency.now += timedelta(minutes=6)
    assert quick.deliver_due() == 1
    assert slow._deliver(delivery) is False
    assert len(agency.letterbox.mails) == 1


def test_one_broken_address_keeps_nobody_waiting(agency: Agency) -> None:
    def spoil(connection: Connection) -> None:
        account = find_account(connection, 1)
        assert account is not None
        put_account(connection, replace(account, email='"', timezone="Europe/Tallinn"))

    agency.schedule(save(agency.client), user_ids=[1, 2])
    change_agency(agency.services, spoil)
    assert agency.deliver(MORNING_IN_TALLINN) == 1
    agency.letterbox.to("bo@example.com")


@pytest.mark.parametrize(
    "email", ["a@example.com, eve@example.com", "a b@example.com", "<a@b.c>", "a@b\nBcc: c@d.e"]
)
def test_an_address_is_one_address(email: str) -> None:
    with pytest.raises(BadData):
        one_address(email)


def test_a_zone_that_is_unknown_here_keeps_nobody_waiting(agency: Agency) -> None:
    """Another workspace's, from a server with a newer list of zones."""
    answer = ask(agency.client, "POST", managed("", 11), 3, json=payload())
    body = {"bookmark_id": answer.json()["id"], "frequency": 1, "user_ids": [3]}
    path = "/api/v9/workspaces/11/scheduled_reports"
    assert ask(agency.client, "POST", path, 3, json=body).status_code == 200
    agency.schedule(save(agency.client), user_ids=[1])
    nowhere = update(accounts).where(accounts.c.user_id == 3).values(timezone="Nowhere/Town")
    agency.services.database.write(lambda connection: connection.execute(nowhere))
    assert agency.deliver(MORNING_IN_TALLINN + timedelta(days=1)) == 1
    assert known_zone("Nowhere/Town") == "UTC"


def test_six_o_clock_moves_with_its_creator(agency: Agency) -> None:
    def move(connection: Connection) -> None:
        account = find_account(connection, 1)
        assert account is not None
        put_account(connection, replace(account, timezone="America/Los_Angeles"))

    agency.schedule(save(agency.client), user_ids=[1])
    change_agency(agency.services, move)
    assert agency.deliver(MORNING_IN_TALLINN) == 0
    assert agency.deliver(datetime(2026, 1, 21, 13, 59, tzinfo=UTC)) == 0
    assert agency.deliver(datetime(2026, 1, 21, 14, 0, tzinfo=UTC)) == 1


def test_the_link_is_for_those_who_may_follow_it(agency: Agency) -> None:
    """D10.3: a private report opens for its owner and admins."""
    report = save(agency.client)
    agency.schedule(report, user_ids=[1, 2])
    assert agency.deliver(MORNING_IN_TALLINN) == 2
    adas, bos = (agency.letterbox.to(f"{name}@example.com") for name in ("ada", "bo"))
    assert report["token"] in text_of(adas)
    assert report["token"] not in bos.as_string()


def test_a_courier_that_is_told_to_stop_stops(agency: Agency) -> None:
    agency.schedule(save(agency.client), user_ids=[1, 2])
    courier = agency.courier()
    agency.now = MORNING_IN_TALLINN
    courier.is_over.set()
    assert courier.deliver_due() == 0
    assert agency.courier().deliver_due() == 2


def test_days_that_were_missed_are_one_mail(agency: Agency) -> None:
    agency.schedule(save(agency.client), user_ids=[1])
    assert agency.deliver(MORNING_IN_TALLINN + timedelta(days=9, hours=3)) == 1
    assert agency.deliver(MORNING_IN_TALLINN + timedelta(days=9, hours=4)) == 0
    assert agency.deliver(MORNING_IN_TALLINN + timedelta(days=10)) == 1


def test_what_was_ended_sends_nothing(agency: Agency) -> None:
    kept, deleted = save(agency.client), save(agency.client)
    schedule = agency.schedule(kept, user_ids=[1])
    agency.schedule(deleted, user_ids=[1])
    path = f"/api/v9/workspaces/10/scheduled_reports/{schedule['report_id']}"
    assert ask(agency.client, "DELETE", path).status_code == 200
    assert ask(agency.client, "DELETE", managed(deleted["id"])).status_code == 200
    assert agency.deliver(MORNING_IN_TALLINN) == 0


def test_who_has_left_gets_and_sends_nothing(agency: Agency) -> None:
    agency.schedule(save(agency.client), user_ids=[2])
    agency.schedule(save(agency.client, 2), user_ids=[1])
    put_member(agency.services, 2, is_active=False)
    assert agency.deliver(MORNING_IN_TALLINN) == 0


@pytest.mark.parametrize(
    "name",
    [
        "a\r\nBcc: eve@example.com\r\n\r\n<script>",
        "=?utf-8?q?Hi=0AReply-To:_e@evil.com=0AContent-Type:_text/html=0A=0A<script>?=",
        "=?utf-8?b?=80?= <script>",
        "\u2028Bcc: e@evil.com\x85<script>",
    ],
)
def test_a_hostile_name_is_a_subject(agency: Agency, name: str) -> None:
    """Whatever it holds, also encoded words with line ends in them (RFC 2047)."""
    agency.schedule(save(agency.client, name=name), user_ids=[1])
    assert agency.deliver(MORNING_IN_TALLINN) == 1
    mail = agency.letterbox.to("ada@example.com")
    ours = {
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    }
    assert set(mail.keys()) <= ours | {"X-Peer", "X-MailFrom", "X-RcptTo"}
    assert mail.get_content_type() == "multipart/mixed"
    assert "Total time" in text_of(mail)
    assert "<script>" not in text_of(mail, "html")


def test_a_changed_report_is_mailed_as_it_is_now(agency: Agency) -> None:
    report = save(agency.client)
    agency.schedule(report, user_ids=[1])
    change(agency.client, report, name="Another name")
    agency.deliver(MORNING_IN_TALLINN)
    assert agency.letterbox.to("ada@example.com")["Subject"].startswith("Another name")


@pytest.mark.parametrize(
    ("zone", "now", "first"),
    [
        ("Europe/Tallinn", "2026-03-28T12:00", "2026-03-29T03:00"),  # summer time began that night
        ("America/New_York", "2026-01-20T10:59", "2026-01-20T11:00"),
        ("America/New_York", "2026-01-20T11:00", "2026-01-21T11:00"),
        ("Asia/Kathmandu", "2026-01-20T00:10", "2026-01-20T00:15"),
    ],
)
def test_six_is_by_the_wall_clock(zone: str, now: str, first: str) -> None:
    assert first_delivery(instant(now), zone) == instant(first)


@pytest.mark.parametrize("days", [1, 7, 30])
def test_the_next_turn_keeps_the_rhythm(days: int) -> None:
    due = instant("2026-03-01T04:00")
    after = next_delivery(due, days, due, "Europe/Tallinn")
    assert after > due
    late = next_delivery(due, days, due + 86_400 * 100, "Europe/Tallinn")
    assert due + 86_400 * 100 < late <= due + 86_400 * (100 + days)


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "url", ["http://host", "host:25", "smtp://", "smtp://host:port", "smtp://u:CANARY@"]
)
def test_a_url_that_is_none_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadData) as refused:
        smtp_mailer(url)
    assert "CANARY" not in str(refused.value)
