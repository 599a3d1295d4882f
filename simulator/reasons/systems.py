"""Why at steps that wait for other systems and for events."""

from __future__ import annotations

from engine.steps.data import SystemAction
from engine.steps.time import WaitForEvent
from simulator.reasons.chances import because_drawn, span, unless_drawn
from simulator.reasons.registry import Seen, because, why_not


@because(SystemAction)
def _by_system(seen: Seen, step: SystemAction) -> str:
    if seen.sight.is_down:
        return "out of order at that time"
    if seen.exit == "timeout":
        latency = span(_latency(seen))
        return f"an answer would take {latency}, longer than {span(step.timeout or 0)}"
    return because_drawn(seen.sight.drawn["failure"], seen.assumed.failure)


def _latency(seen: Seen) -> float:
    return seen.sight.drawn["latency"]


@why_not(SystemAction)
def _not_by_system(seen: Seen, step: SystemAction, name: str) -> str:
    if seen.sight.is_down or seen.exit == "timeout":
        return _by_system(seen, step)
    if name == "timeout":
        return f"the answer took {span(_latency(seen))}; the limit is {span(step.timeout or 0)}"
    drawn = seen.sight.drawn["failure"]
    return unless_drawn(drawn, seen.assumed.failure, happens=name == "failure")


@because(WaitForEvent)
def _by_event(seen: Seen, step: WaitForEvent) -> str:
    drawn, delay = seen.sight.drawn["happens"], seen.sight.drawn["delay"]
    if seen.exit == "happened":
        return f"it happened after {span(delay)}"
    if step.timeout is not None and delay > step.timeout:
        return f"it would take {span(delay)}, longer than {span(step.timeout)}"
    return because_drawn(drawn, seen.assumed.happens) or "it never happens"


@why_not(WaitForEvent)
def _not_by_event(seen: Seen, step: WaitForEvent, name: str) -> str:
    if name == "timed_out":
        return f"{_by_event(seen, step)}; the limit is {span(step.timeout or 0)}"
    delay = seen.sight.drawn["delay"]
    if step.timeout is not None and delay > step.timeout:
        return _by_event(seen, step)
    return unless_drawn(seen.sight.drawn["happens"], seen.assumed.happens, happens=True)
