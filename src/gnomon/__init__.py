"""Gnomon: self-hosted time reports, compatible with the Toggl Reports API v3."""

import os

__version__ = "0.1.0"

# Polars' allocator gives memory back to the system after half a second, and a big report then spends a third of its
# time on getting it again (docs/decisions/0004). To be set before Polars is loaded; the operator's own value wins.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:30000,muzzy_decay_ms:30000")
