"""Hypothesis strategies: small workspaces full of nasty cases, and who looks at them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

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
from tests.worlds.texts import NAMES, description_pools, name
from tests.worlds.world import (
    WRITTEN,
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

Thing = TypeVar("Thing", UserGroup, Client, Project, Task, Tag)
RateHolder = tuple[str, int | None, int | None, int | None]  # level, task, project, user

RARELY = st.integers(0, 4).map(lambda number: number == 4)
STATES = st.sampled_from(["kept"] * 10 + ["running", "deleted"])
ID_SEQUENCES = st.builds(
    lambda first, stride: tuple(
        ID_POOL[(first + place * stride) % len(ID_POOL)] for place in range(ENTRY_COUNT_MAX)
    ),
    st.sampled_from([*range(len(ID_POOL)), *[len(ID_POOL) - 2, len(ID_POOL) - 1] * 4]),
    st.sampled_from(ID_STRIDES),
)
BOOLEANS = st.booleans()
CHANGES = st.sampled_from([WRITTEN, WRITTEN + 1, WRITTEN - 86_400, 2**31])  # few, so that some tie
A_CLIENT = st.builds(Client, st.just(0), st.just(""), RARELY)
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
    """The user_id of somebody who may ask; members three times as often, as they see less."""
    active = [user for user in world.users if user.is_active]
    members = [user for user in active if user.role == "member"]
    return st.sampled_from([user.user_id for user in [*active, *members, *members]])


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
    user_groups = draw_named(draw, a_user_group(user_ids), "user_group_id", count_max=2)
    clients = draw_named(draw, A_CLIENT, "client_id", count_max=3)
    projects = draw_named(
        draw, a_project(user_ids, user_groups, clients), "project_id", count_max=4
    )
    tasks = draw_named(draw, a_task(projects), "task_id", count_max=4) if projects else ()
    tags = draw_named(draw, st.builds(Tag, st.just(0), st.just("")), "tag_id", count_max=3)
    empty = World(
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
        rates=draw(rates_of(rate_holders(users, projects, tasks), nasty_day)),
        costs=draw(rates_of(cost_holders(users, projects), nasty_day)),
    )
    texts = draw(description_pools())
    return replace(empty, entries=draw_entries(draw, an_entry(empty, texts, nasty_day)))


def draw_named(
    draw: st.DrawFn, things: st.SearchStrategy[Thing], id_field: str, count_max: int
) -> tuple[Thing, ...]:
    """Things of one kind: ids and names come by place, so that the shrinker can leave some out."""
    drawn = draw(st.lists(things, max_size=count_max))
    id_sequence, name_first = draw(ID_SEQUENCES), draw(st.integers(0, len(NAMES) - 1))
    return tuple(
        replace(thing, **{id_field: id_sequence[place], "name": name(name_first + place)})
        for place, thing in enumerate(drawn)
    )


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
    anybody = st.builds(
        User,
        user_id=st.just(0),
        name=st.just(""),
        email=st.just(""),
        timezone=st.sampled_from(zones),
        role=st.sampled_from(["member", "member", "admin"]),
        is_active=RARELY.map(lambda is_gone: not is_gone),
        report_rounding=RARELY,
        report_rounding_direction=st.sampled_from([0, -1, 1]),
        report_rounding_minutes=st.sampled_from([0, *ROUNDING_MINUTES]),
    )
    admin = replace(draw(anybody), timezone=zones[0], role="admin", is_active=True)
    others = draw(st.lists(anybody, max_size=3))
    id_sequence = draw(ID_SEQUENCES)
    return tuple(
        replace(
            user,
            user_id=id_sequence[place],
            name=name(place),
            email=f"user{place}@example.test",
        )
        for place, user in enumerate([admin, *others])
    )


def a_user_group(user_ids: list[int]) -> st.SearchStrategy[UserGroup]:
    return st.builds(UserGroup, st.just(0), st.just(""), some_of(user_ids))


def a_project(
    user_ids: list[int], user_groups: tuple[UserGroup, ...], clients: tuple[Client, ...]
) -> st.SearchStrategy[Project]:
    return st.builds(
        Project,
        project_id=st.just(0),
        name=st.just(""),
        client_id=one_of_or_none([client.client_id for client in clients]),
        color=st.sampled_from(COLORS),
        currency=st.sampled_from([None, None, *CURRENCIES]),
        is_private=BOOLEANS,
        is_active=RARELY.map(lambda is_archived: not is_archived),
        user_ids=some_of(user_ids),
        user_group_ids=some_of([one.user_group_id for one in user_groups]),
    )


def a_task(projects: tuple[Project, ...]) -> st.SearchStrategy[Task]:
    project_ids = st.sampled_from([project.project_id for project in projects])
    return st.builds(Task, st.just(0), project_ids, st.just(""))


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


def cost_holders(users: tuple[User, ...], projects: tuple[Project, ...]) -> list[RateHolder]:
    """Labour costs hang on people, as such or on a project (D6.4)."""
    levels = ("workspace_user", "project_user")
    return [holder for holder in rate_holders(users, projects, ()) if holder[0] in levels]


def rates_of(holders: list[RateHolder], nasty_day: date) -> st.SearchStrategy[tuple[Rate, ...]]:
    """Up to eight rates, no two of the same holder and start day."""
    days = [None, *(nasty_day + timedelta(days=ahead) for ahead in (0, -1, 1, -30))]
    rates = st.tuples(st.sampled_from(holders), st.sampled_from(days), st.sampled_from(CENTS))
    held = st.lists(rates, max_size=8, unique_by=lambda rate: rate[:2])
    return held.map(lambda rates: tuple(rate_of(*rate) for rate in rates))


def rate_of(holder: RateHolder, start_day: date | None, cents: int) -> Rate:
    level, task_id, project_id, user_id = holder
    return Rate(level, cents, task_id, project_id, user_id, start_day)


def draw_entries(draw: st.DrawFn, entries: st.SearchStrategy[Entry]) -> tuple[Entry, ...]:
    """Any number up to 25; without a drawn minimum `st.lists` would stay near five."""
    count_min = draw(st.integers(0, 9))
    drawn = draw(st.lists(entries, min_size=count_min, max_size=ENTRY_COUNT_MAX))
    id_sequence = draw(ID_SEQUENCES)
    return tuple(
        replace(entry, entry_id=entry_id)
        for entry_id, entry in zip(id_sequence, drawn, strict=False)
    )


def an_entry(world: World, texts: list[str], nasty_day: date) -> st.SearchStrategy[Entry]:
    """Its zone follows from its user, its tasks from its project."""
    some_users, some_texts = st.sampled_from(world.users), st.sampled_from(texts)
    project_ids = [project.project_id for project in world.projects]
    some_projects = one_of_or_none(project_ids)
    some_tasks = {
        project_id: one_of_or_none(
            [task.task_id for task in world.tasks if task.project_id == project_id]
        )
        for project_id in [None, *project_ids]
    }
    some_tags = some_of([tag.tag_id for tag in world.tags])

    @st.composite
    def entries(draw: st.DrawFn) -> Entry:
        user, state, project_id = draw(some_users), draw(STATES), draw(some_projects)
        start = draw_start(draw, nasty_day, user.timezone)
        return Entry(
            entry_id=0,
            user_id=user.user_id,
            start=start,
            stop=None if state == "running" else start + draw(DURATIONS),
            description=draw(some_texts),
            project_id=project_id,
            task_id=draw(some_tasks[project_id]),
            tag_ids=draw(some_tags),
            is_billable=draw(BOOLEANS),
            is_deleted=state == "deleted",
            updated_at=draw(CHANGES),
        )

    return entries()


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
