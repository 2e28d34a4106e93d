"""Days, durations and money: whole numbers with their rules."""
