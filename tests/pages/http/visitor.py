"""Somebody with a browser that runs no script: he reads pages, fills in forms and keeps cookies."""

from urllib.parse import urlencode, urljoin, urlsplit

import httpx2 as httpx
from starlette.types import ASGIApp

from tests.client import Client
from tests.pages.http.forms import Form, Pairs, Values, forms_of
from tests.pages.http.markup import Node, Page

HOST = "http://testserver"
SESSION = "gnomon-session"
SOMEWHERE = "192.0.2.1"
LOOKING = {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
SENDING = {**LOOKING, "sec-fetch-site": "same-origin", "origin": HOST}
FORM_TYPE = "application/x-www-form-urlencoded"
Upload = dict[str, tuple[str, bytes, str]]


class Visitor:
    """`session` is the code of a session that is open already; without one he is nobody."""

    def __init__(self, application: ASGIApp, session: str = "", address: str = SOMEWHERE) -> None:
        self.http = Client(
            application,
            base_url=HOST,
            raise_server_exceptions=False,
            follow_redirects=False,
            client=(address, 50_000),
            headers={"accept-encoding": "identity", "accept": "text/html"},
        )
        self.is_known = bool(session)
        if session:
            self.http.cookies.set(SESSION, session, domain="testserver.local", path="/")

    def get(self, path: str, method: str = "GET", **more: str) -> httpx.Response:
        """As from the address bar; `more` are headers."""
        return self.http.request(method, path, headers={**LOOKING, **named(more)})

    def post(
        self, path: str, pairs: Pairs, files: Upload | None = None, **more: str
    ) -> httpx.Response:
        """As from a form of the same server; a header in `more` that is empty is not sent."""
        headers = {name: value for name, value in {**SENDING, **named(more)}.items() if value != ""}
        if files is not None:
            told: dict[str, list[str]] = {}
            for name, value in pairs:
                told.setdefault(name, []).append(value)
            return self.http.post(path, data=told, files=files, headers=headers)
        headers.setdefault("content-type", FORM_TYPE)
        return self.http.post(path, content=urlencode(pairs).encode(), headers=headers)

    def read(self, path: str, status: int = 200) -> Page:
        """The page at an address, which must be one."""
        return page_of(self.get(path), status)

    def submit(
        self,
        form: Form,
        values: Values | None = None,
        button: str = "",
        files: Upload | None = None,
    ) -> httpx.Response:
        """Press the form's button of that name, or its only one."""
        pairs = form.filled(values or {})
        pressed = pressed_button(form, button)
        if pressed is not None and pressed.get("name"):
            pairs.append((pressed.get("name"), pressed.get("value")))
        action = form.action if pressed is None else pressed.get("formaction", form.action)
        path = urljoin(form.page.path, action)
        if form.method == "GET":
            return self.get(
                f"{path.partition('?')[0]}?{urlencode(pairs)}", sec_fetch_site="same-origin"
            )
        return self.post(path, pairs, files or nothing_chosen(form))

    def sign_in(self, email: str, password: str, to: str = "/sign-in") -> httpx.Response:
        """Through the page, as everybody does."""
        form = form_at(self.read(to), "/sign-in")
        answer = self.submit(form, {"email": email, "password": password}, "Sign in")
        self.is_known = answer.status_code == 303
        return answer

    def csrf(self) -> str:
        """The text that every form of his browser carries."""
        answer = self.get("/profile" if self.is_known else "/sign-in")
        fields = Page(answer.text).all("form input[name=csrf]")
        return fields[0].get("value") if fields else ""  # `test_markup.py` wants one in every form


def named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def page_of(answer: httpx.Response, status: int = 200) -> Page:
    """The page that an answer holds; what else it is, is a failure."""
    where = f"{answer.request.method} {answer.request.url}"
    assert answer.status_code == status, f"{where}: {answer.status_code} {answer.text[:500]}"
    assert answer.headers["content-type"] == "text/html; charset=utf-8", where
    return Page(answer.content.decode(), answer.request.url.path)


def nothing_chosen(form: Form) -> Upload | None:
    """What a browser sends of a form for files in which none was chosen."""
    if not form.is_multipart:
        return None
    places = [one.get("name") for one in form.controls() if one.get("type") == "file"]
    return dict.fromkeys(places, ("", b"", "application/octet-stream"))


def pressed_button(form: Form, name: str) -> Node | None:
    buttons = [one for one in form.buttons() if not name or name in (one.text, one.get("value"))]
    assert buttons or not name, f"no button {name} in {form}"
    return buttons[0] if len(buttons) == 1 or name else None


def form_at(page: Page, action: str, button: str = "") -> Form:
    """The form that goes there, and that has such a button if there are several."""
    found = [
        form
        for form in forms_of(page)
        if urlsplit(urljoin(page.path, form.action)).path == action and form.method == "POST"
    ]
    if button:
        found = [one for one in found if button in [node.text for node in one.buttons()]]
    assert found, f"no form to {action} on {page.path}: {forms_of(page)}"
    return found[0]


def where_to(answer: httpx.Response) -> str:
    """Where a redirection leads, as it says so."""
    assert answer.status_code == 303, f"{answer.status_code} {answer.text[:500]}"
    return answer.headers["location"]


def alert_of(page: Page) -> str:
    """What the page warns of."""
    return " ".join(node.text for node in page.all("[role=alert]"))
