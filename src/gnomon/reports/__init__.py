"""The recipes: each report as a few verbs in the order in which the data moves."""
