"""The summary in plain SQL, in the words that SQLite and PostgreSQL share.

It is made easy for them: what the columns know beforehand (which clock and which price holds when) stands ready in
temporary tables with keys, and nobody asks them for JSON.
"""

from collections.abc import Iterator
from itertools import pairwise

from benchmarks.world import WORKSPACE_ID
from gnomon.columns.surroundings import Surroundings
from gnomon.units.dates import SECONDS_PER_DAY, DayRange, day_number, offsets_of_year

LONG_AGO, FAR_AHEAD = -(10**6), 10**6  # days
CLOCKS = """CREATE TEMP TABLE clocks (user_id bigint, since bigint, until bigint, shift bigint,
    PRIMARY KEY (user_id, since))"""
PRICES = """CREATE TEMP TABLE prices (project_id bigint, since bigint, until bigint, currency text,
    cents bigint, PRIMARY KEY (project_id, since))"""
FILL_CLOCKS = "INSERT INTO clocks VALUES (?, ?, ?, ?)"
FILL_PRICES = "INSERT INTO prices VALUES (?, ?, ?, ?, ?)"
# The bounds on started_at are those of the range in the zones furthest east and west: an index can use them.
SUMMARY = """
SELECT sums.*, descriptions.text FROM (
    SELECT entries.project_id, entries.description_id,
        CASE WHEN entries.is_billable THEN prices.currency END AS currency,
        CASE WHEN entries.is_billable THEN prices.cents END AS cents,
        SUM(entries.stopped_at - entries.started_at) AS seconds,
        MIN(entries.started_at + clocks.shift) AS local_start
    FROM entries
    JOIN clocks ON clocks.user_id = entries.user_id
        AND entries.started_at >= clocks.since AND entries.started_at < clocks.until
    JOIN prices ON prices.project_id = COALESCE(entries.project_id, 0)
        AND entries.started_at + clocks.shift >= prices.since * 86400
        AND entries.started_at + clocks.shift < prices.until * 86400
    WHERE entries.workspace_id = {workspace_id}
        AND entries.started_at >= {first} - 86400 AND entries.started_at < {end} + 86400
        AND entries.started_at + clocks.shift >= {first}
        AND entries.started_at + clocks.shift < {end}
        AND entries.stopped_at IS NOT NULL AND entries.deleted_at IS NULL
    GROUP BY 1, 2, 3, 4
) AS sums
LEFT JOIN descriptions ON descriptions.workspace_id = {workspace_id}
    AND descriptions.description_id = sums.description_id
ORDER BY sums.project_id, descriptions.text {collation}, sums.currency, sums.cents
"""
PROJECT, TEXT_ID, SECONDS = 0, 1, 4  # places in a row


def summary_sql(days: DayRange, collation: str = "") -> str:
    first = day_number(days.first) * SECONDS_PER_DAY
    end = (day_number(days.last) + 1) * SECONDS_PER_DAY
    return SUMMARY.format(workspace_id=WORKSPACE_ID, first=first, end=end, collation=collation)


def clock_rows(around: Surroundings, days: DayRange) -> Iterator[tuple[int, int, int, int]]:
    """Until when each user's clock is how far ahead of UTC; no more of it than the range needs."""
    near = range(day_number(days.first) - 1, day_number(days.last) + 3)
    for user_id, zone in around.zone_names.items():
        years = range(days.first.year - 1, days.last.year + 2)
        steps = [step for year in years for step in offsets_of_year(zone, year)]
        firsts = [
            step
            for step, before in zip(steps, [None, *steps], strict=False)
            if _differs(step, before)
        ]
        for (since, shift), (until, _) in pairwise([*firsts, (FAR_AHEAD * SECONDS_PER_DAY, 0)]):
            if since < near[-1] * SECONDS_PER_DAY and until > near[0] * SECONDS_PER_DAY:
                yield user_id, since, until, shift


def _differs(step: tuple[int, int], before: tuple[int, int] | None) -> bool:
    return before is None or step[1] != before[1]


def price_rows(around: Surroundings) -> Iterator[tuple[int, int, int, str, int]]:
    """Until when an hour of each project costs what; 0 stands for no project."""
    book = around.price_list.billable
    spans = list(pairwise([LONG_AGO, *book.start_days, FAR_AHEAD]))
    currencies: dict[int, str | None] = {0: None}
    currencies |= {project.project_id: project.currency for project in around.catalog.projects}
    for project_id, currency in currencies.items():
        keys = {"task_id": None, "project_id": project_id or None, "user_id": None}
        for since, until in spans:
            cents = book.cents_on(keys, since)
            yield project_id, since, until, currency or around.workspace.default_currency, cents
