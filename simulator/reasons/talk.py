"""Why when customers talk with no person: AI agents, menus, messages, voicemail, surveys."""

from __future__ import annotations

from typing import Any, Final

from engine.steps.ai_agent import AIAgent, AIAgentAssumptions, IntentAssumptions
from engine.steps.base import Step
from engine.steps.talk import Menu, Message, Survey, Voicemail
from simulator.behaviours.talk import menu_weights
from simulator.reasons.chances import because_drawn, number, unless_drawn, unless_in_part
from simulator.reasons.registry import Seen, because, why_not
from simulator.records import Mark

_TWO_WAYS: Final[dict[type[Step], tuple[str, str, str]]] = {
    Message: ("delivered", "delivered", "sent"),
    Voicemail: ("leaves", "leaves", "left"),
    Survey: ("answers", "response_rate", "answered"),
}
"""Of steps that one draw decides: its purpose, the assumed share, the exit that it leads to."""


@because(Message, Voicemail, Survey)
def _by_one_draw(seen: Seen, step: Any) -> str:
    purpose, share, _ = _TWO_WAYS[type(step)]
    return because_drawn(seen.sight.drawn[purpose], getattr(seen.assumed, share))


@why_not(Message, Voicemail, Survey)
def _not_by_one_draw(seen: Seen, step: Any, name: str) -> str:
    purpose, share, yes = _TWO_WAYS[type(step)]
    drawn = seen.sight.drawn[purpose]
    return unless_drawn(drawn, getattr(seen.assumed, share), happens=name == yes)


@because(Menu)
def _by_choice(seen: Seen, step: Menu) -> str:
    weights = menu_weights(step, seen.assumed)
    share = weights[seen.exit] / (sum(weights.values()) or 1.0)
    drawn = f" ({number(seen.sight.drawn['choice'])} was drawn)" if share < 1 else ""
    return f"by chance, as {share * 100:.4g} % of customers{drawn}"


@why_not(Menu)
def _not_this_choice(seen: Seen, step: Menu, name: str) -> str:
    return unless_in_part(seen.sight.drawn["choice"], menu_weights(step, seen.assumed), name)


@because(AIAgent)
def _by_talk(seen: Seen, step: AIAgent) -> str:
    drawn = seen.sight.drawn
    match seen.exit:
        case "failed" if seen.sight.is_down:
            return "out of order at that time"
        case "failed":
            return because_drawn(drawn["fails"], seen.assumed.fails)
        case "abandoned":
            return because_drawn(drawn["abandons"], seen.assumed.abandons)
    said = because_drawn(drawn["contained"], _containment(seen, step))
    if not step.intents or seen.sight.need is None:
        return said
    understood = "understood" if _is_understood(seen) else "not understood"
    falsely = seen.exit == "resolved" and not _is_understood(seen)
    wants = f"wants “{seen.sight.need}”, {understood}" + (
        ": left as if resolved" if falsely else ""
    )
    return "; ".join(filter(None, (wants, said)))


def _is_understood(seen: Seen) -> bool:
    """In this conversation; an earlier one may have left its mark."""
    numbers = _numbers(seen)
    return numbers is not None and seen.sight.drawn["recognised"] < numbers.recognition


def _numbers(seen: Seen) -> IntentAssumptions | None:
    step: Any = seen.sight.planned.step
    need = seen.sight.need
    if need is None or need not in {one.id for one in step.intents}:
        return None
    return _assumed(seen).intents.get(need, IntentAssumptions())


def _assumed(seen: Seen) -> AIAgentAssumptions:
    return seen.sight.planned.assumed(AIAgentAssumptions)


def _containment(seen: Seen, step: AIAgent) -> float:
    """The share of such customers whom no person need help."""
    if not step.intents:
        return _assumed(seen).containment
    numbers = _numbers(seen)
    if numbers is not None and _is_understood(seen):
        return numbers.containment
    return _assumed(seen).contained_if_misrecognised


@why_not(AIAgent)
def _not_by_talk(seen: Seen, step: AIAgent, name: str) -> str:
    drawn, assumed = seen.sight.drawn, _assumed(seen)
    if seen.sight.is_down:
        return "it is out of order at that time"
    if name == "abandoned":
        return unless_drawn(drawn["abandons"], assumed.abandons, happens=True)
    if seen.exit == "abandoned":
        return "the customer hung up before"
    if name == "failed":
        return "it works, and " + unless_drawn(drawn["fails"], assumed.fails, happens=True)
    if seen.exit == "failed":
        return "the conversation broke off before"
    share = _containment(seen, step)
    if share <= 0 and name == "resolved" and step.intents:
        return _never_contained(seen)
    said = unless_drawn(drawn["contained"], share, happens=name == "resolved")
    if not step.intents or seen.sight.marks & Mark.MISRECOGNISED == 0:
        return said
    return f"not understood; {said}" if not _is_understood(seen) else said


def _never_contained(seen: Seen) -> str:
    if not _is_understood(seen):
        return "not understood, and nobody of those leaves as if resolved"
    return f"nobody who wants “{seen.sight.need}” is helped here without a person"
