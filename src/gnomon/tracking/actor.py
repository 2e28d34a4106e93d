"""Who acts, in which workspace, inside which transaction: what every rule works with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from gnomon.model.account import Account, Role, Workspace
from gnomon.query import access
from gnomon.store.changes import Touched, widen_change
from gnomon.tracking.refusals import Forbidden
from gnomon.units.dates import today_in, zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """`now` is in Unix seconds. `change_number` is the change that is being written; 0 while only looking."""

    connection: Connection
    account: Account
    workspace: Workspace
    role: Role
    now: int
    change_number: int = 0

    @property
    def user_id(self) -> int:
        return self.account.user_id

    @property
    def workspace_id(self) -> int:
        return self.workspace.workspace_id

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN

    @property
    def sees_amounts(self) -> bool:
        return access.sees_amounts(self.role, self.workspace)

    @property
    def sees_costs(self) -> bool:
        return access.sees_costs(self.role, self.workspace)

    @property
    def today(self) -> date:
        """In the actor's own zone (D3.1)."""
        return today_in(zone_of(self.account.timezone), datetime.fromtimestamp(self.now, UTC))

    def needs_admin(self) -> None:
        if not self.is_admin:
            raise Forbidden

    def touch(self, touched: Touched) -> None:
        """The change alters more than its kind usually does."""
        widen_change(self.connection, self.workspace_id, self.change_number, touched)
