"""The web pages over HTTP, as anybody meets them who has no browser."""
