"""What a killed process left behind is gone when the next one begins."""

import tempfile
from pathlib import Path

from gnomon.app import open_house
from gnomon.config import read_config
from gnomon.errors import GnomonError


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    left = tmp_path / "tmp" / "gnomon-import-abc" / "export.csv"
    left.parent.mkdir(parents=True)
    left.write_text("Ada;secret project")
    before = tempfile.gettempdir()
    with open_house(read_config(data=tmp_path), makes_record=True):
        assert not left.exists()
        with tempfile.TemporaryDirectory(prefix="gnomon-file-") as folder:
            assert Path(folder).parent == tmp_path / "tmp"
        assert (tmp_path / "tmp").stat().st_mode & 0o777 == 0o700
        (tmp_path / "tmp" / "forgotten").write_text("x")
    assert not (tmp_path / "tmp").exists()
    assert tempfile.gettempdir() == before


def test_who_does_not_get_the_record_sweeps_nothing(tmp_path: Path) -> None:
    """The files of the server that has it are in use."""
    with open_house(read_config(data=tmp_path), makes_record=True):
        used = tmp_path / "tmp" / "used"
        used.write_text("x")
        refusal = ""
        try:
            with open_house(read_config(data=tmp_path)):
                raise AssertionError("two opened one record")
        except GnomonError as error:
            refusal = str(error)
        assert refusal
        assert used.exists()
