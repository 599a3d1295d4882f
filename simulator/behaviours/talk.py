"""Talking without a person: messages, announcements, menus, AI agents, surveys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.plan import PlannedStep
from engine.steps.ai_agent import AIAgent, AIAgentAssumptions, IntentAssumptions
from engine.steps.decide import by_weight
from engine.steps.talk import (
    Announcement,
    AnnouncementAssumptions,
    Menu,
    MenuAssumptions,
    Message,
    MessageAssumptions,
    Survey,
    SurveyAssumptions,
    Voicemail,
    VoicemailAssumptions,
)
from simulator.asking import asking, told
from simulator.behaviours import behaviour
from simulator.coming_again import and_again, trying_again
from simulator.records import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.contact import Contact, Enter, Leave
    from simulator.draws import Number
    from simulator.world import World


@behaviour(Message)
def message(planned: PlannedStep, world: World) -> Enter:
    """Sent and forgotten."""
    assumed = planned.assumed(MessageAssumptions)
    sent, failed = world.out(planned, "sent"), world.out(planned, "failed")
    arrives = world.draws.chance(planned, "delivered", assumed.delivered)

    def enter(contact: Contact) -> int:
        contact.remembered().touches.append(contact.time)
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
        noted = chosen in world.knowledge.asked
        ways |= {
            one.id: _noting(ways[one.id], chosen, one.id, noted, planned, world)
            for one in step.options
        }
    weights = menu_weights(step, assumed)
    choose = by_weight({ways[name]: weight for name, weight in weights.items()})
    choice = world.draws.uniform(planned, "choice")
    duration = world.draws.value(planned, "duration", assumed.duration)

    def enter(contact: Contact) -> int:
        contact.marks |= Mark.AUTOMATED
        way = choose(choice(contact))
        contact.time += duration(contact)
        return way(contact)

    return enter


def menu_weights(step: Menu, assumed: MenuAssumptions) -> dict[str, float]:
    """How likely each exit is; weights that are left out count as 0 once any is given."""
    given = assumed.weights
    raw = {one.id: given.get(one.id, 0.0 if given else 1.0) for one in step.options}
    answered = max(0.0, 1.0 - assumed.no_input - assumed.no_match)
    total = math.fsum(raw.values()) or 1.0
    shares = {name: weight / total * answered for name, weight in raw.items()}
    return shares | {"no_input": assumed.no_input, "no_match": assumed.no_match}


def _noting(
    leave: Leave, attribute: str, value: str, noted: bool, planned: PlannedStep, world: World
) -> Leave:
    def note_and_leave(contact: Contact) -> int:
        contact.values[attribute] = value
        if noted:
            told(contact, attribute, 0.0, planned, world)
        return leave(contact)

    return note_and_leave


@behaviour(AIAgent)
def ai_agent(planned: PlannedStep, world: World) -> Enter:
    """A conversation; how it ends is decided by intent, recognition and containment."""
    step, assumed = planned.designed(AIAgent), planned.assumed(AIAgentAssumptions)
    duration = _duration(planned, world, step, assumed)
    hangs_up = world.draws.chance(planned, "abandons", assumed.abandons)
    breaks = world.draws.chance(planned, "fails", assumed.fails)
    want = _need(planned, world, step, assumed)
    converse = _conversation(planned, world, step, assumed)
    hung_up = trying_again(planned, world, "redial", assumed.redial)
    abandoned = and_again(world.out(planned, "abandoned"), hung_up)
    failed = world.out(planned, "failed")
    is_down = world.down_test(planned)

    def enter(contact: Contact) -> int:
        contact.marks |= Mark.AUTOMATED
        need = want(contact)
        if is_down is not None and is_down(contact.time):
            return failed(contact)
        if hangs_up(contact):
            contact.time += duration(contact)
            return abandoned(contact)
        if breaks(contact):
            contact.time += duration(contact)
            return failed(contact)
        contact.time += duration(contact)
        return converse(contact, need)(contact)

    return enter


def _duration(
    planned: PlannedStep, world: World, step: AIAgent, assumed: AIAgentAssumptions
) -> Number:
    """The conversation, what must be asked, and that the customer says what they want."""
    duration = world.draws.value(planned, "duration", assumed.duration)
    ask = asking(planned, world, step.asks, assumed.ask_time)
    intent = planned.attribute(step.intent_attribute) if step.intent_attribute else ""
    if intent not in world.knowledge.asked:
        return duration if ask is None else lambda contact: duration(contact) + ask(contact)

    lookup, name = world.knowledge.lookup(planned), step.intent_attribute or ""

    def talk(contact: Contact) -> float:
        if lookup(contact)(name) is None:
            told(contact, intent, 0.0, planned, world)
        return duration(contact) + (ask(contact) if ask is not None else 0.0)

    return talk


def _conversation(
    planned: PlannedStep, world: World, step: AIAgent, assumed: AIAgentAssumptions
) -> Callable[[Contact, str | None], Leave]:
    """Decides by the need how a conversation ends that neither breaks nor is broken off."""
    escalate = world.out(planned, "escalate")
    resolved = world.out(planned, "resolved", marks=Mark.RESOLVED, unmarks=Mark.FALSELY_CONTAINED)
    contained = world.draws.uniform(planned, "contained")
    if not step.intents:
        share = assumed.containment
        return lambda contact, _: resolved if contained(contact) < share else escalate
    again = trying_again(planned, world, "recontact", assumed.recontact)
    falsely = and_again(world.out(planned, "resolved", marks=Mark.FALSELY_CONTAINED), again)
    intents = {one.id: assumed.intents.get(one.id, IntentAssumptions()) for one in step.intents}
    recognised = world.draws.uniform(planned, "recognised")
    misread = assumed.contained_if_misrecognised
    attribute = planned.attribute(step.intent_attribute) if step.intent_attribute else None

    def outcome(contact: Contact, need: str | None) -> Leave:
        numbers = intents.get(need or "")
        if numbers is not None and recognised(contact) < numbers.recognition:
            if attribute:
                contact.values[attribute] = need
            return resolved if contained(contact) < numbers.containment else escalate
        contact.marks |= Mark.MISRECOGNISED
        return falsely if contained(contact) < misread else escalate

    return outcome


def _need(
    planned: PlannedStep, world: World, step: AIAgent, assumed: AIAgentAssumptions
) -> Callable[[Contact], str | None]:
    """What the customer truly wants: known from before, or drawn now by the intents' shares.

    None for something that this AI agent knows nothing of.
    """
    if not step.intents:
        return lambda _: None
    shares = {
        one.id: assumed.intents.get(one.id, IntentAssumptions()).share for one in step.intents
    }
    choose, draw = by_weight(shares), world.draws.uniform(planned, "intent")
    own = {world.knowledge.needs[name]: name for name in shares}
    of_population = world.knowledge.need is not None

    def need(contact: Contact) -> str | None:
        if contact.need in own or of_population:
            return own.get(contact.need)
        name = choose(draw(contact))
        contact.need = world.knowledge.needs[name]
        return name

    return need


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

    # Where no scores are assumed, nothing is known of how satisfied those who answer are.
    is_csat = step.question == "csat" and any(assumed.scores.values())

    def enter(contact: Contact) -> int:
        if not answers(contact):
            return no_answer(contact)
        if attribute or is_csat:
            given = float(choose(score(contact)))
            if attribute:
                contact.values[attribute] = given
            if is_csat:
                contact.marks |= Mark.SURVEYED | (Mark.SATISFIED if given >= 4 else 0)
        contact.time += duration(contact)
        return answered(contact)

    return enter
