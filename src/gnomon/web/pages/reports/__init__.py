"""Reports on pages: the address of a page is the report."""
