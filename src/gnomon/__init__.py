"""Gnomon: self-hosted time reports, compatible with the Toggl Reports API v3."""

__version__ = "0.1.0"
