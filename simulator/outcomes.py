"""What may come of a contact: words for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OUTCOMES: Final[Mapping[str, str]] = {
    "resolved": "the need was met",
    "unresolved": "the need was not met, for whatever reason",
    "abandoned": "gave up waiting for a person",
    "timed_out": "was taken out of the queue after its limit",
    "turned_away": "found the queue full, closed or all lines busy",
    "transferred": "was transferred by an agent",
    "falsely_contained": "left the AI agent as if the need was met, and it was not",
    "unfinished": "was still under way when the run ended",
}
"""Several may be true of one contact."""
