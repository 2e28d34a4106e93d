"""`gnomon import toggl-csv`: a vendor's detailed export into the record (D11.2)."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gnomon.app import House, now_seconds, open_house
from gnomon.cli.output import SAY, SHOW, DataOption, JsonOption, WorkspaceOption, print_json
from gnomon.config import read_config
from gnomon.errors import BadData
from gnomon.ingest.toggl_csv import read_toggl_csv
from gnomon.store.imports import ImportPlan, ImportResult, import_file
from gnomon.units.dates import zone_of

COUNTS = ("rows", "imported", "already_there", "differs", "updated")
MADE = ("users", "clients", "projects", "tasks", "tags")
SKIPPED_SHOWN_MAX = 20


def toggl_csv(
    files: Annotated[
        list[Path], typer.Argument(help="Detailed CSV exports.", exists=True, dir_okay=False)
    ],
    workspace_id: WorkspaceOption,
    timezone: Annotated[str, typer.Option("--timezone", help="The zone of the file's wall clock.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, change nothing.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Take the file's values where rows differ.")
    ] = False,
    rates_from_amounts: Annotated[
        bool, typer.Option("--rates-from-amounts", help="Find project rates in the amounts.")
    ] = False,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import the vendor's detailed CSV; the same file twice adds nothing."""
    zone_of(timezone)
    with open_house(read_config(data=data)) as house:
        plan = ImportPlan(
            workspace_id=workspace_id,
            timezone=timezone,
            at=now_seconds(),
            updates=update,
            makes_rates=rates_from_amounts,
        )
        results, failure = _import_files(house, files, plan, is_dry=dry_run)
    total = _summed(results)
    if as_json:
        print_json(_as_json(total, with_rates=rates_from_amounts))
    else:
        _tell(total, is_dry=dry_run)
    if failure is not None:
        raise failure


def _import_files(
    house: House, paths: list[Path], plan: ImportPlan, *, is_dry: bool
) -> tuple[list[ImportResult], BadData | None]:
    """File after file up to the first that is refused; what was imported before stays, and is told."""
    results: list[ImportResult] = []
    for path in paths:
        try:
            results.append(_import_file(house, path, plan, is_dry=is_dry))
        except BadData as refusal:
            return results, refusal
    return results, None


def _import_file(house: House, path: Path, plan: ImportPlan, *, is_dry: bool) -> ImportResult:
    """One transaction; nothing is half imported. A dry run does everything and then takes it back."""
    with _progress() as progress:
        task = progress.add_task(path.name, total=None)

        return import_file(
            house.database,
            read_toggl_csv(path, zone_of(plan.timezone)),
            plan,
            lambda count: progress.update(task, completed=count),
            is_dry=is_dry,
        )


def _progress() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=SAY, transient=True, disable=not SAY.is_terminal)


def _summed(results: list[ImportResult]) -> ImportResult:
    total = ImportResult()
    for result in results:
        for name in COUNTS:
            setattr(total, name, getattr(total, name) + getattr(result, name))
        total.skipped += result.skipped
        total.made += result.made
        total.rates += result.rates
    return total


def _as_json(result: ImportResult, *, with_rates: bool) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(result, name) for name in COUNTS}
    said["skipped"] = [asdict(line) for line in result.skipped]
    said.update({name: result.made[name] for name in MADE})
    if with_rates:
        said["rates"] = [asdict(rate) for rate in result.rates]
    return said


def _tell(result: ImportResult, *, is_dry: bool) -> None:
    verb = "would be imported" if is_dry else "imported"
    SHOW.print(
        f"{result.rows} rows: {result.imported} {verb}, {result.already_there} there already."
    )
    if result.differs:
        SHOW.print(
            f"{result.differs} differ from the record and were left; --update takes the file's values."
        )
    if result.updated:
        SHOW.print(f"{result.updated} updated.")
    made = ", ".join(f"{result.made[name]} {name}" for name in MADE if result.made[name])
    if made:
        SHOW.print(f"New: {made}.")
    for rate in result.rates:
        told = (
            f"{rate.hourly_rate_cents} cents an hour"
            if not rate.reason
            else f"unclear: {rate.reason}"
        )
        SHOW.print(f"Rate of {rate.project or 'no project'}: {told}", markup=False)
    for line in result.skipped[:SKIPPED_SHOWN_MAX]:
        SHOW.print(f"Line {line.line} skipped: {line.reason}", style="yellow", markup=False)
    if len(result.skipped) > SKIPPED_SHOWN_MAX:
        SHOW.print(
            f"and {len(result.skipped) - SKIPPED_SHOWN_MAX} more lines; --json lists them all."
        )
