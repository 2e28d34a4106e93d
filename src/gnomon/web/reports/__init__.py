"""Handlers of the Reports API v3, one file per report."""
