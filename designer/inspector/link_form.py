"""A selected link: from where, by which exit, and where it leads."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_row import SOFT, note
from designer.inspector.surroundings import Surroundings
from designer.inspector.target_combo import TargetCombo, exit_name
from designer.plain_text import PlainLabel
from designer.selection import LinkKey
from designer.theme.look import px
from engine.journey import Graph


class LinkForm(QWidget):
    """The target is chosen from the steps beside the one that the link leaves."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source, self.exit = PlainLabel(), PlainLabel()
        self.target = TargetCombo(around)
        self.target.setAccessibleName(self.tr("Leads to"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        leads = note(self.tr("Leads to"), SOFT)
        leads.setBuddy(self.target)
        for caption, widget in (
            (note(self.tr("From"), SOFT), self.source),
            (note(self.tr("By the exit"), SOFT), self.exit),
            (leads, self.target),
        ):
            layout.addWidget(caption)
            layout.addWidget(widget)
            layout.addSpacing(px(8))

    def show_link(self, key: LinkKey, graph: Graph) -> None:
        """Show the link with this key."""
        step = next((one for one in graph.steps if one.id == key[0]), None)
        self.source.setText(step.name if step else key[0])
        self.exit.setText(exit_name(step, key[1]))
        self.target.show_exit(key, graph)
