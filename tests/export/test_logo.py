"""A workspace's logo: kept, printed, and refused when it is none."""

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from gnomon.editions.summary import summary_edition
from gnomon.errors import BadData, WorkspaceHidden
from gnomon.export.logo_check import check_logo
from gnomon.export.pdf_file import write_pdf
from gnomon.model.logo import BYTES_MAX, logo_suffix
from gnomon.store.database import Database
from gnomon.store.logos import put_logo, read_logo
from gnomon.wire.reports_v3.files import FileKind
from tests.export.reports import JANUARY, NOW
from tests.properties.asking import ground_of, table_of
from tests.running import gnomon, gnomon_json, init
from tests.wire.agency import AGENCY
from tests.worlds.loader import load_world


def picture(kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (90, 40), (220, 20, 60)).save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_printed(tmp_path: Path, kind: str) -> None:
    check_logo(picture(kind))
    with table_of(AGENCY) as table:
        ground = ground_of(table, 1, JANUARY, NOW)
        made = summary_edition(ground, FileKind.PDF, lambda _: picture(kind))
    path = tmp_path / "report.pdf"
    write_pdf(path, made.document, made.sheet, made.formats)
    with pdfium.PdfDocument(path) as document:
        page = document[0].render(scale=1).to_pil().convert("RGB")
    colors = page.getcolors(2**24) or []
    assert any(count > 200 and red > 200 and green < 60 for count, (red, green, _) in colors)


def test_what_is_no_logo_is_refused() -> None:
    for image in (b"", b"<svg/>", b"GIF89a", picture()[:60], b"\xff\xd8\xff" + b"x" * 99):
        with pytest.raises(BadData):
            check_logo(image)
    with pytest.raises(BadData):
        logo_suffix(picture() + b"\0" * BYTES_MAX)


def test_it_is_kept_and_taken_away(database: Database) -> None:
    database.write(lambda connection: load_world(connection, AGENCY))

    def kept() -> bytes | None:
        with database.read() as connection:
            return read_logo(connection, AGENCY.workspace_id)

    assert kept() is None
    for image in (picture(), picture("JPEG"), None):
        database.write(
            lambda connection, image=image: put_logo(connection, AGENCY.workspace_id, image, 0)
        )
        assert kept() == image
    with pytest.raises(WorkspaceHidden):
        database.write(lambda connection: put_logo(connection, 999, picture(), 0))


def test_an_operator_sets_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    workspace_id = str(init(data)["workspace_id"])
    logo = tmp_path / "logo.png"
    logo.write_bytes(picture())
    asked = ("workspace", "set", "--workspace-id", workspace_id, "--data", data)
    assert gnomon_json(*asked, "--logo", logo)["workspace_id"] == int(workspace_id)
    gnomon_json(*asked, "--no-logo")
    logo.write_bytes(b"no picture")
    assert "PNG" in gnomon(*asked, "--logo", logo, expects=1).stderr
    gnomon(*asked, "--logo", tmp_path / "missing.png", expects=1)
