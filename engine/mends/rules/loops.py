"""Mends of W111 to W114: loops get a limit, waits an end that lies within the journey's."""

from __future__ import annotations

from collections.abc import Iterator

from engine.document import Document
from engine.edit_kinds import Edit, SetField, in_turn
from engine.edits import connect
from engine.element_edits import with_fields
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import (
    add_beside,
    begun,
    change_step,
    connect_all,
    lead_loose_exits,
    only_end,
    target,
)
from engine.mends.trouble import Trouble
from engine.short_english import time_in_english
from engine.validation.finding import quoted
from engine.validation.flow import knots
from engine.validation.rules.loops import endless, is_limited

_DAY = 86_400.0


@mends_of("W111", "W112")
def _endless_loop(trouble: Trouble) -> Iterator[Offer]:
    """Whoever comes round again comes over a retry loop, if all rounds lead over one step."""
    spots = next((spots for spots, _ in endless(trouble.subject) if spots[0] is trouble.spot), [])
    if any(spot.graph is not trouble.view for spot in spots):
        return
    for middle in spots:
        others = {spot.local for spot in spots if spot is not middle}
        if not _rounds(trouble, others):
            back = [
                (spot.step.id, exit_name)
                for spot in spots
                for exit_name, to in trouble.view.ways[spot.local]
                if to == middle.local and not is_limited(spot.step, exit_name)
            ]
            label = "Let customers round 3 times at most"
            yield offer(label, _limited, trouble, middle.step.id, back)
            return


def _rounds(trouble: Trouble, among: set[int]) -> list[list[int]]:
    """The loops without a limit that lead over these steps alone."""
    view = trouble.view

    def keep(node: int, exit_name: str) -> bool:
        return node in among and not is_limited(view.spots[node].step, exit_name)

    return knots(view.ways, keep)


def _limited(document: Document, trouble: Trouble, name: str, back: list[tuple[str, str]]) -> Edit:
    retry = begun(document, "retry_loop", trouble.graph)
    out = only_end(trouble.graph)
    return in_turn(
        "Add retry loop",
        document,
        lambda now: add_beside(now, name, retry),
        lambda now: connect_all(now, back, retry.id),
        lambda now: connect(now, retry.id, "again", name),
        lambda now: lead_loose_exits(now, retry.id, out),
    )


@mends_of("W113")
def _no_timeout(trouble: Trouble) -> Iterator[Offer]:
    step = with_fields(trouble.step, timeout=min(_DAY, trouble.journey.limit))
    to = target(trouble.graph, step.id, *trouble.spot.exits)
    yield offer("Wait a day at most", change_step, step, to)


@mends_of("W114")
def _beyond_limit(trouble: Trouble) -> Iterator[Offer]:
    step, limit, bound = trouble.step, trouble.journey.limit, trouble.step.wait_bound()
    if bound is None:
        return
    label = f"Raise the journey's limit to {time_in_english(bound)}"
    yield offer(label, _with_limit, bound)
    for field in type(step).model_fields:
        if getattr(step, field) == bound and not isinstance(getattr(step, field), bool):
            label = f"Shorten {quoted(step.name)} to {time_in_english(limit)}"
            yield offer(label, _with_field, trouble, field, limit)


def _with_limit(_: Document, limit: float) -> Edit:
    return SetField("Raise limit", "journey.limit", limit)


def _with_field(document: Document, trouble: Trouble, field: str, value: float) -> Edit:
    return change_step(document, with_fields(trouble.step, **{field: value}))
