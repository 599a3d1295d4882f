"""A condition put together from pickers: comparisons, within groups, within groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from designer.inspector.comparison import ComparisonBox
from designer.inspector.conditions import ATOMS, GROUPS, WRAPPERS, starting, tag, words
from designer.inspector.field_spec import Spec
from designer.inspector.fields.combo import Combo
from designer.inspector.fields.editor import Editor
from designer.inspector.surroundings import Surroundings
from designer.theme.look import active, px


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


class ConditionNode(QWidget):
    """A comparison or a group, perhaps negated, with buttons for what can be done with it.

    changed: the condition, and the gesture. removed: it shall be there no longer.
    """

    changed = Signal(object, object)
    removed = Signal()
    left = Signal()

    def __init__(self, around: Surroundings, *, is_root: bool = False) -> None:
        super().__init__()
        self._around = around
        self._is_root = is_root
        self._condition: Any = None
        self.body: ComparisonBox | GroupBox | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(4))
        line = QHBoxLayout()
        line.setSpacing(px(2))
        self.negate = self._button(words("not"), self.tr("Turn into its opposite"), self._on_negate)
        self.negate.setCheckable(True)
        line.addWidget(self.negate)
        line.addStretch(1)
        self.more = [
            self._button(self.tr("+ and"), self.tr("Ask for something else as well"), self._on_and),
            self._button(self.tr("+ or"), self.tr("Allow something else instead"), self._on_or),
        ]
        for button in self.more:
            line.addWidget(button)
        self.remove = self._button("×", self.tr("Remove this part"), self.removed.emit)
        self.remove.setVisible(not is_root)
        line.addWidget(self.remove)
        self._layout.addLayout(line)

    def _button(self, text: str, name: str, handler: Any) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(handler)
        return button

    def entry(self) -> QWidget:
        """The first picker."""
        return self.body.entry() if self.body is not None else self

    def show_condition(self, condition: Any) -> None:
        """Show this condition."""
        self._condition = condition
        inner = condition.of if isinstance(condition, WRAPPERS) else condition
        self.negate.setChecked(inner is not condition)
        wanted = ComparisonBox if isinstance(inner, ATOMS) else GroupBox
        if not isinstance(self.body, wanted):
            self._exchange(wanted(self._around))
        if self.body is not None:
            self.body.show_condition(inner)
        for button in self.more:
            button.setVisible(isinstance(inner, ATOMS))

    def _exchange(self, body: ComparisonBox | GroupBox) -> None:
        if self.body is not None:
            self._layout.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
        self.body = body
        body.changed.connect(self._on_inner)
        body.left.connect(self.left)
        self._layout.insertWidget(0, body)

    def _wrapped(self, inner: Any) -> Any:
        is_negated = isinstance(self._condition, WRAPPERS)
        return type(self._condition)(of=inner) if is_negated else inner

    def _on_inner(self, inner: Any, gesture: Any) -> None:
        if inner is None:
            self.removed.emit()
        else:
            self.changed.emit(self._wrapped(inner), gesture)

    def _on_negate(self) -> None:
        condition = self._condition
        new = condition.of if isinstance(condition, WRAPPERS) else WRAPPERS[0](of=condition)
        self.changed.emit(new, None)

    def _on_and(self) -> None:
        self._group(0)

    def _on_or(self) -> None:
        self._group(1)

    def _group(self, number: int) -> None:
        parts = [self._condition, starting(self._around.attributes())]
        self.changed.emit(GROUPS[number](of=parts), None)


class GroupBox(QWidget):
    """Parts of which all, or any, must be true.

    changed: the group, or what is left of it (None if nothing is), and the gesture.
    """

    changed = Signal(object, object)
    left = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._group: Any = None
        self.nodes: list[ConditionNode] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(px(10), 0, 0, 0)
        self._layout.setSpacing(px(8))
        self.combo = Combo()
        self.combo.setAccessibleName(self.tr("How the parts go together"))
        self.combo.activated.connect(self._on_kind)
        self.combo.put([(one, words(tag(one))) for one in GROUPS], GROUPS[0])
        self.more = QPushButton(self.tr("Add a part"))
        self.more.setProperty("kind", "quiet")
        self.more.clicked.connect(self._on_more)
        self._layout.addWidget(self.combo)
        self._layout.addWidget(self.more)

    def entry(self) -> QWidget:
        """Whether all or any."""
        return self.combo

    def show_condition(self, group: Any) -> None:
        """Show the group."""
        self._group = group
        self.combo.setCurrentIndex(self.combo.index_of(type(group)))
        while len(self.nodes) > len(group.of):
            node = self.nodes.pop()
            self._layout.removeWidget(node)
            node.hide()
            node.deleteLater()
        while len(self.nodes) < len(group.of):
            node = ConditionNode(self._around)
            node.changed.connect(self._on_part)
            node.removed.connect(self._on_removed)
            node.left.connect(self.left)
            self._layout.insertWidget(1 + len(self.nodes), node)
            self.nodes.append(node)
        for node, part in zip(self.nodes, group.of, strict=True):
            node.show_condition(part)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A line at the left holds the parts together."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(active().line, 2))
        painter.drawLine(QPoint(2, 2), QPoint(2, self.height() - 2))

    def _on_kind(self, _index: int) -> None:
        kind = self.combo.value()
        if isinstance(kind, type) and kind is not type(self._group):
            self.changed.emit(kind(of=self._group.of), None)

    def _on_more(self) -> None:
        new = starting(self._around.attributes())
        self._emit([*self._group.of, new], None)

    def _on_part(self, part: Any, gesture: Any) -> None:
        number = self._number()
        parts = list(self._group.of)
        parts[number] = part
        self._emit(parts, None if gesture is None else (str(number), *gesture))

    def _on_removed(self) -> None:
        number = self._number()
        parts = [part for n, part in enumerate(self._group.of) if n != number]
        if len(parts) > 1:
            self._emit(parts, None)
        else:
            self.changed.emit(parts[0] if parts else None, None)

    def _emit(self, parts: list[BaseModel], gesture: Any) -> None:
        self.changed.emit(type(self._group)(of=parts), gesture)

    def _number(self) -> int:
        sender = self.sender()
        return next(n for n, node in enumerate(self.nodes) if node is sender)
