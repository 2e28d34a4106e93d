"""What handlers work with; `app` hands it in, so that nothing here reads a setting or a clock of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from gnomon.columns.keep import TableKeeper
from gnomon.store.database import Database
from gnomon.store.logos import read_logo
from gnomon.store.secrets import SecretBox
from gnomon.web.answers import AnswerCache
from gnomon.web.auth import Authenticator
from gnomon.web.walks import Walks


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    database: Database
    tables: TableKeeper
    answers: AnswerCache
    authenticator: Authenticator
    now: Callable[[], datetime]
    box: SecretBox
    report_days_max: int = 0
    can_mail: bool = False
    walks: Walks = field(default_factory=Walks)

    def read_logo(self, workspace_id: int) -> bytes | None:
        with self.database.read() as connection:
            return read_logo(connection, workspace_id)
