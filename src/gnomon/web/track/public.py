"""What anybody may know: status, currencies, countries, time zones, and the pictures of who has none."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from starlette.requests import Request
from starlette.responses import Response

from gnomon.units.currencies import country_names, currency_symbols
from gnomon.web.respond import SAFE_HEADERS
from gnomon.web.track.calls import answer

SVG = "image/svg+xml"
_DIAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
    '<rect width="64" height="64" rx="{radius}" fill="#0b83d9"/>{inside}</svg>'
)
_PERSON = (
    '<circle cx="32" cy="25" r="11" fill="#fff"/><path d="M10 58a22 20 0 0 1 44 0z" fill="#fff"/>'
)
_HANDS = (
    '<path d="M32 14v18l12 8" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>'
)


async def read_status(_: Request) -> Response:
    return answer({"status": "OK"})


async def list_currencies(_: Request) -> Response:
    return answer(_currencies())


@cache
def _currencies() -> list[dict[str, Any]]:
    return [
        {"currency_id": number, "iso_code": code, "symbol": symbol}
        for number, (code, symbol) in enumerate(currency_symbols().items(), start=1)
    ]


async def list_countries(_: Request) -> Response:
    return answer(_countries())


@cache
def _countries() -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "name": name,
            "country_code": code,
            "default_currency_id": None,
            "requires_postal_code": False,
            "vat_applicable": False,
            "vat_percentage": None,
            "vat_regex": None,
        }
        for number, (code, name) in enumerate(country_names().items(), start=1)
    ]


async def list_timezones(_: Request) -> Response:
    return answer(_timezones())


@cache
def _timezones() -> list[str]:
    return sorted(available_timezones() - {"localtime"})


async def list_keys(_: Request) -> Response:
    """No token of ours is signed, so there is nothing to check one with."""
    return answer({"keys": []})


async def read_avatar(_: Request) -> Response:
    return Response(_DIAL.format(radius=32, inside=_PERSON), media_type=SVG, headers=SAFE_HEADERS)


async def read_logo(_: Request) -> Response:
    return Response(_DIAL.format(radius=14, inside=_HANDS), media_type=SVG, headers=SAFE_HEADERS)
