"""What commands print: sentences for people on standard error, results on standard output."""

import json
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

SAY = Console(stderr=True, highlight=False)
SHOW = Console(highlight=False)

DataOption = Annotated[
    Path | None,
    typer.Option("--data", envvar="GNOMON_DATA", help="The data folder [./gnomon-data]."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for scripts.")]
WorkspaceOption = Annotated[int, typer.Option("--workspace-id", help="The workspace's id.")]


def print_json(value: Any) -> None:
    """One JSON document; keys of dataclasses are their field names."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    typer.echo(json.dumps(plain, ensure_ascii=False))
