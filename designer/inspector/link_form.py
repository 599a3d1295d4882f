"""A selected link: from where, by which exit, and where it leads."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_row import SOFT, note
from designer.inspector.fields.combo import Combo
from designer.inspector.surroundings import Surroundings
from designer.plain_text import PlainLabel
from designer.selection import LinkKey
from designer.theme.look import px
from engine.edits import close_exit, connect, disconnect
from engine.errors import EditError
from engine.journey import Graph, Link
from engine.value_english import words

_UNLINKED: Final = object()


class LinkForm(QWidget):
    """The target is chosen from the steps beside the one that the link leaves."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._key: LinkKey = ("", "")
        self.source, self.exit = PlainLabel(), PlainLabel()
        self.target = Combo()
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
        self.target.activated.connect(self._on_activated)

    def show_link(self, key: LinkKey, graph: Graph) -> None:
        """Show the link with this key."""
        self._key = key
        names = {step.id: step.name for step in graph.steps}
        found = _link(graph, key)
        self.source.setText(names.get(key[0], key[0]))
        self.exit.setText(_exit_name(graph, key))
        entries: list[tuple[object, str]] = [
            (None, self.tr("nowhere: it ends here on purpose")),
            (_UNLINKED, self.tr("not linked yet")),
            *names.items(),
        ]
        self.target.put(entries, found.to if found else _UNLINKED)

    def _on_activated(self, _index: int) -> None:
        session, target = self._around.session, self.target.value()
        source, exit_name = self._key
        document = session.document
        try:
            if target is _UNLINKED:
                session.do(disconnect(document, source, exit_name))
            elif target is None:
                session.do(close_exit(document, source, exit_name))
            else:
                session.do(connect(document, source, exit_name, str(target)))
        except EditError:
            # It has been changed elsewhere: what is shown next is what it is now.
            return


def _exit_name(graph: Graph, key: LinkKey) -> str:
    """The name of the option or branch that the exit is of, or the exit's own in words."""
    step = next((one for one in graph.steps if one.id == key[0]), None)
    lists = [value for _, value in step if isinstance(value, list)] if step else []
    named = [one for items in lists for one in items if getattr(one, "id", None) == key[1]]
    return str(getattr(named[0], "name", "")) if named else words(key[1])


def _link(graph: Graph, key: LinkKey) -> Link | None:
    return next((one for one in graph.links if (one.from_, one.exit) == key), None)
