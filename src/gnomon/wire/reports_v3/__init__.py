"""The Reports API v3."""
