"""Descriptions and tag sets stand once in the record; entries hold their ids."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, Table, bindparam, insert, select

from gnomon.store.batches import in_batches
from gnomon.store.ids import new_ids
from gnomon.store.memory import memory_of
from gnomon.store.prepared import Prepared
from gnomon.store.schema import descriptions, tag_sets

DIGESTS_PER_QUERY = 500


def digest_of(text: str) -> bytes:
    """128 bits of SHA-256: short enough for a key, too many for two texts to meet."""
    return hashlib.sha256(text.encode()).digest()[:16]


def tag_set_text(tag_ids: Iterable[int]) -> str:
    """The set as text: ids ascending, each once, joined by commas."""
    return ",".join(str(tag_id) for tag_id in sorted(set(tag_ids)))


def tag_ids_of(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",")) if text else ()


def _by_digest(table: Table, id_name: str) -> Prepared:
    return Prepared(
        select(table.c[id_name]).where(
            table.c.workspace_id == bindparam("workspace_id"),
            table.c.digest == bindparam("digest"),
        )
    )


_KNOWN = {
    "description": _by_digest(descriptions, "description_id"),
    "tag_set": _by_digest(tag_sets, "tag_set_id"),
}


class Interner:
    """Turns texts into ids, making the missing ones; remembers what it met, so one serves a whole import.

    To be used after `take_change`, whose lock keeps two writers from making the same text twice.
    """

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._known: dict[str, dict[str, int]] = {"description": {}, "tag_set": {}}

    def description_ids(self, texts: Iterable[str]) -> dict[str, int]:
        """Ids of the distinct non-empty texts; the empty one needs none."""
        return self._ids(texts, "description", descriptions, "description_id", "text")

    def tag_set_ids(self, texts: Iterable[str]) -> dict[str, int]:
        return self._ids(texts, "tag_set", tag_sets, "tag_set_id", "tag_ids")

    def _ids(
        self,
        texts: Iterable[str],
        kind: str,
        table: Table,
        id_name: str,
        text_name: str,
    ) -> dict[str, int]:
        known = self._known[kind]
        wanted = {text for text in texts if text and text not in known}
        if len(wanted) == 1:  # one entry: the usual case of a request
            (text,) = wanted
            text_id = self._id(kind, text)
            if text_id is not None:
                known[text] = text_id
                return known
        for batch in in_batches(sorted(wanted), DIGESTS_PER_QUERY):
            rows = self._connection.execute(
                select(table.c[text_name], table.c[id_name]).where(
                    table.c.workspace_id == self._workspace_id,
                    table.c.digest.in_([digest_of(text) for text in batch]),
                )
            )
            known.update((text, text_id) for text, text_id in rows)
        missing = sorted(wanted - known.keys())
        if missing:
            ids = new_ids(self._connection, kind, len(missing))
            self._connection.execute(
                insert(table),
                [
                    {
                        "workspace_id": self._workspace_id,
                        id_name: text_id,
                        "digest": digest_of(text),
                        text_name: text,
                    }
                    for text, text_id in zip(missing, ids, strict=True)
                ],
            )
            known.update(zip(missing, ids, strict=True))
        return known

    def _id(self, kind: str, text: str) -> int | None:
        memory = memory_of(self._connection)
        place = (self._workspace_id, kind, text)
        if memory is not None and place in memory.text_ids:
            return memory.text_ids[place]
        asked = {"workspace_id": self._workspace_id, "digest": digest_of(text)}
        found = _KNOWN[kind].one(self._connection, asked)
        if found is None:
            return None
        if memory is not None:
            memory.text_ids[place] = found[0]
        text_id: int = found[0]
        return text_id
