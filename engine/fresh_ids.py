"""Ids that nothing has yet, and names that nobody has yet."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from engine.document import Document

_LONGEST: Final = 40
_NUMBERED = re.compile(r"^(.*\S) ([1-9][0-9]{0,8})$", re.DOTALL)


def as_identifier(text: str, otherwise: str) -> str:
    """`text` in the form that ids have: “AI agent” is ai_agent; `otherwise` if nothing is left."""
    words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    words = words.lstrip("0123456789_")
    return words[:_LONGEST].rstrip("_") or otherwise


def unused_id(taken: Collection[str], base: str) -> str:
    """`base`, or `base` with the least number behind it that makes an id that is not taken."""
    base = as_identifier(base, "new")
    name, number = base, 1
    while name in taken:
        number += 1
        end = f"_{number}"
        name = base[: _LONGEST - len(end)].rstrip("_") + end
    return name


def unused_name(taken: Collection[str], name: str, most: int = 200) -> str:
    """`name`, or the next that is not taken: “Agent 2” after “Agent”, “Agent 3” after that."""
    found = _NUMBERED.match(name)
    stem, number = (found[1], int(found[2])) if found else (name, 1)
    while name in taken:
        number += 1
        end = f" {number}"
        name = stem[: most - len(end)] + end
    return name


def fresh_id(document: Document, base: str) -> str:
    """An id like `base` that no step has, be it in the journey or in a sub-journey."""
    return unused_id({step.id for step in document.journey.all_steps()}, base)
