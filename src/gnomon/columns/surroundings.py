"""Everything of a workspace but its entries: small, read whole, and enough to know what a change altered."""

from dataclasses import dataclass

from sqlalchemy import Connection

from gnomon.columns.rate_book import PriceList, rate_book
from gnomon.errors import WorkspaceHidden
from gnomon.model.account import Workspace
from gnomon.model.rate import RateKind
from gnomon.store.catalog import Catalog, load_catalog
from gnomon.store.changes import current_change
from gnomon.store.rates import load_rates
from gnomon.store.workspaces import Member, find_workspace, load_members


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everything of a workspace but its entries, texts and tag sets."""

    workspace: Workspace
    change_number: int
    catalog: Catalog
    members: tuple[Member, ...]
    price_list: PriceList

    @property
    def zone_names(self) -> dict[int, str]:
        return {member.account.user_id: member.account.timezone for member in self.members}

    @property
    def client_of_project(self) -> dict[int, int | None]:
        return {project.project_id: project.client_id for project in self.catalog.projects}


def read_surroundings(connection: Connection, workspace_id: int) -> Surroundings:
    """All in one snapshot; raises `WorkspaceHidden` where there is no such workspace."""
    change_number = current_change(connection, workspace_id)
    workspace = find_workspace(connection, workspace_id)
    if workspace is None or change_number is None:
        raise WorkspaceHidden
    catalog = load_catalog(connection, workspace_id)
    rates = load_rates(connection, workspace_id)
    return Surroundings(
        workspace=workspace,
        change_number=change_number,
        catalog=catalog,
        members=tuple(load_members(connection, workspace_id)),
        price_list=PriceList(
            billable=rate_book(rates, RateKind.BILLABLE),
            labour=rate_book(rates, RateKind.LABOUR_COST),
            currencies={one.project_id: one.currency for one in catalog.projects if one.currency},
            default_currency=workspace.default_currency,
        ),
    )
