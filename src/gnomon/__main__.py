"""`python -m gnomon`."""

from gnomon.cli import main

main()
