"""`gnomon report summary --output FILE`: the same files as over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gnomon.app import House, now
from gnomon.columns.table import EntryTable
from gnomon.errors import BadData, FileFailed
from gnomon.export.csv_file import csv_bytes
from gnomon.export.pdf_file import write_pdf
from gnomon.export.xlsx_file import write_xlsx
from gnomon.model.account import Role
from gnomon.query.access import Sight, sight_of
from gnomon.query.presentation import Presentation
from gnomon.query.queries import SummaryQuery
from gnomon.query.resolution import resolution_for
from gnomon.reports.summary import summary_report
from gnomon.sheets.document import Document, summary_document
from gnomon.sheets.sheet import GroupedSheet
from gnomon.sheets.summary import summary_sheet
from gnomon.store.logos import read_logo

NOBODY = 0  # the operator at the machine is no user; he sees what an admin sees
Write = Callable[[Path, Document, GroupedSheet, Presentation], None]


def operators_sight(table: EntryTable) -> Sight:
    return sight_of(NOBODY, Role.ADMIN, table.around.workspace, (), ())


def write_summary(house: House, workspace_id: int, query: SummaryQuery, output: Path) -> None:
    """The ending of the name says what kind of file; an older file is replaced only when the new one is whole."""
    write = WRITERS.get(output.suffix.lower())
    if write is None:
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
    presentation = Presentation()
    try:
        with TemporaryDirectory(prefix=".gnomon-", dir=output.parent) as folder:
            made = Path(folder) / output.name
            write(made, document, summary_sheet(report, presentation), presentation)
            made.replace(output)
    except FileFailed as error:
        raise BadData(f"The file could not be made: {error.reason}") from error
    except OSError as error:
        raise BadData(f"{output} could not be written: {error.strerror}.") from error


def _write_csv(path: Path, _: Document, sheet: GroupedSheet, presentation: Presentation) -> None:
    with path.open("wb") as file:
        file.writelines(csv_bytes(sheet.rows, presentation.formats))


def _write_xlsx(path: Path, document: Document, sheet: GroupedSheet, shown: Presentation) -> None:
    write_xlsx(path, document.title, sheet, shown.formats)


def _write_pdf(path: Path, document: Document, sheet: GroupedSheet, shown: Presentation) -> None:
    write_pdf(path, document, sheet, shown.formats)


WRITERS: dict[str, Write] = {".csv": _write_csv, ".xlsx": _write_xlsx, ".pdf": _write_pdf}
