"""What the report of a page stands on: the address as a question of whoever looks at it."""

from dataclasses import replace

from gnomon.columns.table import EntryTable
from gnomon.editions.ground import Ground
from gnomon.editions.saved import first_day
from gnomon.model.account import Account
from gnomon.query.access import sight_of
from gnomon.query.period import days_of
from gnomon.store.workspaces import Standing
from gnomon.web.pages.reader import reader_of
from gnomon.web.pages.reports.address import Address, with_formats
from gnomon.web.services import Services
from gnomon.wire.body import Body
from gnomon.wire.reports_v3.to_query import asker_of


def fresh_table(services: Services, standing: Standing) -> EntryTable:
    return services.tables.fresh_table(standing.workspace.workspace_id, standing.change_number)


def page_ground(
    address: Address,
    account: Account,
    standing: Standing,
    services: Services,
    *,
    is_collapsed: bool = False,
) -> Ground:
    """With the days of a period that moves as the days that are usual for this question. `is_collapsed`: rows that
    nobody looks at are not put in order.
    """
    table = fresh_table(services, standing)
    catalog = table.around.catalog
    sight = sight_of(
        account.user_id, standing.role, standing.workspace, catalog.projects, catalog.user_groups
    )
    asker = asker_of(account, standing.workspace, sight, services.now(), services.report_days_max)
    if address.period is not None:
        first = first_day(table, sight, asker)
        days = days_of(address.period, asker.today, account.first_weekday, first)
        asker = replace(asker, usual_days=days)
    body = with_formats(address.body, reader_of(account).formats)
    return Ground(Body({**body, "collapse": is_collapsed}), asker, table, sight)
