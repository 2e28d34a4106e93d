"""`gnomon report summary --output FILE`: the same files as over HTTP."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gnomon.app import House, now
from gnomon.columns.table import EntryTable
from gnomon.editions.edition import Edition
from gnomon.editions.files import write_edition
from gnomon.errors import BadData, FileFailed
from gnomon.model.account import Role
from gnomon.query.access import Sight, sight_of
from gnomon.query.presentation import Formats, Presentation
from gnomon.query.queries import SummaryQuery
from gnomon.query.resolution import resolution_for
from gnomon.reports.summary import summary_report
from gnomon.sheets.document import summary_document
from gnomon.sheets.summary import summary_sheet
from gnomon.store.logos import read_logo
from gnomon.wire.reports_v3.files import FileKind

NOBODY = 0  # the operator at the machine is no user; he sees what an admin sees


def operators_sight(table: EntryTable) -> Sight:
    return sight_of(NOBODY, Role.ADMIN, table.around.workspace, (), ())


def write_summary(house: House, workspace_id: int, query: SummaryQuery, output: Path) -> None:
    """The ending of the name says what kind of file; an older file is replaced only when the new one is whole."""
    ending = output.suffix.lower().removeprefix(".")
    if ending not in tuple(FileKind):
        raise BadData("--output must end in .pdf, .xlsx or .csv.")
    if not output.parent.is_dir():
        raise BadData(f"There is no folder {output.parent}.")
    table = house.tables.fresh_table(workspace_id)
    sight = operators_sight(table)
    asked = replace(query, includes_amounts=True, resolution=resolution_for(query.selection.days))
    report = summary_report(asked, table, sight)
    with house.database.read() as connection:
        logo = read_logo(connection, workspace_id)
    document = summary_document(report, table, sight, now(), logo)
    edition = Edition(
        report_type="summary",
        days=query.selection.days,
        sheet=summary_sheet(report, Presentation()),
        document=document,
        formats=Formats(),
    )
    try:
        with TemporaryDirectory(prefix=".gnomon-", dir=output.parent) as folder:
            made = Path(folder) / output.name
            write_edition(made, edition, FileKind(ending))
            made.replace(output)
    except FileFailed as error:
        raise BadData(f"The file could not be made: {error.reason}") from error
    except OSError as error:
        raise BadData(f"{output} could not be written: {error.strerror}.") from error
