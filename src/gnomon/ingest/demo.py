"""An invented agency: the same people, projects and hours for the same day, drawn from a seeded source.

Nobody here exists. Twelve people in five zones, forty projects for a dozen clients in two currencies, three years.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gnomon.model.account import Account
from gnomon.model.catalog import PROJECT_COLORS, Client, Project, Tag, Task, UserGroup
from gnomon.model.entry import TimeEntry
from gnomon.model.rate import Rate, RateKind, RateLevel
from gnomon.units.dates import instant_of_local, zone_of

SEED = 20_260
YEARS = 3
PEOPLE = (
    ("Aino Rebane", "Europe/Tallinn"),
    ("Mateo Ibarra", "America/Mexico_City"),
    ("Priya Raman", "Asia/Kolkata"),
    ("Jonas Lindqvist", "Europe/Tallinn"),
    ("Chloe Whitcombe", "America/New_York"),
    ("Tomasz Zielak", "Europe/Berlin"),
    ("Noor Haddad", "Europe/Berlin"),
    ("Ravi Menon", "Asia/Kolkata"),
    ("Lena Brückner", "Europe/Berlin"),
    ("Kaisa Mets", "Europe/Tallinn"),
    ("Dana Okafor", "America/New_York"),
    ("Ilya Sorokin", "Europe/Tallinn"),
)
CLIENTS = (
    "Nordlicht Energie", "Baltic Ferries", "Meridian Health", "Kopi & Sons", "Hafenwerk", "Solstice Travel",
    "Atlas Museum", "Verde Foods", "Quill Press", "Lumen Schools", "Orbit Cycling", "Tidewater Bank",
)  # fmt: skip
DOLLAR_CLIENTS = frozenset({"Meridian Health", "Solstice Travel", "Tidewater Bank"})
PROJECT_KINDS = (
    "Website",
    "Brand refresh",
    "Mobile app",
    "Campaign",
    "Design system",
    "Data platform",
    "Support",
)
TASKS = ("Concept", "Design", "Build", "Review")
TAGS = ("workshop", "remote", "bugfix", "research", "writing", "urgent", "travel", "internal")
WORK = (
    "Kick-off call", "Wireframes", "Landing page", "Stand-up", "Code review", "Fix login flow", "Customer interviews",
    "Copy for the newsletter", "Accessibility audit", "Deploy to staging", "Style guide", "Invoice queries",
    "Refactor checkout", "Usability test", "Retrospective", "Icon set", "Search index", "Translation check",
    "Photo selection", "Quarterly plan", "Prototype", "Data import", "Release notes", "Bug triage",
)  # fmt: skip
DETAILS = ("", "", "", " – round 2", " – follow-up", " – with the client", " – draft")
INTERNAL_WORK = ("Team meeting", "Hiring", "Bookkeeping", "Learning", "")
CURRENCY = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoIds:
    """The first free id of each kind; the demo counts on from there."""

    user: int
    client: int
    project: int
    task: int
    tag: int
    rate: int
    user_group: int
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Everything of the demo but its entries."""

    accounts: tuple[Account, ...]
    groups: tuple[UserGroup, ...]
    clients: tuple[Client, ...]
    projects: tuple[Project, ...]
    tasks: tuple[Task, ...]
    tags: tuple[Tag, ...]
    rates: tuple[Rate, ...]


def make_agency(ids: DemoIds, today: date) -> Agency:
    source = random.Random(SEED)  # noqa: S311  # a demo wants the same numbers each time
    accounts = tuple(
        Account(
            user_id=ids.user + n,
            name=name,
            email=f"{name.split()[0].lower()}@example.com",
            timezone=zone,
        )
        for n, (name, zone) in enumerate(PEOPLE)
    )
    clients = tuple(Client(client_id=ids.client + n, name=name) for n, name in enumerate(CLIENTS))
    projects = tuple(_projects(ids, clients, accounts))
    tasks = tuple(
        Task(task_id=ids.task + n * len(TASKS) + k, project_id=project.project_id, name=name)
        for n, project in enumerate(projects[:-2])
        for k, name in enumerate(TASKS)
    )
    studio = tuple(account.user_id for account in accounts[::2])
    return Agency(
        accounts=accounts,
        groups=(UserGroup(user_group_id=ids.user_group, name="Studio", user_ids=studio),),
        clients=clients,
        projects=projects,
        tasks=tasks,
        tags=tuple(Tag(tag_id=ids.tag + n, name=name) for n, name in enumerate(TAGS)),
        rates=tuple(_rates(ids, projects, accounts, today, source)),
    )


def _projects(
    ids: DemoIds, clients: tuple[Client, ...], accounts: tuple[Account, ...]
) -> Iterator[Project]:
    """Thirty-eight for clients, the last two our own; one in nine private to half of the people."""
    for n in range(38):
        client = clients[n % len(clients)]
        is_private = n % 9 == 4
        yield Project(
            project_id=ids.project + n,
            name=f"{PROJECT_KINDS[(n * 3 + n // 12) % len(PROJECT_KINDS)]} {client.name.split()[0]}",
            client_id=client.client_id,
            color=PROJECT_COLORS[n % len(PROJECT_COLORS)],
            currency="USD" if client.name in DOLLAR_CLIENTS else None,
            is_private=is_private,
            is_active=n % 13 != 12,
            user_ids=tuple(account.user_id for account in accounts[::2]) if is_private else (),
        )
    for n, name in enumerate(("Studio internal", "New business")):
        yield Project(project_id=ids.project + 38 + n, name=name, color=PROJECT_COLORS[n - 2])


def _rates(
    ids: DemoIds,
    projects: tuple[Project, ...],
    accounts: tuple[Account, ...],
    today: date,
    source: random.Random,
) -> Iterator[Rate]:
    """A workspace rate that rose twice, project rates, rates and costs of people."""
    rate_ids = iter(range(ids.rate, ids.rate + 10_000))
    billable = RateKind.BILLABLE
    for years_ago, cents in ((None, 8_000), (2, 8_500), (1, 9_000)):
        start = None if years_ago is None else date(today.year - years_ago, 1, 1)
        yield Rate(
            rate_id=next(rate_ids),
            kind=billable,
            level=RateLevel.WORKSPACE,
            hourly_rate_cents=cents,
            start_day=start,
        )
    for project in projects[:-2:3]:
        cents = source.randrange(7_000, 14_001, 500)
        yield Rate(
            rate_id=next(rate_ids),
            kind=billable,
            level=RateLevel.PROJECT,
            hourly_rate_cents=cents,
            project_id=project.project_id,
        )
    for account in accounts:
        if source.random() < 0.3:
            yield Rate(
                rate_id=next(rate_ids),
                kind=billable,
                level=RateLevel.WORKSPACE_USER,
                hourly_rate_cents=source.randrange(9_000, 12_001, 500),
                user_id=account.user_id,
            )
        yield Rate(
            rate_id=next(rate_ids),
            kind=RateKind.LABOUR_COST,
            level=RateLevel.WORKSPACE_USER,
            hourly_rate_cents=source.randrange(3_000, 5_501, 250),
            user_id=account.user_id,
        )


def make_entries(agency: Agency, ids: DemoIds, today: date) -> Iterator[TimeEntry]:
    """Three years of working days up to yesterday, person by person; holidays, short days and late nights happen."""
    entry_ids = iter(range(ids.entry, ids.entry + 10_000_000))
    for number, account in enumerate(agency.accounts):
        source = random.Random(SEED * 100 + number)  # noqa: S311
        day = today.replace(month=1, day=1, year=today.year - YEARS)
        favourites = source.sample(agency.projects[:-2], 9)
        while day < today:
            if day.weekday() < 5 and source.random() > 0.11:
                yield from _day(agency, account, day, source, (favourites, entry_ids))
            day += timedelta(days=1)


def _day(
    agency: Agency,
    account: Account,
    day: date,
    source: random.Random,
    supplies: tuple[list[Project], Iterator[int]],
) -> Iterator[TimeEntry]:
    favourites, entry_ids = supplies
    zone = zone_of(account.timezone)
    start = datetime.combine(day, time(source.choice((8, 8, 9, 9, 10)), source.randrange(0, 60, 5)))
    for _ in range(source.randrange(5, 11)):
        length = timedelta(seconds=source.randrange(10 * 60, 110 * 60, 5))
        project = (
            source.choice(agency.projects[-2:])
            if source.random() < 0.15
            else source.choice(favourites)
        )
        started_at = instant_of_local(zone, start)
        yield _entry(
            agency,
            account,
            project,
            source,
            next(entry_ids),
            (started_at, int(length.total_seconds())),
        )
        start += length + timedelta(minutes=source.choice((0, 0, 5, 10, 45)))


def _entry(
    agency: Agency,
    account: Account,
    project: Project,
    source: random.Random,
    entry_id: int,
    span: tuple[int, int],
) -> TimeEntry:
    started_at, seconds = span
    is_internal = project in agency.projects[-2:]
    tasks = [task for task in agency.tasks if task.project_id == project.project_id]
    task = source.choice(tasks) if tasks and source.random() < 0.6 else None
    has_project = task is not None or source.random() > 0.03
    work = (
        source.choice(INTERNAL_WORK)
        if is_internal
        else source.choice(WORK) + source.choice(DETAILS)
    )
    tags = source.sample(agency.tags, source.choice((0, 0, 0, 1, 1, 2)))
    return TimeEntry(
        entry_id=entry_id,
        user_id=account.user_id,
        started_at=started_at,
        stopped_at=started_at + seconds,
        description=work,
        project_id=project.project_id if has_project else None,
        task_id=None if task is None else task.task_id,
        tag_ids=tuple(sorted(tag.tag_id for tag in tags)),
        is_billable=has_project and not is_internal and source.random() < 0.88,
        updated_at=started_at + seconds,
    )
