"""From a question to a report made up as a file: its sheet and what stands around it."""
