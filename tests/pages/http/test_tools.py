"""What the tests of this folder look with sees what it must see."""

from html import escape

import pytest

from tests.pages.http.dangers import dangers_of, skeleton_of, texts_of
from tests.pages.http.forms import Form, label_of
from tests.pages.http.markup import Page, plain
from tests.pages.http.payloads import BREAKERS, ELEMENTS, SHORT
from tests.pages.http.reading import cents_in, seconds_in, tells_share

PLACES = (  # where a page may put a text
    "<main><p>{}</p></main>",
    '<main><input value="{}"></main>',
    "<main><input value='{}'></main>",
    "<main><select><option>{}</option></select></main>",
    "<main><table><tr><td>{}</td></tr></table></main>",
    "<main><svg><text>{}</text></svg></main>",
    '<main><a href="/x?y={}">x</a></main>',
)
MARKUP = [one for one in (*BREAKERS, *ELEMENTS) if "<" in one or '"' in one]
FORM = """<form id="f" method="post" action="/w/1/x"><input type="hidden" name="csrf" value="c">
<label for="a">Name</label><input id="a" name="name" required><label><input type="checkbox" name="on"
checked> On</label><input type="checkbox" name="off"><select name="one"><option value="1">1
<option value="2" selected>2</select><select name="many" multiple><option>a<option selected>b</select>
<textarea name="text">
x</textarea><button name="go" value="1">Go</button></form><input form="f" name="far" value="away">"""


@pytest.mark.parametrize("text", SHORT, ids=lambda text: repr(text)[:40])
def test_what_is_escaped_is_text(text: str) -> None:
    for place in PLACES:
        page = Page(place.format(escape(text)))
        assert not dangers_of(page)
        assert skeleton_of(page) == skeleton_of(Page(place.format("x")))
        assert plain(text) in texts_of(page)


@pytest.mark.parametrize("text", MARKUP, ids=lambda text: repr(text)[:40])
def test_what_is_not_escaped_is_seen(text: str) -> None:
    """In one place or another; not every text breaks out of every place."""
    pages = [(Page(place.format(text)), Page(place.format("x"))) for place in PLACES]
    assert any(dangers_of(page) or skeleton_of(page) != skeleton_of(twin) for page, twin in pages)


@pytest.mark.parametrize(
    "address", ["javascript:x", "JAVA\tscript:x", "data:text/html,x", "\x01javascript:x"]
)
def test_addresses_that_run_are_seen(address: str) -> None:
    assert dangers_of(Page(f'<a href="{address}">x</a>'))
    assert not dangers_of(Page('<a href="/x?y=javascript:x">x</a><a href="?a=b:c">x</a>'))


def test_a_form_sends_what_a_browser_sends() -> None:
    page = Page(FORM, "/here")
    form = Form(page, page.one("form"))
    assert form.pairs() == [
        ("csrf", "c"),
        ("name", ""),
        ("on", "on"),
        ("one", "2"),
        ("many", "b"),
        ("text", "x"),
        ("far", "away"),
    ]
    assert dict(form.sample())["name"].startswith("Name ")
    assert [label_of(page, one) for one in page.all("input[name=name], input[name=on]")] == [
        "Name",
        "On",
    ]
    with pytest.raises(AssertionError):
        form.filled({"nothing": "x"})


def test_numbers_are_read_as_people_read_them() -> None:
    assert seconds_in(" 101:00:05 ") == 363_605
    assert seconds_in("–") == 0
    assert [cents_in(one) for one in ("1,234.56 EUR", "€ 0.07", "1 234,56", "")] == [
        123_456,
        7,
        123_456,
        None,
    ]
    assert tells_share("00:30:00 50 %", 1_800, 3_600)
    assert not tells_share("00:30:00 70 %", 1_800, 3_600)
    assert not tells_share("", 1_800, 3_600)


def test_what_is_asked_of_a_page_is_found() -> None:
    page = Page('<ul class="a b"><li id="x"><b>1</b> 2<li data-k="v">3</ul><ul><li>4</ul>')
    assert [one.text for one in page.all("ul.a li")] == ["1 2", "3"]
    assert page.one("#x").text == "1 2"
    assert [one.text for one in page.all("[data-k], [data-k^=v] , ul.b b")] == ["1", "3"]
    assert not page.all("ul.c li")
