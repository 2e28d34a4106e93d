"""What a viewer may see: decided here, once, for every report, file and page (D9.3, D9.4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from gnomon.model.account import Plan, Role, Workspace
from gnomon.model.catalog import Project, UserGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one viewer sees of one workspace.

    `project_ids` None: every project. Entries are seen when they are the viewer's own, or, with `sees_team`,
    when they are on one of the seen projects; `sees_everything` lifts both limits. E-mail addresses are hidden from
    strangers who look at a public report, and from nobody else (D10.6). `within`: an entry must be seen by that one, too.
    """

    user_id: int
    sees_everything: bool
    sees_team: bool
    sees_amounts: bool
    sees_costs: bool
    project_ids: frozenset[int] | None
    sees_emails: bool = True
    within: "Sight | None" = None


def sight_of_both(one: Sight, other: Sight) -> Sight:
    """Only what both see."""
    known = [ids for ids in (one.project_ids, other.project_ids) if ids is not None]
    return replace(
        other,
        sees_team=one.sees_team and other.sees_team,
        sees_amounts=one.sees_amounts and other.sees_amounts,
        sees_costs=one.sees_costs and other.sees_costs,
        sees_emails=one.sees_emails and other.sees_emails,
        project_ids=frozenset.intersection(*known) if known else None,
        within=one,
    )


def sight_of(
    user_id: int,
    role: Role,
    workspace: Workspace,
    projects: Iterable[Project],
    groups: Iterable[UserGroup],
) -> Sight:
    """The one place that turns a role and the workspace's switches into what may be seen (D9.3, D9.5)."""
    is_admin = role is Role.ADMIN
    return Sight(
        user_id=user_id,
        sees_everything=is_admin,
        sees_team=is_admin or not workspace.only_admins_see_team_dashboard,
        sees_amounts=sees_amounts(role, workspace),
        sees_costs=sees_costs(role, workspace),
        project_ids=None if is_admin else _projects_seen_by(user_id, projects, groups),
    )


def sees_amounts(role: Role, workspace: Workspace) -> bool:
    """Rates, and what they earn."""
    has_rates = workspace.plan is not Plan.FREE
    return has_rates and (role is Role.ADMIN or not workspace.only_admins_see_billable_rates)


def sees_costs(role: Role, workspace: Workspace) -> bool:
    return workspace.plan is not Plan.FREE and role is Role.ADMIN


def _projects_seen_by(
    user_id: int, projects: Iterable[Project], groups: Iterable[UserGroup]
) -> frozenset[int]:
    own_groups = groups_of(user_id, groups)
    return frozenset(
        project.project_id
        for project in projects
        if not project.is_private or is_on(project, user_id, own_groups)
    )


def groups_of(user_id: int, groups: Iterable[UserGroup]) -> set[int]:
    return {group.user_group_id for group in groups if user_id in group.user_ids}


def is_on(project: Project, user_id: int, own_groups: Collection[int]) -> bool:
    """By himself or through a group."""
    return user_id in project.user_ids or any(
        group in own_groups for group in project.user_group_ids
    )
