"""`gnomon settings`: every setting, where it comes from and what it does."""

import os

from rich.table import Table

from gnomon.cli.output import SHOW, JsonOption, print_json
from gnomon.config import SETTINGS, Setting


def settings(as_json: JsonOption = False) -> None:
    """List the GNOMON_* settings with their defaults and present values."""
    if as_json:
        print_json(
            [
                {
                    "variable": one.variable,
                    "default": one.default,
                    "value": _present(one),
                    "help": one.help,
                }
                for one in SETTINGS
            ]
        )
        return
    table = Table("Variable", "Default", "Now", "What it does", box=None, pad_edge=False)
    for one in SETTINGS:
        table.add_row(one.variable, str(one.default), _present(one), one.help)
    SHOW.print(table)


def _present(setting: Setting) -> str:
    """Secrets are said to be set, never shown."""
    value = os.environ.get(setting.variable, "")
    return "(set)" if value and setting.is_secret else value
