"""What a page says once after a change: a word from a closed list in a cookie, never a text of somebody."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from gnomon.web.cookies import put_cookie
from gnomon.wire.body import positive_id

NAME = "gnomon-notice"
SECONDS = 60
TEXTS = {
    "archived": "Archived. It stays in every report.",
    "copied": "Entry duplicated.",
    "deleted": "Deleted.",
    "entry-added": "Entry added.",
    "entry-deleted": "Entry deleted.",
    "entry-restored": "The entry is back.",
    "invited": "Invited. The link is below.",
    "link-new": "There is a new link; the old one opens nothing any more.",
    "mail-sent": "If there is an account with this address, a mail with a link is on its way.",
    "password-set": "The password is set. Sign in with it.",
    "report-saved": "The report is saved.",
    "restored": "Restored.",
    "saved": "Saved.",
    "sessions-ended": "All other browsers are signed out.",
    "signed-out": "You are signed out.",
    "token-new": "There is a new API token; the old one is dead.",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """`number`: of the entry that can be brought back."""

    key: str
    number: int | None = None

    @property
    def text(self) -> str:
        return TEXTS[self.key]


def set_notice(response: Response, request: Request, notice: Notice) -> None:
    value = notice.key if notice.number is None else f"{notice.key}.{notice.number}"
    put_cookie(response, request, NAME, value, seconds=SECONDS)


def notice_of(request: Request) -> Notice | None:
    key, _, number = request.cookies.get(NAME, "").partition(".")
    return Notice(key, positive_id(number)) if key in TEXTS else None


def forget_notice(response: Response, request: Request) -> None:
    put_cookie(response, request, NAME, "", seconds=0)
