"""Handlers of the Track API v9."""
