"""Joins everything and decides nothing: the one place where rooms of all floors meet."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event

import msgspec
import structlog
from starlette.applications import Starlette

from gnomon.columns.keep import TableKeeper
from gnomon.config import Config
from gnomon.delivery.mailer import smtp_mailer
from gnomon.delivery.message import check_sender
from gnomon.delivery.rounds import Courier
from gnomon.errors import BadData
from gnomon.store.database import RECORD_FILE, Database, open_database
from gnomon.store.scratch import scratch_within
from gnomon.store.secrets import SecretBox, open_secret_box
from gnomon.web.answers import AnswerCache
from gnomon.web.application import make_application
from gnomon.web.auth import Authenticator
from gnomon.web.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An open record with what belongs to it."""

    config: Config
    database: Database
    box: SecretBox
    tables: TableKeeper

    def application(self, setup_code: str = "") -> Starlette:
        """`setup_code`: lets the first person in by a page, while there is nobody."""
        return make_application(
            Services(
                database=self.database,
                tables=self.tables,
                answers=AnswerCache(),
                authenticator=Authenticator(self.database),
                now=now,
                box=self.box,
                report_days_max=self.config.report_days_max,
                can_mail=bool(self.config.smtp_url),
                public_url=self.config.public_url,
                emulates_quota=self.config.emulate_quota,
                mail_from=self.config.mail_from,
                setup_code=setup_code,
                send_mail=smtp_mailer(self.config.smtp_url).send if self.config.smtp_url else None,
            )
        )

    def courier(self) -> Courier | None:
        """None where no mail is set up; raises `BadData` for a URL that makes no sense."""
        if not self.config.smtp_url:
            return None
        check_sender(self.config.mail_from)
        return Courier(
            database=self.database,
            tables=self.tables,
            box=self.box,
            mailer=smtp_mailer(self.config.smtp_url),
            now=now,
            public_url=self.config.public_url,
            sender=self.config.mail_from,
            is_over=Event(),
        )


def now() -> datetime:
    return datetime.now(UTC)


def now_seconds() -> int:
    return int(now().timestamp())


@contextmanager
def open_house(config: Config, *, makes_record: bool = False) -> Iterator[House]:
    """Open the record, closed again on the way out; only who says so makes one where there is none."""
    if not makes_record and not config.database_url and not (config.data / RECORD_FILE).exists():
        raise BadData(f"There is no record in {config.data}. `gnomon init` makes one.")
    database = open_database(config.data, config.database_url)
    try:
        with scratch_within(config.data):
            yield House(
                config=config,
                database=database,
                box=open_secret_box(config.data, config.secret_key),
                tables=TableKeeper(database, config.columns_memory_mb),
            )
    finally:
        database.close()


def _json(event: object, **_: object) -> str:
    return msgspec.json.encode(event, enc_hook=repr).decode()


def set_up_logs(level: str) -> None:
    """JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            getattr(logging, level.upper(), logging.INFO)
        ),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
