"""Verbs on columns: no clock, no file, no settings, no knowledge of which report they serve."""
