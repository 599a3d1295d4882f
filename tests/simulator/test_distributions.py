"""Every distribution's draws against closed forms: moments, quantiles, shape."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import TypeAdapter
from scipy import stats

from engine.distributions import Distribution
from engine.plan import purpose_number
from simulator.distributions import quantile
from simulator.streams import customer_keys, uniforms

SIZE = 40_000
SIGMAS = 4.5
"""With 40 comparisons, one in 3,700 sets of seeds would bring a false alarm (Bonferroni)."""

_ADAPTER: TypeAdapter[Any] = TypeAdapter(Distribution)

Shape = dict[str, Any]

CONTINUOUS: list[tuple[Shape, Any]] = [
    ({"kind": "exponential", "mean": 300}, stats.expon(scale=300)),
    (
        {"kind": "lognormal", "mean": 300, "cv": 1.1},
        stats.lognorm(math.sqrt(math.log(1 + 1.21)), scale=300 / math.sqrt(1 + 1.21)),
    ),
    ({"kind": "lognormal", "mu": 5.2, "sigma": 0.8}, stats.lognorm(0.8, scale=math.exp(5.2))),
    ({"kind": "weibull", "shape": 0.8, "scale": 504}, stats.weibull_min(0.8, scale=504)),
    ({"kind": "weibull", "shape": 3, "scale": 10}, stats.weibull_min(3, scale=10)),
    ({"kind": "gamma", "mean": 90, "shape": 2}, stats.gamma(2, scale=45)),
    ({"kind": "gamma", "mean": 1, "shape": 0.4}, stats.gamma(0.4, scale=2.5)),
    ({"kind": "gamma", "mean": 1, "shape": 130}, stats.gamma(130, scale=1 / 130)),
    ({"kind": "uniform", "low": 10, "high": 30}, stats.uniform(10, 20)),
    ({"kind": "triangular", "low": 10, "mode": 12, "high": 40}, stats.triang(2 / 30, 10, 30)),
    ({"kind": "triangular", "low": 0, "mode": 0, "high": 4}, stats.triang(0, 0, 4)),
    ({"kind": "triangular", "low": 0, "mode": 4, "high": 4}, stats.triang(1, 0, 4)),
]

MIXED: Shape = {
    "kind": "mixture",
    "parts": [
        {"weight": 1, "of": {"kind": "constant", "value": 0}},
        {"weight": 3, "of": {"kind": "exponential", "mean": 200}},
        {"weight": 1, "of": {"kind": "uniform", "low": 50, "high": 100}},
    ],
}

WEIGHED: Shape = {"kind": "empirical", "values": [30, 10, 20, 40], "weights": [1, 2, 4, 0]}

DISCRETE: list[Shape] = [
    {"kind": "constant", "value": 7},
    {"kind": "uniform", "low": 5, "high": 5},
    {"kind": "triangular", "low": 5, "mode": 5, "high": 5},
    {"kind": "empirical", "values": [3]},
    WEIGHED,
    MIXED,
]

ALL = [shape for shape, _ in CONTINUOUS] + DISCRETE


def names(shapes: list[Shape]) -> list[str]:
    return ["-".join(str(value)[:9] for value in shape.values()) for shape in shapes]


NAMES = names([shape for shape, _ in CONTINUOUS])


def of(shape: Shape) -> Callable[[float], float]:
    return quantile(_ADAPTER.validate_python(shape))


def draws(shape: Shape) -> NDArray[np.float64]:
    keys = customer_keys(17, 0, "calls", 0, SIZE)
    numbers = uniforms(keys, purpose_number("test")).tolist()
    return np.array(list(map(of(shape), numbers)))


@pytest.mark.parametrize(("shape", "closed"), CONTINUOUS, ids=NAMES)
def test_quantiles_are_those_of_the_closed_form(shape: Shape, closed: Any) -> None:
    shares = np.concatenate([[1e-9, 1e-4], np.linspace(0.01, 0.99, 99), [1 - 1e-4, 1 - 1e-9]])
    found = [of(shape)(share) for share in shares.tolist()]
    assert found == pytest.approx(closed.ppf(shares).tolist(), rel=1e-7)


@pytest.mark.parametrize(("shape", "closed"), CONTINUOUS, ids=NAMES)
def test_draws_have_the_moments_and_the_shape(shape: Shape, closed: Any) -> None:
    values = draws(shape)
    mean, variance, kurtosis = (float(one) for one in closed.stats("mvk"))
    assert abs(values.mean() - mean) < SIGMAS * math.sqrt(variance / SIZE)
    spread = variance * math.sqrt((kurtosis + 2) / SIZE)
    # Where the fourth moment is huge the variance of a sample says little.
    if kurtosis < 100:
        assert abs(values.var() - variance) < SIGMAS * spread
    assert stats.kstest(values, closed.cdf).pvalue > 1e-5
    for share in (0.1, 0.5, 0.9, 0.99):
        below = float(np.mean(values <= closed.ppf(share)))
        assert abs(below - share) < SIGMAS * math.sqrt(share * (1 - share) / SIZE)


@pytest.mark.parametrize(("shape", "closed"), CONTINUOUS, ids=NAMES)
def test_expected_value(shape: Shape, closed: Any) -> None:
    assert _ADAPTER.validate_python(shape).expected() == pytest.approx(float(closed.mean()))


@pytest.mark.parametrize("shape", ALL, ids=names(ALL))
def test_larger_numbers_never_give_smaller_values(shape: Shape) -> None:
    """All but mixtures, whose parts may overlap."""
    shares = np.concatenate(
        [[2.0**-53, 1e-12], np.linspace(1e-6, 1 - 1e-6, 5001), [1 - 1e-12, 1 - 2.0**-53]]
    )
    values = np.array([of(shape)(share) for share in shares.tolist()])
    assert np.all(np.isfinite(values))
    assert np.all(values >= 0)
    if shape is not MIXED:
        assert np.all(np.diff(values) >= 0)


def test_mixture_has_its_parts() -> None:
    values = draws(MIXED)

    def cdf(x: float) -> float:
        return 0.2 + 0.6 * (1 - math.exp(-x / 200)) + 0.2 * min(max((x - 50) / 50, 0), 1)

    for x in (0.0, 10.0, 60.0, 99.0, 100.0, 500.0):
        share = cdf(x)
        below = float(np.mean(values <= x))
        assert abs(below - share) < SIGMAS * math.sqrt(share * (1 - share) / SIZE)
    mean = 0.6 * 200 + 0.2 * 75
    variance = 0.6 * 2 * 200**2 + 0.2 * (75**2 + 50**2 / 12) - mean**2
    assert abs(values.mean() - mean) < SIGMAS * math.sqrt(variance / SIZE)
    assert _ADAPTER.validate_python(MIXED).expected() == pytest.approx(mean)


def test_parts_of_a_mixture_are_drawn_evenly() -> None:
    """What is left of the number that chose the part is uniform again."""
    parts = [
        {"weight": 1 / 3, "of": {"kind": "uniform", "low": 0, "high": 1}},
        {"weight": 2 / 3, "of": {"kind": "uniform", "low": 10, "high": 11}},
    ]
    values = draws({"kind": "mixture", "parts": parts})
    low, high = values[values < 5], values[values > 5] - 10
    assert stats.kstest(low, "uniform").pvalue > 1e-5
    assert stats.kstest(high, "uniform").pvalue > 1e-5
    assert abs(len(low) / SIZE - 1 / 3) < SIGMAS * math.sqrt(2 / 9 / SIZE)


def test_empirical_values_come_as_often_as_they_weigh() -> None:
    values, counts = np.unique(draws(WEIGHED), return_counts=True)
    assert values.tolist() == [10, 20, 30]  # 40 weighs nothing
    assert stats.chisquare(counts, SIZE * np.array([2, 4, 1]) / 7).pvalue > 1e-5
    assert _ADAPTER.validate_python(WEIGHED).expected() == pytest.approx((30 + 20 + 80) / 7)


def test_empirical_without_weights() -> None:
    shape = {"kind": "empirical", "values": [5, 1, 5, 9]}
    values, counts = np.unique(draws(shape), return_counts=True)
    assert values.tolist() == [1, 5, 9]
    assert stats.chisquare(counts, SIZE * np.array([1, 2, 1]) / 4).pvalue > 1e-5


@pytest.mark.parametrize(
    ("shape", "value"), list(zip(DISCRETE[:4], (7, 5, 5, 3), strict=True)), ids=names(DISCRETE[:4])
)
def test_what_cannot_vary(shape: Shape, value: float) -> None:
    assert set(draws(shape).tolist()) == {value}
