"""Why at queues for people, calls back and cases: who was free, who waited how long."""

from __future__ import annotations

import math
from collections.abc import Callable

from engine.short_english import hours_in_english, time_in_english
from engine.steps.people import Callback, Case, HumanAgent, HumanAgentAssumptions
from simulator.reasons.chances import because_drawn, number, span, unless_drawn
from simulator.reasons.registry import Seen, because, why_not

_SERVED = frozenset({"resolved", "unresolved", "transferred"})


def _assumed(seen: Seen) -> HumanAgentAssumptions:
    return seen.sight.planned.assumed(HumanAgentAssumptions)


@because(HumanAgent)
def _by_people(seen: Seen, step: HumanAgent) -> str:
    match seen.exit:
        case "closed":
            return "the queue is closed at that time"
        case "full":
            return f"too many wait already: {step.capacity} may wait"
        case "callback":
            return f"takes a callback instead of waiting; {_offer_said(seen, step)}"
        case "abandoned":
            return f"would wait {span(seen.sight.drawn['patience'])}, and nobody was free by then"
        case "timed_out":
            return f"nobody was free within {span(step.max_wait or 0)}"
        case _:
            return "; ".join(filter(None, (_served_said(seen), _outcome_said(seen))))


def _served_said(seen: Seen) -> str:
    return "an agent was free at once" if not seen.waited else ""


def _outcome_said(seen: Seen) -> str:
    drawn, assumed = seen.sight.drawn, _assumed(seen)
    if seen.exit == "transferred":
        return because_drawn(drawn["transfer"], assumed.transfer)
    return because_drawn(drawn["resolution"], assumed.resolution)


@why_not(HumanAgent)
def _not_so(seen: Seen, step: HumanAgent, name: str) -> str:
    if seen.exit == "closed":
        hours = hours_in_english(step.hours or [])
        return f"the queue is closed at that time; the hours are {hours}"
    if name == "closed":
        return "the queue is open at that time"
    if name in _SERVED:
        return _not_served(seen, step, name)
    if seen.exit in _SERVED and not seen.waited:
        return "an agent was free at once"
    return _NOT_QUEUED[name](seen, step)


def _not_served(seen: Seen, step: HumanAgent, name: str) -> str:
    if seen.exit not in _SERVED:
        return _by_people(seen, step)
    drawn, assumed = seen.sight.drawn, _assumed(seen)
    if name == "transferred":
        return unless_drawn(drawn["transfer"], assumed.transfer, happens=True)
    if seen.exit == "transferred":
        return f"transferred before: {because_drawn(drawn['transfer'], assumed.transfer)}"
    return unless_drawn(drawn["resolution"], assumed.resolution, happens=name == "resolved")


def _not_abandoned(seen: Seen, step: HumanAgent) -> str:
    if seen.exit in {"full", "callback"}:
        return f"did not wait: {_by_people(seen, step)}"
    patience = seen.sight.drawn.get("patience", math.inf)
    if math.isinf(patience):
        return "nobody gives up here"
    return f"waited {span(seen.waited or 0)}, and would have waited {span(patience)}"


def _not_timed_out(seen: Seen, step: HumanAgent) -> str:
    if seen.exit in {"full", "callback"}:
        return f"did not wait: {_by_people(seen, step)}"
    return f"waited {span(seen.waited or 0)}; the limit is {span(step.max_wait or 0)}"


def _not_full(seen: Seen, step: HumanAgent) -> str:
    return f"{seen.ahead or 0} waited already, and {step.capacity} may wait"


def _not_callback(seen: Seen, step: HumanAgent) -> str:
    if seen.exit == "full":
        return _by_people(seen, step)
    offer, noted = step.callback_offer, seen.sight.noted
    if offer is None or not noted:
        return "no callback was offered"
    if offer.queue_length is not None and noted["waiting"] < offer.queue_length:
        return f"{_offer_said(seen, step)}; it is offered when {offer.queue_length} wait already"
    if offer.queue_length is None and not noted["expected_wait"] > offer.expected_wait:
        bound = time_in_english(offer.expected_wait)
        return f"{_offer_said(seen, step)}, not more than {bound}"
    drawn, share = seen.sight.drawn["callback"], _assumed(seen).callback_acceptance
    return f"a callback was offered; {unless_drawn(drawn, share, happens=True)}"


def _offer_said(seen: Seen, step: HumanAgent) -> str:
    noted, offer = seen.sight.noted, step.callback_offer
    if offer is None or not noted:
        return ""
    if offer.queue_length is not None:
        return f"{number(noted['waiting'])} waited already"
    expected = noted["expected_wait"]
    return f"the expected wait was {span(expected)}" if expected < math.inf else "nobody is there"


_NOT_QUEUED: dict[str, Callable[[Seen, HumanAgent], str]] = {
    "abandoned": _not_abandoned,
    "timed_out": _not_timed_out,
    "full": _not_full,
    "callback": _not_callback,
}


@because(Callback)
def _by_calls(seen: Seen, step: Callback) -> str:
    attempts = seen.sight.attempts
    if seen.exit == "reached":
        return f"answered call {attempts + 1} of at most {step.attempts}"
    if attempts >= step.attempts:
        return f"answered none of {step.attempts} calls"
    return f"nobody was free to call within {span(step.within or 0)}"


@why_not(Callback)
def _not_by_calls(seen: Seen, step: Callback, _name: str) -> str:
    return _by_calls(seen, step)


@because(Case)
def _by_promise(seen: Seen, step: Case) -> str:
    took = span(seen.sight.left - seen.sight.entered)
    late = "after" if seen.exit == "late" else "within"
    return f"done {late} the promised {time_in_english(step.promised)}: it took {took}"


@why_not(Case)
def _not_by_promise(seen: Seen, step: Case, _name: str) -> str:
    return _by_promise(seen, step)
