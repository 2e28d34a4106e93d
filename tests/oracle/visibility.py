"""What a viewer may see (D9.3)."""

from tests.worlds.world import Entry, Project, User, World


def is_on(world: World, user_id: int, project: Project) -> bool:
    """On the project by himself or through a user group."""
    groups = [one for one in world.user_groups if one.user_group_id in project.user_group_ids]
    return user_id in project.user_ids or any(user_id in group.user_ids for group in groups)


def sees_project(world: World, viewer: User, project: Project) -> bool:
    return viewer.role == "admin" or not project.is_private or is_on(world, viewer.user_id, project)


def sees_entry(world: World, viewer: User, entry: Entry) -> bool:
    """His own always; those of others only on projects that are public or shared with him."""
    if viewer.role == "admin" or entry.user_id == viewer.user_id:
        return True
    if world.only_admins_see_team_dashboard:
        return False
    return any(
        project.project_id == entry.project_id and sees_project(world, viewer, project)
        for project in world.projects
    )


def sees_user(world: World, viewer: User, user: User) -> bool:
    """Whose empty line he gets: a member without the team dashboard only his own."""
    is_open = viewer.role == "admin" or not world.only_admins_see_team_dashboard
    return is_open or user.user_id == viewer.user_id


def sees_rates(world: World, viewer: User) -> bool:
    """On the emulated free plan nobody (D9.5)."""
    is_open = viewer.role == "admin" or not world.only_admins_see_billable_rates
    return is_open and world.plan != "free"
