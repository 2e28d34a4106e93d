"""Hypothesis strategies: small workspaces full of nasty cases, and who looks at them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from tests.worlds.instants import (
    DAY_SECONDS,
    FIRST_DAY,
    LAST_DAY,
    ODD_DAYS,
    ZONES,
    clock_changes,
    local_day,
    midnight,
)
from tests.worlds.questions import summary_bodies
from tests.worlds.texts import description_pools, name
from tests.worlds.world import (
    Client,
    Entry,
    Project,
    Rate,
    Tag,
    Task,
    User,
    UserGroup,
    World,
)

__all__ = ["instants_to_ask", "summary_bodies", "viewers", "worlds"]

ENTRY_COUNT_MAX = 25
BIG_IDS = (2**31 - 1, 2**31, 2**32 + 7, 2**53 - 111, 2**53 - 1, 2**53, 2**53 + 1)
ID_POOL = (*range(1, 41), *BIG_IDS)
ID_STRIDES = (1, 8, 46)  # up, mixed or down; the pool of 47 (a prime) never repeats
CURRENCIES = ("EUR", "JPY", "USD")
COLORS = ("#0b83d9", "#c9806b", "#bf7000", "#000000", "#ffffff")
CENTS = (10_000, 1, 99, 1_798, 1_800, 3_333, 12_345, 7_500, 0, 99_999_999)
ROUNDING_MINUTES = (1, 5, 6, 10, 12, 15, 30, 60, 240)

RateHolder = tuple[str, int | None, int | None, int | None]  # level, task, project, user

RARELY = st.integers(0, 4).map(lambda number: number == 4)
STATES = st.sampled_from(["kept"] * 10 + ["running", "deleted"])
ID_PLACES = st.sampled_from([*range(len(ID_POOL)), *[len(ID_POOL) - 2, len(ID_POOL) - 1] * 4])
BOOLEANS = st.booleans()
START_KINDS = st.sampled_from(
    ["midnight"] * 4 + ["clock change"] * 3 + ["that day"] * 3 + ["anywhere"]
)
NUDGES = st.sampled_from(
    [0, -1, 1, -1_800, 1_800, -3_600, 3_599, 3_600, 7_200, 32_400, -DAY_SECONDS, DAY_SECONDS]
)
STEPS = st.builds(
    # Whole and half rounding steps and the seconds next to them.
    lambda minutes, half_steps, nudge: minutes * 30 * half_steps + nudge,
    st.sampled_from(ROUNDING_MINUTES),
    st.integers(1, 9),
    st.sampled_from([0, -1, 1]),
)
DURATIONS = (
    st.sampled_from([3_600, 0, 1, 59, 60, 61, 3_599, 86_400, 90_000, 1_000_000])
    | st.integers(0, 4 * 3_600)
    | STEPS
)


def viewers(world: World) -> st.SearchStrategy[int]:
    """The user_id of somebody who may ask; members twice as often, as they see less."""
    active = [user for user in world.users if user.is_active]
    members = [user for user in active if user.role == "member"]
    return st.sampled_from([user.user_id for user in [*active, *members]])


@st.composite
def instants_to_ask(draw: st.DrawFn, world: World) -> datetime:
    """The present of a request without dates: within a week after some entry's start."""
    starts = [entry.start for entry in world.entries] or [midnight(ODD_DAYS[-1], "UTC")]
    now = draw(st.sampled_from(starts)) + draw(st.integers(0, 6 * DAY_SECONDS))
    return datetime.fromtimestamp(now, UTC)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A workspace with at least one active admin, its entries mostly around one nasty day."""
    zones = draw(st.lists(st.sampled_from(ZONES), min_size=1, max_size=3))
    nasty_day = draw(nasty_days(zones[0]))
    users = draw_users(draw, zones)
    user_ids = [user.user_id for user in users]
    user_groups = draw_user_groups(draw, user_ids)
    clients = draw_clients(draw)
    projects = draw_projects(draw, user_ids, user_groups, clients)
    tasks = draw_tasks(draw, projects)
    tags = tuple(Tag(one, name(place, 13)) for place, one in enumerate(draw_ids(draw, 0, 3)))
    return World(
        workspace_id=draw(st.sampled_from(ID_POOL)),
        currency=draw(st.sampled_from(["USD", "EUR"])),
        rounding_minutes=draw(st.sampled_from([0, 15, 60])),
        only_admins_see_billable_rates=draw(BOOLEANS),
        only_admins_see_team_dashboard=draw(RARELY),
        users=users,
        user_groups=user_groups,
        clients=clients,
        projects=projects,
        tasks=tasks,
        tags=tags,
        rates=draw_rates(draw, rate_holders(users, projects, tasks), nasty_day),
        entries=draw_entries(draw, users, projects, tasks, tags, nasty_day=nasty_day),
    )


# The helpers below take `draw` itself: a composite strategy for each entry is three times slower.


def draw_ids(draw: st.DrawFn, count_min: int, count_max: int) -> list[int]:
    """Distinct ids in no order; every count is as likely (`st.lists` would stay near five)."""
    counts = st.integers(count_min, count_max)
    count = draw(counts) or draw(counts)  # Hypothesis likes zero more than the cases need
    if count == 0:
        return []
    first, stride = draw(ID_PLACES), draw(st.sampled_from(ID_STRIDES))
    return [ID_POOL[(first + place * stride) % len(ID_POOL)] for place in range(count)]


def some_of(values: list[int]) -> st.SearchStrategy[tuple[int, ...]]:
    if not values:
        return st.just(())
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


def one_of_or_none(values: list[int]) -> st.SearchStrategy[int | None]:
    return st.sampled_from([*values, None])


def nasty_days(zone: str) -> st.SearchStrategy[date]:
    changes = [local_day(instant, zone) for instant in clock_changes(zone)]
    nasty = st.sampled_from([*changes, *ODD_DAYS])
    return nasty | st.dates(date(2011, 2, 1), date(2026, 11, 30))


def draw_users(draw: st.DrawFn, zones: list[str]) -> tuple[User, ...]:
    """The first is an active admin; the others may be anybody."""
    users = []
    for place, user_id in enumerate(draw_ids(draw, 1, 4)):
        is_first = place == 0
        users.append(
            User(
                user_id=user_id,
                name=name(place, 1),
                email=f"user{place}@example.test",
                timezone=zones[0] if is_first else draw(st.sampled_from(zones)),
                role="admin" if is_first else draw(st.sampled_from(["member", "admin"])),
                is_active=is_first or not draw(RARELY),
                report_rounding=draw(RARELY),
                report_rounding_direction=draw(st.sampled_from([0, -1, 1])),
                report_rounding_minutes=draw(st.sampled_from([0, *ROUNDING_MINUTES])),
            )
        )
    return tuple(users)


def draw_user_groups(draw: st.DrawFn, user_ids: list[int]) -> tuple[UserGroup, ...]:
    return tuple(
        UserGroup(user_group_id, name(place, 3), draw(some_of(user_ids)))
        for place, user_group_id in enumerate(draw_ids(draw, 0, 2))
    )


def draw_clients(draw: st.DrawFn) -> tuple[Client, ...]:
    return tuple(
        Client(client_id, name(place, 7), is_archived=draw(RARELY))
        for place, client_id in enumerate(draw_ids(draw, 0, 3))
    )


def draw_projects(
    draw: st.DrawFn,
    user_ids: list[int],
    user_groups: tuple[UserGroup, ...],
    clients: tuple[Client, ...],
) -> tuple[Project, ...]:
    client_ids = one_of_or_none([client.client_id for client in clients])
    group_ids = some_of([one.user_group_id for one in user_groups])
    return tuple(
        Project(
            project_id=project_id,
            name=name(place, 11),
            client_id=draw(client_ids),
            color=draw(st.sampled_from(COLORS)),
            currency=draw(st.sampled_from([None, None, *CURRENCIES])),
            is_private=draw(BOOLEANS),
            is_active=not draw(RARELY),
            user_ids=draw(some_of(user_ids)),
            user_group_ids=draw(group_ids),
        )
        for place, project_id in enumerate(draw_ids(draw, 0, 4))
    )


def draw_tasks(draw: st.DrawFn, projects: tuple[Project, ...]) -> tuple[Task, ...]:
    if not projects:
        return ()
    project_ids = st.sampled_from([project.project_id for project in projects])
    return tuple(
        Task(task_id, draw(project_ids), name(place, 17))
        for place, task_id in enumerate(draw_ids(draw, 0, 4))
    )


def rate_holders(
    users: tuple[User, ...], projects: tuple[Project, ...], tasks: tuple[Task, ...]
) -> list[RateHolder]:
    """Who may have a rate; only people on a project by themselves have one as project users."""
    return [
        ("workspace", None, None, None),
        *(("workspace_user", None, None, user.user_id) for user in users),
        *(("project", None, project.project_id, None) for project in projects),
        *(
            ("project_user", None, project.project_id, user_id)
            for project in projects
            for user_id in project.user_ids
        ),
        *(("task", task.task_id, None, None) for task in tasks),
    ]


def draw_rates(draw: st.DrawFn, holders: list[RateHolder], nasty_day: date) -> tuple[Rate, ...]:
    """Up to eight rates, no two of the same holder and start day."""
    days = [None, *(nasty_day + timedelta(days=ahead) for ahead in (0, -1, 1, -30))]
    held = st.lists(
        st.tuples(st.sampled_from(holders), st.sampled_from(days)), max_size=8, unique=True
    )
    return tuple(
        Rate(
            level=level,
            cents=draw(st.sampled_from(CENTS)),
            task_id=task_id,
            project_id=project_id,
            user_id=user_id,
            start_day=start_day,
        )
        for (level, task_id, project_id, user_id), start_day in draw(held)
    )


def draw_entries(
    draw: st.DrawFn,
    users: tuple[User, ...],
    projects: tuple[Project, ...],
    tasks: tuple[Task, ...],
    tags: tuple[Tag, ...],
    *,
    nasty_day: date,
) -> tuple[Entry, ...]:
    """Any number up to 25 that share a few descriptions; some are running or deleted."""
    entry_ids = draw_ids(draw, 0, ENTRY_COUNT_MAX)
    texts = st.sampled_from(draw(description_pools()))
    project_ids = one_of_or_none([project.project_id for project in projects])
    task_ids = {
        project_id: one_of_or_none([one.task_id for one in tasks if one.project_id == project_id])
        for project_id in [None, *(project.project_id for project in projects)]
    }
    tag_sets = some_of([tag.tag_id for tag in tags])
    entries = []
    for entry_id in entry_ids:
        user = draw(st.sampled_from(users))
        start = draw_start(draw, nasty_day, user.timezone)
        state = draw(STATES)
        project_id = draw(project_ids)
        entries.append(
            Entry(
                entry_id=entry_id,
                user_id=user.user_id,
                start=start,
                stop=None if state == "running" else start + draw(DURATIONS),
                description=draw(texts),
                project_id=project_id,
                task_id=draw(task_ids[project_id]),
                tag_ids=draw(tag_sets),
                is_billable=draw(BOOLEANS),
                is_deleted=state == "deleted",
            )
        )
    return tuple(entries)


def draw_start(draw: st.DrawFn, nasty_day: date, zone: str) -> int:
    """Around midnights near the day, around the clock change next to it, or anywhere."""
    kind = draw(START_KINDS)
    if kind == "anywhere":
        return draw(st.integers(midnight(FIRST_DAY, "UTC"), midnight(LAST_DAY, "UTC")))
    near = midnight(nasty_day + timedelta(days=draw(st.integers(-3, 3))), zone)
    if kind == "that day":
        return near + draw(st.integers(0, DAY_SECONDS - 1))
    if kind == "clock change":
        nearest = min(clock_changes(zone), key=lambda one: abs(one - near), default=near)
        near = nearest if abs(nearest - near) < 10 * DAY_SECONDS else near
    return near + draw(NUDGES)
