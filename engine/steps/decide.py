"""Choosing the way on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self, TypeVar

from pydantic import Field

from engine.beginnings import some_condition
from engine.condition_english import attribute_in_english, in_english
from engine.conditions import Condition, Lookup, attributes_in, compiled
from engine.model import AttributeId, Identifier, Model, Name, PurposeId, Weight
from engine.operations import Compute, Decide, Operation, Pass, leaving
from engine.short_english import counted, enumerated, name_of
from engine.steps.base import Group, Step

if TYPE_CHECKING:
    from engine.journey import Journey, SubJourneyDefinition


_LONGEST_CONDITION: Final = 40
"""On a card; of longer ones only the attributes are named."""


class Branch(Model):
    """One way on, with the condition that opens it."""

    id: Identifier
    name: Name
    when: Condition


class ConditionStep(Step):
    """The first branch whose condition holds; else the way “otherwise”."""

    type: Literal["condition"] = "condition"
    title: ClassVar[str] = "Condition"
    group: ClassVar[Group] = Group.DECIDE
    help: ClassVar[str] = "Takes the first branch whose condition holds."
    icon: ClassVar[str] = "condition"

    branches: Annotated[list[Branch], Field(min_length=1, max_length=100)]

    @classmethod
    def beginning(
        cls,
        journey: Journey,
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """A question with an answer."""
        return {"branches": [Branch(id="yes", name="Yes", when=some_condition(journey))]}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Every branch in order, then the rest."""
        return (*(branch.id for branch in self.branches), "otherwise")

    def says(self, journey: Journey) -> str:
        """The condition, or by what the branches tell customers apart."""
        known = journey.known_attributes()
        said = in_english(self.branches[0].when, known)
        if len(self.branches) == 1 and len(said) <= _LONGEST_CONDITION:
            return said
        names = dict.fromkeys(name for one in self.branches for name in attributes_in(one.when))
        return f"by {enumerated([attribute_in_english(name, known) for name in names])}"

    def exit_label(self, exit_name: str, journey: Journey) -> str:  # noqa: ARG002
        """The branch's name."""
        return name_of(self.branches, exit_name)

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Each branch's."""
        for branch in self.branches:
            yield branch.id, branch.when

    def with_condition(self, name: str, condition: Condition) -> Self:
        """Another condition of that branch."""
        branches = [
            one.model_copy(update={"when": condition}) if one.id == name else one
            for one in self.branches
        ]
        return self.model_copy(update={"branches": branches})

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """The first branch whose condition holds."""
        cases = tuple((branch.id, branch.when) for branch in self.branches)
        return (Decide(cases, "otherwise", leaving(*self.exits(journey))),)

    def chooser(self) -> Callable[[Lookup], str]:
        """A function from a customer's attributes to the exit taken."""
        tests = [(branch.id, compiled(branch.when)) for branch in self.branches]

        def choose(lookup: Lookup) -> str:
            for exit_name, holds in tests:
                if holds(lookup):
                    return exit_name
            return "otherwise"

        return choose


_Item = TypeVar("_Item")


class Variant(Model):
    """One way of a split, with its weight."""

    id: Identifier
    name: Name
    weight: Weight


def weight_bounds(weights: Mapping[_Item, float]) -> tuple[list[_Item], list[float]]:
    """The items that have weight, and where in (0, 1) each one's share ends, but the last's.

    A draw falls on the item whose number is how many bounds are at most the draw.
    """
    items = [item for item, weight in weights.items() if weight > 0]
    bounds = list(accumulate(weights[item] for item in items))
    # The last bound is left out, so that rounding cannot lead beyond the last item.
    return items, [bound / bounds[-1] for bound in bounds[:-1]]


def by_weight(weights: Mapping[_Item, float]) -> Callable[[float], _Item]:
    """A function from a draw in (0, 1) to the item it falls on, each having its share.

    Items of weight 0 are never chosen; there must be one that has weight.
    """
    items, bounds = weight_bounds(weights)
    if not bounds:
        return lambda _: items[0]
    return lambda draw: items[bisect_right(bounds, draw)]


class Split(Step):
    """Customers are divided by chance, in the proportion of the weights."""

    type: Literal["split"] = "split"
    title: ClassVar[str] = "Split"
    group: ClassVar[Group] = Group.DECIDE
    help: ClassVar[str] = "Divides customers by chance: A/B tests and gradual roll-outs."
    icon: ClassVar[str] = "split"

    variants: Annotated[list[Variant], Field(min_length=1, max_length=100)]
    sticky: bool = True
    """The same customer always takes the same way."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """Two halves."""
        return {"variants": [Variant(id=one.lower(), name=one, weight=1) for one in "AB"]}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Every variant."""
        return tuple(variant.id for variant in self.variants)

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """Who gets which share."""
        total = sum(self.weights().values())
        if len(self.variants) > 3 or not total:
            return counted(len(self.variants), "way")
        return " · ".join(f"{one.name} {one.weight / total * 100:.0f} %" for one in self.variants)

    def handed_over(self) -> Iterator[tuple[str, str, str]]:
        """Chance, and remembering whom it fell on."""
        how = "always the same for a customer" if self.sticky else "anew at every visit"
        yield (
            "variants",
            "Orchestrators draw no random variants.",
            f"Let the worker of “split” draw by the weights, {how}.",
        )

    def exit_label(self, exit_name: str, journey: Journey) -> str:  # noqa: ARG002
        """The variant's name."""
        return name_of(self.variants, exit_name)

    def weights(self) -> dict[str, float]:
        """Each exit's weight."""
        return {variant.id: variant.weight for variant in self.variants}


class Candidate(Model):
    """One action that may be offered."""

    id: Identifier
    name: Name
    eligible: Condition | None = None
    """Who may get it; everybody, if left out."""
    score: Annotated[float, Field(ge=-1e9, le=1e9)] = 0.0
    """How much it is worth, before the attributes below are added."""
    per_attribute: dict[AttributeId, Annotated[float, Field(ge=-1e9, le=1e9)]] = {}
    """Added to the score: this number times the (number or true/false) attribute."""


class NextBestAction(Step):
    """The best of the actions that the customer is eligible for."""

    type: Literal["next_best_action"] = "next_best_action"
    title: ClassVar[str] = "Next best action"
    group: ClassVar[Group] = Group.DECIDE
    help: ClassVar[str] = "Offers the eligible action with the highest score."
    icon: ClassVar[str] = "next_best_action"

    candidates: Annotated[list[Candidate], Field(min_length=1, max_length=100)]
    policy: Literal["highest_score", "first_eligible"] = "highest_score"
    purpose: PurposeId | None = None
    """Why the customer's data are used here."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """One action."""
        return {"candidates": [Candidate(id="action_1", name="Action 1")]}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Every action, and none."""
        return (*(candidate.id for candidate in self.candidates), "none")

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """How the action is chosen."""
        which = "best" if self.policy == "highest_score" else "first that fits"
        return f"{which} of {counted(len(self.candidates), 'action')}"

    def exit_label(self, exit_name: str, journey: Journey) -> str:  # noqa: ARG002
        """The action's name."""
        return "no action" if exit_name == "none" else name_of(self.candidates, exit_name)

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Each action's eligibility."""
        for candidate in self.candidates:
            if candidate.eligible is not None:
                yield candidate.id, candidate.eligible

    def with_condition(self, name: str, condition: Condition) -> Self:
        """Another eligibility of that action."""
        candidates = [
            one.model_copy(update={"eligible": condition}) if one.id == name else one
            for one in self.candidates
        ]
        return self.model_copy(update={"candidates": candidates})

    def reads(self) -> tuple[str, ...]:
        """What the scores depend on."""
        return tuple(name for candidate in self.candidates for name in candidate.per_attribute)

    def purpose_used(self) -> str | None:
        """Why the data are used."""
        return self.purpose

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """The first that fits, in the order of the scores, where those are the same for all."""
        results = leaving(*self.exits(journey))
        best_first = self.policy == "highest_score"
        if best_first and any(one.per_attribute for one in self.candidates):
            choose = self.chooser()
            asked = [name for _, when in self.conditions() for name in attributes_in(when)]
            sends = tuple(dict.fromkeys((*self.reads(), *asked)))
            return (Compute(self.kind, results, lambda look, _: (choose(look), 0.0), sends),)
        # Sorting is stable: of equal scores the first is taken, as `chooser` does.
        order = (lambda one: -one.score) if best_first else (lambda _: 0.0)
        cases = ((one.id, one.eligible) for one in sorted(self.candidates, key=order))
        return (_first_eligible(cases),)

    def chooser(self) -> Callable[[Lookup], str]:
        """A function from a customer's attributes to the exit taken; ties go to the first."""
        tests = [
            (candidate, compiled(candidate.eligible) if candidate.eligible else None)
            for candidate in self.candidates
        ]
        first_wins = self.policy == "first_eligible"

        def choose(lookup: Lookup) -> str:
            best, best_score = "none", float("-inf")
            for candidate, eligible in tests:
                if eligible is not None and not eligible(lookup):
                    continue
                if first_wins:
                    return candidate.id
                score = _score(candidate, lookup)
                if score > best_score:
                    best, best_score = candidate.id, score
            return best

        return choose

    def scores(self, lookup: Lookup) -> dict[str, float]:
        """The score of each action that the customer is eligible for, by its id."""
        return {
            one.id: _score(one, lookup)
            for one in self.candidates
            if one.eligible is None or compiled(one.eligible)(lookup)
        }


def _first_eligible(cases: Iterable[tuple[str, Condition | None]]) -> Decide | Pass:
    """Whoever is eligible for nothing before gets what everybody is eligible for, if there is."""
    tested: list[tuple[str, Condition]] = []
    rest = "none"
    for name, eligible in cases:
        if eligible is None:
            rest = name
            break
        tested.append((name, eligible))
    results = leaving(*(name for name, _ in tested), rest)
    return Decide(tuple(tested), rest, results) if tested else Pass(results)


def _score(candidate: Candidate, lookup: Lookup) -> float:
    score = candidate.score
    for name, factor in candidate.per_attribute.items():
        value = lookup(name)
        if isinstance(value, (int, float)):
            score += factor * value
    return score
