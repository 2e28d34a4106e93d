"""The dimension of descriptions: each text once, with what reports need of it made beforehand.

Escaping 70,000 titles for one answer takes longer than adding up 200,000 entries, so the JSON of a text is made once,
when the text arrives; so are its case-folded form (D4.4) and its place in code point order (D7.5).
"""

from dataclasses import dataclass

import msgspec
import polars as pl

SCHEMA: dict[str, pl.DataType] = {
    "text_id": pl.Int64(),
    "text": pl.String(),
    "text_json": pl.String(),
    "folded": pl.String(),
    "rank": pl.UInt32(),
}
EMPTY_ID = 0


def json_text(text: str) -> str:
    """The text as a JSON string, quotes included."""
    return msgspec.json.encode(text).decode()


@dataclass(frozen=True, slots=True)
class TextDimension:
    """`frame` has one row per text; a text's code is its row. Row 0 is the empty text."""

    frame: pl.DataFrame

    def codes(self, text_ids: pl.Series) -> pl.Series:
        """Codes of the record's ids; null is the empty text."""
        wanted = pl.DataFrame({"text_id": text_ids.fill_null(EMPTY_ID)})
        known = self.frame.select("text_id").with_row_index("code")
        return wanted.join(known, on="text_id", how="left", maintain_order="left")["code"]

    def missing(self, text_ids: pl.Series) -> list[int]:
        """Ids that are not in the dimension yet."""
        wanted = text_ids.drop_nulls().unique()
        return wanted.filter(~wanted.is_in(self.frame["text_id"].implode())).to_list()


def empty_texts() -> TextDimension:
    return TextDimension(pl.DataFrame([(EMPTY_ID, "", '""', "", 0)], schema=SCHEMA, orient="row"))


def add_texts(dimension: TextDimension, text_ids: list[int], texts: list[str]) -> TextDimension:
    """The dimension with more texts behind the old ones, so that old codes stay."""
    if not texts:
        return dimension
    new = pl.DataFrame(
        {
            "text_id": text_ids,
            "text": texts,
            "text_json": [json_text(text) for text in texts],
            "folded": [text.casefold() for text in texts],
            "rank": pl.zeros(len(texts), dtype=pl.UInt32(), eager=True),
        },
        schema=SCHEMA,
    )
    frame = pl.concat([dimension.frame, new], rechunk=True)
    return TextDimension(frame.with_columns(rank=_ranks(dimension.frame, new, frame)))


def _ranks(old: pl.DataFrame, new: pl.DataFrame, both: pl.DataFrame) -> pl.Series:
    """Places in code point order. A few new texts among many are slotted in, because a write must not wait for a sort."""
    if new.height * 100 > old.height:
        return both["text"].rank("ordinal").cast(pl.UInt32) - 1
    ordered = old.sort("rank")["text"]
    fresh = new["text"].sort()
    slots = ordered.search_sorted(fresh).cast(pl.Int64)
    moved = old["rank"].cast(pl.Int64) + slots.search_sorted(
        old["rank"].cast(pl.Int64), side="right"
    )
    place = pl.DataFrame({"text": fresh, "rank": slots + pl.int_range(fresh.len(), eager=True)})
    placed = new.select("text").join(place, on="text", how="left", maintain_order="left")["rank"]
    return pl.concat([moved, placed]).cast(pl.UInt32)
