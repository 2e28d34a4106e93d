"""The public page of a saved report: who sees it, what it tells, and when it is gone (D10)."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from urllib.parse import urlencode, urlsplit

import pytest

from gnomon.model.account import Membership, Role
from gnomon.store.changes import Touched, take_change
from gnomon.store.workspaces import put_membership
from tests.pages.http.contract import ENDINGS, REPORTS
from tests.pages.http.furnishing import SHARE_PASSWORD, Ground
from tests.pages.http.markup import Page
from tests.pages.http.reading import amount_figures, figure, summary_lines, table_of
from tests.pages.http.sites import Unchanged
from tests.pages.http.visitor import Visitor, alert_of, form_at, page_of, where_to
from tests.track.asking import ADA, AGENCY, BO, CLEO
from tests.track.test_isolation_matrix import FOREIGN_WORDS

W = f"/w/{AGENCY}"
WEEK = {"from": "2026-01-05", "to": "2026-01-11"}
ASKED = {**WEEK, "by": "clients", "then": "projects"}
PRIVATE_WORDS = ("@example.com", "/profile", f"{W}/")
HOSTS = count(1)
Change = Callable[[Ground, str], object]


def save(visitor: Visitor, query: dict[str, str], report: str = "summary", **fields: str) -> str:
    """Save and share what a report page shows; the path of its settings."""
    page = visitor.read(f"{W}/reports/{report}?{urlencode(query)}")
    form = form_at(page, f"{W}/saved")
    values = {"name": "For Acme", "days": "fixed", "public": "on", **fields}
    return where_to(visitor.submit(form, {key: one for key, one in values.items() if one}))


def link_of(visitor: Visitor, settings: str) -> str:
    """The path of the public page, from the field that shows it."""
    return urlsplit(visitor.read(settings).one("input#link").get("value")).path


def shared(ground: Ground, query: dict[str, str] | None = None, report: str = "summary", **more):
    """The public path of a new report of Ada's."""
    ada = ground.by(ADA)
    return link_of(ada, save(ada, query or ASKED, report, **more))


@pytest.mark.parametrize("report", REPORTS)
def test_a_stranger_sees_what_the_owner_saw(ground: Ground, report: str) -> None:
    asked = ASKED if report == "summary" else WEEK
    opened = {**asked, "open": "all"}  # a short report is open where it is shared
    owners = ground.by(ADA).read(f"{W}/reports/{report}?{urlencode(opened)}")
    path = shared(ground, asked, report)
    page = ground.by(None).read(path)
    for name in ("total", "average"):
        assert figure(page, name) == figure(owners, name)
    assert amount_figures(page) == amount_figures(owners)
    assert rows_of(page) == rows_of(owners)
    assert page.one("h1").text == "For Acme"
    assert not [one for one in FOREIGN_WORDS if one in page.source]
    assert not [one for one in PRIVATE_WORDS if one in page.source]


def rows_of(page: Page) -> list[int]:
    table = table_of(page)
    cells = table.all("td.duration") if table else []
    return [len(cells), *(sum(map(ord, cell.text)) for cell in cells)]


def test_only_the_view_is_a_strangers_to_choose(ground: Ground) -> None:
    """He opens groups, sorts and turns pages; days, filters and grouping stay."""
    path, nobody = shared(ground), ground.by(None)
    right = figure(nobody.read(path), "total")
    wide = {"period": "all", "client": "none", "by": "users", "user": "2", "description": "x"}
    for key, value in wide.items():
        page = nobody.read(f"{path}?{urlencode({key: value})}")
        assert figure(page, "total") == right
        assert [line.key for line in summary_lines(page)] == [
            line.key for line in summary_lines(nobody.read(path))
        ]
    opened = summary_lines(nobody.read(f"{path}?open=all&sort=title"))
    assert all(line.subs for line in opened)
    assert opened


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_are_there_for_strangers_too(ground: Ground, ending: str) -> None:
    path = shared(ground)
    answer = ground.by(None).get(f"{path}/{ending}")
    assert answer.status_code == 200
    name = f"Gnomon_summary_report_2026-01-05_2026-01-11.{ending}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    if ending == "csv":
        assert "ada@" not in answer.text


def test_a_strangers_csv_holds_no_formula(ground: Ground) -> None:
    path = shared(ground, WEEK, "detailed")
    text = ground.by(None).get(f"{path}/csv").text
    assert ",'=1+1," in text
    assert ",=1+1," not in text


def test_amounts_and_rates_can_be_left_out(ground: Ground) -> None:
    path = shared(ground, hide_amounts="on", hide_rates="on")
    page = ground.by(None).read(f"{path}?open=all")
    assert not page.all("[data-currency], [data-figure^=amount], td.amount")
    assert "Amount" not in ground.by(None).get(f"{path}/csv").text


def test_a_relative_report_moves_with_its_owners_days(ground: Ground) -> None:
    path = shared(ground, {"period": "this_month"}, days="relative")
    before = figure(ground.by(None).read(path), "total")
    ground.site.now += timedelta(days=31)
    page = ground.by(None).read(path)
    assert figure(page, "total") != before
    assert not summary_lines(page)


def hide(ground: Ground, settings: str) -> None:
    form = form_at(ground.by(ADA).read(settings), settings)
    pairs = [pair for pair in form.pairs() if pair[0] != "public"]
    assert ground.by(ADA).post(settings, pairs).status_code in {200, 303}


def outlive(ground: Ground, settings: str) -> None:
    form = form_at(ground.by(ADA).read(settings), settings)
    answer = ground.by(ADA).submit(form, {"expires": "2026-01-25"})
    assert answer.status_code in {200, 303}
    ground.site.now += timedelta(days=10)


def press(ground: Ground, settings: str, what: str) -> None:
    """A button that the page of the saved report has."""
    form = form_at(ground.by(ADA).read(settings), f"{settings}/{what}")
    assert ground.by(ADA).submit(form).status_code in {200, 303}


ENDS: dict[str, Change] = {
    "private": hide,
    "expired": outlive,
    "deleted": lambda ground, settings: press(ground, settings, "delete"),
    "a new link": lambda ground, settings: press(ground, settings, "new-link"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_is_over_is_as_what_never_was(ground: Ground, end: Change) -> None:
    """The same page, to the byte, for whatever reason; its files are gone with it."""
    ada, nobody = ground.by(ADA), ground.by(None)
    settings = save(ada, ASKED)
    path = link_of(ada, settings)
    assert nobody.get(path).status_code == 200
    end(ground, settings)
    for what in ("", *(f"/{ending}" for ending in ENDINGS)):
        gone = nobody.get(f"{path}{what}")
        never = nobody.get(f"/shared-report/{'0' * 32}{what}")
        assert (gone.status_code, gone.content) == (404, never.content)
        assert gone.headers["content-type"] == never.headers["content-type"]


@pytest.mark.parametrize(
    "token",
    ["x", "0" * 31, "0" * 33, "F" * 32, "%00", "%ff", "token", "{token}", "'", "0" * 5_000],
)
def test_what_is_no_token_is_as_an_unknown_one(house: Ground, token: str) -> None:
    nobody = house.site.visitor(address=f"198.51.100.{next(HOSTS)}")
    right = nobody.get(f"/shared-report/{'0' * 32}")
    answer = nobody.get(f"/shared-report/{token}")
    assert (answer.status_code, answer.content) == (404, right.content)


def test_a_token_is_taken_to_the_letter(house: Ground) -> None:
    """In no other case, and with nothing around it."""
    token = house.things.own[ADA]["token"]
    upper = token.upper() if token.upper() != token else f"{token}0"
    for wrong in (upper, token[:-1], f"{token}0", f"{token}%20", f"%20{token}", f"{token}/"):
        assert house.by(None).get(f"/shared-report/{wrong}").status_code == 404


def test_a_report_whose_owner_has_gone_is_shown_to_nobody(ground: Ground) -> None:
    path = shared(ground)
    gone = Membership(workspace_id=AGENCY, user_id=ADA, role=Role.ADMIN, is_active=False)

    def work(connection) -> None:
        take_change(connection, AGENCY, Touched.ALL, 0)
        put_membership(connection, gone)

    ground.site.database.write(work)
    for what in ("", "?open=all", "/csv", "/pdf"):
        answer = ground.by(None).get(f"{path}{what}")
        assert answer.status_code in {403, 404}
        assert "Acme" not in answer.text


class Locked:
    """A report with a password, and somebody in front of it."""

    def __init__(self, ground: Ground, visitor: Visitor) -> None:
        self.path = f"/shared-report/{ground.things.own[ADA]['locked_token']}"
        self.visitor = visitor

    def ask(self, password: str):
        form = form_at(page_of(self.visitor.get(self.path), self.closed), self.path)
        return self.visitor.submit(form, {"password": password})

    @property
    def closed(self) -> int:
        """With which status the door is shown: either of these says that there is one."""
        status = self.visitor.get(self.path).status_code
        assert status in {200, 401, 403}
        return status


@pytest.fixture(name="locked")
def fixture_locked(ground: Ground) -> Locked:
    return Locked(ground, ground.by(None))


def test_a_locked_report_tells_nothing_but_that_it_is_locked(locked: Locked) -> None:
    page = page_of(locked.visitor.get(locked.path), locked.closed)
    assert not page.all("table, svg, dl")
    assert not [one for one in ("AGENCYSECRET", "Acme", "Website", "Ada") if one in page.source]
    assert page.one("input[type=password]").get("name") == "password"
    for ending in ENDINGS:
        answer = locked.visitor.get(f"{locked.path}/{ending}")
        assert answer.status_code in {303, 401, 403, 404}
        assert "Acme" not in answer.text


def test_the_right_password_is_remembered_by_a_cookie(locked: Locked) -> None:
    answer = locked.ask(SHARE_PASSWORD)
    assert where_to(answer).partition("?")[0] == locked.path
    assert figure(locked.visitor.read(locked.path), "total")
    assert locked.visitor.get(f"{locked.path}/csv").status_code == 200
    assert SHARE_PASSWORD not in str(dict(locked.visitor.http.cookies))


def test_the_cookie_of_one_report_opens_no_other(ground: Ground, locked: Locked) -> None:
    other = shared(ground, password="another word")
    locked.ask(SHARE_PASSWORD)
    assert not page_of(locked.visitor.get(other), locked.visitor.get(other).status_code).all("dl")


def test_a_new_password_shuts_out_who_knew_the_old_one(ground: Ground) -> None:
    ada, nobody = ground.by(ADA), ground.by(None)
    settings = save(ada, ASKED, password="first word")
    path = link_of(ada, settings)
    door = form_at(page_of(nobody.get(path), nobody.get(path).status_code), path)
    nobody.submit(door, {"password": "first word"})
    assert nobody.read(path).all("dl.figures")
    form = form_at(ada.read(settings), settings)
    assert ada.submit(form, {"password": "second word"}).status_code in {200, 303}
    assert not Page(nobody.get(path).text).all("dl.figures")


def test_guesses_at_a_password_are_counted(ground: Ground, locked: Locked) -> None:
    """Ten, then nobody from there gets in for a quarter of an hour, whatever he knows."""
    for _ in range(10):
        page = page_of(locked.ask("wrong"), 403)
        assert alert_of(page)
        assert not page.all("dl.figures")
    for password in ("wrong", SHARE_PASSWORD):
        assert alert_of(page_of(locked.ask(password), 429))
    elsewhere = Locked(ground, ground.site.visitor(address="203.0.113.10"))
    assert elsewhere.ask(SHARE_PASSWORD).status_code == 303
    ground.site.now += timedelta(minutes=15, seconds=1)
    assert locked.ask(SHARE_PASSWORD).status_code == 303


def test_opening_a_shared_report_writes_nothing(house: Ground, record: Unchanged) -> None:
    token = house.things.own[ADA]["token"]
    for by in (None, CLEO, BO):
        assert house.by(by).get(f"/shared-report/{token}?open=all").status_code == 200
    record.check()
