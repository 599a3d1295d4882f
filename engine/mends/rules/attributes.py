"""Mends of W301 to W307 in steps: attributes that exist, fit, and are known when they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Concatenate, ParamSpec

from engine.beginnings import some_value
from engine.conditions import atoms_in
from engine.document import Document
from engine.edit_kinds import Edit, in_turn
from engine.edits import put_attribute, replace_step
from engine.element_edits import element, with_fields
from engine.errors import EditError
from engine.fresh_ids import Unused
from engine.mends.guard import guarded
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import nearest
from engine.mends.rules.population import in_assumptions
from engine.mends.trouble import Trouble
from engine.mends.values import (
    fitting,
    given,
    is_used_only_by,
    values_asked_for,
    with_choice,
    with_type,
)
from engine.naming import ids_named, renamed
from engine.profile import RESERVED_NAMES, SIGNALS, Attribute, ValueType
from engine.steps.base import Step
from engine.steps.data import Assignment, SetAttributes
from engine.validation.finding import quoted
from engine.validation.rules.attributes import step_problems, value_problem
from engine.validation.rules.choices import own_choices
from engine.validation.rules.conditions import type_problems
from engine.validation.subject import Subject

_TYPES = (ValueType.TEXT, ValueType.NUMBER, ValueType.BOOLEAN)
_ATTRIBUTES = "journey.attributes"

_P = ParamSpec("_P")


# ---- attributes that do not exist


@mends_of("W301")
def _unknown(trouble: Trouble) -> Iterator[Offer]:
    if trouble.finding.step is None:
        yield from in_assumptions(trouble)
        return
    known, step = trouble.spot.graph.attributes, trouble.step
    missing = [name for name in ids_named(step, "attribute") if name not in known]
    for name in missing:
        if quoted(name) not in trouble.finding.what:
            continue
        for other in nearest(name, known):
            label = f"Use {quoted(other)} instead"
            yield offer(label, _using, trouble, name, other)
        yield offer(f"Add the attribute {quoted(name)}", _with_attribute, name)


def _using(document: Document, trouble: Trouble, name: str, other: str) -> Edit:
    if other in SIGNALS and name in trouble.spot.writes:
        raise EditError("signals are not written", mend="use another attribute.")
    edit = replace_step(document, renamed(trouble.step, {"attribute": {name: other}}))
    if _problems(edit.apply(document)[0], other):
        raise EditError("the attribute is of another type", mend="use another.")
    return edit


def _problems(document: Document, name: str) -> list[str]:
    """What does not fit the type of an attribute, wherever steps name it."""
    subject = Subject(document)
    found: list[str] = []
    for spot in subject.spots:
        if name in ids_named(spot.step, "attribute"):
            found += [what for one, what in step_problems(spot) if one == name]
            found += (one for _, when in spot.conditions for one in type_problems(spot, when))
    return found


def _with_attribute(document: Document, name: str) -> Edit:
    """Of the type that all steps that name it want; given, unless a step writes it."""
    if name in RESERVED_NAMES:
        raise EditError(f"“{name}” is a reserved name", mend="use another.")
    steps = list(document.journey.all_steps())
    is_written = any(name in step.writes() for step in steps)
    return _typed(document, Attribute(id=name, type=ValueType.TEXT, given=not is_written))


def _typed(document: Document, attribute: Attribute) -> Edit:
    edits = [put_attribute(document, with_fields(attribute, type=kind)) for kind in _TYPES]
    fitting_ones = (one for one in edits if not _problems(one.apply(document)[0], attribute.id))
    return next(fitting_ones, edits[0])


# ---- what is written


@mends_of("W302")
def _signal(trouble: Trouble) -> Iterator[Offer]:
    if trouble.finding.step is None:
        yield from in_assumptions(trouble)
    elif trouble.field in SIGNALS:
        new = Unused(trouble.spot.graph.attributes).id(f"own_{trouble.field}")
        own = with_fields(SIGNALS[trouble.field], id=new, name="", note="", given=False)
        label = f"Keep it in an attribute of your own, {quoted(new)}"
        yield offer(label, _kept_in, trouble, trouble.field, own)


def _kept_in(document: Document, trouble: Trouble, old: str, attribute: Attribute) -> Edit:
    """The step names the new attribute wherever it named the old one."""
    step = renamed(trouble.step, {"attribute": {old: attribute.id}})
    edit = in_turn(
        "Keep in another attribute",
        document,
        lambda now: replace_step(now, step),
        lambda now: _typed(now, attribute) if old not in SIGNALS else put_attribute(now, attribute),
    )
    return guarded(document, edit, "W304")


@mends_of("W303")
def _wrong_value(trouble: Trouble) -> Iterator[Offer]:
    if trouble.finding.step is None:
        yield from in_assumptions(trouble)
        return
    name, step = trouble.field, trouble.step
    attribute = trouble.spot.graph.attributes.get(name)
    if attribute is None:
        return
    if isinstance(step, SetAttributes):
        yield offer("Write a value that fits", _checked, name, _with_values, step, attribute)
    if attribute.type is ValueType.CHOICE and (texts := _texts(step, attribute)):
        said = " and ".join(map(quoted, texts[:3]))
        label = f"Add {said} to the choices of {quoted(name)}"
        yield offer(label, _checked, name, with_choice, name, *texts)
    if trouble.view.owns(name) and is_used_only_by(trouble.document, name, step.id):
        for kind in _TYPES:
            if kind is not attribute.type:
                label = f"Make {quoted(name)} a {kind}"
                yield offer(label, _checked, name, with_type, name, kind)
    if name in trouble.spot.writes and name not in trouble.spot.reads:
        new = Unused(trouble.spot.graph.attributes).id(f"{name[:36]}_2")
        own = Attribute(id=new, type=ValueType.TEXT, given=False)
        yield offer(f"Keep it in a new attribute, {quoted(new)}", _kept_in, trouble, name, own)


def _checked(
    document: Document,
    name: str,
    make: Callable[Concatenate[Document, _P], Edit],
    *args: _P.args,
    **options: _P.kwargs,
) -> Edit:
    """An edit after which everything fits the attribute `name`; EditError if something does not."""
    edit = make(document, *args, **options)
    if _problems(edit.apply(document)[0], name):
        raise EditError("the type would still not fit", mend="choose another way.")
    return edit


def _with_values(document: Document, step: SetAttributes, attribute: Attribute) -> Edit:
    """Values as the attribute has them; where there is nothing like them, some value."""
    known = document.journey.known_attributes()
    new = [_fitted(one, attribute) if _is_wrong(one, attribute, known) else one for one in step.set]
    return replace_step(document, with_fields(step, set=new))


def _is_wrong(one: Assignment, attribute: Attribute, known: Mapping[str, Attribute]) -> bool:
    if one.attribute != attribute.id or one.forget:
        return False
    if one.add is not None:
        return attribute.type is not ValueType.NUMBER
    if one.copy_of is not None:
        source = known.get(one.copy_of)
        return source is None or source.type is not attribute.type
    return value_problem(attribute, one.value or "") is not None


def _fitted(one: Assignment, attribute: Attribute) -> Assignment:
    value = None if one.value is None else fitting(one.value, attribute)
    value = some_value(attribute) if value is None else value
    return Assignment(attribute=one.attribute, value=value)


def _texts(step: Step, attribute: Attribute) -> list[str]:
    """What the step writes that is no choice of the attribute yet."""
    written: list[object] = list(own_choices(step))
    if isinstance(step, SetAttributes):
        written = [one.value for one in step.set if one.attribute == attribute.id]
    new = [one for one in written if isinstance(one, str) and one]
    return [one for one in dict.fromkeys(new) if one not in attribute.choices]


# ---- what is read


@mends_of("W304", "W305")
def _not_written(trouble: Trouble) -> Iterator[Offer]:
    yield offer(f"Mark {quoted(trouble.field)} as known beforehand", given, trouble.field)


@mends_of("W306")
def _no_choices(trouble: Trouble) -> Iterator[Offer]:
    name = trouble.part(2)
    element(trouble.document, _ATTRIBUTES, name, Attribute)
    used = dict.fromkeys(
        value
        for step in trouble.journey.all_steps()
        for _, condition in step.conditions()
        for atom in atoms_in(condition)
        if atom.attribute == name
        for value in values_asked_for(atom)
        if isinstance(value, str) and value
    )
    if used:
        label = f"List the choices that conditions ask for: {', '.join(map(quoted, used))}"
        yield offer(label, with_choice, name, *used)
    yield offer("Make it a text", with_type, name, ValueType.TEXT)
