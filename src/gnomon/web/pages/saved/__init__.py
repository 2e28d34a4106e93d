"""Saved reports on pages: kept, shared, mailed, and shown to who has the link."""
