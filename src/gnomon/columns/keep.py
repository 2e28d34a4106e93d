"""Which tables are in memory: built when first asked for, refreshed before every report, dropped when memory is short."""

import threading
from collections import OrderedDict, defaultdict

from gnomon.columns.build import build_table
from gnomon.columns.refresh import refreshed
from gnomon.columns.table import EntryTable
from gnomon.store.database import Database

BYTES_PER_MEGABYTE = 1024 * 1024


class TableKeeper:
    """Hands out tables; the least recently used go when together they take more than `memory_megabytes`."""

    def __init__(self, database: Database, memory_megabytes: int) -> None:
        self._database = database
        self._bytes_max = memory_megabytes * BYTES_PER_MEGABYTE
        self._tables: OrderedDict[int, EntryTable] = OrderedDict()
        self._guard = threading.Lock()
        self._builders: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)

    def fresh_table(self, workspace_id: int, change_number: int | None = None) -> EntryTable:
        """The table with every write that was acknowledged before this call.

        `change_number`: what the caller has just read as the workspace's last change; saves reading it again.
        """
        table = self._kept(workspace_id)
        if table is not None and table.change_number == change_number:
            return table
        with self._guard:
            builder = self._builders[workspace_id]
        with builder:  # two reports of one workspace must not both build; the second finds the first one's table
            kept = self._kept(workspace_id)
            table = build_table(self._database, workspace_id) if kept is None else kept
            with self._database.read() as connection:
                fresh = refreshed(connection, table)
            if fresh is not kept:  # one that was built is of no one moment before it is refreshed
                self._keep(workspace_id, fresh)
        return fresh

    def byte_count(self) -> int:
        with self._guard:
            return sum(table.byte_count() for table in self._tables.values())

    def table_count(self) -> int:
        return len(self._tables)

    def _kept(self, workspace_id: int) -> EntryTable | None:
        with self._guard:
            table = self._tables.get(workspace_id)
            if table is not None:
                self._tables.move_to_end(workspace_id)
            return table

    def _keep(self, workspace_id: int, table: EntryTable) -> None:
        with self._guard:
            self._tables[workspace_id] = table
            self._tables.move_to_end(workspace_id)
            if len(self._tables) == 1:  # the last one stays, whatever it takes
                return
            sizes = {key: kept.byte_count() for key, kept in self._tables.items()}
            while len(sizes) > 1 and sum(sizes.values()) > self._bytes_max:
                oldest, _ = self._tables.popitem(last=False)
                del sizes[oldest]
