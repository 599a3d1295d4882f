"""Which step types may sensibly come next: what the palette and quick-add show.

Nothing here knows the types: whether customers come in at one, and on which channels it
works, every type says of itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.document import Document
from engine.profile import Channel
from engine.steps.base import Step
from engine.steps.catalog import step_types
from engine.validation.subject import Subject


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step type that may come next.

    fits: whether it works on every channel on which contacts come to that place.
    """

    type: type[Step]
    fits: bool

    @property
    def kind(self) -> str:
        """The type's tag, as `new_step` wants it."""
        return str(self.type.model_fields["type"].default)


def next_steps(
    document: Document,
    source: str | None = None,
    exit_name: str | None = None,
    graph: str | None = None,
) -> list[Suggestion]:
    """The step types that may come after an exit of the step `source`, the fitting ones first.

    exit_name: if left out, whatever exit of it. Without a source it is about a place of its own
    on the canvas of the journey or of the sub-journey `graph`: as long as nobody can come in
    there, only entries.
    """
    types = step_types().values()
    if source is not None:
        arriving = _arriving(document, source, exit_name)
        found = [cls for cls in types if not cls.starts_contact]
        found.sort(key=lambda cls: _misfit(cls, arriving))
        return [Suggestion(cls, not _misfit(cls, arriving)) for cls in found]
    if graph is not None:
        return [Suggestion(cls, True) for cls in types if not cls.starts_contact]
    is_open = any(type(step).starts_contact for step in document.journey.steps)
    return [Suggestion(cls, True) for cls in types if is_open or cls.starts_contact]


def _arriving(document: Document, source: str, exit_name: str | None) -> frozenset[Channel]:
    subject = Subject(document)
    spot = next((spot for spot in subject.spots if spot.step.id == source), None)
    if spot is None:
        return frozenset()
    channels = subject.channels
    return channels.at(spot) if exit_name is None else channels.after(spot, exit_name)


def _misfit(cls: type[Step], arriving: frozenset[Channel]) -> int:
    """0 if the type works on all these channels, 1 if on some, 2 if on none."""
    if arriving <= cls.channels:
        return 0
    return 1 if arriving & cls.channels else 2
