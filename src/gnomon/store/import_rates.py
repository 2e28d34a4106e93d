"""Hourly rates found in the amounts of an import: one per project, or a word on why not (D11.2)."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from gnomon.model.imported import ImportedRow
from gnomon.model.rate import Rate, RateKind, RateLevel
from gnomon.store.catalog import load_projects, put_nouns
from gnomon.store.ids import new_id
from gnomon.store.rates import add_rates, load_rates
from gnomon.units.money import RATE_CENTS_MAX
from gnomon.units.rates import rates_for, roundest_rate


@dataclass(frozen=True, slots=True)
class FoundRate:
    """`reason` is empty where one rate makes all amounts of the project."""

    project: str
    hourly_rate_cents: int | None
    currency: str | None
    reason: str = ""


class RateClues:
    """What the amounts of each project say about its rate: the span of rates that makes all of them."""

    def __init__(self) -> None:
        self._spans: dict[int | None, tuple[int, int]] = {}
        self._currencies: dict[int | None, str | None] = {}

    def note(self, project_id: int | None, row: ImportedRow) -> None:
        """Billable rows with an amount and an end are clues."""
        if row.amount_cents is None or row.stopped_at is None or not row.is_billable:
            return
        lowest, highest = self._spans.get(project_id, (0, RATE_CENTS_MAX))
        low, high = rates_for(row.stopped_at - row.started_at, row.amount_cents)
        self._spans[project_id] = (max(lowest, low), min(highest, high))
        self._currencies.setdefault(project_id, row.currency)

    def settle(self, connection: Connection, workspace_id: int) -> list[FoundRate]:
        """Give a rate to each project whose amounts agree on one and that has none yet."""
        projects = {
            project.project_id: project for project in load_projects(connection, workspace_id)
        }
        present = {
            rate.project_id: rate.hourly_rate_cents
            for rate in load_rates(connection, workspace_id)
            if rate.level is RateLevel.PROJECT and rate.kind is RateKind.BILLABLE
        }
        found = []
        for project_id, span in self._spans.items():
            project = projects.get(project_id) if project_id is not None else None
            name = project.name if project else ""
            cents = roundest_rate(*span)
            reason = _doubt(project_id, cents, present)
            currency = self._currencies[project_id]
            found.append(FoundRate(name, None if reason else cents, currency, reason))
            if (
                project is not None
                and cents is not None
                and not reason
                and project_id not in present
            ):
                self._give(connection, workspace_id, project.project_id, cents)
                if currency is not None:  # an amount is in the currency of its column (D6.5)
                    put_nouns(connection, workspace_id, [replace(project, currency=currency)])
        return found

    def _give(self, connection: Connection, workspace_id: int, project_id: int, cents: int) -> None:
        rate = Rate(
            rate_id=new_id(connection, "rate"),
            kind=RateKind.BILLABLE,
            level=RateLevel.PROJECT,
            hourly_rate_cents=cents,
            project_id=project_id,
        )
        add_rates(connection, workspace_id, [rate])


def _doubt(project_id: int | None, cents: int | None, present: dict[int | None, int | None]) -> str:
    if project_id is None:
        return "entries without a project"
    if cents is None:
        return "the amounts do not come from one hourly rate"
    if project_id in present and present[project_id] != cents:
        return "the project has another rate already"
    return ""
