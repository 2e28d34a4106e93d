"""The vendor's spelling: between what clients send and read, and our own words."""
