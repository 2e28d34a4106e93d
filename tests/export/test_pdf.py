"""Printed reports: their words, their pages as pictures, their tags, and texts that try to be more than text."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2 as pdfium
import pytest
import typst

from gnomon.editions.edition import Edition
from gnomon.errors import FileFailed
from gnomon.export import pdf_compile, pdf_file, pdf_rows
from gnomon.export.fonts import FAMILIES, font_folders
from gnomon.export.formats import cell_texts, total_texts
from gnomon.export.pdf_file import write_pdf
from gnomon.export.pdf_layout import LANDSCAPE_WIDTH, NAME_WIDTH_MIN, layout_of
from gnomon.export.pdf_texts import page_text
from gnomon.query.presentation import Formats
from gnomon.wire.reports_v3.files import FileKind
from tests.export.looks import assert_looks_as_stored
from tests.export.reports import HOSTILE, agency, hostile_world, long_sheet, made_of
from tests.wire.agency import AGENCY
from tests.worlds.world import Entry, Project


def written(folder: Path, made: Edition) -> Path:
    path = folder / "report.pdf"
    write_pdf(path, made.document, made.sheet, made.formats)
    return path


def pdf(**body: object) -> Edition:
    return agency(FileKind.PDF, **body)


def pieces_of(made: Edition) -> list[dict]:
    formats = made.formats
    layout = layout_of(made.sheet, formats)
    return list(pdf_file.piece_data(made.document, made.sheet, formats, layout))


def words(path: Path) -> str:
    """All text of all pages; invisible marks of direction and of places to break are left out."""
    with pdfium.PdfDocument(path) as document:
        told = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return told.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069\u200b\ufffe"))).replace(
        "\r", ""
    )


def test_every_cell_is_on_the_page(tmp_path: Path) -> None:
    made = pdf(distinguish_rates=True, order_by="duration")
    told = words(written(tmp_path, made))
    formats = made.formats
    for sheet in (made.sheet.rows, made.sheet.groups):
        texts = cell_texts(sheet.read(0, 100), list(sheet.columns), formats)
        for row in (*texts.rows(), total_texts(sheet, formats)):
            assert [cell for cell in row if cell and cell not in told] == []
    for word in ("Summary report", "01/01/2026", "01/31/2026", "Page 1 / 1", "Without project"):
        assert word in told


def test_the_front_page_tells_figures_and_filters(tmp_path: Path) -> None:
    body = {
        "client_ids": [20, None, 987_654],
        "description": "a",
        "billable": True,
        "rounding": 1,
        "rounding_minutes": 15,
    }
    told = words(written(tmp_path, pdf(**body)))
    for word in (
        "without client, Acme and 1 more",
        "“a”",
        "Billable: yes",
        "up 15 min per entry",
        "100.0%",
        "Hours per day",
    ):
        assert word in told


def test_names_that_the_viewer_may_not_know_are_only_counted(tmp_path: Path) -> None:
    made = agency(FileKind.PDF, viewer_id=2, project_ids=[30, 31], user_ids=[1, 3])
    told = words(written(tmp_path, made))
    assert "Website and 1 more" in told
    assert "App" not in told
    assert "Amount" not in told


@pytest.mark.parametrize("world", ["agency", "hostile", "nothing"])
def test_pages_look_as_stored(tmp_path: Path, world: str) -> None:
    if world == "hostile":
        made = made_of(hostile_world(), FileKind.PDF)
    else:
        made = pdf(**({"description": "nobody wrote this"} if world == "nothing" else {}))
    assert_looks_as_stored(written(tmp_path, made), world)


def test_hostile_texts_are_printed_as_they_are(tmp_path: Path) -> None:
    told = words(written(tmp_path, made_of(hostile_world(), FileKind.PDF)))
    flat = "".join(told.split())
    for text in HOSTILE:
        is_turned = any(letter > "\u0590" for letter in text)  # extracted in the order of the page
        if not is_turned and "\x01" not in text:
            assert "".join(text.split()) in flat, text
    assert "root:" not in told


def test_every_script_has_letters(tmp_path: Path) -> None:
    """The strictest standard refuses a text without a glyph and a picture without words for it."""
    made = made_of(hostile_world(), FileKind.PDF)
    (piece,) = pieces_of(made)
    (tmp_path / "data.json").write_bytes(msgspec.json.encode(piece))
    template = pdf_compile.TEMPLATES / "report.typ"
    (tmp_path / "report.typ").write_bytes(template.read_bytes())
    made_bytes = typst.compile(
        str(tmp_path / "report.typ"),
        root=str(tmp_path),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"data": "/data.json"},
        pdf_standards="ua-1",
    )
    assert made_bytes.startswith(b"%PDF")
    assert len(FAMILIES) == len(font_folders())


def test_it_is_tagged_and_knows_its_title_and_language(tmp_path: Path) -> None:
    with pikepdf.open(written(tmp_path, pdf())) as document:
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo.Title) == "Summary report"


def in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **limits: int) -> Path:
    monkeypatch.setattr(pdf_rows, "ROWS_PER_PIECE", 60)
    for name, limit in limits.items():
        monkeypatch.setattr(pdf_file, name, limit)
    made = pdf()
    path = tmp_path / "long.pdf"
    write_pdf(path, made.document, long_sheet(30, 8), Formats())
    return path


def test_pieces_are_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = in_pieces(tmp_path, monkeypatch)
    told = words(path)
    with pdfium.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) >= 5
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} / {len(pages)}" in page
        assert "Duration" in page
    assert [told.count(f"work {number} ") for number in (0, 59, 60, 239)] == [1, 1, 1, 1]
    assert told.count("Total ") == 2  # the figure on the front page and the last row


def test_joined_tags_are_one_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page points into the tree by a number of its own, and its marked content is found there."""
    with pikepdf.open(in_pieces(tmp_path, monkeypatch)) as document:
        root = document.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums)
        keys = [int(key) for key in numbers[::2]]
        assert all(low < high for low, high in pairwise(keys))
        found = dict(zip(keys, numbers[1::2], strict=True))
        used = [int(page.obj.StructParents) for page in document.pages]
        assert len(set(used)) == len(used)
        for page, number in zip(document.pages, used, strict=True):
            owners = [one for one in found[number] if isinstance(one, pikepdf.Dictionary)]
            assert owners
            for owner in owners:
                assert "/Pg" not in owner or owner.Pg.objgen == page.obj.objgen
        (whole,) = root.K
        assert str(whole.S) == "/Document"
        assert all(child.P.objgen == whole.objgen for child in whole.K)
        known = {bytes(name) for name in list(root.IDTree.Names)[::2]}
        asked = [bytes(name) for element in elements(whole) for name in headers_of(element)]
        assert len(asked) > 500
        assert set(asked) <= known
        tables = [child for child in elements(whole) if str(child.get("/S")) == "/Table"]
        for table in tables:  # the headers of a cell are those of its own table
            own = {bytes(one.ID) for one in elements(table) if "/ID" in one}
            assert {bytes(name) for one in elements(table) for name in headers_of(one)} <= own


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All tags below one."""
    for child in listed(parent.get("/K")):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def headers_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [name for one in listed(element.get("/A")) for name in one.get("/Headers", [])]


def listed(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def test_a_very_long_report_goes_without_tags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pikepdf.open(in_pieces(tmp_path, monkeypatch, TAGGED_ROWS_MAX=10)) as document:
        assert "/StructTreeRoot" not in document.Root
        assert len(document.pages) >= 5


def test_feet_are_made_in_pieces_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = in_pieces(tmp_path, monkeypatch, FEET_PER_PIECE=2)
    told = words(path)
    with pikepdf.open(path) as document:
        count = len(document.pages)
    assert all(f"Page {number} / {count}" in told for number in range(1, count + 1))


def test_no_heading_stands_alone_at_the_end_of_a_piece() -> None:
    for rows_per_group in (1, 2, 7, 998, 999):
        for piece in pdf_rows.pieces(long_sheet(5, rows_per_group), Formats()):
            assert piece[-1][0] != pdf_rows.HEADING
            assert len(piece) <= pdf_rows.ROWS_PER_PIECE


def test_rows_have_names_where_the_group_tells_the_same_columns(tmp_path: Path) -> None:
    """Tasks by projects: the project of an entry without a task stands below "Without task"."""
    made = pdf(grouping="tasks", sub_grouping="projects")
    told = words(written(tmp_path, made))
    for word in ("Task / Project", "Without task", "App", "Shared", "Without project"):
        assert word in told
    (piece,) = pieces_of(made)
    assert all(row[2] for row in piece["rows"])


def test_many_currencies_stay_on_the_page(tmp_path: Path) -> None:
    codes = ["AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "JPY", "NOK", "PLN", "USD"]
    start = AGENCY.entries[0].start
    world = replace(
        AGENCY,
        projects=tuple(
            Project(number, f"Work in {code}", currency=code)
            for number, code in enumerate(codes, 1)
        ),
        tasks=(),
        rates=AGENCY.rates[:1],
        entries=tuple(
            Entry(number, 1, start, start + 3_600, "x", project_id=number, is_billable=True)
            for number in range(1, len(codes) + 1)
        ),
    )
    made = made_of(world, FileKind.PDF, distinguish_rates=True)
    layout = layout_of(made.sheet, made.formats)
    assert layout.is_landscape
    assert sum(layout.widths) <= LANDSCAPE_WIDTH - NAME_WIDTH_MIN + 0.01
    path = written(tmp_path, made)
    with pdfium.PdfDocument(path) as document:
        page = document[0].get_textpage()
        width = document[0].get_width()
        for place in range(page.count_chars()):
            assert page.get_charbox(place)[2] <= width
    assert "Amount (USD)" in words(path)


@pytest.mark.parametrize("text", ["Ä" * 300, "Привет" * 60, "é" * 200, "a " * 200, "👩🏽‍💻🇪🇪" * 60])
def test_long_words_of_any_script_are_broken_between_letters(text: str) -> None:
    told = page_text(text)
    assert told.replace("\u200b", "") == text
    assert max(map(len, told.split("\u200b"))) <= 24
    for place in (place for place, letter in enumerate(told) if letter == "\u200b"):
        assert told[place + 1] not in "́‍🏽"
        assert told[place - 1] != "‍"


def test_a_workspaces_name_stays_in_its_line(tmp_path: Path) -> None:
    made = pdf()
    assert made.document is not None
    document = replace(made.document, workspace_name="\u202eEVIL\x00 " + "long " * 600)
    path = tmp_path / "report.pdf"
    write_pdf(path, document, made.sheet, made.formats)
    told = words(path)
    assert "Page 1 / 1" in told
    assert "generated 2026-02-01" in told


def test_a_heading_comes_again_where_its_rows_go_on() -> None:
    first, second, *_ = pdf_rows.pieces(long_sheet(2, 1_500), Formats())
    assert first[0][0] == second[0][0] == pdf_rows.HEADING
    assert first[0][2] == second[0][2] == "Project 0"
    assert len(first) == pdf_rows.ROWS_PER_PIECE


def test_one_entry_one_page(tmp_path: Path) -> None:
    one = replace(AGENCY, entries=AGENCY.entries[:1])
    path = written(tmp_path, made_of(one, FileKind.PDF))
    assert "Page 1 / 1" in words(path)


def test_collapsed_shows_groups_only(tmp_path: Path) -> None:
    told = words(written(tmp_path, pdf(collapse=True)))
    assert "Website" in told
    assert "Plan" not in told


def test_a_compiler_that_fails_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "templates"
    broken.mkdir()
    (broken / "report.typ").write_text("#panic()")
    monkeypatch.setattr(pdf_compile, "TEMPLATES", broken)
    with pytest.raises(FileFailed) as failure:
        written(tmp_path, pdf())
    assert "panic" in failure.value.reason
    assert "panic" not in str(failure.value)


def test_texts_are_made_fit_for_pages() -> None:
    assert page_text("plain") == "plain"
    assert page_text("a\x00b") == "a\N{REPLACEMENT CHARACTER}b"
    assert page_text("שלום") == "\u2068שלום\u2069"
    assert page_text("\u202eturned\u2066 round") == "turned round"
    assert page_text("W" * 60).count("\u200b") == 3
