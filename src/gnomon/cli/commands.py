"""All commands, and the one place where a refusal becomes an exit code."""

import sys

import typer
from sqlalchemy.exc import DatabaseError

from gnomon.cli import demo, importing, people, report, serving, settings, upkeep
from gnomon.cli.output import SAY
from gnomon.errors import GnomonError

APP = typer.Typer(
    name="gnomon",
    help="Self-hosted time reports, compatible with the Toggl Reports API v3.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
APP.command("init")(people.init)
APP.command("serve")(serving.serve_command)
APP.command("demo")(demo.demo)
APP.command("backup")(upkeep.backup)
APP.command("restore")(upkeep.restore_command)
APP.command("check")(upkeep.check)
APP.command("settings")(settings.settings)

IMPORT = typer.Typer(help="Bring in what other tools exported.", no_args_is_help=True)
IMPORT.command("toggl-csv")(importing.toggl_csv)
REPORT = typer.Typer(help="Reports in the terminal.", no_args_is_help=True)
REPORT.command("summary")(report.summary)
USER = typer.Typer(help="Accounts.", no_args_is_help=True)
USER.command("add")(people.user_add)
USER.command("password")(people.user_password)
WORKSPACE = typer.Typer(help="Workspaces.", no_args_is_help=True)
WORKSPACE.command("set")(people.workspace_set)
for name, group in (
    ("import", IMPORT),
    ("report", REPORT),
    ("user", USER),
    ("workspace", WORKSPACE),
):
    group.callback()(lambda: None)  # so that a lone command keeps its name
    APP.add_typer(group, name=name)


def main() -> None:
    """Exit 0 when done, 1 when refused, 2 when the words of the call are off."""
    try:
        APP()
    except GnomonError as error:
        _refuse(str(error))
    except DatabaseError as error:
        _refuse(f"The database cannot do it: {error.args[0]}")


def _refuse(sentence: str) -> None:
    SAY.print(sentence, style="red", markup=False, soft_wrap=True)
    sys.exit(1)
