"""Reads the numbers of a report page, as somebody with eyes reads them."""

import re
from dataclasses import dataclass, field

from tests.pages.http.markup import Node, Page, plain

CLOCK = re.compile(r"(?<!\d)(\d+):(\d\d):(\d\d)(?!\d)")
MONEY = re.compile(r"\d[\d\s.,'\u2019\u00a0\u202f]*[.,]\d\d(?!\d)")
PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
FIGURE = "dl.figures [data-figure={}]"


@dataclass
class Line:
    """A row; amounts and rates are cents by currency, without those that are nothing."""

    text: str
    seconds: int
    amounts: dict[str, int]
    key: str = ""
    subs: list["Line"] = field(default_factory=list)
    rates: dict[str, int] = field(default_factory=dict)


def seconds_in(text: str) -> int:
    """A duration, or nothing at all."""
    found = CLOCK.findall(text)
    assert len(found) <= 1, text
    assert found or not re.search(r"[1-9]", text), f"no duration: {text}"
    return sum(int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in found)


def cents_in(text: str) -> int | None:
    """An amount with two decimals, whatever stands around it; None where there is none."""
    found = MONEY.findall(plain(text))
    assert len(found) <= 1, text
    assert found or not re.search(r"\d", text), f"no amount: {text}"
    return int(re.sub(r"\D", "", found[0])) if found else None


def amounts_in(cells: list[Node]) -> dict[str, int]:
    told: dict[str, int] = {}
    for cell in cells:
        cents = cents_in(cell.text)
        if cents is not None:
            assert cell.get("data-currency"), cell
            told[cell.get("data-currency")] = told.get(cell.get("data-currency"), 0) + cents
    return nonzero(told)


def nonzero(amounts: dict[str, int]) -> dict[str, int]:
    return {currency: cents for currency, cents in amounts.items() if cents}


def line_of(row: Node) -> Line:
    """Rates stand before the duration, amounts behind it (D8.4)."""
    cells = row.all("td.duration, td.amount, td.rate")
    (place,) = [place for place, cell in enumerate(cells) if "duration" in cell.classes]
    return Line(
        row.text,
        seconds_in(cells[place].text),
        amounts_in(cells[place + 1 :]),
        rates=amounts_in(cells[:place]),
    )


def table_of(page: Page) -> Node | None:
    """None where a page says that there is nothing."""
    tables = page.all("table.report")
    assert len(tables) <= 1
    return tables[0] if tables else None


def summary_lines(page: Page) -> list[Line]:
    """The groups of a summary with the sub groups that can be seen."""
    table = table_of(page)
    lines: list[Line] = []
    for row in table.all("tr.group, tr.sub") if table else []:
        if "hidden" in row.attributes:
            continue
        line = line_of(row)
        if "group" in row.classes:
            line.key = row.attributes["data-key"]
            lines.append(line)
        else:
            lines[-1].subs.append(line)
    return lines


def detailed_lines(page: Page) -> list[Line]:
    """One page of entries, with their ids as keys."""
    table = table_of(page)
    lines = []
    for row in table.all("tr.row") if table else []:
        line = line_of(row)
        line.key = row.attributes["data-entry"]
        lines.append(line)
    return lines


def weekly_rows(page: Page) -> list[list[int]]:
    """Seven days and their total: seconds, or cents where the page shows amounts."""
    table = table_of(page)
    return [
        [seconds_in(cell.text) for cell in row.all("td.duration, th.duration")]
        or [cents_in(cell.text) or 0 for cell in row.all("td.amount")]
        for row in (table.all("tr.row") if table else [])
    ]


def figure(page: Page, name: str) -> str:
    return page.one(FIGURE.format(name)).text


def amount_figures(page: Page) -> dict[str, int]:
    told = {}
    for node in page.all("dl.figures [data-figure^=amount]"):
        cents = cents_in(node.text)
        if cents is not None:
            told[node.get("data-figure").removeprefix("amount-")] = cents
    return nonzero(told)


def tells_share(text: str, part: int, whole: int) -> bool:
    """Whether it is that part of the whole: as a duration, in percent, or both."""
    clocks = [int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in CLOCK.findall(text)]
    percents = [float(one.replace(",", ".")) for one in PERCENT.findall(text)]
    share = 100 * part / whole if whole else 0
    is_right = all(one == part for one in clocks) and all(abs(one - share) <= 1 for one in percents)
    return is_right and (bool(clocks or percents) or not part)
