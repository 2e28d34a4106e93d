"""The name columns of a sheet and what stands in them (D8.4)."""

from typing import Any

from tests.oracle.summary import names_by_id
from tests.worlds.world import World

Names = dict[str, str]  # by the titles of their columns, in order


def names_of(world: World, grouping: str, value: Any) -> Names:
    """The columns of a group or sub group, the first of them its title; "" for what is missing."""
    return {
        "projects": project_names,
        "clients": client_names,
        "users": user_names,
        "tasks": task_names,
        "tags": tag_names,
        "time_entries": description_names,
    }[grouping](world, value)


def project_names(world: World, project_id: int | None) -> Names:
    for project in world.projects:
        if project.project_id == project_id:
            return {"Project": project.name} | client_names(world, project.client_id)
    return {"Project": ""} | client_names(world, None)


def client_names(world: World, client_id: int | None) -> Names:
    names = [client.name for client in world.clients if client.client_id == client_id]
    return {"Client": "".join(names)}


def user_names(world: World, user_id: int | None) -> Names:
    for user in world.users:
        if user.user_id == user_id:
            return {"User": user.name, "Email": user.email}
    return {"User": "", "Email": ""}


def task_names(world: World, task_id: int | None) -> Names:
    for task in world.tasks:
        if task.task_id == task_id:
            return {"Task": task.name} | project_names(world, task.project_id)
    return {"Task": ""} | project_names(world, None)


def tag_names(world: World, tag_ids: tuple[int, ...]) -> Names:
    names = names_by_id(world, "tags")
    return {"Tags": ", ".join(names[tag_id] for tag_id in tag_ids)}


def description_names(_world: World, description: str | None) -> Names:
    return {"Description": description or ""}
