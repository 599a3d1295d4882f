"""Mends of W201 to W204: conditions that fit their attributes, and branches that are taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.condition_english import value_said
from engine.conditions import Atom, Condition, Known, atoms_in, type_problem, with_atoms
from engine.document import Document
from engine.edit_kinds import Edit, in_turn
from engine.edits import replace_step
from engine.element_edits import with_fields
from engine.mends.own_choices import choices_of, with_choices, without_choice
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import connect_all, take_out, way_on
from engine.mends.trouble import Trouble
from engine.mends.values import (
    fitting_atom,
    is_used_only_by,
    type_asked_for,
    values_asked_for,
    with_choice,
    with_type,
)
from engine.profile import Attribute, ValueType
from engine.steps.decide import NextBestAction
from engine.steps.entry import OutboundAudience
from engine.validation.cases import is_possible
from engine.validation.finding import quoted
from engine.validation.rules.conditions import ordered_branches

Attributes = Mapping[str, Attribute]


@mends_of("W201")
def _wrong_type(trouble: Trouble) -> Iterator[Offer]:
    known = trouble.spot.graph.attributes
    condition = next((one for name, one in trouble.spot.conditions if name == trouble.field), None)
    if condition is None:
        return
    wrong = [one for one in atoms_in(condition) if _has_problem(one, known)]
    fitted = [fitting_atom(one, known[one.attribute]) for one in wrong]
    good = [one for one in fitted if one is not None and not _has_problem(one, known)]
    if len(good) == len(wrong):
        values = dict.fromkeys(value for one in good for value in values_asked_for(one))
        said = " and ".join(map(value_said, values)) or "a number"
        yield offer(f"Compare with {said}", _replaced, trouble, condition, wrong, good)
    if wrong:
        yield from _other_attribute(trouble, wrong, known[wrong[0].attribute])
        names = " and ".join(dict.fromkeys(quoted(one.attribute) for one in wrong))
        asked = [Known(attribute=one.attribute) for one in wrong]
        label = f"Ask whether {names} is known instead"
        yield offer(label, _replaced, trouble, condition, wrong, asked)


def _has_problem(atom: Atom, known: Attributes) -> bool:
    attribute = known.get(atom.attribute)
    return attribute is not None and type_problem(atom, attribute) is not None


def _replaced(
    document: Document,
    trouble: Trouble,
    condition: Condition,
    old: Sequence[Atom],
    new: Sequence[Atom],
) -> Edit:
    def change(atom: Atom) -> Condition:
        return next((other for one, other in zip(old, new, strict=True) if one is atom), atom)

    changed = with_atoms(condition, change)
    return replace_step(document, trouble.step.with_condition(trouble.field, changed))


def _other_attribute(
    trouble: Trouble, wrong: Sequence[Atom], attribute: Attribute
) -> Iterator[Offer]:
    """The attribute as the comparisons with it want it, where nothing else depends on it."""
    of_it = [one for one in wrong if one.attribute == attribute.id]
    if not trouble.view.owns(attribute.id) or len(of_it) < len(wrong):
        return
    values = [value for one in of_it for value in values_asked_for(one)]
    texts = [value for value in values if isinstance(value, str) and value]
    if attribute.type is ValueType.CHOICE and texts and len(texts) == len(values):
        texts = [value for value in texts if value not in attribute.choices]
        said = " and ".join(map(quoted, dict.fromkeys(texts)))
        label = f"Add {said} to the choices of {quoted(attribute.id)}"
        yield offer(label, with_choice, attribute.id, *texts)
    kinds = {type_asked_for(one) for one in of_it}
    kind = kinds.pop() if len(kinds) == 1 else None
    alone = is_used_only_by(trouble.document, attribute.id, trouble.name)
    if kind is not None and kind is not attribute.type and alone:
        all_fit = (
            type_problem(one, with_fields(attribute, type=kind)) is None
            for _, condition in trouble.spot.conditions
            for one in atoms_in(condition)
            if one.attribute == attribute.id
        )
        if all(all_fit):
            yield offer(f"Make {quoted(attribute.id)} a {kind}", with_type, attribute.id, kind)


@mends_of("W202")
def _contradiction(trouble: Trouble) -> Iterator[Offer]:
    step, name = trouble.step, trouble.field
    if isinstance(step, OutboundAudience):
        yield offer("Take everybody into the audience", replace_step, with_fields(step, who=None))
        return
    if len(choices_of(step)[1]) > 1:
        said = quoted(step.exit_label(name, trouble.journey))
        yield offer(f"Remove {said}", replace_step, without_choice(step, name))
    elif isinstance(step, NextBestAction):
        free = [with_fields(one, eligible=None) for one in step.candidates]
        yield offer("Offer it to everybody", replace_step, with_choices(step, free))
    else:
        label = f"Remove {quoted(step.name)}, since everybody goes one way"
        yield offer(label, take_out, step.id, "otherwise")


@mends_of("W203")
def _shadowed(trouble: Trouble) -> Iterator[Offer]:
    step, name = trouble.step, trouble.field
    said = quoted(step.exit_label(name, trouble.journey))
    _, items = choices_of(step)
    branches = ordered_branches(trouble.spot)
    number = next((n for n, (one, _) in enumerate(branches) if one == name), 0)
    wanted, attributes = branches[number][1], trouble.spot.graph.attributes
    # It must not take from those before it all that they have.
    earlier = [conditions for _, conditions in branches[:number]]
    if wanted and all(is_possible(conditions, wanted, attributes) for conditions in earlier):
        moved = [items[number], *items[:number], *items[number + 1 :]]
        yield offer(f"Ask for {said} first", replace_step, with_choices(step, moved))
    yield offer(f"Remove {said}", replace_step, without_choice(step, name))


@mends_of("W204")
def _tautology(trouble: Trouble) -> Iterator[Offer]:
    step, name = trouble.step, trouble.field
    _, items = choices_of(step)
    number = next((n for n, one in enumerate(items) if one.id == name), 0)
    said = quoted(step.exit_label(name, trouble.journey))
    if number:
        label = f"Lead all the others to where {said} leads"
        yield offer(label, _as_otherwise, trouble, items[:number], name)
    else:
        label = f"Remove {quoted(step.name)}, since everybody goes one way"
        yield offer(label, take_out, step.id, name)


def _as_otherwise(document: Document, trouble: Trouble, items: list[object], name: str) -> Edit:
    to = way_on(trouble.graph, trouble.name, name)
    return in_turn(
        "Simplify condition",
        document,
        lambda now: replace_step(now, with_choices(trouble.step, items)),
        lambda now: connect_all(now, [(trouble.name, "otherwise")], to),
    )
