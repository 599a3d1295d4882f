"""The field for a condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.condition_node import ConditionNode
from designer.inspector.field_spec import Spec
from designer.inspector.fields.editor import Editor
from designer.inspector.surroundings import Surroundings
from designer.theme.look import px


class ConditionEditor(Editor):
    """The whole condition."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self.node = ConditionNode(around, is_root=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, px(4))
        layout.addWidget(self.node)
        self.node.changed.connect(self.changed)
        self.node.left.connect(self.left)

    def entry(self) -> QWidget:
        """The first picker."""
        return self.node.entry()

    def set_wrong(self, wrong: bool) -> None:
        """The values mark themselves."""

    def set_names(self, name: str, help_: str) -> None:
        """The pickers have their own names."""

    def show_value(self, value: Any, owner: Any, place: str) -> None:  # noqa: ARG002
        """Show the condition."""
        if value is not None:
            self.node.show_condition(value)

    def reveal(self, way: Sequence[str]) -> QWidget:  # noqa: ARG002 - its parts have no names
        """The first picker."""
        return self.entry()
