"""Steps that a crowd of new customers can take together; see `simulator.crowd`.

A step type that is missing here is walked by one customer after the other. What stands
here must do, to the bit, what the type's handler does; a test compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.calendar import open_test
from engine.plan import PlannedStep
from engine.steps.ai_agent import AIAgent, AIAgentAssumptions, IntentAssumptions
from engine.steps.base import Step
from engine.steps.decide import Split, weight_bounds
from engine.steps.entry import InboundContact
from engine.steps.finish import Exit, ExitAssumptions
from engine.steps.guard import BusinessHours
from engine.steps.talk import Announcement, AnnouncementAssumptions
from simulator.behaviours import is_shared
from simulator.crowd import Crowd, CrowdDraws, CrowdWalk
from simulator.records import Mark

if TYPE_CHECKING:
    from simulator.world import World

Exits = Iterator[tuple[str, Crowd]]


def crowd_walks(world: World) -> dict[int, CrowdWalk]:
    """For each planned step that crowds can take how they do it, by index.

    None where visits are recorded or a customer is watched: those are seen one by one.
    """
    if world.visits is not None or world.watch is not None:
        return {}
    draws = CrowdDraws(world.arrivals.keys, world.knowledge.needs, world.knowledge.need is not None)
    return {
        planned.index: _WALKS[type(planned.step)](planned, draws)
        for planned in world.plan.steps
        if type(planned.step) in _WALKS
        and not planned.in_cycle
        and not is_shared(planned)
        and not _is_personal(planned, world)
        and world.down_test(planned) is None
    }


def _is_personal(planned: PlannedStep, world: World) -> bool:
    """Whether more comes of a visit than a crowd knows: questions, and contacts later on."""
    step, assumed = planned.step, planned.assumptions
    if isinstance(step, AIAgent) and isinstance(assumed, AIAgentAssumptions):
        intent = planned.attribute(step.intent_attribute) if step.intent_attribute else ""
        comes_again = assumed.redial.probability or assumed.recontact.probability
        return bool(step.asks or intent in world.knowledge.asked or comes_again)
    return isinstance(assumed, ExitAssumptions) and bool(assumed.next)


def _inbound_contact(_planned: PlannedStep, _draws: CrowdDraws) -> CrowdWalk:
    def walk(crowd: Crowd) -> Exits:
        yield "arrived", crowd

    return walk


def _announcement(planned: PlannedStep, draws: CrowdDraws) -> CrowdWalk:
    assumed = planned.assumed(AnnouncementAssumptions)
    duration = draws.value(planned, "duration", assumed.duration)

    def walk(crowd: Crowd) -> Exits:
        yield "played", crowd.later(duration(crowd))

    return walk


def _split(planned: PlannedStep, draws: CrowdDraws) -> CrowdWalk:
    step = planned.designed(Split)
    names, bounds = weight_bounds(step.weights())
    variant = draws.uniform(planned, "variant")

    def walk(crowd: Crowd) -> Exits:
        chosen = np.searchsorted(bounds, variant(crowd), side="right")
        for number, name in enumerate(names):
            yield name, crowd.part(chosen == number)

    return walk


def _business_hours(planned: PlannedStep, _draws: CrowdDraws) -> CrowdWalk:
    step = planned.designed(BusinessHours)
    is_open = open_test(step.hours)

    def walk(crowd: Crowd) -> Exits:
        opened = np.array([is_open(time) for time in crowd.times.tolist()], bool)
        yield "open", crowd.part(opened)
        yield "closed", crowd.part(~opened)

    return walk


def _exit(planned: PlannedStep, _draws: CrowdDraws) -> CrowdWalk:
    step = planned.designed(Exit)

    def walk(crowd: Crowd) -> Exits:
        if planned.exits:
            yield planned.exits[0], crowd
        elif step.resolved:
            falsely = (crowd.marks & Mark.FALSELY_CONTAINED).astype(bool)
            yield "", crowd.part(falsely)
            yield "", crowd.part(~falsely).marked(Mark.RESOLVED)
        else:
            yield "", crowd.marked(0, Mark.RESOLVED)

    return walk


def _ai_agent(planned: PlannedStep, draws: CrowdDraws) -> CrowdWalk:
    step, assumed = planned.designed(AIAgent), planned.assumed(AIAgentAssumptions)
    duration = draws.value(planned, "duration", assumed.duration)
    abandons = draws.chance(planned, "abandons", assumed.abandons)
    fails = draws.chance(planned, "fails", assumed.fails)
    contained = draws.uniform(planned, "contained")
    numbers = {one.id: assumed.intents.get(one.id, IntentAssumptions()) for one in step.intents}
    need = _needing(planned, draws, {name: one.share for name, one in numbers.items()})
    understand = _understanding(planned, draws, numbers, step, assumed)

    def walk(crowd: Crowd) -> Exits:
        crowd, own = need(crowd.marked(Mark.AUTOMATED))
        gone = abandons(crowd)
        broken = ~gone & fails(crowd)
        talked = ~gone & ~broken
        crowd = crowd.later(duration(crowd))
        yield "abandoned", crowd.part(gone)
        yield "failed", crowd.part(broken)
        crowd, recognised, share = understand(crowd.part(talked), own[talked])
        kept = contained(crowd) < share
        yield "escalate", crowd.part(~kept)
        truly = crowd.part(kept & recognised)
        yield "resolved", truly.marked(Mark.RESOLVED, Mark.FALSELY_CONTAINED)
        yield "resolved", crowd.part(kept & ~recognised).marked(Mark.FALSELY_CONTAINED)

    return walk


_Understood = tuple[
    Crowd,
    "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    "np.ndarray[tuple[int], np.dtype[np.float64]]",
]


def _understanding(
    planned: PlannedStep,
    draws: CrowdDraws,
    numbers: dict[str, IntentAssumptions],
    step: AIAgent,
    assumed: AIAgentAssumptions,
) -> Callable[[Crowd, NDArray[np.int64]], _Understood]:
    """Whose intent is recognised, and the share of such customers that is contained."""
    if not numbers:
        flat = assumed.containment
        return lambda crowd, _: (crowd, np.full(len(crowd), True), np.full(len(crowd), flat))
    recognition = np.array([one.recognition for one in numbers.values()])
    containment = np.array([one.containment for one in numbers.values()])
    heard = draws.uniform(planned, "recognised")
    attribute = planned.attribute(step.intent_attribute) if step.intent_attribute else None
    labels = np.array(list(numbers), object)

    def understand(crowd: Crowd, own: NDArray[np.int64]) -> _Understood:
        recognised = (own >= 0) & (heard(crowd) < recognition[own])
        misread_marks = np.where(recognised, 0, Mark.MISRECOGNISED)
        crowd = replace(crowd, marks=crowd.marks | misread_marks)
        if attribute:
            heard_as = labels[own]
            heard_as[~recognised] = None
            crowd = crowd.noting(attribute, heard_as)
        misread = assumed.contained_if_misrecognised
        return crowd, recognised, np.where(recognised, containment[own], misread)

    return understand


def _needing(
    planned: PlannedStep, draws: CrowdDraws, shares: dict[str, float]
) -> Callable[[Crowd], tuple[Crowd, NDArray[np.int64]]]:
    """What customers truly want, known or drawn now, as the number of the intent or -1."""
    if not shares:
        return lambda crowd: (crowd, np.full(len(crowd), -1))
    likely, bounds = weight_bounds(dict(enumerate(shares.values())))
    drawn = draws.uniform(planned, "intent")
    # One element more, so that -1, a need that is not known, is found too.
    own_of_all = np.full(len(draws.needs) + 1, -1)
    of_own = np.array([draws.needs[name] for name in shares], np.int16)
    own_of_all[of_own] = np.arange(len(shares))
    numbers = np.array(likely)

    def need(crowd: Crowd) -> tuple[Crowd, NDArray[np.int64]]:
        own = own_of_all[crowd.needs]
        if draws.needs_of_population:
            return crowd, own
        chosen = numbers[np.searchsorted(bounds, drawn(crowd), side="right")]
        own = np.where(own >= 0, own, chosen)
        return replace(crowd, needs=of_own[own]), own

    return need


_WALKS: dict[type[Step], Callable[[PlannedStep, CrowdDraws], CrowdWalk]] = {
    InboundContact: _inbound_contact,
    Announcement: _announcement,
    Split: _split,
    BusinessHours: _business_hours,
    AIAgent: _ai_agent,
    Exit: _exit,
}
