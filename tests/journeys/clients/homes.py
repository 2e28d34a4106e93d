"""A running server with one workspace in it, as a client's user would have it."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2

from tests.running import clean_environment

TIMEZONE = "Europe/Tallinn"
EMAIL = "ada@example.com"
PASSWORD = "correct horse"
JOURNEY_SECONDS_MAX = 120


@dataclass(frozen=True)
class Home:
    """Seven days end tomorrow, so that no journey minds midnight; all entries lie on yesterday."""

    address: str
    api_token: str
    user_id: int
    organization_id: int
    workspace_id: int
    today: date

    @property
    def first_day(self) -> date:
        return self.today - timedelta(days=5)

    @property
    def last_day(self) -> date:
        return self.today + timedelta(days=1)

    def yesterday(self, hour: int) -> datetime:
        return datetime.combine(self.today - timedelta(days=1), time(hour), UTC)

    def told(self) -> str:
        """What a journey in another process has to know."""
        return json.dumps(
            {
                "address": self.address,
                "api_token": self.api_token,
                "user_id": self.user_id,
                "organization_id": self.organization_id,
                "workspace_id": self.workspace_id,
                "email": EMAIL,
                "password": PASSWORD,
                "first_day": self.first_day.isoformat(),
                "last_day": self.last_day.isoformat(),
                "yesterday": (self.today - timedelta(days=1)).isoformat(),
            }
        )

    def reported_seconds(self, api_token: str = "") -> dict[str, list[int]]:
        """By description, what the detailed report says over plain HTTP."""
        answer = httpx2.post(
            f"{self.address}/reports/api/v3/workspace/{self.workspace_id}/search/time_entries",
            json={"start_date": str(self.first_day), "end_date": str(self.last_day)},
            auth=(api_token or self.api_token, "api_token"),
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, list[int]] = {}
        for row in answer.json():
            for entry in row["time_entries"]:
                found.setdefault(row["description"], []).append(entry["seconds"])
        return {description: sorted(seconds) for description, seconds in found.items()}


def today() -> date:
    return datetime.now(ZoneInfo(TIMEZONE)).date()


def journey(words: Sequence[str], home: Home) -> Any:
    """Runs a journey in its own process and hands on what it printed last."""
    done = subprocess.run(
        [*words, home.told()],
        env={**clean_environment(), "NO_PROXY": "127.0.0.1", "TZ": TIMEZONE},
        capture_output=True,
        text=True,
        timeout=JOURNEY_SECONDS_MAX,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)
