"""Every test has an agency of its own, copied from one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.track.asking import Asker, agency_at


@pytest.fixture(scope="session")
def agency_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    with agency_at(folder):
        return folder


@pytest.fixture
def agency(agency_template: Path, tmp_path: Path) -> Iterator[Asker]:
    folder = tmp_path / "agency"
    shutil.copytree(agency_template, folder)
    (folder / "gnomon.lock").unlink(missing_ok=True)
    with agency_at(folder) as asker:
        yield asker
