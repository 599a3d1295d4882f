"""What customers truly want: an intent that an AI agent may or may not recognise.

A customer has one need within an issue. Where the assumptions name an attribute of the
population for it, that is the need; else the first AI agent that the customer talks to draws
it. What people need for the contact may depend on it, whether anybody recognised it or not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.assumptions import Assumptions, Choices
from engine.plan import Plan
from engine.steps.ai_agent import AIAgent
from engine.steps.people import HumanAgent, HumanAgentAssumptions

if TYPE_CHECKING:
    from simulator.population import Attribute

UNKNOWN = -1
"""The index of a need that nobody knows."""


def needs(plan: Plan) -> dict[str, int]:
    """Every need that a customer of this plan may have, with its index."""
    names = [*_of_population(plan.assumptions), *_of_demands(plan.assumptions)]
    for planned in plan.steps:
        if isinstance(planned.step, AIAgent):
            names += [intent.id for intent in planned.step.intents]
        elif isinstance(planned.step, HumanAgent):
            names += planned.assumed(HumanAgentAssumptions).handle_time_by_need
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _of_population(assumptions: Assumptions) -> tuple[str, ...]:
    mix = assumptions.population.get(assumptions.need or "")
    return tuple(mix.weights) if isinstance(mix, Choices) else ()


def _of_demands(assumptions: Assumptions) -> list[str]:
    given = (one.attributes.get(assumptions.need or "") for one in assumptions.demand)
    return [str(need) for need in given if need is not None]


NeedOf = Callable[[int], int]
"""The index of a customer's need, from the customer's index."""


def need_of(
    indexes: dict[str, int],
    attribute: Attribute,
    demands: NDArray[np.int32],
    of_demands: Sequence[object],
) -> NeedOf:
    """A function that reads a customer's need from the population, or from the demand.

    demands: the index of each customer's.  of_demands: the need that all customers of a
    demand have; None if the population says it.
    """
    if not any(one is not None for one in of_demands):
        return lambda customer: indexes.get(str(attribute(customer)), UNKNOWN)

    def need(customer: int) -> int:
        own = of_demands[demands[customer]]
        return indexes.get(str(attribute(customer) if own is None else own), UNKNOWN)

    return need


def column(need: NeedOf | None, customers: NDArray[np.int64]) -> NDArray[np.int16]:
    """The needs of many customers at the moment they come in."""
    if need is None:
        return np.full(len(customers), UNKNOWN, np.int16)
    return np.array([need(one) for one in customers.tolist()], np.int16)
