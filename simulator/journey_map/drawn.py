"""The map as it is drawn, before anything is simulated: what stands where, and what is expected."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from statistics import fmean
from typing import Final

from engine.document import Document
from engine.experience import Satisfaction
from engine.journey import Graph, Journey
from engine.profile import Channel
from engine.steps.base import Step
from engine.steps.people import Callback
from simulator.journey_map.model import Coefficient, JourneyMap, MapStage, MapStep

MODELLED: Final = (
    "Simulated experience is modelled, not measured: it follows from what happened to simulated "
    "customers, by a formula whose coefficients are assumptions of this journey."
)
FORMULA: Final = (
    "log(p ÷ (1 − p)) = base + the sum of each coefficient × how often it happened so far in the "
    "customer's issue; emotion = 4·p − 2, from −2 (nobody is satisfied) to +2 (everybody is)."
)
_SAYS: Final = {
    "base": "an issue that is resolved in one contact, with no wait",
    "further_contact": "each contact after the first",
    "transfer": "each contact in which the customer was transferred",
    "switch_without_context": "each contact on another channel in which things were told again",
    "told_again": "each thing told again",
    "minute_waited": "each minute in queues",
    "unresolved": "a contact has come to nothing (from its last step that could have met the "
    "need on), and none has met the need so far",
    "misrecognised": "each contact in which an AI agent did not understand",
}


def drawn_map(document: Document) -> JourneyMap:
    """The map of a document, with what is expected and nothing simulated."""
    journey = document.journey
    known = [stage.id for stage in journey.stages]
    steps = [_step(one, journey, stage, on) for one, stage, on in _in_order(journey, set(known))]
    places = {name: number for number, name in enumerate(known)}
    steps.sort(key=lambda one: places.get(one.stage or "", len(places)))
    return JourneyMap(
        journey=journey.id,
        name=journey.name,
        modelled=MODELLED,
        formula=FORMULA,
        coefficients=_coefficients(document.assumptions.experience.satisfaction),
        stages=[
            MapStage(id=one.id, name=one.name, note=one.note, expected=_expected(steps, one.id))
            for one in journey.stages
        ],
        steps=steps,
    )


def _coefficients(model: Satisfaction) -> list[Coefficient]:
    return [
        Coefficient(id=name, value=one.value, low=one.low, high=one.high, says=_SAYS[name])
        for name in type(model).model_fields
        for one in [getattr(model, name)]
    ]


def _expected(steps: list[MapStep], stage: str) -> float | None:
    given = [one.expected for one in steps if one.stage == stage and one.expected is not None]
    return fmean(given) if given else None


def _step(step: Step, journey: Journey, stage: str | None, channels: list[str]) -> MapStep:
    teams = ", ".join(team.name or team.id for team in step.served_by(journey))
    return MapStep(
        id=step.id,
        name=step.name,
        type=type(step).title,
        stage=stage,
        touchpoint=step.touchpoint,
        channels=channels,
        owner=step.owner or teams,
        expected=step.emotion,
    )


def _in_order(journey: Journey, stages: set[str]) -> Iterator[tuple[Step, str | None, list[str]]]:
    """Each step, its stage and its channels, as customers come to them from the entries on.

    Steps of a sub-journey follow the first that calls it, and are in its stage if they name none.
    """
    done: set[str] = set()
    ways = _channels_at(journey)

    def told(
        graph: Graph, first: list[str], within: str | None, on: list[str]
    ) -> Iterator[tuple[Step, str | None, list[str]]]:
        for step in _by_hops(graph, first):
            stage = step.stage if step.stage in stages else within
            own = Channel.VOICE if isinstance(step, Callback) else step.contact_channel()
            channels = [own.value] if own else ways.get(step.id, on)
            yield step, stage, channels
            called = journey.sub_journey(step.calls() or "")
            if called is not None and called.id not in done:
                done.add(called.id)
                yield from told(called, [one.id for one in called.steps[:1]], stage, channels)

    yield from told(journey, [s.id for s in journey.steps if type(s).starts_contact], None, [])
    for sub in journey.sub_journeys:
        if sub.id not in done:
            done.add(sub.id)
            yield from told(sub, [one.id for one in sub.steps[:1]], None, [])


def _by_hops(graph: Graph, first: list[str]) -> list[Step]:
    """The steps by how far they are from the first ones; those that nothing leads to last."""
    hops = dict.fromkeys(first, 0)
    ways: dict[str, list[str]] = {}
    for link in graph.links:
        if link.to is not None:
            ways.setdefault(link.from_, []).append(link.to)
    todo = deque(first)
    while todo:
        here = todo.popleft()
        for to in ways.get(here, ()):
            if to not in hops:
                hops[to] = hops[here] + 1
                todo.append(to)
    return sorted(graph.steps, key=lambda step: hops.get(step.id, len(graph.steps)))


def _channels_at(journey: Journey) -> dict[str, list[str]]:
    """For each step of the journey itself the channels of the entries that lead to it."""
    ways: dict[str, list[str]] = {}
    for link in journey.links:
        if link.to is not None:
            ways.setdefault(link.from_, []).append(link.to)
    found: dict[str, list[str]] = {}
    for entry in journey.steps:
        channel = entry.contact_channel() if type(entry).starts_contact else None
        if channel is None:
            continue
        seen, todo = {entry.id}, [entry.id]
        while todo:
            here = todo.pop()
            on = found.setdefault(here, [])
            if channel.value not in on:
                on.append(channel.value)
            new = [to for to in ways.get(here, ()) if to not in seen]
            seen.update(new)
            todo += new
    return found
