"""Put rows in order by whole numbers, faster than a general sort does."""

import numpy as np

from gnomon.engine.runs import IntColumn

KEY_MAX = 2**63 - 1


def order_of(keys: IntColumn, key_size: int) -> tuple[IntColumn, IntColumn]:
    """The rows in the order of their keys, equal ones as they stand, and the keys in that order.

    Keys are at least 0 and less than `key_size`. Where both fit into 63 bits, key and row are sorted as one number: a
    third of the time of sorting rows by keys.
    """
    row_bits = len(keys).bit_length()
    if key_size > KEY_MAX >> row_bits:
        order = np.argsort(keys, kind="stable")
        return order, keys[order]
    both = keys << row_bits
    both |= np.arange(len(keys))
    both.sort()
    return both & ((1 << row_bits) - 1), both >> row_bits


def order_with_ties(keys: IntColumn, ids: IntColumn, *, is_descending: bool = False) -> IntColumn:
    """The rows in the order of any keys; equal keys always by ascending id."""
    if not len(keys):
        return np.empty(0, dtype=np.int64)
    low, high = int(keys.min()), int(keys.max())
    ranks = high - keys if is_descending else keys - low
    order, ordered = order_of(ranks, high - low + 1)
    if _ties_are_by(ids[order], ordered):
        return order
    by_id = np.argsort(ids, kind="stable")
    order, _ = order_of(ranks[by_id], high - low + 1)
    return by_id[order]


def _ties_are_by(ids: IntColumn, ordered: IntColumn) -> bool:
    is_tie = ordered[1:] == ordered[:-1]
    return not bool((is_tie & (ids[1:] < ids[:-1])).any())
