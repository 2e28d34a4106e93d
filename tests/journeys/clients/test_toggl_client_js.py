"""The published JavaScript toggl-client against a running server, driven by node."""

from pathlib import Path

from tests.journeys.clients.homes import Home, journey
from tests.journeys.clients.installed import program, toggl_client_module


def test_a_day_with_toggl_client(home: Home) -> None:
    script = Path(__file__).with_name("toggl_client_journey.mjs")
    words = [program("node"), str(script), toggl_client_module().as_uri()]
    api_token = journey(words, home)["api_token"]
    assert api_token != home.api_token
    assert home.reported_seconds(api_token) == {"Write": [1_800], "Talk": [5_400]}
