"""What people see in a browser: server-rendered, the same queries and recipes as the APIs."""
