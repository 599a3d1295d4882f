"""Keyed random numbers: uniform, independent along every part of the key, the same in any order.

Seeds are fixed, so nothing here is left to chance. With some 60 tests of randomness a bound
of 1 in 100,000 each means that a good generator with other seeds would fail once in 1,600.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from engine.plan import purpose_number
from simulator.streams import BLOCK_MASK, Keys, Stream, customer_keys, uniform, uniforms

RARE = 1e-5
SIZE = 20_000

Floats = NDArray[np.float64]


def keys_of(seed: int = 1, replication: int = 0, source: str = "calls", count: int = SIZE) -> Keys:
    return customer_keys(seed, replication, source, 0, count)


def along_customers() -> Floats:
    return uniforms(keys_of(), purpose_number("agent/patience"))


def along_occurrences() -> Floats:
    key, purpose = int(keys_of(count=8)[7]), purpose_number("agent/patience")
    return np.array([uniform(key, purpose, occurrence) for occurrence in range(SIZE)])


def along_rounds() -> Floats:
    """Rounds of a loop are counted in the upper bits of the occurrence."""
    key, purpose = int(keys_of(count=8)[7]), purpose_number("agent/patience")
    return np.array([uniform(key, purpose, one << 16) for one in range(SIZE)])


def along_purposes() -> Floats:
    key = int(keys_of(count=8)[7])
    return np.array([uniform(key, purpose_number(f"step{one}/time"), 0) for one in range(SIZE)])


def along_replications() -> Floats:
    purpose = purpose_number("agent/patience")
    keys = [int(keys_of(replication=one, count=1)[0]) for one in range(SIZE)]
    return np.array([uniform(key, purpose, 0) for key in keys])


def along_seeds() -> Floats:
    purpose = purpose_number("agent/patience")
    keys = [int(keys_of(seed=one, count=1)[0]) for one in range(SIZE)]
    return np.array([uniform(key, purpose, 0) for key in keys])


def along_sources() -> Floats:
    purpose = purpose_number("agent/patience")
    keys = [int(keys_of(source=f"calls{one}", count=1)[0]) for one in range(SIZE)]
    return np.array([uniform(key, purpose, 0) for key in keys])


LINES = [
    along_customers,
    along_occurrences,
    along_rounds,
    along_purposes,
    along_replications,
    along_seeds,
    along_sources,
]


@pytest.mark.parametrize("line", LINES)
def test_uniform(line: Callable[[], Floats]) -> None:
    values = line()
    assert np.all((values > 0) & (values < 1))
    assert stats.kstest(values, "uniform").pvalue > RARE
    cells = np.histogram(values, bins=256, range=(0, 1))[0]
    assert stats.chisquare(cells).pvalue > RARE


@pytest.mark.parametrize("line", LINES)
def test_neighbours_are_independent(line: Callable[[], Floats]) -> None:
    """Pairs and triples of neighbours fill square and cube evenly; no lag correlates."""
    values = line()
    pairs = np.histogram2d(values[:-1:2], values[1::2], bins=16, range=[(0, 1)] * 2)[0]
    assert stats.chisquare(pairs.ravel()).pvalue > RARE
    triples = values[: SIZE // 3 * 3].reshape(-1, 3)
    cube = np.histogramdd(triples, bins=6, range=[(0, 1)] * 3)[0]
    assert stats.chisquare(cube.ravel()).pvalue > RARE
    for lag in (1, 2, 3, 7, 64, 1024):
        assert stats.pearsonr(values[:-lag], values[lag:]).pvalue > RARE / 6


@pytest.mark.parametrize("line", [along_customers, along_occurrences, along_seeds])
def test_every_bit_is_fair(line: Callable[[], Floats]) -> None:
    bits = (line() * 2.0**52).astype(np.uint64)
    for place in range(52):
        ones = int(np.count_nonzero(bits >> np.uint64(place) & np.uint64(1)))
        assert stats.binomtest(ones, SIZE).pvalue > RARE / 52


def test_keys_that_differ_in_one_part_are_independent() -> None:
    """The same customers' draws for other purposes, seeds, replications and sources."""
    patience, handling = purpose_number("agent/patience"), purpose_number("agent/handle_time")
    columns = [
        uniforms(keys_of(), patience),
        uniforms(keys_of(), handling),
        uniforms(keys_of(), patience ^ 1),
        uniforms(keys_of(seed=2), patience),
        uniforms(keys_of(replication=1), patience),
        uniforms(keys_of(source="chats"), patience),
        np.array([uniform(key, patience, 1) for key in keys_of().tolist()]),
        np.array([uniform(key, patience, 1 << 16) for key in keys_of().tolist()]),
    ]
    for one, other in itertools.combinations(columns, 2):
        assert stats.pearsonr(one, other).pvalue > RARE
        cells = np.histogram2d(one, other, bins=12, range=[(0, 1)] * 2)[0]
        assert stats.chisquare(cells.ravel()).pvalue > RARE


def test_no_two_customers_have_the_same_key() -> None:
    parts = itertools.product((1, 2), (0, 1, 11), ("calls", "chats"))
    keys = np.concatenate([keys_of(*part) for part in parts])
    assert len(np.unique(keys)) == len(keys)


def test_numbers_of_seed_and_replication_are_kept_apart() -> None:
    """Seed 1, replication 11 is not seed 11, replication 1."""
    assert not np.intersect1d(keys_of(1, 11), keys_of(11, 1)).size


def test_keys_do_not_depend_on_how_many_are_asked_for() -> None:
    whole = customer_keys(3, 4, "calls", 0, 1000)
    parts = [customer_keys(3, 4, "calls", first, 100) for first in range(0, 1000, 100)]
    assert np.array_equal(whole, np.concatenate(parts))


def test_one_draw_equals_that_of_many() -> None:
    purpose = purpose_number("agent/patience")
    one_by_one = [uniform(key, purpose, 0) for key in keys_of().tolist()]
    assert uniforms(keys_of(), purpose).tolist() == one_by_one


@pytest.mark.parametrize("seed", range(3))
def test_streams_give_the_same_in_any_order(seed: int) -> None:
    """Blocks are made, dropped and passed over; what a customer draws does not change."""
    keys = keys_of(count=(BLOCK_MASK + 1) * 12 + 5)
    purpose = purpose_number("agent/patience")
    stream = Stream(keys, "agent/patience")
    order = np.random.default_rng(seed)
    places = np.concatenate(
        [
            order.integers(0, len(keys), 300),
            np.sort(order.integers(0, len(keys), 3000)),
            order.integers(0, len(keys), 300),
        ]
    )
    for customer, occurrence in zip(
        places.tolist(), order.integers(0, 3, len(places)).tolist(), strict=True
    ):
        expected = uniform(int(keys[customer]), purpose, occurrence)
        assert stream.at(customer, occurrence) == expected


def test_a_purpose_keeps_its_number() -> None:
    """On every machine and in every version, or a seed would mean something else."""
    assert purpose_number("agent/patience") == PATIENCE_NUMBER
    assert uniform(int(customer_keys(1, 0, "calls", 0, 1)[0]), 5, 3) == DRAW


PATIENCE_NUMBER = 13622741707595797373
DRAW = 0.18333280811266428
