"""Mends of W531 to W534: later contacts come in at entries, and questions have answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.assumptions import Choices, Mix, Numbers
from engine.distributions import Uniform
from engine.document import Document
from engine.edit_kinds import Edit, Keys, SetField
from engine.edits import replace_step, set_assumptions
from engine.element_edits import with_fields
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import nearest
from engine.mends.trouble import Trouble
from engine.naming import renamed
from engine.profile import Attribute, ValueType
from engine.steps.ai_agent import AIAgent
from engine.steps.people import HumanAgent, HumanAgentAssumptions
from engine.validation.finding import quoted
from engine.validation.rules.attributes import mix_problem
from engine.validation.rules.contacts import needs

_MOST = 3


@mends_of("W531")
def _later_elsewhere(trouble: Trouble) -> Iterator[Offer]:
    assumed, field = trouble.subject.assumed(trouble.step), trouble.field
    entries = [one.id for one in trouble.entries]
    later = dict(assumed.later_entries()) if field != "next" else {}
    old = getattr(assumed, field)
    if field in later:
        bare = with_fields(assumed, **{field: with_fields(old, entry=None)})
        yield offer("Let them come in as before", set_assumptions, trouble.name, bare)
    named = [one for what, one in assumed.later_entries() if what == field and one not in entries]
    for name in (one for one in named if quoted(one) in trouble.finding.what):
        for entry in trouble.entries[:_MOST]:
            label = f"Let them come in at {quoted(entry.name)}"
            new = with_fields(assumed, **{field: renamed(old, {"step": {name: entry.id}})})
            yield offer(label, set_assumptions, trouble.name, new)
        if field == "next":
            left = [one for one in old if one.entry != name]
            new = with_fields(assumed, next=left)
            yield offer("Let nobody come again so", set_assumptions, trouble.name, new)


@mends_of("W532")
def _no_answer(trouble: Trouble) -> Iterator[Offer]:
    step = trouble.step
    known = trouble.spot.graph.attributes
    for name in (one for one in step.asked() if quoted(one) in trouble.finding.what):
        attribute = known.get(name)
        if attribute and trouble.view.owns(name) and (mix := _some_mix(attribute)):
            label = f"Say in the assumptions how {quoted(name)} is spread"
            yield offer(label, _with_mix, name, mix)
        if isinstance(step, HumanAgent | AIAgent):
            left = [one for one in step.asks if one != name]
            yield offer(
                f"Do not ask for {quoted(name)}", replace_step, with_fields(step, asks=left)
            )


def _some_mix(attribute: Attribute) -> Mix | None:
    """Something to begin with: any number up to 100, or each choice as often."""
    if attribute.type is ValueType.NUMBER:
        return Numbers(of=Uniform(low=0, high=100))
    return Choices(weights=dict.fromkeys(attribute.choices, 1.0)) if attribute.choices else None


def _with_mix(_: Document, name: str, mix: Mix) -> Edit:
    return Keys("Add mix", "assumptions.population", {name: mix})


@mends_of("W533")
def _need_of_nobody(trouble: Trouble) -> Iterator[Offer]:
    need = trouble.document.assumptions.need or ""
    attribute = next((one for one in trouble.journey.attributes if one.id == need), None)
    intents = [one.id for _, step in trouble.subject.of(AIAgent) for one in step.intents]
    if attribute is not None and intents:
        even = Choices(weights=dict.fromkeys(intents, 1.0))
        if mix_problem(attribute, even) is None:
            yield offer("Let customers want each intent as often", _with_mix, need, even)
    for other, mix in trouble.document.assumptions.population.items():
        if isinstance(mix, Choices) and nearest(need, [other]):
            yield offer(f"Use {quoted(other)} instead", _with_need, other)
    yield offer("Leave the need out", _with_need, None)


def _with_need(_: Document, need: str | None) -> Edit:
    return SetField("Change need", "assumptions.need", need)


@mends_of("W534")
def _time_of_nobody(trouble: Trouble) -> Iterator[Offer]:
    assumed = trouble.assumed_as(HumanAgentAssumptions)
    table, known = assumed.handle_time_by_need, needs(trouble.subject)
    missing = [one for one in table if one not in known]
    for name in (one for one in missing if quoted(one) in trouble.finding.what):
        for other in nearest(name, sorted(known - set(table))):
            new = {other if key == name else key: one for key, one in table.items()}
            label = f"Use it for {quoted(other)}"
            yield offer(label, _with_times, trouble.name, assumed, new)
        left = {key: one for key, one in table.items() if key != name}
        label = f"Remove the handle time for {quoted(name)}"
        yield offer(label, _with_times, trouble.name, assumed, left)


def _with_times(
    document: Document, name: str, assumed: HumanAgentAssumptions, table: Mapping[str, object]
) -> Edit:
    return set_assumptions(document, name, with_fields(assumed, handle_time_by_need=table))
