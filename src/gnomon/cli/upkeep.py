"""`backup`, `restore`, `check`: for the day on which the disk fails (D11.6)."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DatabaseError

from gnomon.app import open_house
from gnomon.cli.output import SHOW, DataOption, JsonOption, print_json
from gnomon.columns.agree import disagreements
from gnomon.config import Config, read_config
from gnomon.errors import SchemaUnknown
from gnomon.store.backup import back_up, restore
from gnomon.store.checking import problems


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the backup.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the whole record into one file, also while the server runs."""
    config = read_config(data=data)
    back_up(config.data, config.database_url, file)
    size = file.stat().st_size
    if as_json:
        print_json({"file": str(file), "bytes": size})
    else:
        SHOW.print(f"{file}: {size:,} bytes. The secret key is not in it.", markup=False)


def restore_command(
    file: Annotated[Path, typer.Argument(help="A file that `gnomon backup` wrote.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a backup in place; a record that was there is kept beside it."""
    config = read_config(data=data)
    aside = restore(file, config.data, config.database_url)
    if as_json:
        print_json({"restored": str(file), "moved_aside": str(aside) if aside else None})
        return
    SHOW.print(f"Restored from {file}.", markup=False)
    if aside:
        SHOW.print(f"The record that was there is now {aside}.", markup=False)


def check(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Check the record byte for byte; exit 1 when something is wrong."""
    found = _problems(read_config(data=data))
    if as_json:
        print_json({"ok": not found, "problems": found})
    else:
        for problem in found:
            SHOW.print(problem, style="red", markup=False)
        if not found:
            SHOW.print("The record is sound.")
    if found:
        raise typer.Exit(1)


def _problems(config: Config) -> list[str]:
    """What is wrong, also with a record that cannot even be opened."""
    try:
        with open_house(config) as house:
            with house.database.read() as connection:
                found = list(problems(connection))
            # columns made of a damaged record prove nothing
            return found or list(disagreements(house.database))
    except (DatabaseError, SchemaUnknown) as error:
        return [f"The record cannot be opened: {error.args[0]}."]
