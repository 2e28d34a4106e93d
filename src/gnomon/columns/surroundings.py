"""Everything of a workspace but its entries: small, read whole, and enough to know what a change altered."""

from dataclasses import dataclass

from sqlalchemy import Connection

from gnomon.columns.prices import PriceList
from gnomon.errors import WorkspaceHidden
from gnomon.model.account import Workspace
from gnomon.model.rate import Rate
from gnomon.store.catalog import Catalog, load_catalog
from gnomon.store.changes import current_change
from gnomon.store.rates import load_rates
from gnomon.store.workspaces import Member, find_workspace, load_members


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everything of a workspace but its entries, texts and tag sets: small, read whole."""

    workspace: Workspace
    change_number: int
    catalog: Catalog
    members: tuple[Member, ...]
    rates: tuple[Rate, ...]

    @property
    def zone_names(self) -> dict[int, str]:
        return {member.account.user_id: member.account.timezone for member in self.members}

    @property
    def client_of_project(self) -> dict[int, int | None]:
        return {project.project_id: project.client_id for project in self.catalog.projects}

    @property
    def price_list(self) -> PriceList:
        currencies = {
            project.project_id: project.currency
            for project in self.catalog.projects
            if project.currency
        }
        return PriceList(
            rates=self.rates,
            currencies=currencies,
            default_currency=self.workspace.default_currency,
        )


def read_surroundings(connection: Connection, workspace_id: int) -> Surroundings:
    """All in one snapshot; raises `WorkspaceHidden` where there is no such workspace."""
    change_number = current_change(connection, workspace_id)
    workspace = find_workspace(connection, workspace_id)
    if workspace is None or change_number is None:
        raise WorkspaceHidden
    return Surroundings(
        workspace=workspace,
        change_number=change_number,
        catalog=load_catalog(connection, workspace_id),
        members=tuple(load_members(connection, workspace_id)),
        rates=tuple(load_rates(connection, workspace_id)),
    )
