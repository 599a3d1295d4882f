"""Keyed random numbers: every draw is a function of who draws what for which time.

A draw depends on (seed, replication, customer, purpose, occurrence) and on nothing else, so
a change of a journey never shifts the draws of another customer or step: the same random
numbers are common to all scenarios. The generator hashes its key with the finaliser of
SplitMix64 (Steele, Lea and Flood 2014), a counter-based scheme.
"""

from __future__ import annotations

from array import array
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.plan import purpose_number

_GOLDEN: Final = 0x9E3779B97F4A7C15
_FIRST: Final = 0xBF58476D1CE4E5B9
_SECOND: Final = 0x94D049BB133111EB
_MASK: Final = 0xFFFFFFFFFFFFFFFF

BLOCK_BITS: Final = 12
BLOCK_MASK: Final = (1 << BLOCK_BITS) - 1
_KEPT_BLOCKS: Final = 4

_RARE: Final = 32
"""A block is computed when so many of its draws were asked for; most steps of a long journey
see fewer customers than that."""

Keys = NDArray[np.uint64]


def customer_keys(seed: int, replication: int, source: str, first: int, count: int) -> Keys:
    """Keys of the customers number `first` to `first + count - 1` of one source of demand."""
    start = purpose_number(f"{seed}/{replication}/{source}")
    numbers = np.arange(first + 1, first + count + 1, dtype=np.uint64)
    return mixed(np.uint64(start) + numbers * np.uint64(_GOLDEN))


def mixed(keys: Keys) -> Keys:
    """Each key scrambled so that every bit depends on all bits."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(_FIRST)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(_SECOND)
    return keys ^ (keys >> np.uint64(31))


def _mixed_one(key: int) -> int:
    key = ((key ^ (key >> 30)) * _FIRST) & _MASK
    key = ((key ^ (key >> 27)) * _SECOND) & _MASK
    return key ^ (key >> 31)


def uniforms(keys: Keys, purpose: int) -> NDArray[np.float64]:
    """The first draw of each customer for a purpose: uniform in (0, 1), 52 bits."""
    bits = mixed(keys ^ np.uint64(purpose)) >> np.uint64(12)
    return (bits.astype(np.float64) + 0.5) * 2.0**-52


def uniform(key: int, purpose: int, occurrence: int) -> float:
    """One customer's draw for a purpose and occurrence; for 0 it equals that of `uniforms`."""
    counter = ((key ^ purpose) + occurrence * _GOLDEN) & _MASK
    return ((_mixed_one(counter) >> 12) + 0.5) * 2.0**-52


class Stream:
    """Uniform draws in (0, 1) for one purpose.

    First occurrences are computed for a block of customers at a time and kept in `blocks`
    (block number to draws), if enough of them are asked for; the others, later occurrences,
    and those of customers who come long after their neighbours, one by one.
    """

    def __init__(self, keys: Keys, purpose: str) -> None:
        self.blocks: dict[int, array[float]] = {}
        self._keys = keys
        self._purpose = purpose_number(purpose)
        self._newest = -1
        self._missed = 0

    def at(self, customer: int, occurrence: int) -> float:
        """The draw of a customer (by index) for an occurrence (0 for the first)."""
        if occurrence:
            return uniform(int(self._keys[customer]), self._purpose, occurrence)
        values = self.blocks.get(customer >> BLOCK_BITS)
        return self.first(customer) if values is None else values[customer & BLOCK_MASK]

    def first(self, customer: int) -> float:
        """The first draw of a customer whose block is not at hand."""
        block = customer >> BLOCK_BITS
        if block > self._newest:
            self._newest, self._missed = block, 0
        self._missed += 1
        if block < self._newest or self._missed < _RARE:
            return uniform(int(self._keys[customer]), self._purpose, 0)
        return self._load(block)[customer & BLOCK_MASK]

    def _load(self, block: int) -> array[float]:
        if len(self.blocks) >= _KEPT_BLOCKS:
            del self.blocks[next(iter(self.blocks))]
        start = block << BLOCK_BITS
        drawn = uniforms(self._keys[start : start + BLOCK_MASK + 1], self._purpose)
        # An array and not a list: only few of the draws are ever looked at.
        self.blocks[block] = array("d", drawn.tobytes())
        return self.blocks[block]
