"""Mends of W211 to W215: choices with ids of their own, and weights that say who goes where."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import Any

from engine.document import Document
from engine.edit_kinds import Edit, in_turn
from engine.edits import replace_step, set_assumptions
from engine.element_edits import with_fields
from engine.fresh_ids import Unused
from engine.mends.own_choices import choices_of, with_choices, with_id
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import connect_all, take_out, way_on
from engine.mends.trouble import Trouble
from engine.steps.ai_agent import AIAgent, AIAgentAssumptions, IntentAssumptions
from engine.steps.decide import Split
from engine.steps.talk import MenuAssumptions
from engine.validation.finding import quoted


@mends_of("W211")
def _double_choice(trouble: Trouble) -> Iterator[Offer]:
    free = Unused([*_ids(trouble), *trouble.spot.exits])
    items: list[Any] = []
    new: dict[str, str] = {}
    for one in choices_of(trouble.step)[1]:
        is_further = one.id == trouble.field and any(item.id == one.id for item in items)
        items.append(with_id(one, free.id(one.id)) if is_further else one)
        new |= {items[-1].id: one.id} if is_further else {}
    said = " and ".join(map(quoted, new))
    yield offer(f"Call the further one {said}", _renamed, trouble, items, new)


def _ids(trouble: Trouble) -> list[str]:
    return [one.id for one in choices_of(trouble.step)[1]]


def _renamed(document: Document, trouble: Trouble, items: list[Any], new: dict[str, str]) -> Edit:
    """The choices with their new ids; each leads to where its old exit leads."""
    step = with_choices(trouble.step, items)
    exits = step.exits(trouble.journey)
    ways = {one: way_on(trouble.graph, step.id, old) for one, old in new.items() if one in exits}
    return in_turn(
        "Give choices other ids",
        document,
        lambda now: replace_step(now, step),
        *(_led(step.id, one, to) for one, to in ways.items()),
    )


def _led(name: str, exit_name: str, to: str | None) -> Any:
    return lambda now: connect_all(now, [(name, exit_name)], to)


@mends_of("W212")
def _like_an_exit(trouble: Trouble) -> Iterator[Offer]:
    old, free = trouble.field, Unused([*_ids(trouble), *trouble.spot.exits])
    items = [
        with_id(one, free.id(old)) if one.id == old else one for one in choices_of(trouble.step)[1]
    ]
    new = [one.id for one in items if one.id not in _ids(trouble)]
    label = f"Call the choice {' and '.join(map(quoted, new))}"
    yield offer(label, _with_numbers, trouble, items, old, new)


def _with_numbers(
    document: Document, trouble: Trouble, items: list[Any], old: str, new: list[str]
) -> Edit:
    """Numbers that are assumed of the choice go with it."""
    edits = [lambda now: _renamed(now, trouble, items, dict.fromkeys(new, old))]
    assumed = document.assumptions.steps.get(trouble.name)
    if isinstance(assumed, MenuAssumptions):
        weights = {new[0] if key == old else key: one for key, one in assumed.weights.items()}
        changed = with_fields(assumed, weights=weights)
        edits.append(lambda now: set_assumptions(now, trouble.name, changed))
    return in_turn("Give choice another id", document, *edits)


@mends_of("W213")
def _no_weight(trouble: Trouble) -> Iterator[Offer]:
    yield offer("Give all the same weight", _evenly, trouble)


def _evenly(document: Document, trouble: Trouble) -> Edit:
    step = trouble.step
    match step:
        case Split():
            variants = [with_fields(one, weight=1.0) for one in step.variants]
            return replace_step(document, with_choices(step, variants))
        case AIAgent():
            assumed = trouble.assumed_as(AIAgentAssumptions)
            intents = dict(assumed.intents)
            for one in step.intents:
                intents[one.id] = with_fields(intents.get(one.id, IntentAssumptions()), share=1.0)
            return set_assumptions(document, step.id, with_fields(assumed, intents=intents))
        case _:
            menu = with_fields(trouble.assumed_as(MenuAssumptions), weights={})
            return set_assumptions(document, step.id, menu)


@mends_of("W214")
def _one_way(trouble: Trouble) -> Iterator[Offer]:
    step = trouble.step_as(Split)
    if len(step.variants) > 1:
        yield offer("Divide evenly", _evenly, trouble)
    yield offer(f"Remove {quoted(step.name)}", take_out, step.id, trouble.field)


@mends_of("W215")
def _too_much(trouble: Trouble) -> Iterator[Offer]:
    assumed = trouble.assumed_as(MenuAssumptions)
    total = assumed.no_input + assumed.no_match
    lower = {
        one: floor(getattr(assumed, one) / total * 1e4) / 1e4 for one in ("no_input", "no_match")
    }
    said = " and ".join(f"{share * 100:g} %" for share in lower.values())
    label = f"Lower both in proportion, to {said}"
    yield offer(label, set_assumptions, trouble.name, with_fields(assumed, **lower))
