"""The command line (D11)."""

import gc

gc.disable()  # loading makes little garbage, and looking for it takes a fifth of the time

from gnomon.cli.commands import main  # noqa: E402

gc.enable()
gc.freeze()  # what is loaded stays: the collector need not look at it again, not even at the end

__all__ = ["main"]
