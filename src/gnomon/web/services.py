"""What handlers work with; `app` hands it in, so that nothing here reads a setting or a clock of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from gnomon.columns.keep import TableKeeper
from gnomon.store.database import Database
from gnomon.store.logos import read_logo
from gnomon.store.secrets import SecretBox
from gnomon.web.answers import AnswerCache
from gnomon.web.auth import Authenticator
from gnomon.web.failures import Failures
from gnomon.web.import_jobs import ImportJobs
from gnomon.web.looks import Looks
from gnomon.web.quota import Quota
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
    public_url: str = ""
    emulates_quota: bool = False
    mail_from: str = ""
    setup_code: str = ""
    send_mail: Callable[[EmailMessage], None] | None = None
    walks: Walks = field(default_factory=Walks)
    failures: Failures = field(init=False)
    quota: Quota = field(init=False)
    looks: Looks = field(init=False)
    imports: ImportJobs = field(init=False)

    def __post_init__(self) -> None:
        """What counts by the clock counts by this one."""
        object.__setattr__(self, "failures", Failures(self.seconds))
        object.__setattr__(self, "quota", Quota(self.seconds))
        object.__setattr__(self, "looks", Looks())
        object.__setattr__(self, "imports", ImportJobs(self.database, self.seconds))

    def seconds(self) -> float:
        return self.now().timestamp()

    def read_logo(self, workspace_id: int) -> bytes | None:
        with self.database.read() as connection:
            return read_logo(connection, workspace_id)
