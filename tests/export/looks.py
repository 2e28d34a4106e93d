"""Pages as pictures, compared with stored ones; GNOMON_UPDATE_CASES=1 stores them anew."""

import os
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageStat

PAGES = Path(__file__).parent / "pages"
DIFFERENCE_MAX = (
    1.5  # mean of 255 shades over the page: what another version of a library may shift
)
SCALE = 1.0


def pictures(path: Path) -> list[Image.Image]:
    with pdfium.PdfDocument(path) as document:
        return [page.render(scale=SCALE).to_pil().convert("L") for page in document]


def assert_looks_as_stored(path: Path, name: str) -> None:
    for number, picture in enumerate(pictures(path)):
        stored = PAGES / f"{name}-{number + 1}.png"
        if os.environ.get("GNOMON_UPDATE_CASES") == "1":
            picture.quantize(16).save(stored, optimize=True)
        known = Image.open(stored).convert("L")
        assert picture.size == known.size
        difference = ImageStat.Stat(ImageChops.difference(picture, known)).mean[0]
        assert difference < DIFFERENCE_MAX, stored.name
