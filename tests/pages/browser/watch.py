"""What must not happen on any page, whatever the test is about."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, Response, WebError

OWN_SCHEMES = ("data", "blob")
STATUS_LINE = "Failed to load resource: the server responded with a status of"
CSP = re.compile("content security policy", re.IGNORECASE)
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
    console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


class Watch:
    """The `faults` of all pages of a context: dialogs, errors, CSP reports, requests to others, answers that refuse.

    A test that is about a refusal says so first: `expect_status(404)`.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._seen: list[str] = []
        self._forgiven: tuple[str, ...] = ()
        self._host = urlsplit(address).netloc
        self._expected: set[int] = set()
        context.add_init_script(TELL_VIOLATIONS)
        context.on("dialog", self._dialog)
        context.on("console", self._console)
        context.on("weberror", self._weberror)
        context.on("request", self._request)
        context.on("response", self._response)

    def begin_anew(self) -> None:
        """For another test, as if nothing had been seen or expected."""
        self._seen.clear()
        self._forgiven = ()
        self._expected.clear()

    def expect_status(self, *statuses: int) -> None:
        self._expected.update(statuses)

    def forgive(self, *fragments: str) -> None:
        """Faults with these words in them are none, before or behind this."""
        self._forgiven += fragments

    def forget(self) -> None:
        """What was seen was what the test wanted to see."""
        self._seen.clear()

    @property
    def faults(self) -> list[str]:
        return [one for one in self._seen if not any(part in one for part in self._forgiven)]

    def _dialog(self, dialog: Dialog) -> None:
        self._seen.append(f"dialog: {dialog.type} {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.text.startswith(STATUS_LINE):
            return  # `_response` saw it
        if message.type == "error" or CSP.search(message.text):
            self._seen.append(f"console: {message.text}")

    def _weberror(self, error: WebError) -> None:
        self._seen.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in OWN_SCHEMES and parts.netloc != self._host:
            self._seen.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self._seen.append(f"{response.status} for {response.request.method} {response.url}")
