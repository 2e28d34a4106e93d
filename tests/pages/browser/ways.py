"""Ways to look at a page: on a desk or a phone, with or without script, in the light or the dark."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pytest
from playwright.sync_api import ViewportSize

VIEWPORTS = {
    "desktop": ViewportSize(width=1280, height=800),
    "phone": ViewportSize(width=390, height=844),
}


@dataclass(frozen=True)
class Way:
    device: str = "desktop"
    has_script: bool = True
    scheme: Literal["light", "dark"] = "light"
    now: datetime | None = None  # where the clock stands still

    def __str__(self) -> str:
        return f"{self.device}-{'script' if self.has_script else 'plain'}-{self.scheme}"

    def options(self) -> dict[str, Any]:
        """Of the browser's context; what moves would only make tests wait."""
        is_phone = self.device == "phone"
        return {
            "viewport": VIEWPORTS[self.device],
            "is_mobile": is_phone,
            "has_touch": is_phone,
            "java_script_enabled": self.has_script,
            "color_scheme": self.scheme,
            "reduced_motion": "reduce",
            "locale": "en-GB",
            "timezone_id": "Europe/Tallinn",
        }


DESKTOP, PHONE = Way(), Way("phone")
PLAIN, PLAIN_PHONE = Way(has_script=False), Way("phone", has_script=False)
DARK, DARK_PHONE = Way(scheme="dark"), Way("phone", scheme="dark")

WAYS = [DESKTOP, PLAIN, PHONE, PLAIN_PHONE]


def in_turn(*ways: Way) -> pytest.MarkDecorator:
    """One of them in `make test`, another one for another test; all in `make test-browser`."""
    told = [pytest.param(way, id=str(way), marks=pytest.mark.in_turn) for way in ways]
    return pytest.mark.parametrize("way", told)


every_way = pytest.mark.parametrize("way", WAYS, ids=str)
any_way = in_turn(*WAYS)
with_and_without_script = in_turn(DESKTOP, PLAIN)
on_desk_and_phone = in_turn(DESKTOP, PLAIN_PHONE)
