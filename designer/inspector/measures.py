"""Distances that do not grow with the text: large text needs the room itself."""

from __future__ import annotations

from typing import Final

EDGE: Final = 16
"""Between the fields and the edges of the panel."""
INDENT: Final = 10
"""How much fields within a field stand to the right."""
