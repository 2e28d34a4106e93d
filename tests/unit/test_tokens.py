"""Share tokens are what nobody guesses and nobody gets twice (D10.2)."""

import re

from gnomon.store.secrets import new_token

COUNT = 1_000_000


def test_a_million_tokens_are_a_million() -> None:
    tokens = {new_token() for _ in range(COUNT)}
    assert len(tokens) == COUNT
    assert all(re.fullmatch(r"[0-9a-f]{32}", token) for token in list(tokens)[:1_000])
