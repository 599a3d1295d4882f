"""What is known of each synthetic customer: attributes drawn from the population's mix."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from engine.assumptions import Chance, Choices, Mix, Numbers
from engine.profile import Value
from engine.steps.decide import by_weight
from simulator.distributions import quantile
from simulator.streams import Keys, Stream

Attribute = Callable[[int], Value | None]
"""The value of one attribute for a customer (by index); None if missing."""


def attribute_sampler(keys: Keys, name: str, mix: Mix) -> Attribute:
    """A function that gives customers' values of the attribute `name`."""
    value = _value_sampler(keys, name, mix)
    if not mix.missing:
        return value
    lack = Stream(keys, f"attribute/{name}/missing").at
    missing = mix.missing
    return lambda customer: None if lack(customer, 0) < missing else value(customer)


def _value_sampler(keys: Keys, name: str, mix: Mix) -> Attribute:
    purpose = f"attribute/{name}"
    match mix:
        case Choices():
            draw, choose = Stream(keys, purpose).at, by_weight(mix.weights)
            return lambda customer: choose(draw(customer, 0))
        case Chance():
            draw, share = Stream(keys, purpose).at, mix.true
            return lambda customer: draw(customer, 0) < share
        case Numbers():
            draw, value = Stream(keys, purpose).at, quantile(mix.of)
            return lambda customer: value(draw(customer, 0))
        case _:
            assert_never(mix)
