"""All commands, and the one place where a refusal becomes an exit code."""

import sys

import typer
from click.exceptions import Exit

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

for group_name, group_help, commands in (
    ("import", "Bring in what other tools exported.", {"toggl-csv": importing.toggl_csv}),
    ("report", "Reports in the terminal.", {"summary": report.summary}),
    ("user", "Accounts.", {"add": people.user_add, "password": people.user_password}),
    ("workspace", "Workspaces.", {"set": people.workspace_set}),
):
    group = typer.Typer(help=group_help, no_args_is_help=True)
    for command_name, command in commands.items():
        group.command(command_name)(command)
    if group_name in ("report", "workspace", "import"):  # a lone command must keep its name
        group.callback()(lambda: None)
    APP.add_typer(group, name=group_name)


def main() -> None:
    """Exit 0 when done, 1 when refused, 2 when the words of the call are off."""
    try:
        APP()
    except Exit as stop:
        sys.exit(stop.exit_code)
    except GnomonError as error:
        SAY.print(str(error), style="red", markup=False)
        sys.exit(1)
