"""Imported rows into the record: names become ids, rows that are there already are found, the rest is added (D11.2)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from sqlalchemy import Connection

from gnomon.errors import BadData
from gnomon.model.entry import TimeEntry, check_description, check_instants
from gnomon.model.imported import ImportedRow, SkippedLine
from gnomon.store.changes import Touched, take_change
from gnomon.store.database import Database
from gnomon.store.entries import add_entries, entries_started_at, replace_entries
from gnomon.store.ids import new_ids
from gnomon.store.import_names import NameBook
from gnomon.store.import_rates import FoundRate, RateClues
from gnomon.store.interning import Interner

ROWS_PER_BATCH = 5_000
Kind = tuple[int, int, int | None]  # person, start, duration: what makes a row the same (D11.2)


@dataclass(slots=True)
class ImportResult:
    """Every row of the file is counted in exactly one of imported, already_there, differs, updated, skipped.

    `made` counts new users, clients, projects, tasks and tags; `named` tells the first of each.
    """

    rows: int = 0
    imported: int = 0
    already_there: int = 0
    differs: int = 0
    updated: int = 0
    skipped: list[SkippedLine] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    named: Mapping[str, list[str]] = field(default_factory=dict)
    rates: list[FoundRate] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """How to import: into which workspace, and what to do with rows that differ."""

    workspace_id: int
    timezone: str
    at: int
    updates: bool = False
    makes_rates: bool = False


def import_rows(
    connection: Connection,
    rows: Iterable[ImportedRow | SkippedLine],
    plan: ImportPlan,
    report_progress: Callable[[int], None] = lambda _: None,
) -> ImportResult:
    """All rows of one file within the caller's transaction: all of them or, after a failure, none."""
    change_number = take_change(connection, plan.workspace_id, Touched.ALL, plan.at)
    work = _Import(connection, plan, change_number)
    iterator = iter(rows)
    while batch := list(islice(iterator, ROWS_PER_BATCH)):
        work.take(batch)
        report_progress(work.result.rows)
    return work.finish()


class _DryRun(Exception):  # not an error: it carries the result out of the transaction it undoes
    def __init__(self, result: ImportResult) -> None:
        super().__init__("dry run")
        self.result = result


def import_file(
    database: Database,
    rows: Iterable[ImportedRow | SkippedLine],
    plan: ImportPlan,
    report_progress: Callable[[int], None],
    *,
    is_dry: bool,
) -> ImportResult:
    """One transaction; nothing is half imported. A dry run does everything and then takes it back."""

    def change(connection: Connection) -> ImportResult:
        result = import_rows(connection, rows, plan, report_progress)
        if is_dry:
            raise _DryRun(result)
        return result

    try:
        return database.write(change)
    except _DryRun as undone:
        return undone.result


class _Import:
    """The state of one import: what the file has named and shown so far."""

    def __init__(self, connection: Connection, plan: ImportPlan, change_number: int) -> None:
        self.result = ImportResult()
        self._connection = connection
        self._plan = plan
        self._change_number = change_number
        self._names = NameBook(connection, plan.workspace_id, plan.timezone, plan.at)
        self._interner = Interner(connection, plan.workspace_id)
        self._seen: Counter[Kind] = Counter()
        self._first_new_id = new_ids(connection, "entry", 0).start  # what is below was there before
        self._clues = RateClues()
        self._compared: frozenset[str] = frozenset()

    def take(self, batch: list[ImportedRow | SkippedLine]) -> None:
        drafts = list(self._drafts(batch))
        self._compared = next(
            (row.fields for row in batch if isinstance(row, ImportedRow)), frozenset()
        )
        self._names.save()
        there = self._present(drafts)
        new: list[TimeEntry] = []
        changed: list[TimeEntry] = []
        for draft in drafts:
            kind = _kind(draft)
            present = there.get(kind, ())
            nth = self._seen[kind]
            self._seen[kind] += 1
            if nth >= len(present):
                new.append(draft)
            else:
                self._compare(present[nth], draft, changed)
        self._add(new)
        replace_entries(self._connection, self._plan.workspace_id, changed, self._change_number)

    def finish(self) -> ImportResult:
        self.result.made = self._names.made
        self.result.named = self._names.named
        if self._plan.makes_rates:
            self.result.rates = self._clues.settle(self._connection, self._plan.workspace_id)
        return self.result

    def _drafts(self, batch: list[ImportedRow | SkippedLine]) -> Iterator[TimeEntry]:
        """Entries without an id yet, for the rows that can be taken."""
        for row in batch:
            self.result.rows += 1
            if isinstance(row, SkippedLine):
                self.result.skipped.append(row)
                continue
            try:
                yield self._draft(row)
            except BadData as error:
                self.result.skipped.append(SkippedLine(row.line, str(error)))

    def _draft(self, row: ImportedRow) -> TimeEntry:
        check_instants(row.started_at, row.stopped_at)  # before a name of an impossible row is made
        check_description(row.description)
        project_id = self._names.project_id(row)
        self._clues.note(project_id, row)
        return TimeEntry(
            entry_id=0,
            user_id=self._names.user_id(row.email, row.user_name),
            started_at=row.started_at,
            stopped_at=row.stopped_at,
            description=row.description,
            project_id=project_id,
            task_id=self._names.task_id(project_id, row.task),
            tag_ids=tuple(sorted(self._names.tag_id(tag) for tag in row.tags)),
            is_billable=row.is_billable,
            updated_at=self._plan.at,
        )

    def _present(self, drafts: list[TimeEntry]) -> dict[Kind, list[TimeEntry]]:
        """What the record had before this import, by kind, in id order."""
        there: defaultdict[Kind, list[TimeEntry]] = defaultdict(list)
        instants = (draft.started_at for draft in drafts)
        for entry in entries_started_at(
            self._connection, self._plan.workspace_id, instants, self._first_new_id
        ):
            there[_kind(entry)].append(entry)
        return there

    def _compare(self, present: TimeEntry, draft: TimeEntry, changed: list[TimeEntry]) -> None:
        wanted = replace(present, **{name: getattr(draft, name) for name in self._compared})
        if wanted == present:
            self.result.already_there += 1
        elif self._plan.updates:
            changed.append(replace(wanted, updated_at=self._plan.at))
            self.result.updated += 1
        else:
            self.result.differs += 1

    def _add(self, drafts: list[TimeEntry]) -> None:
        if not drafts:
            return
        ids = new_ids(self._connection, "entry", len(drafts))
        new = [
            replace(draft, entry_id=entry_id) for draft, entry_id in zip(drafts, ids, strict=True)
        ]
        add_entries(
            self._connection,
            self._plan.workspace_id,
            new,
            self._change_number,
            self._interner,
        )
        self.result.imported += len(new)


def _kind(entry: TimeEntry) -> Kind:
    return entry.user_id, entry.started_at, entry.duration_seconds
