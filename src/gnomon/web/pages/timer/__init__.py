"""The timer: what runs, what was tracked, by day."""
