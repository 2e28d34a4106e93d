"""One file per question; `make bench` runs them and writes RESULTS.md."""
