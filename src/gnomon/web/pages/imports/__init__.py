"""Somebody else's export, looked at first and then taken in."""
