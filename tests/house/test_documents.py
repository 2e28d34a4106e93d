"""What is a table in the code is told in the documents."""

from pathlib import Path

import pytest

from gnomon.config import SETTINGS
from gnomon.web.routes import ROUTES
from gnomon.wire.statuses import STATUS_OF

PROJECT = Path(__file__).parents[2]
ROOMS = sorted(
    path.name
    for path in (PROJECT / "src" / "gnomon").iterdir()
    if path.is_dir() and path.name != "__pycache__"
)


def document(name: str) -> str:
    return (PROJECT / "docs" / name).read_text()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting) -> None:
    assert setting.variable in document("operations.md")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_route_is_documented(route) -> None:
    assert f"`{route.method} {route.path}`" in document(
        "pages.md" if route.is_page else "wire.md"
    ) + document("track.md")


@pytest.mark.parametrize("room", ROOMS)
def test_the_architecture_names_every_room(room: str) -> None:
    assert f"`{room}/`" in document("architecture.md")


@pytest.mark.parametrize("error", STATUS_OF, ids=lambda error: error.__name__)
def test_every_refusal_with_a_status_is_documented(error: type) -> None:
    assert error.__name__ in document("wire.md")


def test_no_lock_names_a_registry() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (PROJECT / name).read_text()
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_the_readme_shows_the_two_commands() -> None:
    text = (PROJECT / "README.md").read_text()
    assert "make demo" in text
    assert "make test" in text
