"""The report pages show the oracle's numbers, over any world and any address."""

from dataclasses import dataclass
from datetime import datetime

from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.oracle.visibility import sees_rates
from tests.pages.http.addresses import (
    Address,
    detailed_addresses,
    summary_addresses,
    weekly_addresses,
)
from tests.pages.http.expected import (
    Figures,
    detailed_of,
    figures_of,
    summary_of,
    user_of,
    week_names,
    week_of,
)
from tests.pages.http.markup import Page
from tests.pages.http.reading import (
    Line,
    amount_figures,
    detailed_lines,
    figure,
    seconds_in,
    summary_lines,
    table_of,
    tells_share,
    weekly_rows,
)
from tests.pages.http.sites import Site, site_of
from tests.properties.test_summary import PHASES
from tests.shares import is_deep
from tests.worlds.crowds import crowded
from tests.worlds.strategies import instants_to_ask, viewers, worlds
from tests.worlds.world import User, World

EXAMPLES = 400 if is_deep() else 12
ADDRESSES_MAX = 2


@dataclass(frozen=True)
class Case:
    """Who looks at what, when, and at which addresses."""

    world: World
    viewer: User
    now: datetime
    addresses: list[Address]


@st.composite
def cases(draw: st.DrawFn, addresses: st.SearchStrategy) -> Case:
    world = draw(draw(st.sampled_from([st.just, crowded]))(draw(worlds())))
    viewer = user_of(world, draw(viewers(world)))
    now = draw(instants_to_ask(world))
    asked = st.lists(addresses(world, viewer, now), min_size=1, max_size=ADDRESSES_MAX)
    return Case(world, viewer, now, draw(asked))


def page_at(site: Site, case: Case, report: str, address: Address, more: str = "") -> Page:
    where = f"/w/{case.world.workspace_id}/reports/{report}?{address.query}{more}"
    note(f"{where} {address.body}")
    return site.visitor(case.viewer.user_id).read(where)


def numbers(lines: list[Line]) -> list[tuple]:
    return [
        (line.key, line.seconds, line.amounts, line.rates, numbers(line.subs)) for line in lines
    ]


def assert_lines(shown: list[Line], expected: list[Line]) -> None:
    """The same numbers in the same order, each beside its name."""
    assert numbers(shown) == numbers(expected)
    for line, right in zip(shown, expected, strict=True):
        assert right.text in line.text
        assert_lines(line.subs, right.subs)


def assert_figures(page: Page, case: Case, right: Figures) -> None:
    """Total, what is billable of it, one amount per currency, and the mean of the days on which there is time."""
    total = seconds_in(figure(page, "total"))
    assert total == right.total
    assert tells_share(figure(page, "billable"), right.billable, right.total)
    assert amount_figures(page) == right.amounts
    average = seconds_in(figure(page, "average"))
    assert abs(average * max(right.tracked_days, 1) - total) <= right.tracked_days
    if not sees_rates(case.world, case.viewer):
        assert not page.all("[data-figure^=amount], td.amount, [data-currency]")


@settings(phases=PHASES, max_examples=EXAMPLES)
@given(case=cases(summary_addresses))
def test_a_summary_is_the_oracles(case: Case) -> None:
    asked = (case.world, case.viewer)
    with site_of(case.world, case.now) as site:
        for address in case.addresses:
            page = page_at(site, case, "summary", address, "&open=all")
            assert_lines(summary_lines(page), summary_of(*asked, address, case.now))
            assert_figures(page, case, figures_of(*asked, address, case.now))


@settings(phases=PHASES, max_examples=EXAMPLES)
@given(case=cases(detailed_addresses))
def test_a_detailed_report_is_the_oracles(case: Case) -> None:
    """On one page: `test_reports.py` turns pages."""
    asked = (case.world, case.viewer)
    with site_of(case.world, case.now) as site:
        for address in case.addresses:
            page = page_at(site, case, "detailed", address)
            assert_lines(detailed_lines(page), detailed_of(*asked, address, case.now))
            assert_figures(page, case, figures_of(*asked, address, case.now))


@settings(phases=PHASES, max_examples=EXAMPLES)
@given(case=cases(weekly_addresses))
def test_a_week_is_the_oracles(case: Case) -> None:
    asked = (case.world, case.viewer)
    with site_of(case.world, case.now) as site:
        for address in case.addresses:
            page = page_at(site, case, "weekly", address)
            assert weekly_rows(page) == week_of(*asked, address, case.now)
            table = table_of(page)
            text = table.text if table else ""
            assert not [one for one in week_names(*asked, address, case.now) if one not in text]
            assert_figures(page, case, figures_of(*asked, address, case.now))
