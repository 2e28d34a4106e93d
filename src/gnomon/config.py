"""Every setting of the house as a row: name, default, help. `gnomon settings` prints this table."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gnomon.errors import BadData


class Setting(NamedTuple):
    name: str
    default: str | int
    help: str
    is_secret: bool = False

    @property
    def variable(self) -> str:
        return f"GNOMON_{self.name.upper()}"


SETTINGS = (
    Setting(
        "data",
        "./gnomon-data",
        "The data folder: the record, its lock and the secret key.",
    ),
    Setting(
        "database_url",
        "",
        "postgresql+psycopg://... keeps the record in PostgreSQL instead of the folder.",
        is_secret=True,
    ),
    Setting(
        "secret_key",
        "",
        "Seals API tokens; made in the data folder when not given. 32 characters or more.",
        is_secret=True,
    ),
    Setting(
        "columns_memory_mb",
        2048,
        "Memory for the columns of all workspaces; least recently used ones go.",
    ),
    Setting(
        "report_days_max",
        0,
        "Longest range that one report may cover, in days; 0 is no limit.",
    ),
    Setting(
        "public_url",
        "",
        "Where people reach this server, such as https://time.example.com: what links in mails begin with.",
    ),
    Setting(
        "smtp_url",
        "",
        "smtp://host, smtp+starttls://user:password@host:587 or smtps://...: sends scheduled reports.",
        is_secret=True,
    ),
    Setting("mail_from", "gnomon@localhost", "The sender of scheduled reports."),
    Setting(
        "emulate_quota",
        0,
        "1 counts calls as the vendor does (30, 240 or 600 an hour by plan): to test clients.",
    ),
    Setting("log_level", "info", "debug, info, warning or error."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    data: Path
    database_url: str
    secret_key: str
    columns_memory_mb: int
    report_days_max: int
    public_url: str
    smtp_url: str
    mail_from: str
    emulate_quota: bool
    log_level: str


def read_config(environment: Mapping[str, str] | None = None, data: Path | None = None) -> Config:
    """Settings from `GNOMON_*` variables; `data` given on the command line wins. Raises `BadData` for a bad number."""
    given = os.environ if environment is None else environment
    values = {setting.name: _value(setting, given.get(setting.variable)) for setting in SETTINGS}
    return Config(
        data=data or Path(str(values["data"])),
        database_url=str(values["database_url"]),
        secret_key=str(values["secret_key"]),
        columns_memory_mb=int(values["columns_memory_mb"]),
        report_days_max=int(values["report_days_max"]),
        public_url=str(values["public_url"]),
        smtp_url=str(values["smtp_url"]),
        mail_from=str(values["mail_from"]),
        emulate_quota=bool(values["emulate_quota"]),
        log_level=str(values["log_level"]),
    )


def _value(setting: Setting, text: str | None) -> str | int:
    if text is None or text == "":
        return setting.default
    if isinstance(setting.default, str):
        return text
    try:
        number = int(text)
    except ValueError:
        raise BadData(f"{setting.variable} must be a whole number.") from None
    if number < 0:
        raise BadData(f"{setting.variable} cannot be negative.")
    return number
