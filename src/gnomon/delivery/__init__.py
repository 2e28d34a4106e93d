"""Saved reports by mail: when they are due, what is in them, and how they are sent."""
