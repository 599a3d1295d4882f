"""Mends of W301 to W303 in the assumptions, and W307: what customers are assumed to be like."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assumptions import Chance, Choices, Demand, Mix
from engine.condition_english import value_said
from engine.conditions import kind_of
from engine.document import Document
from engine.edit_kinds import ABSENT, Edit, Keys
from engine.edits import put_attribute
from engine.element_edits import element, put_named, with_fields
from engine.errors import EditError
from engine.mends.guard import guarded
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import nearest
from engine.mends.trouble import Trouble
from engine.mends.values import fitting
from engine.profile import RESERVED_NAMES, SIGNALS, Attribute, Value, ValueType
from engine.validation.finding import quoted
from engine.validation.rules.attributes import mix_problem, value_problem

_POPULATION = "assumptions.population"
_DEMAND = "assumptions.demand"


def in_assumptions(trouble: Trouble) -> Iterator[Offer]:
    """For an attribute in the population's mix, or among those of a demand."""
    if trouble.part(1) == "population":
        yield from _in_population(trouble, trouble.part(2))
    elif trouble.part(3) == "attributes":
        demand = element(trouble.document, _DEMAND, trouble.part(2), Demand)
        yield from _in_demand(trouble, demand, trouble.part(4))


def _in_population(trouble: Trouble, name: str) -> Iterator[Offer]:
    population, known = trouble.document.assumptions.population, trouble.journey.attributes
    mix = population.get(name)
    if mix is None:
        return
    if name not in trouble.subject.attributes:
        free = {one.id: one for one in known if one.id not in population}
        for other in nearest(name, free):
            if mix_problem(free[other], mix) is None:
                yield offer(f"Use {quoted(other)} instead", _renamed_mix, name, other)
        yield offer(f"Add the attribute {quoted(name)}", _added, name, _type_of(mix))
    yield offer(f"Remove the mix of {quoted(name)}", _without_mix, name)


def _renamed_mix(document: Document, name: str, other: str) -> Edit:
    mix = document.assumptions.population[name]
    return guarded(document, Keys("Rename mix", _POPULATION, {name: ABSENT, other: mix}), "W533")


def _without_mix(document: Document, name: str) -> Edit:
    return guarded(document, Keys("Remove mix", _POPULATION, {name: ABSENT}), "W533")


def _type_of(mix: Mix) -> ValueType:
    if isinstance(mix, Choices):
        return ValueType.TEXT
    return ValueType.BOOLEAN if isinstance(mix, Chance) else ValueType.NUMBER


def _added(document: Document, name: str, kind: ValueType) -> Edit:
    if name in RESERVED_NAMES:
        raise EditError(f"“{name}” is a reserved name", mend="use another.")
    return put_attribute(document, Attribute(id=name, type=kind))


def _in_demand(trouble: Trouble, demand: Demand, name: str) -> Iterator[Offer]:
    value, known = demand.attributes.get(name), trouble.subject.attributes
    if value is None:
        return
    if name not in known:
        own = {one.id: one for one in trouble.journey.attributes}
        for other in nearest(name, own):
            if value_problem(own[other], value) is None:
                label = f"Use {quoted(other)} instead"
                yield offer(label, _with_values, demand, {name: None, other: value})
        kind = kind_of(value) or ValueType.TEXT
        yield offer(f"Add the attribute {quoted(name)}", _added, name, kind)
    elif name not in SIGNALS:
        fitted = fitting(value, known[name])
        if fitted is not None and value_problem(known[name], fitted) is None:
            label = f"Make it {value_said(fitted)}"
            yield offer(label, _with_values, demand, {name: fitted})
    said = quoted(demand.name or demand.id)
    label = f"Remove {quoted(name)} from the demand {said}"
    yield offer(label, _with_values, demand, {name: None})


def _with_values(document: Document, demand: Demand, new: dict[str, Value | None]) -> Edit:
    """The demand's customers with these values; without those that are None."""
    both = {**demand.attributes, **new}
    values = {key: value for key, value in both.items() if value is not None}
    return put_named(document, _DEMAND, with_fields(demand, attributes=values))


@mends_of("W307")
def _nobody(_: Trouble) -> Iterator[Offer]:
    yield offer("Give all values the same weight", _with_weights)


def _with_weights(document: Document) -> Edit:
    population = document.assumptions.population
    empty = {
        name: with_fields(mix, weights=dict.fromkeys(mix.weights, 1.0))
        for name, mix in population.items()
        if isinstance(mix, Choices) and not any(mix.weights.values())
    }
    return Keys("Give weights", _POPULATION, empty)
