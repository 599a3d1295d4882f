"""Everything that can be done, in one table: it makes menus, toolbar, palette and shortcut page."""

from __future__ import annotations

from typing import Final

from designer.acts.act import MENUS, Act
from designer.acts.edit import EDIT_ACTS
from designer.acts.file import FILE_ACTS
from designer.acts.help import HELP_ACTS
from designer.acts.journey import JOURNEY_ACTS
from designer.acts.simulate import SIMULATE_ACTS
from designer.acts.view import VIEW_ACTS

__all__ = ["ACTS", "MENUS", "Act"]

ACTS: Final[tuple[Act, ...]] = (
    *FILE_ACTS,
    *EDIT_ACTS,
    *VIEW_ACTS,
    *JOURNEY_ACTS,
    *SIMULATE_ACTS,
    *HELP_ACTS,
)
