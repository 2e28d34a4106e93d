"""Reports as tables of typed cells, the same for every file format."""
