"""How a person likes to read: days, clocks, durations and money as his preferences say."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from gnomon.model.account import MONDAY, Account
from gnomon.query.presentation import CentsSeparator, DateFormat, DurationFormat, Formats
from gnomon.units.dates import zone_of
from gnomon.units.durations import clock_text, decimal_text, improved_text
from gnomon.units.money import money_text
from gnomon.wire.track_v9.preferences import preferences_json

TWELVE_HOURS = "h:mm A"
SHORTCUTS = "keyboard_shortcuts_enabled"
DURATION_TEXTS = {
    DurationFormat.CLASSIC: clock_text,
    DurationFormat.IMPROVED: improved_text,
    DurationFormat.DECIMAL: decimal_text,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    formats: Formats = Formats()
    zone: ZoneInfo = ZoneInfo("UTC")
    first_weekday: int = MONDAY
    has_shortcuts: bool = True

    def duration(self, seconds: int) -> str:
        return DURATION_TEXTS[self.formats.duration](seconds)

    def money(self, cents: int) -> str:
        return money_text(cents).replace(".", self.formats.cents_separator.value)

    def day(self, day: date) -> str:
        return f"{day:{self.formats.date.pattern}}"

    def clock(self, instant: int) -> str:
        """Hours and minutes where the person is."""
        return f"{self.local(instant):{'%-I:%M %p' if self.formats.has_12_hours else '%H:%M'}}"

    def moment(self, instant: int) -> str:
        return f"{self.day(self.local(instant).date())} {self.clock(instant)}"

    def local(self, instant: int) -> datetime:
        return datetime.fromtimestamp(instant, UTC).astimezone(self.zone)


def reader_of(account: Account) -> Reader:
    told = preferences_json(account)
    return Reader(
        formats=Formats(
            duration=DurationFormat(told["duration_format"]),
            date=DateFormat(told["date_format"]),
            cents_separator=CentsSeparator(told["decimal_separator"]),
            has_12_hours=told["timeofday_format"] == TWELVE_HOURS,
        ),
        zone=zone_of(account.timezone),
        first_weekday=account.first_weekday,
        has_shortcuts=bool(told.get(SHORTCUTS, True)),
    )
