"""Screenshots compared with stored ones; GNOMON_UPDATE_CASES=1 stores them anew. Then look at them."""

import os
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

PICTURES = Path(__file__).parent / "pictures"
COLORS = 64  # of the palette: a few shades of grey and the colours of projects
MEAN_MAX = 1.5  # of 255 shades over the page: what other letters of another machine may shift
SPOT_MAX = 56  # the same over a square of SPOT pixels: a button that is gone, another colour
SPOT = 16
UPDATING = "GNOMON_UPDATE_CASES=1 pytest tests/pages/browser/test_pictures.py"


def assert_looks_as_stored(content: bytes, name: str) -> None:
    stored = PICTURES / f"{name}.png"
    picture = Image.open(BytesIO(content)).convert("RGB")
    if os.environ.get("GNOMON_UPDATE_CASES") == "1":
        PICTURES.mkdir(exist_ok=True)
        picture.quantize(COLORS, dither=Image.Dither.NONE).save(stored, optimize=True)
    assert stored.exists(), f"No picture of {name} is stored: {UPDATING}, then look at it."
    known = Image.open(stored).convert("RGB")
    assert picture.size == known.size, f"{name} is {picture.size}, was {known.size}: {UPDATING}"
    difference = ImageChops.difference(picture, known)
    mean = max(ImageStat.Stat(difference).mean)
    assert mean < MEAN_MAX, f"{name} differs by {mean:.2f} shades: {UPDATING}"
    spots = difference.reduce(SPOT).getextrema()
    worst = max(most for _, most in spots)
    assert worst < SPOT_MAX, f"{name} differs by {worst} shades in a spot: {UPDATING}"
