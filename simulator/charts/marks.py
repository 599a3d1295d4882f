"""What a picture of a chart shows, piece by piece: to be pointed at, read out and followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.artist import Artist


@dataclass(frozen=True, slots=True)
class Mark:
    """A line, a bar, a node.

    says: it in a sentence.  step: the planned step that it speaks of; None for none.
    """

    says: str
    step: str | None
    artist: Artist


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several views of a chart: a queue, a team, a measure."""

    id: str
    name: str
