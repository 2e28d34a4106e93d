"""What a recipe stands on: a body, who asks, and the columns as of now."""

from collections.abc import Hashable
from dataclasses import dataclass

from gnomon.columns.table import EntryTable
from gnomon.query.access import Sight
from gnomon.wire.body import Body
from gnomon.wire.reports_v3.to_query import Asker


@dataclass(frozen=True, slots=True)
class Ground:
    body: Body
    asker: Asker
    table: EntryTable
    sight: Sight

    @property
    def viewer(self) -> Hashable:
        """Everything about who asks that an answer depends on.

        Rights were read before the columns were brought up to date, so the change number of the columns does not say
        which rights those were. All who see everything share their answers.
        """
        sight = self.sight
        projects = None if sight.project_ids is None else sorted(sight.project_ids)
        user_id = None if sight.sees_everything else sight.user_id
        rights = (sight.sees_team, sight.sees_amounts, sight.sees_costs, sight.sees_emails)
        within = repr(sight.within)
        return (user_id, *rights, repr(projects), within, self.asker.plan.value)
