"""The dimension of descriptions; besides the common columns `folded`, the case-folded text (D4.4)."""

import polars as pl

from gnomon.columns.dimension import json_text, with_ranks

SCHEMA: dict[str, pl.DataType] = {
    "id": pl.Int64(),
    "name": pl.String(),
    "name_json": pl.String(),
    "folded": pl.String(),
}
OLD_PER_NEW_MIN = 100  # one new text among this many old ones is slotted in instead of sorting all


def no_texts() -> pl.DataFrame:
    return with_ranks(pl.DataFrame([(None, "", '""', "")], schema=SCHEMA, orient="row"), pl.lit(0))


def add_texts(texts: pl.DataFrame, ids: list[int], names: list[str]) -> pl.DataFrame:
    """The dimension with more texts behind the old ones."""
    if not ids:
        return texts
    new = pl.DataFrame(
        {
            "id": ids,
            "name": names,
            "name_json": [json_text(name) for name in names],
            "folded": [name.casefold() for name in names],
        },
        schema=SCHEMA,
    )
    both = pl.concat([texts.select(list(SCHEMA)), new], rechunk=True)
    is_few = new.height * OLD_PER_NEW_MIN < texts.height
    return with_ranks(both, _slotted_ranks(texts, new) if is_few else _ranks(both))


def _ranks(texts: pl.DataFrame) -> pl.Series:
    """Places in code point order (D7.5): Polars compares UTF-8 bytes, which is the same."""
    return texts["name"].rank("ordinal").cast(pl.Int64) - 1


def _slotted_ranks(old: pl.DataFrame, new: pl.DataFrame) -> pl.Series:
    """The same for a few new texts among many: a write must not wait for a sort of all texts."""
    fresh = new["name"].sort()
    slots = old["name"].gather(old["by_rank"]).search_sorted(fresh).cast(pl.Int64)
    moved = old["rank"] + slots.search_sorted(old["rank"], side="right").cast(pl.Int64)
    place = pl.DataFrame({"name": fresh, "rank": slots + pl.int_range(len(fresh), eager=True)})
    placed = new.select("name").join(place, on="name", how="left", maintain_order="left")["rank"]
    return pl.concat([moved, placed])
