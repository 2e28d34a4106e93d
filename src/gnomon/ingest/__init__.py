"""Other people's files, read into our nouns."""
