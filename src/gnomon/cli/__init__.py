"""The command line (D11)."""

from gnomon.cli.commands import main

__all__ = ["main"]
