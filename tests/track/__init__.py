"""The Track API v9 from outside: what its callers send and what they get."""
