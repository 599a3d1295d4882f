"""A condition put together from pickers: comparisons, within groups, within groups."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from designer.inspector.comparison import ComparisonBox
from designer.inspector.conditions import ATOMS, GROUPS, WRAPPERS, starting, tag, words
from designer.inspector.field_row import note
from designer.inspector.fields.combo import Combo
from designer.inspector.measures import INDENT
from designer.inspector.surroundings import Surroundings
from designer.theme.look import active, px


class ConditionNode(QWidget):
    """A comparison or a group, perhaps negated, with a menu of what can be done with it.

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
        self.body: Body | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(px(4))
        self._negated = note(words("not"), QPalette.ColorRole.Link)
        self._column.addWidget(self._negated)
        self.menu = self._menu()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addLayout(self._column)
        self.more = [
            self._more(self.tr("+ and"), self._on_and),
            self._more(self.tr("+ or"), self._on_or),
        ]
        buttons = QHBoxLayout()
        for button in self.more:
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(buttons)

    def _menu(self) -> QToolButton:
        button = QToolButton()
        button.setText("⋯")
        button.setAccessibleName(self.tr("What to do with this part"))
        button.setToolTip(self.tr("What to do with this part"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(button)
        self.negate = menu.addAction(self.tr("Turn into its opposite"), self._on_negate)
        self.also = menu.addAction(self.tr("Ask for something else as well"), self._on_and)
        self.instead = menu.addAction(self.tr("Allow something else instead"), self._on_or)
        self.remove = menu.addAction(self.tr("Remove"), self.removed.emit)
        self.remove.setVisible(not self._is_root)
        button.setMenu(menu)
        return button

    def _more(self, text: str, handler: Any) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "quiet")
        button.clicked.connect(handler)
        return button

    def entry(self) -> QWidget:
        """The first picker."""
        return self.body.entry() if self.body is not None else self

    def show_condition(self, condition: Any) -> None:
        """Show this condition."""
        self._condition = condition
        inner = condition.of if isinstance(condition, WRAPPERS) else condition
        self._negated.setVisible(inner is not condition)
        wanted = _body_of(inner)
        if not isinstance(self.body, wanted):
            self._exchange(wanted(self._around))
        if self.body is not None:
            self.body.show_condition(inner)
        for button in self.more:
            button.setVisible(self._is_root and isinstance(inner, ATOMS))

    def _exchange(self, body: Body) -> None:
        if self.body is not None:
            self.menu.setParent(self)
            self._column.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
        self.body = body
        body.changed.connect(self._on_inner)
        body.left.connect(self.left)
        self._column.addWidget(body)
        body.take(self.menu)

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
        self._layout.setContentsMargins(INDENT, 0, 0, 0)
        self._layout.setSpacing(px(8))
        self.combo = Combo()
        self.combo.setAccessibleName(self.tr("How the parts go together"))
        self.combo.activated.connect(self._on_kind)
        self.combo.put([(one, words(tag(one))) for one in GROUPS], GROUPS[0])
        self.more = QPushButton(self.tr("Add a part"))
        self.more.setProperty("kind", "quiet")
        self.more.clicked.connect(self._on_more)
        self._head = QHBoxLayout()
        self._head.setSpacing(px(2))
        self._head.addWidget(self.combo, 1)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.more)

    def take(self, menu: QWidget) -> None:
        """Show the menu of the group beside its kind."""
        self._head.addWidget(menu)

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


class NestedBox(QWidget):
    """What is negated once more: a part of its own, a little to the right."""

    changed = Signal(object, object)
    left = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.node = ConditionNode(around)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INDENT, 0, 0, 0)
        self._head = QHBoxLayout()
        self._head.addStretch(1)
        layout.addLayout(self._head)
        layout.addWidget(self.node)
        self.node.changed.connect(self.changed)
        self.node.removed.connect(self._on_removed)
        self.node.left.connect(self.left)

    def entry(self) -> QWidget:
        """The first picker."""
        return self.node.entry()

    def take(self, menu: QWidget) -> None:
        """Show the menu above the part."""
        self._head.addWidget(menu)

    def show_condition(self, condition: Any) -> None:
        """Show the part."""
        self.node.show_condition(condition)

    def _on_removed(self) -> None:
        self.changed.emit(None, None)


Body = ComparisonBox | GroupBox | NestedBox


def _body_of(condition: Any) -> type[Body]:
    if isinstance(condition, ATOMS):
        return ComparisonBox
    return GroupBox if isinstance(condition, GROUPS) else NestedBox
