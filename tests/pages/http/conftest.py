"""The agency with its pages: one that is shared by those who change nothing, and copies for all others."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.pages.http.atlas import Atlas, atlas_of
from tests.pages.http.furnishing import Ground, furnish
from tests.pages.http.sites import Unchanged, site_at
from tests.track.matrix_things import Things

Furnished = tuple[Path, Things]
Fresh = Callable[[], AbstractContextManager[Ground]]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    folder = tmp_path_factory.mktemp("pages") / "agency"
    with site_at(folder) as site:
        return folder, furnish(site)


@contextmanager
def copied(furnished: Furnished, folder: Path) -> Iterator[Ground]:
    shutil.copytree(furnished[0], folder)
    with site_at(folder) as site:
        yield Ground(site, furnished[1])


@pytest.fixture(scope="session")
def atlas(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Every route with requests that lead there."""
    with copied(furnished, tmp_path_factory.mktemp("atlas") / "agency") as ground:
        return atlas_of(ground)


@pytest.fixture(scope="module")
def house(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """For what is refused or only looks; all tests of a file share it."""
    with copied(furnished, tmp_path_factory.mktemp("house") / "agency") as ground:
        yield ground


@pytest.fixture(scope="module")
def shared_record(house: Ground) -> Unchanged:
    """In which everybody is already."""
    house.warm()
    return Unchanged(house.site)


@pytest.fixture
def record(shared_record: Unchanged) -> Unchanged:
    """Of the shared house."""
    shared_record.renew()
    return shared_record


@pytest.fixture
def fresh(furnished: Furnished, tmp_path: Path) -> Fresh:
    """For what changes something: a copy for each call."""

    def copy() -> AbstractContextManager[Ground]:
        return copied(furnished, tmp_path / f"copy{len([*tmp_path.iterdir()])}")

    return copy


@pytest.fixture
def ground(fresh: Fresh) -> Iterator[Ground]:
    """A house of the test's own."""
    with fresh() as own:
        yield own
