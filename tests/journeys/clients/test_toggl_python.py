"""The published toggl-python against a running server, from an environment of its own."""

from pathlib import Path

from tests.journeys.clients.homes import Home, journey
from tests.journeys.clients.installed import python_with_toggl_python


def test_a_day_with_toggl_python(home: Home) -> None:
    script = Path(__file__).with_name("toggl_python_journey.py")
    assert journey([str(python_with_toggl_python()), str(script)], home) == {"arrived": True}
    assert home.reported_seconds() == {"Write": [1_800], "Talk": [5_400]}
