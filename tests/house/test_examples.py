"""The worked example of the documents is run as it stands."""

import doctest
from pathlib import Path


def test_the_engines_example_is_true() -> None:
    path = Path(__file__).parents[2] / "docs" / "engine.md"
    results = doctest.testfile(str(path), module_relative=False)
    assert results.attempted > 1
    assert results.failed == 0
