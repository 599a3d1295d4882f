"""How good somebody is at something."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

WORST_LEVEL: Final = 9

Level = Annotated[int, Field(ge=1, le=WORST_LEVEL)]
"""1 is the best, 9 the worst."""
