"""Keyed random numbers: every draw is a function of who draws what for which time.

A draw depends on (seed, replication, customer, purpose, occurrence) and on nothing else, so
a change of a journey never shifts the draws of another customer or step: the same random
numbers are common to all scenarios. The generator hashes its key with the finaliser of
SplitMix64 (Steele, Lea and Flood 2014), a counter-based scheme.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.plan import purpose_number

_GOLDEN: Final = 0x9E3779B97F4A7C15
_FIRST: Final = 0xBF58476D1CE4E5B9
_SECOND: Final = 0x94D049BB133111EB
_MASK: Final = 0xFFFFFFFFFFFFFFFF

_BLOCK_BITS: Final = 10
_BLOCK: Final = 1 << _BLOCK_BITS
_KEPT_BLOCKS: Final = 16

Keys = NDArray[np.uint64]
Transform = Callable[[list[float]], list[float]]
"""Uniform numbers in (0, 1) to as many values of a distribution, one by one."""

Draw = Callable[[int, int], float]
"""The draw of a customer (by index) for an occurrence (0 for the first)."""


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


def sampler(keys: Keys, purpose: str, transform: Transform | None = None) -> Draw:
    """A function that gives customers' draws for `purpose`, as `transform` of a uniform number.

    First occurrences are computed for a block of customers at a time; later ones, and those
    of customers who come long after their neighbours, one by one.
    """
    number = purpose_number(purpose)
    blocks: dict[int, list[float]] = {}
    newest = -1

    def load(block: int) -> list[float]:
        nonlocal newest
        newest = block
        if len(blocks) >= _KEPT_BLOCKS:
            del blocks[next(iter(blocks))]
        start = block << _BLOCK_BITS
        values: list[float] = uniforms(keys[start : start + _BLOCK], number).tolist()
        blocks[block] = transform(values) if transform else values
        return blocks[block]

    def one(customer: int, occurrence: int) -> float:
        value = uniform(int(keys[customer]), number, occurrence)
        return transform([value])[0] if transform else value

    def draw(customer: int, occurrence: int) -> float:
        if occurrence:
            return one(customer, occurrence)
        block = customer >> _BLOCK_BITS
        values = blocks.get(block)
        if values is None:
            if block <= newest:
                return one(customer, 0)
            values = load(block)
        return values[customer & (_BLOCK - 1)]

    return draw
