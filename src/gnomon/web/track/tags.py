"""`tags` of a workspace."""

from typing import Any

from gnomon.model.catalog import Tag
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.tracking import tags as tracking
from gnomon.web.track.calls import OK, Call, Row
from gnomon.web.track.paths import TAGS
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.catalog import tag_json
from gnomon.wire.track_v9.queries import contains, integer

PER_PAGE_MAX = 10_000
INVALID = "Invalid tag ID"


def list_tags(call: Call) -> Any:
    """By name; all of them unless a page is asked for."""
    tags = load_nouns(call.connection, call.actor.workspace_id, Tag)
    search = call.query.get("search")
    found = sorted(
        (one for one in tags if contains(one.name, search)),
        key=lambda one: (one.name.casefold(), one.tag_id),
    )
    page = integer(call.query, "page", 1)
    per_page = integer(call.query, "per_page", 1, PER_PAGE_MAX) or (len(found) or 1)
    first = ((page or 1) - 1) * per_page
    return [tag_json(call.actor.workspace_id, one) for one in found[first : first + per_page]]


def add_tag(call: Call) -> Any:
    tag = tracking.add_tag(call.actor, call.given.get("name") or "")
    return tag_json(call.actor.workspace_id, tag)


def rename_tag(call: Call) -> Any:
    tag_id = call.checked("tag", INVALID)
    tag = tracking.rename_tag(call.actor, tag_id, call.given.get("name") or "")
    return tag_json(call.actor.workspace_id, tag)


def delete_tag(call: Call) -> Any:
    tracking.delete_tag(call.actor, call.checked("tag", f"{INVALID}."))
    return OK


def delete_tags(call: Call) -> Any:
    tracking.delete_tags(call.actor, call.given.get("delete") or ())
    return OK


ROWS = (
    Row("GET", TAGS, list_tags, "Tags of a workspace"),
    Row("POST", TAGS, add_tag, "Add a tag", payloads.TAG, Touched.CATALOG),
    Row(
        "PATCH",
        TAGS,
        delete_tags,
        "Delete many tags",
        payloads.TAG_IDS,
        Touched.CATALOG | Touched.ENTRIES,
    ),
    Row("PUT", f"{TAGS}/{{tag_id}}", rename_tag, "Rename a tag", payloads.TAG, Touched.CATALOG),
    Row(
        "DELETE",
        f"{TAGS}/{{tag_id}}",
        delete_tag,
        "Delete a tag",
        touched=Touched.CATALOG | Touched.ENTRIES,
    ),
)
