"""Small workspaces with names, each for one idea; user 1 is the admin."""

from datetime import date

from tests.worlds.instants import utc
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

ANA = User(1, "Ana", "ana@example.test")
BEN = User(2, "Ben", "ben@example.test", role="member")

# 23:30 to 00:30 in Tallinn (+02:00), and a whole weekend that begins on the next day.
OVER_MIDNIGHT = World(
    users=(User(1, "Ana", "ana@example.test", "Europe/Tallinn"),),
    entries=(
        Entry(1, 1, utc(2024, 1, 10, 21, 30), utc(2024, 1, 10, 22, 30), "late shift"),
        Entry(2, 1, utc(2024, 1, 10, 22, 0), utc(2024, 1, 12, 22, 0), "all weekend"),
    ),
)

# New York: 2024-03-10 has 23 hours, 2024-11-03 has 25 and lives 01:00 to 02:00 twice.
CLOCKS_CHANGE = World(
    users=(User(1, "Ana", "ana@example.test", "America/New_York"),),
    entries=(
        Entry(1, 1, utc(2024, 3, 10, 5), utc(2024, 3, 11, 4), "spring"),
        Entry(2, 1, utc(2024, 11, 3, 4), utc(2024, 11, 4, 5), "autumn"),
        Entry(3, 1, utc(2024, 11, 3, 5, 50), utc(2024, 11, 3, 5, 55), "night"),  # 01:50 -04:00
        Entry(4, 1, utc(2024, 11, 3, 6, 10), utc(2024, 11, 3, 6, 15), "night"),  # 01:10 -05:00
    ),
)

# In Kolkata (+05:30) the day begins at 18:30 UTC, in Kathmandu (+05:45) at 18:15.
HALF_HOUR_ZONE = World(
    users=(
        User(1, "Ana", "ana@example.test", "Asia/Kolkata"),
        User(2, "Bir", "bir@example.test", "Asia/Kathmandu", role="member"),
    ),
    entries=(
        Entry(1, 1, utc(2024, 5, 1, 18, 29, 59), utc(2024, 5, 1, 18, 30, 59), "before"),
        Entry(2, 1, utc(2024, 5, 1, 18, 30), utc(2024, 5, 1, 18, 31), "after"),
        Entry(3, 2, utc(2024, 5, 1, 18, 15), utc(2024, 5, 1, 18, 16), "after"),
    ),
)

# 100.00 an hour in dollars; the same number in euros on one project of the same client.
TWO_CURRENCIES = World(
    currency="USD",
    users=(ANA,),
    clients=(Client(10, "Acme"),),
    projects=(Project(20, "Site", 10), Project(21, "Shop", 10, currency="EUR")),
    rates=(Rate("workspace", 10_000), Rate("project", 5_000, project_id=21)),
    entries=(
        Entry(1, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "build", 20, is_billable=True),
        Entry(2, 1, utc(2024, 2, 1, 10), utc(2024, 2, 1, 12), "build", 21, is_billable=True),
        Entry(3, 1, utc(2024, 2, 1, 12), utc(2024, 2, 1, 12, 30), "build", 20),
    ),
)

# The vendor's example: six projects of one client, a minute each at 100.00 an hour.
SIX_MINUTES = World(
    users=(ANA,),
    clients=(Client(10, "Acme"),),
    projects=tuple(Project(20 + number, f"Project {number}", 10) for number in range(6)),
    rates=(Rate("workspace", 10_000),),
    entries=tuple(
        Entry(
            entry_id=number + 1,
            user_id=1,
            start=utc(2024, 2, 1, 9, number),
            stop=utc(2024, 2, 1, 9, number + 1),
            description="call",
            project_id=20 + number,
            is_billable=True,
        )
        for number in range(6)
    ),
)

MANY_TAGS = World(
    users=(ANA,),
    tags=(Tag(7, "urgent"), Tag(3, "office"), Tag(2**40, "later")),
    entries=(
        Entry(1, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "both", tag_ids=(7, 3)),
        Entry(2, 1, utc(2024, 2, 1, 10), utc(2024, 2, 1, 11), "the same two", tag_ids=(3, 7)),
        Entry(3, 1, utc(2024, 2, 1, 11), utc(2024, 2, 1, 13), "one", tag_ids=(3,)),
        Entry(4, 1, utc(2024, 2, 1, 13), utc(2024, 2, 1, 16), "none"),
        Entry(5, 1, utc(2024, 2, 1, 16), utc(2024, 2, 1, 20), "other", tag_ids=(2**40,)),
    ),
)

# Every level has a rate from some day on; project 21 has none but the workspace's.
RATE_HISTORY = World(
    users=(User(1, "Ana", "ana@example.test", "America/New_York"),),
    projects=(Project(20, "Site", user_ids=(1,)), Project(21, "Shop")),
    tasks=(Task(30, 20, "Design"),),
    rates=(
        Rate("workspace", 1_000, start_day=date(2024, 1, 2)),
        Rate("workspace_user", 2_000, user_id=1, start_day=date(2024, 1, 3)),
        Rate("project", 3_000, project_id=20, start_day=date(2024, 1, 4)),
        Rate("project_user", 4_000, project_id=20, user_id=1, start_day=date(2024, 1, 5)),
        Rate("project_user", 4_500, project_id=20, user_id=1, start_day=date(2024, 1, 6)),
        Rate("task", 5_000, task_id=30, start_day=date(2024, 1, 7)),
    ),
    entries=tuple(
        Entry(
            entry_id=day,
            user_id=1,
            start=utc(2024, 1, day + 1, 4, 30),  # 23:30 the evening before in New York
            stop=utc(2024, 1, day + 1, 5, 30),
            description=f"January {day}",
            project_id=20,
            task_id=30,
            is_billable=True,
        )
        for day in range(1, 8)
    ),
)

# Ben is on Secret through his user group; Vault has thrown him out but holds time of his.
PRIVATE_PROJECTS = World(
    users=(ANA, BEN, User(3, "Cy", "cy@example.test", role="member", is_active=False)),
    user_groups=(UserGroup(40, "Builders", (2,)),),
    clients=(Client(10, "Acme"), Client(11, "Old Co", is_archived=True)),
    projects=(
        Project(20, "Open", 10),
        Project(21, "Secret", is_private=True, user_group_ids=(40,)),
        Project(22, "Vault", is_private=True),
        Project(23, "Bunker", is_private=True),
        Project(24, "Past", is_active=False),
    ),
    rates=(Rate("workspace", 10_000),),
    entries=(
        Entry(1, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "Ana open", 20, is_billable=True),
        Entry(2, 1, utc(2024, 2, 1, 10), utc(2024, 2, 1, 11), "Ana secret", 21),
        Entry(3, 1, utc(2024, 2, 1, 11), utc(2024, 2, 1, 12), "Ana vault", 22),
        Entry(4, 2, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "Ben vault", 22),
        Entry(5, 2, utc(2024, 2, 1, 10), utc(2024, 2, 1, 11), "Ben alone"),
        Entry(6, 1, utc(2024, 2, 1, 12), utc(2024, 2, 1, 13), "Ana alone"),
        Entry(7, 3, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "Cy past", 24),
    ),
)

RUNNING_AND_DELETED = World(
    users=(ANA,),
    projects=(Project(20, "Site"),),
    entries=(
        Entry(1, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "kept", 20),
        Entry(2, 1, utc(2024, 2, 1, 10), None, "running", 20),
        Entry(3, 1, utc(2024, 2, 1, 11), utc(2024, 2, 1, 12), "deleted", 20, is_deleted=True),
        Entry(4, 1, utc(2024, 2, 1, 12), utc(2024, 2, 1, 12), "stopped at once"),
    ),
)

# Pairs that are one text to a reader, or one only when casefolded; code points out of UTF-16 order.
ODD_TEXTS = World(
    users=(ANA,),
    entries=tuple(
        Entry(number, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 9, number), text)
        for number, text in enumerate(
            [
                "Straße",
                "STRASSE",
                "\U00010000 astral",
                "\uff21 wide",
                "100%",
                "100 percent",
                "",
                "=1+1",
            ],
            start=1,
        )
    ),
)

NAMED_WORLDS = {
    "over_midnight": OVER_MIDNIGHT,
    "clocks_change": CLOCKS_CHANGE,
    "half_hour_zone": HALF_HOUR_ZONE,
    "two_currencies": TWO_CURRENCIES,
    "six_minutes": SIX_MINUTES,
    "many_tags": MANY_TAGS,
    "rate_history": RATE_HISTORY,
    "private_projects": PRIVATE_PROJECTS,
    "odd_texts": ODD_TEXTS,
    "running_and_deleted": RUNNING_AND_DELETED,
}
