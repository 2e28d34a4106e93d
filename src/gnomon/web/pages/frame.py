"""What stands around every page of somebody who is signed in."""

from typing import Any

from gnomon.store.workspaces import Standing
from gnomon.web.pages import csrf
from gnomon.web.pages.notices import notice_of
from gnomon.web.pages.visit import Visit


def frame_of(visit: Visit) -> dict[str, Any]:
    """Plain values only, so that a page can be made after the transaction is over."""
    request = visit.request
    return {
        "reader": visit.reader,
        "me": visit.account,
        "actor": visit.member,
        "place": _place(visit),
        "workspaces": [standing.workspace for standing in visit.standings],
        "home": visit.home if visit.member else None,
        "here": request.url.path,
        "form_token": csrf.form_token(visit.guest.session),
        "notice": notice_of(request),
        "now": visit.now,
    }


def _place(visit: Visit) -> Standing | None:
    """The workspace whose pages stand beside: that of the address, else one's own."""
    here = visit.member.workspace_id if visit.member else visit.account.default_workspace_id
    mine = {one.workspace.workspace_id: one for one in visit.standings}
    return mine.get(here or 0) or next(iter(mine.values()), None)
