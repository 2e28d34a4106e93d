"""A workspace's logo over the wire, and the five readings that need no credentials (contract A.3)."""

from io import BytesIO
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import httpx2 as httpx
import pytest
from PIL import Image

from tests.track.asking import ADA, BO, CLEO, Asker, refusal, told
from tests.track.people import NO_ACCESS, NO_WORKSPACE, WORKSPACE

LOGO = f"{WORKSPACE}/logo"
BAD_LOGO = (400, "A logo is a PNG or a JPEG file.")
OPEN = ["/currencies", "/countries", "/timezones", "/status", "/keys"]


def picture(kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (90, 40), (220, 20, 60)).save(made, kind)
    return made.getvalue()


def put_up(agency: Asker, content: bytes, by: int = ADA, field: str = "file") -> httpx.Response:
    return agency.ask("POST", LOGO, by, files={field: ("logo.png", content, "image/png")})


def fetch(agency: Asker, url: str, by: int | None = ADA) -> httpx.Response:
    return agency.ask("GET", urlsplit(url).path, by)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_put_up_shown_and_taken_down(agency: Asker, kind: str) -> None:
    default = agency.get(LOGO)
    url = told(put_up(agency, picture(kind)))["logo"]
    assert agency.get(LOGO) == {"logo": url} != default
    assert agency.get(WORKSPACE)["logo_url"] == url
    shown = fetch(agency, url)
    assert (shown.status_code, shown.headers["content-type"]) == (200, f"image/{kind.lower()}")
    with Image.open(BytesIO(shown.content)) as image:
        assert image.size == (90, 40)
    assert agency.delete(LOGO) == default
    assert agency.get(LOGO) == default
    assert fetch(agency, url).content != shown.content


def test_a_logo_is_shown_to_the_people_of_the_workspace_only(agency: Asker) -> None:
    url = told(put_up(agency, picture()))["logo"]
    assert agency.get(LOGO, BO) == {"logo": url}
    assert fetch(agency, url, BO).status_code == 200
    assert fetch(agency, url, None).status_code == 401
    assert refusal(fetch(agency, url, CLEO)) == NO_WORKSPACE


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("GIF"), picture()[:40]],
    ids=["empty", "svg", "gif", "cut short"],
)
def test_what_is_no_picture_is_no_logo(agency: Asker, content: bytes) -> None:
    before = agency.get(LOGO)
    assert refusal(put_up(agency, content)) == BAD_LOGO
    assert agency.get(LOGO) == before


def test_a_logo_is_at_most_half_a_mebibyte(agency: Asker) -> None:
    before = agency.get(LOGO)
    status, _ = refusal(put_up(agency, picture() + bytes(512 * 1024)))
    assert status in {400, 413}
    assert agency.get(LOGO) == before


def test_a_logo_comes_as_a_field_of_a_form(agency: Asker) -> None:
    assert put_up(agency, picture(), field="other").status_code == 400
    assert agency.ask("POST", LOGO, content=picture()).status_code == 400


def test_a_member_puts_up_no_logo(agency: Asker) -> None:
    before = agency.get(LOGO)
    assert refusal(put_up(agency, picture(), BO)) == NO_ACCESS
    assert refusal(put_up(agency, picture(), CLEO)) == NO_WORKSPACE
    assert agency.get(LOGO) == before


@pytest.mark.parametrize("path", OPEN)
def test_some_readings_are_for_everybody(agency: Asker, path: str) -> None:
    answer = agency.ask("GET", path, by=None)
    assert answer.status_code == 200
    assert answer.json() == agency.get(path)


def test_currencies_have_an_id_a_code_and_a_symbol(agency: Asker) -> None:
    rows = agency.get("/currencies")
    assert all(set(row) == {"currency_id", "iso_code", "symbol"} for row in rows)
    assert len({row["currency_id"] for row in rows}) == len(rows)
    assert {row["iso_code"]: row["symbol"] for row in rows}["EUR"] == "€"


def test_a_country_that_is_listed_may_be_ones_own(agency: Asker) -> None:
    by_code = {row["country_code"]: row for row in agency.get("/countries")}
    assert by_code["EE"]["name"] == "Estonia"
    assert len(by_code) > 150
    mine = agency.put("/me", {"country_id": by_code["EE"]["id"]})
    assert mine["country_id"] == by_code["EE"]["id"]


def test_time_zones_are_those_that_everybody_knows(agency: Asker) -> None:
    zones = agency.get("/timezones")
    assert {"Europe/Tallinn", "America/New_York", "UTC"} <= set(zones) <= available_timezones()


def test_status_and_keys_are_short(agency: Asker) -> None:
    assert agency.get("/status") == {"status": "OK"}
    assert agency.get("/keys") == {"keys": []}
