"""Whom a replay shows: everybody, or customers of one channel, outcome and segment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simulator.recording import Recording


@dataclass(frozen=True, slots=True)
class Filters:
    """Each by its name in the recording; None for all.

    segment: an attribute and the label of one of its segments.
    """

    channel: str | None = None
    outcome: str | None = None
    segment: tuple[str, str] | None = None

    def rows(self, recording: Recording) -> NDArray[np.bool_]:
        """Which contacts (by row) they let through."""
        contacts = recording.contacts
        chosen: NDArray[np.bool_] = contacts.customer >= 0
        if self.channel is not None:
            chosen &= contacts.channel == _number(recording.channels, self.channel)
        if self.outcome is not None:
            chosen &= contacts.outcome == _number(recording.outcomes, self.outcome)
        if self.segment is not None:
            attribute, label = self.segment
            labels = recording.labels.get(attribute, ())
            number = _number(labels, label)
            chosen &= contacts.segments[attribute] == number if labels else False
        return chosen


def _number(names: tuple[str, ...], name: str) -> int:
    """The number of what nobody has is -1."""
    return names.index(name) if name in names else -1
