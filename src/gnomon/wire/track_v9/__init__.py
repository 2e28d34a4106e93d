"""The Track API v9."""
