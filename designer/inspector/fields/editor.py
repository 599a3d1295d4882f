"""What every field has in common: it shows a value, and says when the user made another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from designer.inspector.field_spec import Spec
from designer.inspector.surroundings import Surroundings

Gesture = tuple[str, ...]
"""What is being typed into: changes of the same gesture are taken back at once."""


class Editor(QWidget):
    """A field of a form.

    changed: the new value, and its gesture (None for a change that is complete in itself).
    left: the user is done with the field, so the next change is another gesture.
    complained: what is wrong with what was typed; empty once it is right.
    """

    changed = Signal(object, object)
    left = Signal()
    complained = Signal(str)

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.around = around

    def show_value(self, value: Any, owner: Any, place: str) -> None:
        """Show the value that the field of `owner` has, which stands at `place`."""
        raise NotImplementedError

    def entry(self) -> QWidget:
        """The widget that gets the focus."""
        raise NotImplementedError

    def forget(self) -> None:
        """Something else will be shown: what was typed and not taken over is of no use to it."""

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field, or take the mark away."""
        mark(self.entry(), wrong)

    def set_names(self, name: str, help_: str) -> None:
        """Say to screen readers what the field is."""
        self.entry().setAccessibleName(name)
        self.entry().setAccessibleDescription(help_)

    def reveal(self, way: Sequence[str]) -> QWidget:  # noqa: ARG002 - most fields hold no others
        """Open what is folded on the way to a field inside; the widget to put the focus on."""
        return self.entry()


def mark(widget: QWidget, wrong: bool) -> None:
    """Draw the widget as one that holds something wrong, or no longer."""
    if bool(widget.property("wrong")) == wrong:
        return
    widget.setProperty("wrong", wrong)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same: 1 and true are not, 1 and 1.0 are."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
