"""A report made up as a file, whatever kind of file it becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gnomon.query.presentation import Formats
from gnomon.sheets.document import Document
from gnomon.sheets.sheet import GroupedSheet
from gnomon.units.dates import DayRange

ReadLogo = Callable[[int], bytes | None]


def no_logo(_: int) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """`headers` tell over HTTP what it covers (D2.6). `document`: what stands around the table; a CSV has only the table."""

    report_type: str
    days: DayRange
    sheet: GroupedSheet
    document: Document | None
    formats: Formats
    headers: Mapping[str, str] = field(default_factory=dict)
