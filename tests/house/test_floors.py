"""Imports run downstairs, rooms fit, and every room says what it is for."""

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "src" / "gnomon"
FILES = sorted(path for path in HOUSE.rglob("*.py") if "versions" not in path.parts)
FLOORS: list[set[str]] = [  # ground floor first; rooms on one floor are strangers
    {"errors"},
    {"units"},
    {"model"},
    {"query", "store", "ingest"},
    {"columns"},
    {"engine"},
    {"reports", "tracking"},
    {"sheets", "wire", "charts"},
    {"export"},
    {"editions"},
    {"delivery", "config"},
    {"web"},
    {"app"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
LINES_MAX = 400
FUNCTION_LINES_MAX = 60
BANNED_NAMES = re.compile(
    r"(Manager|Util|Utils|Helper|Service)$|^(process|manage|compute|perform)_"
)


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gnomon."):
            rooms.add(node.module.split(".")[1])  # type: ignore[union-attr]
        if isinstance(node, ast.ImportFrom) and node.module == "gnomon":
            rooms.update(name.name for name in node.names if not name.name.startswith("__"))
        if isinstance(node, ast.Import):
            rooms.update(
                name.name.split(".")[1] for name in node.names if name.name.startswith("gnomon.")
            )
    return rooms


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_room_imports_only_from_lower_floors(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    uphill = {
        other
        for other in imported_rooms(path)
        if other != room and FLOOR_OF[other] >= FLOOR_OF[room]
    }
    assert not uphill


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_file_opens_with_a_sentence_and_fits(path: Path) -> None:
    text = path.read_text()
    tree = ast.parse(text)
    assert (ast.get_docstring(tree) or "").strip(), "no sentence at the top"
    assert text.count("\n") <= LINES_MAX
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (node.end_lineno or 0) - node.lineno < FUNCTION_LINES_MAX, node.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_names_are_of_the_trade(path: Path) -> None:
    names = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    ]
    assert not [name for name in names if BANNED_NAMES.search(name)]


def test_every_folder_of_the_house_has_a_floor() -> None:
    rooms = {room_of(path) for path in FILES} - {"__init__"}
    assert rooms <= FLOOR_OF.keys()
