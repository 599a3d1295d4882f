"""What a step must know of a customer: seen if it is known, else asked.

What a customer told us once and is asked again is effort, and takes time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.distributions import Distribution
from engine.plan import Plan, PlannedStep
from engine.profile import Value, ValueType
from engine.steps.ai_agent import AIAgent
from simulator.records import Mark

if TYPE_CHECKING:
    from simulator.contact import Contact
    from simulator.draws import Number
    from simulator.world import World

_MOST = 255
"""More than that is not counted in one contact."""


def ever_asked(plan: Plan) -> frozenset[str]:
    """Attributes, as the plan calls them, that any step asks for or identifies by."""
    return frozenset(
        planned.attribute(name) for planned in plan.steps for name in planned.step.asked()
    )


def asking(
    planned: PlannedStep,
    world: World,
    names: list[str],
    ask_time: Distribution,
    *,
    sees_context: bool = True,
) -> Number | None:
    """A function that asks a contact for what is not known and gives the seconds it takes.

    None if nothing need be known. sees_context: what is known is seen; else all is asked.
    """
    if not names:
        return None
    lookup = world.knowledge.lookup(planned)
    each = [
        (name, planned.attribute(name), world.draws.value(planned, f"ask/{name}", ask_time))
        for name in names
    ]
    answers = {attribute: _answer(world, attribute) for _, attribute, _ in each}

    def ask(contact: Contact) -> float:
        look, seconds = lookup(contact), 0.0
        for name, attribute, duration in each:
            if sees_context and look(name) is not None:
                continue
            took = duration(contact)
            seconds += took
            told(contact, attribute, took, planned, world)
            answer = answers[attribute](contact)
            if answer is not None:
                contact.values[attribute] = answer
        return seconds

    return ask


def _answer(world: World, attribute: str) -> Callable[[Contact], Value | None]:
    """What the customer answers.

    The need to a question for the intent, else what the population says, else yes to a
    yes-or-no question and some words where there may be any.
    """
    of_population, names = world.knowledge.attribute(attribute), list(world.knowledge.needs)
    is_intent = attribute in _intent_attributes(world.plan)
    types = {one.id: one.type for one in world.plan.journey.attributes}
    defaults: dict[ValueType | None, Value] = {ValueType.BOOLEAN: True, ValueType.TEXT: "told"}
    default = defaults.get(types.get(attribute))

    def answer(contact: Contact) -> Value | None:
        if is_intent and contact.need >= 0:
            return names[contact.need]
        found = of_population(contact.customer)
        return default if found is None else found

    return answer


def _intent_attributes(plan: Plan) -> set[str]:
    return {
        planned.attribute(planned.step.intent_attribute)
        for planned in plan.steps
        if isinstance(planned.step, AIAgent) and planned.step.intent_attribute
    }


def told(
    contact: Contact, attribute: str, seconds: float, planned: PlannedStep, world: World
) -> None:
    """The customer tells us this, which took so long; if not for the first time, it is effort."""
    past = contact.remembered()
    if attribute in past.told:
        contact.asked_again = min(contact.asked_again + 1, _MOST)
        contact.asked_seconds += seconds
        past.again.append(attribute)
        world.told_again[planned.index] += contact.marks & Mark.MEASURED
    past.told.add(attribute)
