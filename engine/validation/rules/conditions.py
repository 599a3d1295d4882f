"""W201 to W204: conditions fit their attributes' types, and every branch can be taken."""

from __future__ import annotations

from collections.abc import Iterator

from engine.conditions import Condition, atoms_in, type_problem
from engine.steps.decide import ConditionStep, NextBestAction
from engine.validation.cases import is_possible
from engine.validation.finding import Severity, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Spot, Subject

Branches = list[tuple[str, list[Condition]]]
"""Ways on in the order in which they are tried; a way without conditions is for everybody."""


@rule(
    "W201",
    Severity.ERROR,
    "Condition does not fit the attribute's type",
    why="Types are never turned into one another, so such a comparison is never true.",
    mend="Compare with a value of the attribute's type, or change the type.",
)
def _wrong_type(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for name, condition in spot.conditions:
            for problem in type_problems(spot, condition):
                yield Flaw(f"In {quoted(name)} of {spot.said}, {problem}.", spot, name)


def type_problems(spot: Spot, condition: Condition) -> Iterator[str]:
    """What in a condition of a step does not fit the types of its attributes."""
    for atom in atoms_in(condition):
        attribute = spot.graph.attributes.get(atom.attribute)
        problem = type_problem(atom, attribute) if attribute else None
        if problem:
            yield problem


@rule(
    "W202",
    Severity.WARNING,
    "Condition that never holds",
    why="It contradicts itself, so nobody ever fits it.",
    mend="Correct the condition, or remove it.",
)
def _contradiction(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for name, condition in spot.conditions:
            if any(type_problems(spot, condition)):
                continue  # said by the rule before, which tells the reason
            if not is_possible([condition], [], spot.graph.attributes):
                what = f"The condition {quoted(name)} of {spot.said} cannot hold for anybody."
                yield Flaw(what, spot, name)


@rule(
    "W203",
    Severity.WARNING,
    "Branch that is never taken",
    why="Branches are tried in order, and whoever fits this one has taken an earlier one.",
    mend="Move the narrower branch before the wider one, or remove it.",
)
def _shadowed(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        branches = ordered_branches(spot)
        for number in range(1, len(branches)):
            by = _shadow(spot, branches[: number + 1])
            if by:
                name = branches[number][0]
                what = f"{quoted(name)} of {spot.said} is never taken: {by} before."
                yield Flaw(what, spot, name)


def ordered_branches(spot: Spot) -> Branches:
    """The ways on of which the first that fits is taken; none if the step has no such order."""
    step = spot.step
    if isinstance(step, ConditionStep):
        return [(branch.id, [branch.when]) for branch in step.branches]
    if isinstance(step, NextBestAction) and step.policy == "first_eligible":
        return [(one.id, [one.eligible] if one.eligible else []) for one in step.candidates]
    return []


def _shadow(spot: Spot, branches: Branches) -> str:
    """What takes everybody who would fit the last of `branches`; empty if nothing does."""
    *earlier, (_, wanted) = branches
    attributes = spot.graph.attributes
    everybody = next((name for name, conditions in earlier if not conditions), None)
    if everybody:
        return f"{quoted(everybody)} takes everybody"
    if not is_possible(wanted, [], attributes):
        return ""  # said by the rule for conditions that never hold
    for name, conditions in earlier:
        if not is_possible(wanted, conditions, attributes):
            return f"whoever fits it has taken {quoted(name)}"
    before = [condition for _, conditions in earlier for condition in conditions]
    together = not is_possible(wanted, before, attributes)
    return "whoever fits it has taken one of those" if together else ""


@rule(
    "W204",
    Severity.HINT,
    "Condition that always holds",
    why="The ways on after it are never taken.",
    mend="Correct the condition, or lead everybody on without asking.",
)
def _tautology(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        if not isinstance(spot.step, ConditionStep):
            continue
        for name, condition in spot.conditions:
            if not is_possible([], [condition], spot.graph.attributes):
                what = f"The condition {quoted(name)} of {spot.said} holds for everybody."
                yield Flaw(what, spot, name)
