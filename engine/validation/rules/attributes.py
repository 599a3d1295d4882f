"""W301 to W307: attributes exist, have values of their type, and are written before read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from engine.assumptions import Chance, Choices, Mix
from engine.conditions import Known, atoms_in, kind_of
from engine.profile import SIGNALS, Attribute, Value, ValueType
from engine.steps.ai_agent import AIAgent
from engine.steps.base import Step
from engine.steps.data import Assignment, SetAttributes
from engine.steps.decide import NextBestAction
from engine.steps.guard import Identify
from engine.steps.talk import Menu, Survey
from engine.steps.time import Wait
from engine.validation.facts import written
from engine.validation.finding import Severity, listed, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Spot, Subject, known_as

_TEXTS = frozenset({ValueType.TEXT, ValueType.CHOICE})
_COUNTABLE = frozenset({ValueType.NUMBER, ValueType.BOOLEAN})
_NEEDED: Mapping[type[Step], tuple[ValueType, str]] = {
    Wait: (ValueType.NUMBER, "a number of seconds"),
    Survey: (ValueType.NUMBER, "a number for the score"),
    Identify: (ValueType.BOOLEAN, "true or false"),
}


@rule(
    "W301",
    Severity.ERROR,
    "Attribute does not exist",
    why="What is not in the list of attributes has no value and no type.",
    mend="Add it to the journey's attributes, or name one that is there.",
)
def _unknown_attribute(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for name, field in _named(spot):
            if name not in spot.graph.attributes:
                what = f"{spot.said} names the attribute {quoted(name)}, which does not exist."
                yield Flaw(what, spot, field, _add(name))
    for name, place in _assumed(subject):
        if name not in subject.attributes:
            what = f"The assumptions name the attribute {quoted(name)}, which does not exist."
            yield Flaw(what, field=place, mend=_add(name))


def _add(name: str) -> str:
    return f"Add {quoted(name)} to the journey's attributes, or name one that is there."


def _named(spot: Spot) -> Iterable[tuple[str, str]]:
    """Every attribute that a step names, once, with the branch or other place where it does."""
    named: dict[str, str] = {}
    for branch, condition in spot.conditions:
        for atom in atoms_in(condition):
            named.setdefault(atom.attribute, branch)
    for name in (*spot.reads, *spot.writes, *_forgotten(spot.step)):
        named.setdefault(name, name)
    return named.items()


def _forgotten(step: Step) -> list[str]:
    changes = step.set if isinstance(step, SetAttributes) else []
    return [one.attribute for one in changes if one.forget]


def _assumed(subject: Subject) -> Iterator[tuple[str, str]]:
    """Every attribute for which the assumptions have values, with the place."""
    for name in subject.assumptions.population:
        yield name, f"assumptions/population/{name}"
    for demand in subject.assumptions.demand:
        for name in demand.attributes:
            yield name, f"assumptions/demand/{demand.id}/attributes/{name}"


@rule(
    "W302",
    Severity.ERROR,
    "Signal is written",
    why="Every platform sets the signals itself; a journey may only read them.",
    mend="Keep the value in an attribute of your own.",
)
def _signal_written(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for name in dict.fromkeys((*spot.writes, *_forgotten(spot.step))):
            if name in SIGNALS and spot.graph.owns(name):
                yield Flaw(f"{spot.said} writes the signal {quoted(name)}.", spot, name)
    for name, place in _assumed(subject):
        if name in SIGNALS:
            yield Flaw(f"The assumptions set the signal {quoted(name)}.", field=place)


@rule(
    "W303",
    Severity.ERROR,
    "Value does not fit the attribute's type",
    why="Types are never turned into one another, so the value would be lost or misread.",
    mend="Give a value of the attribute's type, or change the type.",
)
def _wrong_value(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for name, problem in step_problems(spot):
            yield Flaw(f"{spot.said}: {problem}.", spot, name)
    for name, mix in subject.assumptions.population.items():
        if wrong := mix_problem(subject.attributes.get(name), mix):
            yield Flaw(f"In the population, {wrong}.", field=f"assumptions/population/{name}")
    for demand in subject.assumptions.demand:
        for name, value in demand.attributes.items():
            if wrong := value_problem(subject.attributes.get(name), value):
                place = f"assumptions/demand/{demand.id}/attributes/{name}"
                yield Flaw(f"In the demand {quoted(demand.id)}, {wrong}.", field=place)


def step_problems(spot: Spot) -> Iterator[tuple[str, str]]:
    """Each attribute that the step uses against its type, and what is wrong with that."""
    step = spot.step
    match step:
        case NextBestAction():
            for name in dict.fromkeys(spot.reads):
                yield from _need(spot, name, _COUNTABLE, "a number, or true or false, to score by")
        case Menu():
            yield from _id_problems(spot, step.attribute, [one.id for one in step.options])
        case AIAgent():
            yield from _id_problems(spot, step.intent_attribute, [one.id for one in step.intents])
        case SetAttributes():
            for one in step.set:
                if problem := _assignment_problem(spot, one):
                    yield one.attribute, problem
        case Wait() | Survey() | Identify():
            kind, what = _NEEDED[type(step)]
            yield from _need(spot, step.attribute, {kind}, what)


def _need(
    spot: Spot, name: str | None, kinds: AbstractSet[ValueType], what: str
) -> Iterator[tuple[str, str]]:
    attribute = spot.graph.attributes.get(name) if name else None
    if attribute is not None and attribute.type not in kinds:
        yield attribute.id, f"{_typed(attribute)}, but the step needs {what}"


def _typed(attribute: Attribute) -> str:
    return f"{quoted(attribute.id)} is a {attribute.type}"


def _id_problems(spot: Spot, name: str | None, ids: list[str]) -> Iterator[tuple[str, str]]:
    attribute = spot.graph.attributes.get(name) if name else None
    for one in ids:
        if attribute and (problem := value_problem(attribute, one)):
            yield attribute.id, problem


def _assignment_problem(spot: Spot, one: Assignment) -> str | None:
    target = spot.graph.attributes.get(one.attribute)
    if target is None:
        return None
    if one.add is not None and target.type is not ValueType.NUMBER:
        return f"{_typed(target)}, and nothing can be added to it"
    if one.copy_of is not None:
        return _copy_problem(spot.graph.attributes.get(one.copy_of), target)
    return None if one.value is None else value_problem(target, one.value)


def _copy_problem(source: Attribute | None, target: Attribute) -> str | None:
    if source is None or source.type is target.type or {source.type, target.type} <= _TEXTS:
        return None
    return f"{_typed(target)} and cannot take the value of {quoted(source.id)}, a {source.type}"


def value_problem(attribute: Attribute | None, value: Value) -> str | None:
    """Why the attribute cannot have this value; None if it can, or if there is no such thing."""
    if attribute is None:
        return None
    kind = kind_of(value)
    is_choice = attribute.type is ValueType.CHOICE
    if kind is not (ValueType.TEXT if is_choice else attribute.type):
        return f"{_typed(attribute)}, and {quoted(str(value))} is not"
    if is_choice and attribute.choices and value not in attribute.choices:
        return f"{quoted(attribute.id)} has no choice {quoted(str(value))}"
    return None


def mix_problem(attribute: Attribute | None, mix: Mix) -> str | None:
    """Why customers cannot have values of this mix; None if they can."""
    if attribute is None:
        return None
    if isinstance(mix, Choices):
        problems = (value_problem(attribute, value) for value in mix.weights)
        return next((problem for problem in problems if problem), None)
    fitting = ValueType.BOOLEAN if isinstance(mix, Chance) else ValueType.NUMBER
    if attribute.type is fitting:
        return None
    return f"{_typed(attribute)}, but is given as a {fitting}"


@rule(
    "W304",
    Severity.ERROR,
    "Read, but never written",
    why="It is not known beforehand and no step writes it, so it is missing for every customer.",
    mend="Let an earlier step write it, or mark it as given if it is known beforehand.",
)
def _never_written(subject: Subject) -> Iterator[Flaw]:
    somewhere = _written_somewhere(subject)
    for spot, names in _reads_of_late(subject):
        for name in sorted(names - somewhere):
            what = f"{spot.said} reads {known_as(subject.attributes, name)}, which no step writes."
            yield Flaw(what, spot, name)


@rule(
    "W305",
    Severity.WARNING,
    "Read where it may not be written yet",
    why="On some way here nothing wrote it; it is missing then, and every comparison false.",
    mend="Write it on every way here, or ask first whether it is known.",
)
def _read_too_early(subject: Subject) -> Iterator[Flaw]:
    somewhere = _written_somewhere(subject)
    for spot, names in _reads_of_late(subject):
        if not subject.facts.is_reached(spot):
            continue
        for name in sorted(names & somewhere):
            if not subject.facts.are_certain(written(name), spot):
                said = known_as(subject.attributes, name)
                what = f"{spot.said} reads {said}, which may not be written by then."
                yield Flaw(what, spot, name)


def _written_somewhere(subject: Subject) -> set[str]:
    return {name for spot in subject.spots for name in spot.writes if spot.graph.owns(name)}


def _reads_of_late(subject: Subject) -> Iterator[tuple[Spot, set[str]]]:
    """Each step with those attributes it relies on that are not known beforehand.

    A step that asks itself whether an attribute is known does not rely on it.
    """
    late = {one.id for one in subject.journey.attributes if not one.given}
    for spot in subject.spots:
        atoms = [atom for _, condition in spot.conditions for atom in atoms_in(condition)]
        asked = {atom.attribute for atom in atoms if isinstance(atom, Known)}
        names = ({atom.attribute for atom in atoms} | set(spot.reads)) & late - asked
        names = {name for name in names if spot.graph.owns(name)}
        if names:
            yield spot, names


@rule(
    "W306",
    Severity.ERROR,
    "Choice without choices",
    why="An attribute that is a choice can only have the values listed with it.",
    mend="List its choices, or make it a text.",
)
def _no_choices(subject: Subject) -> Iterator[Flaw]:
    for one in subject.journey.attributes:
        if one.type is ValueType.CHOICE and not one.choices:
            yield Flaw(f"{quoted(one.id)} has no choices.", field=f"journey/attributes/{one.id}")


@rule(
    "W307",
    Severity.ERROR,
    "Population in which nobody has a value",
    why="All weights are zero, so nothing says which values customers have.",
    mend="Give at least one value a weight above zero.",
)
def _empty_mix(subject: Subject) -> Iterator[Flaw]:
    empty = [
        name
        for name, mix in subject.assumptions.population.items()
        if isinstance(mix, Choices) and not any(mix.weights.values())
    ]
    if empty:
        what = f"All weights are zero in the population's mix of {listed(empty)}."
        yield Flaw(what, field=f"assumptions/population/{empty[0]}")
