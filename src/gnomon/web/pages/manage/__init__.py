"""What time is tracked on and by whom: projects, clients, tags, people, rates, the workspace."""
