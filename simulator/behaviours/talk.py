"""Talking without a person: messages, announcements, menus, AI agents, surveys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.plan import PlannedStep
from engine.steps.decide import by_weight
from engine.steps.talk import (
    AIAgent,
    AIAgentAssumptions,
    Announcement,
    AnnouncementAssumptions,
    IntentAssumptions,
    Menu,
    MenuAssumptions,
    Message,
    MessageAssumptions,
    Survey,
    SurveyAssumptions,
    Voicemail,
    VoicemailAssumptions,
)
from simulator.behaviours import behaviour
from simulator.records import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.contact import Contact, Enter, Leave
    from simulator.world import World


@behaviour(Message)
def message(planned: PlannedStep, world: World) -> Enter:
    """Sent and forgotten."""
    assumed = planned.assumed(MessageAssumptions)
    sent, failed = world.out(planned, "sent"), world.out(planned, "failed")
    arrives = world.draws.chance(planned, "delivered", assumed.delivered)

    def enter(contact: Contact) -> int:
        contact.touches.append(contact.time)
        return sent(contact) if arrives(contact) else failed(contact)

    return enter


@behaviour(Announcement)
def announcement(planned: PlannedStep, world: World) -> Enter:
    """The caller listens to the end."""
    assumed = planned.assumed(AnnouncementAssumptions)
    played = world.out(planned, "played")
    duration = world.draws.value(planned, "duration", assumed.duration)

    def enter(contact: Contact) -> int:
        contact.time += duration(contact)
        return played(contact)

    return enter


@behaviour(Menu)
def menu(planned: PlannedStep, world: World) -> Enter:
    """The customer takes some time and chooses."""
    step, assumed = planned.designed(Menu), planned.assumed(MenuAssumptions)
    ways = {name: world.out(planned, name) for name in planned.exits}
    if step.attribute:
        chosen = planned.attribute(step.attribute)
        ways |= {one.id: _noting(ways[one.id], chosen, one.id) for one in step.options}
    weights = _menu_weights(step, assumed)
    choose = by_weight({ways[name]: weight for name, weight in weights.items()})
    choice = world.draws.uniform(planned, "choice")
    duration = world.draws.value(planned, "duration", assumed.duration)

    def enter(contact: Contact) -> int:
        contact.marks |= Mark.AUTOMATED
        way = choose(choice(contact))
        contact.time += duration(contact)
        return way(contact)

    return enter


def _menu_weights(step: Menu, assumed: MenuAssumptions) -> dict[str, float]:
    """How likely each exit is; weights that are left out count as 0 once any is given."""
    given = assumed.weights
    raw = {one.id: given.get(one.id, 0.0 if given else 1.0) for one in step.options}
    answered = max(0.0, 1.0 - assumed.no_input - assumed.no_match)
    total = math.fsum(raw.values()) or 1.0
    shares = {name: weight / total * answered for name, weight in raw.items()}
    return shares | {"no_input": assumed.no_input, "no_match": assumed.no_match}


def _noting(leave: Leave, attribute: str, value: str) -> Leave:
    def note_and_leave(contact: Contact) -> int:
        contact.values[attribute] = value
        return leave(contact)

    return note_and_leave


@behaviour(AIAgent)
def ai_agent(planned: PlannedStep, world: World) -> Enter:
    """A conversation; how it ends is decided by intent, recognition and containment."""
    step, assumed = planned.designed(AIAgent), planned.assumed(AIAgentAssumptions)
    duration = world.draws.value(planned, "duration", assumed.duration)
    hangs_up = world.draws.chance(planned, "abandons", assumed.abandons)
    breaks = world.draws.chance(planned, "fails", assumed.fails)
    converse = _conversation(planned, world, step, assumed)
    abandoned, failed = world.out(planned, "abandoned"), world.out(planned, "failed")

    is_down = world.down_test(planned)

    def enter(contact: Contact) -> int:
        contact.marks |= Mark.AUTOMATED
        if is_down is not None and is_down(contact.time):
            return failed(contact)
        if hangs_up(contact):
            contact.time += duration(contact)
            return abandoned(contact)
        if breaks(contact):
            contact.time += duration(contact)
            return failed(contact)
        contact.time += duration(contact)
        return converse(contact)(contact)

    return enter


def _conversation(
    planned: PlannedStep, world: World, step: AIAgent, assumed: AIAgentAssumptions
) -> Callable[[Contact], Leave]:
    """Decides how a conversation ends that neither breaks nor is broken off."""
    escalate = world.out(planned, "escalate")
    resolved = world.out(planned, "resolved", marks=Mark.RESOLVED, unmarks=Mark.FALSELY_CONTAINED)
    contained = world.draws.uniform(planned, "contained")
    if not step.intents:
        share = assumed.containment
        return lambda contact: resolved if contained(contact) < share else escalate
    falsely = world.out(planned, "resolved", marks=Mark.FALSELY_CONTAINED)
    intents = {one.id: assumed.intents.get(one.id, IntentAssumptions()) for one in step.intents}
    choose = by_weight({name: numbers.share for name, numbers in intents.items()})
    intent_draw = world.draws.uniform(planned, "intent")
    recognised = world.draws.uniform(planned, "recognised")
    misread = assumed.contained_if_misrecognised
    attribute = planned.attribute(step.intent_attribute) if step.intent_attribute else None

    def outcome(contact: Contact) -> Leave:
        name = choose(intent_draw(contact))
        numbers = intents[name]
        if recognised(contact) < numbers.recognition:
            if attribute:
                contact.values[attribute] = name
            return resolved if contained(contact) < numbers.containment else escalate
        return falsely if contained(contact) < misread else escalate

    return outcome


@behaviour(Voicemail)
def voicemail(planned: PlannedStep, world: World) -> Enter:
    """A message until it is said or the recording stops, or none at all."""
    step, assumed = planned.designed(Voicemail), planned.assumed(VoicemailAssumptions)
    left, hung_up = world.out(planned, "left"), world.out(planned, "hung_up")
    leaves = world.draws.chance(planned, "leaves", assumed.leaves)
    duration = world.draws.value(planned, "duration", assumed.duration)

    def enter(contact: Contact) -> int:
        if not leaves(contact):
            return hung_up(contact)
        contact.time += min(duration(contact), step.max_seconds)
        return left(contact)

    return enter


@behaviour(Survey)
def survey(planned: PlannedStep, world: World) -> Enter:
    """Some answer, which takes them a while."""
    step, assumed = planned.designed(Survey), planned.assumed(SurveyAssumptions)
    answered, no_answer = world.out(planned, "answered"), world.out(planned, "no_answer")
    answers = world.draws.chance(planned, "answers", assumed.response_rate)
    duration = world.draws.value(planned, "duration", assumed.duration)
    score = world.draws.uniform(planned, "score")
    weights = {str(one): assumed.scores.get(str(one), 0.0) for one in step.scale()}
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1.0)
    choose = by_weight(weights)
    attribute = planned.attribute(step.attribute) if step.attribute else None

    def enter(contact: Contact) -> int:
        if not answers(contact):
            return no_answer(contact)
        if attribute:
            contact.values[attribute] = float(choose(score(contact)))
        contact.time += duration(contact)
        return answered(contact)

    return enter
