"""The record: every row that must not be lost, in SQLite or PostgreSQL."""
