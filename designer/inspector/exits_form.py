"""Where the exits of a step lead: links made and changed without the canvas."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_row import SOFT, note
from designer.inspector.surroundings import Surroundings
from designer.inspector.target_combo import TargetCombo, exit_name
from designer.plain_text import PlainLabel
from designer.theme.look import px
from engine.journey import Graph
from engine.steps.base import Step

_MOST = 100
"""Of a step with more exits than this the others are linked on the canvas."""


class ExitsForm(QWidget):
    """A picker an exit."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._names: list[str] = []
        self._rows: list[tuple[PlainLabel, TargetCombo]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, px(4), 0, 0)
        self._layout.setSpacing(px(3))

    def show_step(self, step: Step, graph: Graph) -> None:
        """Show the exits of this step of the graph."""
        self._names = list(dict.fromkeys(step.exits(self._around.journey)))[:_MOST]
        while len(self._rows) < len(self._names):
            self._rows.append(self._row())
        for number, (caption, combo) in enumerate(self._rows):
            is_used = number < len(self._names)
            caption.setVisible(is_used)
            combo.setVisible(is_used)
            if is_used:
                name = self._names[number]
                said = self.tr("“{0}” leads to").format(exit_name(step, name))
                caption.setText(said.replace("&", "&&"))
                combo.setAccessibleName(said)
                combo.show_exit((step.id, name), graph)
        self.setVisible(bool(self._names))

    def combo(self, name: str) -> TargetCombo | None:
        """The picker of the exit of this name."""
        return self._rows[self._names.index(name)][1] if name in self._names else None

    def _row(self) -> tuple[PlainLabel, TargetCombo]:
        caption, combo = note("", SOFT), TargetCombo(self._around)
        caption.setBuddy(combo)
        caption.setContentsMargins(0, px(6), 0, 0)
        self._layout.addWidget(caption)
        self._layout.addWidget(combo)
        return caption, combo
