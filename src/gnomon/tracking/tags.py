"""Tags: made, renamed and deleted; a deleted one leaves its entries."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gnomon.model.catalog import Tag
from gnomon.store.catalog import find_noun, find_nouns, load_nouns, put_nouns
from gnomon.store.changes import Touched
from gnomon.store.entries import entries_with_tags, replace_entries
from gnomon.store.ids import new_id
from gnomon.tracking.actor import Actor
from gnomon.tracking.names import clean_name
from gnomon.tracking.refusals import Absent, BadChange, Forbidden

NAME_LENGTH_MAX = 255
MANY_MAX = 1_000


def needs_tag_rights(actor: Actor) -> None:
    if actor.workspace.only_admins_may_create_tags and not actor.is_admin:
        raise Forbidden(
            "Only organization or workspace administrators may manage tags in this workspace."
        )


def make_tags(actor: Actor, names: Iterable[str]) -> list[int]:
    """The ids of the named tags; those that are not there yet are made."""
    wanted = list(dict.fromkeys(clean_tag(name) for name in names))
    if not wanted:
        return []
    known = {tag.name: tag.tag_id for tag in load_nouns(actor.connection, actor.workspace_id, Tag)}
    missing = [name for name in wanted if name not in known]
    if missing:
        needs_tag_rights(actor)
        actor.touch(Touched.CATALOG)
    return [known[name] if name in known else _add(actor, name).tag_id for name in wanted]


def clean_tag(name: str) -> str:
    return clean_name(
        name,
        NAME_LENGTH_MAX,
        empty="tag name can't be blank",
        long="tag name maximum length is {}",
    )


def _add(actor: Actor, name: str) -> Tag:
    tag = Tag(
        tag_id=new_id(actor.connection, "tag"),
        name=name,
        creator_id=actor.user_id,
        updated_at=actor.now,
    )
    put_nouns(actor.connection, actor.workspace_id, [tag])
    return tag


def add_tag(actor: Actor, name: str) -> Tag:
    needs_tag_rights(actor)
    name = clean_tag(name)
    _needs_free_name(actor, name, 0)
    return _add(actor, name)


def rename_tag(actor: Actor, tag_id: int, name: str) -> Tag:
    needs_tag_rights(actor)
    tag = _present(actor, tag_id)
    name = clean_tag(name)
    _needs_free_name(actor, name, tag_id)
    changed = replace(tag, name=name, updated_at=actor.now)
    put_nouns(actor.connection, actor.workspace_id, [changed])
    return changed


def _needs_free_name(actor: Actor, name: str, tag_id: int) -> None:
    tags = load_nouns(actor.connection, actor.workspace_id, Tag)
    if any(tag.name == name and tag.tag_id != tag_id for tag in tags):
        raise BadChange(f"a tag with the name '{name}' already exists")


def _present(actor: Actor, tag_id: int) -> Tag:
    tag = find_noun(actor.connection, actor.workspace_id, Tag, tag_id)
    if tag is None:
        raise Absent("Tag was not found")
    return tag


def delete_tag(actor: Actor, tag_id: int) -> None:
    needs_tag_rights(actor)
    tag = find_noun(actor.connection, actor.workspace_id, Tag, tag_id)
    if tag is None:
        raise Absent("Tag was not found.")
    _delete(actor, [tag])


def delete_tags(actor: Actor, tag_ids: Sequence[int]) -> None:
    """All or nothing."""
    needs_tag_rights(actor)
    if len(tag_ids) > MANY_MAX:
        raise BadChange(f"Maximum count of posted IDs is {MANY_MAX}")
    found = find_nouns(actor.connection, actor.workspace_id, Tag, tag_ids)
    if len(found) < len(set(tag_ids)):
        raise BadChange("Some tag IDs do not belong to workspace.")
    _delete(actor, list(found.values()))


def _delete(actor: Actor, tags: Sequence[Tag]) -> None:
    gone = {tag.tag_id for tag in tags}
    tagged = entries_with_tags(actor.connection, actor.workspace_id, gone)
    untagged = [
        replace(
            entry,
            tag_ids=tuple(one for one in entry.tag_ids if one not in gone),
            updated_at=actor.now,
        )
        for entry in tagged
    ]
    replace_entries(actor.connection, actor.workspace_id, untagged, actor.change_number)
    tombstones = [replace(tag, updated_at=actor.now, deleted_at=actor.now) for tag in tags]
    put_nouns(actor.connection, actor.workspace_id, tombstones)
