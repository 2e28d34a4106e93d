"""Servers of a test's own: of the agency, or of any world, and how their whole record is compared."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from gnomon.columns.keep import TableKeeper
from gnomon.store.accounts import set_api_token, token_digest
from gnomon.store.database import RECORD_FILE, Database
from gnomon.store.schema import metadata
from gnomon.store.secrets import open_secret_box
from gnomon.store.sessions import open_session
from gnomon.web.answers import AnswerCache
from gnomon.web.auth import Authenticator
from gnomon.web.services import Services
from tests.pages.http.visitor import SOMEWHERE, Visitor
from tests.records import open_copy
from tests.track.asking import Asker
from tests.wire.agency import NOW, agency_services
from tests.worlds.loader import load_world
from tests.worlds.world import World

Fill = Callable[[Connection], None]
Dump = dict[str, list[str]]
DAY_SECONDS = 86_400
TABLE_MEGABYTES = 100


class Site(Asker):
    """A server, asked through its API like any agency, and visited."""

    def __init__(self, services: Services, folder: Path) -> None:
        super().__init__(services)
        self._open = ExitStack()
        self._open.enter_context(self.http)
        watching = sqlite3.connect(f"file:{folder / RECORD_FILE}?mode=ro", uri=True)
        self._watch = self._open.enter_context(closing(watching))
        self.application = self.http.app

    def close(self) -> None:
        self._open.close()

    @property
    def database(self) -> Database:
        return self.services.database

    def visitor(self, user_id: int | None = None, address: str = SOMEWHERE) -> Visitor:
        """Who is signed in already; None is nobody."""
        session = "" if user_id is None else self.open_session(user_id)
        visitor = Visitor(self.application, session, address)
        self._open.enter_context(visitor.http)
        return visitor

    def open_session(self, user_id: int) -> str:
        at = int(self.now.timestamp())
        return self.database.write(
            lambda connection: open_session(connection, user_id, at, at + DAY_SECONDS)
        )

    def version(self) -> int:
        """Another one after every write, whatever it wrote."""
        return self._watch.execute("PRAGMA data_version").fetchone()[0]

    def dump(self) -> Dump:
        """Every row of every table."""
        with self.database.read() as connection:
            return {
                table.name: sorted(repr(tuple(row)) for row in connection.execute(table.select()))
                for table in metadata.sorted_tables
            }


class Unchanged:
    """That nothing has been written since it was asked last."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.version = site.version()
        self.last = site.dump()

    def renew(self) -> None:
        """What a test that failed has changed is not told again by the next one."""
        if self.version != self.site.version():
            self.version, self.last = self.site.version(), self.site.dump()

    def check(self) -> None:
        """Every row is compared where something was written, should it be the same again."""
        if self.version == self.site.version():
            return
        before = self.last
        self.renew()
        changed = {name for name, rows in self.last.items() if rows != before[name]}
        assert not changed, {
            name: sorted({*self.last[name]} ^ {*before[name]})[:4] for name in changed
        }


@contextmanager
def site_at(folder: Path) -> Iterator[Site]:
    """The agency of a folder, new or as it was left, with a mail server to plan schedules for."""
    (folder / "gnomon.lock").unlink(missing_ok=True)
    is_new = not (folder / "gnomon.db").exists()
    with agency_services(folder, is_new=is_new) as services:
        site = Site(replace(services, can_mail=True), folder)
        try:
            yield site
        finally:
            site.close()


@contextmanager
def site_with(fill: Fill, now: datetime = NOW) -> Iterator[Site]:
    """A server over a record of its own that holds what `fill` puts there."""
    with TemporaryDirectory(prefix="gnomon-site-") as name:
        folder = Path(name)
        database = open_copy(folder)
        database.write(fill)
        services = Services(
            database=database,
            tables=TableKeeper(database, TABLE_MEGABYTES),
            answers=AnswerCache(),
            authenticator=Authenticator(database),
            now=lambda: now,
            box=open_secret_box(folder),
        )
        site = Site(services, folder)
        site.now = now
        try:
            yield site
        finally:
            site.close()
            database.close()


@contextmanager
def site_of(world: World, now: datetime = NOW) -> Iterator[Site]:
    """Everybody of the world has an API token: `token_of`."""

    def fill(connection: Connection) -> None:
        load_world(connection, world)
        for user in world.users:
            set_api_token(connection, user.user_id, token_digest(token_of(user.user_id)), b"")

    with site_with(fill, now) as site:
        yield site


def token_of(user_id: int) -> str:
    return f"{user_id:032x}"
