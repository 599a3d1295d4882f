"""Names of states: ids as they are, or shortened where the language allows no more."""

from __future__ import annotations

import hashlib
from typing import Final

LONGEST: Final = 80
"""Characters that a state's name may have."""
_ROOM: Final = 16
"""For what is added to the names of a node's further states."""
_DIGITS: Final = 10


def state_name(node: str) -> str:
    """The name of a node's first state: always the same for the same id, and no step's own."""
    most = LONGEST - _ROOM
    if len(node) <= most:
        return node
    digest = hashlib.sha256(node.encode()).hexdigest()[:_DIGITS]
    return f"{node[: most - _DIGITS - 1]}-{digest}"


def is_shortened(node: str) -> bool:
    """Whether the name is not the id."""
    return state_name(node) != node
