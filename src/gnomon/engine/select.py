"""Select rows: a question about texts, tags or people is answered on the small dimension first and becomes codes."""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from gnomon.columns.months import month_of_day
from gnomon.columns.table import FACT_SCHEMA, EntryTable
from gnomon.engine.places import PLACE
from gnomon.model.catalog import UserGroup
from gnomon.query.access import Sight
from gnomon.query.selection import IdsIn, Selection
from gnomon.units.dates import SECONDS_PER_DAY, day_number

SCHEMA = {**FACT_SCHEMA, PLACE: pl.UInt32()}


def select_rows(
    table: EntryTable, selection: Selection, sight: Sight, columns: Mapping[str, str]
) -> pl.LazyFrame:
    """The asked columns, by their new names, of every entry that the selection names and the viewer may see
    (D3, D4, D9.3).

    The column `place` is where an entry stands in the table (places.py).
    """
    clauses = [*_clauses(table, selection), *_seen(table, sight)]
    wanted = [pl.col(column).alias(name) for name, column in columns.items()]
    has_places = PLACE in columns.values()
    parts = [
        (facts.with_row_index(PLACE, first_place) if has_places else facts)
        .filter(*in_month, *clauses)
        .select(wanted)
        for first_place, facts, in_month in _months_in_range(table, selection)
    ]
    if not parts:
        return pl.LazyFrame(schema={name: SCHEMA[column] for name, column in columns.items()})
    return pl.concat(parts)


def _months_in_range(
    table: EntryTable, selection: Selection
) -> Iterator[tuple[int, pl.LazyFrame, tuple[pl.Expr, ...]]]:
    """Each month, the place of its first row, and the clauses that cut it to the range: only the first and the last
    month need any.
    """
    first_month, last_month = (
        month_of_day(selection.days.first),
        month_of_day(selection.days.last),
    )
    start, end = _wall_clock_range(selection)
    first_place = 0
    for month in sorted(table.months):
        facts = table.months[month]
        if first_month <= month <= last_month:
            cuts = []
            if month == first_month:
                cuts.append(pl.col("local_start") >= start)
            if month == last_month:
                cuts.append(pl.col("local_start") < end)
            yield first_place, facts.lazy(), tuple(cuts)
        first_place += facts.height


def _wall_clock_range(selection: Selection) -> tuple[int, int]:
    """The end is excluded."""
    first, last = day_number(selection.days.first), day_number(selection.days.last)
    return (
        first * SECONDS_PER_DAY + selection.first_second,
        last * SECONDS_PER_DAY + selection.end_second,
    )


def _clauses(table: EntryTable, selection: Selection) -> Iterator[pl.Expr]:
    """Everything but the range, which `_months_in_range` sees to."""
    dimensions = table.dimensions
    if selection.within is not None:
        start, end = _wall_clock_range(selection.within)
        yield pl.col("local_start").is_between(start, end, closed="left")
        yield from _clauses(table, selection.within)
    for column, dimension, wanted in (
        ("project_code", dimensions.projects, selection.project_ids),
        ("client_code", dimensions.clients, selection.client_ids),
        ("task_code", dimensions.tasks, selection.task_ids),
    ):
        if wanted is not None:
            yield _code_in(column, _has_id(dimension, wanted))
    if selection.user_ids is not None or selection.user_group_ids is not None:
        people = _people(table, selection.user_ids, selection.user_group_ids)
        yield _code_in("user_code", _has_id(dimensions.users, IdsIn(people)))
    if selection.tag_ids is not None:
        yield _code_in("tag_set_code", _has_tag(dimensions.tag_sets, selection.tag_ids))
    if selection.description:
        wanted_text = selection.description.casefold()
        folded = dimensions.descriptions["folded"]
        yield _code_in("description_code", folded.str.contains(wanted_text, literal=True))
    yield from _own_clauses(selection)


def _own_clauses(selection: Selection) -> Iterator[pl.Expr]:
    """Questions that the facts answer themselves."""
    if selection.entry_ids is not None:
        yield pl.col("entry_id").is_in(sorted(selection.entry_ids.ids))
    if selection.is_billable is not None:
        yield pl.col("is_billable") == selection.is_billable
    if selection.duration_seconds_min is not None:
        yield pl.col("seconds") >= selection.duration_seconds_min
    if selection.duration_seconds_max is not None:
        yield pl.col("seconds") <= selection.duration_seconds_max


def _code_in(column: str, is_wanted: pl.Series) -> pl.Expr:
    """`is_wanted` has one answer per code."""
    return pl.lit(is_wanted).gather(pl.col(column))


def _has_id(dimension: pl.DataFrame, wanted: IdsIn) -> pl.Series:
    """Row 0 is none (D4.1)."""
    answers = dimension["id"].is_in(sorted(wanted.ids)).fill_null(value=False)
    return answers | dimension["id"].is_null() if wanted.or_none else answers


def _has_tag(tag_sets: pl.DataFrame, wanted: IdsIn) -> pl.Series:
    any_of = tag_sets["tag_ids"].list.set_intersection(sorted(wanted.ids)).list.len() > 0
    return any_of | (tag_sets["tag_ids"].list.len() == 0) if wanted.or_none else any_of


def _people(table: EntryTable, user_ids: IdsIn | None, group_ids: IdsIn | None) -> frozenset[int]:
    """The union of the named users and the members of the named groups (D4.3)."""
    people = set(user_ids.ids) if user_ids is not None else set()
    if group_ids is not None:
        groups = table.around.catalog.user_groups
        people |= _members(group for group in groups if group.user_group_id in group_ids.ids)
        if group_ids.or_none:
            people |= set(table.around.zone_names) - _members(groups)
    return frozenset(people)


def _members(groups: Iterable[UserGroup]) -> set[int]:
    return {user_id for group in groups for user_id in group.user_ids}


def _seen(table: EntryTable, sight: Sight) -> Iterator[pl.Expr]:
    """Own entries, and those of others on the projects that the viewer sees (D9.3)."""
    if sight.within is not None:
        yield from _seen(table, sight.within)
    if sight.sees_everything:
        return
    own = IdsIn(frozenset({sight.user_id}))
    seen = _code_in("user_code", _has_id(table.dimensions.users, own))
    if sight.sees_team and sight.project_ids is not None:
        projects = _has_id(table.dimensions.projects, IdsIn(sight.project_ids))
        seen = seen | _code_in("project_code", projects)
    yield seen
