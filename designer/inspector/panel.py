"""The inspector: follows the selection, and shows what it is as fields on three tabs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from designer.inspector.exits_form import ExitsForm
from designer.inspector.field_row import SOFT
from designer.inspector.header import Header
from designer.inspector.link_form import LinkForm
from designer.inspector.measures import EDGE
from designer.inspector.part_form import PartForm
from designer.inspector.parts import Part
from designer.inspector.problem_box import Mends
from designer.inspector.problems import Problems
from designer.inspector.reaching import asked, reach_of
from designer.inspector.shown import ASSUMPTIONS, DESIGN, concerns, hint, shown
from designer.inspector.surroundings import Surroundings
from designer.inspector.tab_order import put_in_order
from designer.plain_text import PlainLabel
from designer.selection import Selection
from designer.session import Change, Session
from designer.theme.look import SMALL, active, font, px, text_scale
from engine.edits import Edit
from engine.errors import EditError
from engine.validation.finding import Finding

_LARGE = 1.3
"""From this text size on the three tabs need narrower gaps."""


class Inspector(QWidget):
    """Every change in it is an edit of the session; it keeps nothing of the document."""

    def __init__(
        self, session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self.selection = session, selection
        self._around = Surroundings(session)
        self._forms: dict[Hashable, PartForm] = {}
        self._tabs: Sequence[Part] = ()
        self._findings: Sequence[Finding] = ()
        self._mends: Mends = lambda _finding: ()
        self._page: PartForm | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._make()
        self._stop = session.listen(self._on_change)
        selection.changed.connect(self._show_selection)
        selection.field_asked.connect(self._on_field_asked)
        self._show_selection()

    def stop_listening(self) -> None:
        """Listen to the session no longer."""
        self._stop()

    @property
    def page(self) -> PartForm | None:
        """The form that is shown; None if there is nothing to fill in."""
        return self._page

    def _make(self) -> None:
        self._look = (active(), text_scale())
        self.header = Header(self._around)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        if text_scale() > _LARGE:
            self.tabs.setFont(font(SMALL))
            self.tabs.setStyleSheet(f"QTabBar::tab {{ padding: {px(4)}px 6px; }}")
        self.tabs.setAccessibleName(self.tr("What to edit"))
        for title in (self.tr("Design"), self.tr("Assumptions"), self.tr("Map")):
            self.tabs.addTab(title)
        self._hint = PlainLabel()
        self._hint.setForegroundRole(SOFT)
        self.link = LinkForm(self._around)
        self._content = QWidget()
        self._inner = QVBoxLayout(self._content)
        self._inner.setContentsMargins(EDGE, px(12), EDGE, px(16))
        self._inner.setSpacing(px(12))
        self._inner.addWidget(self._hint)
        self._inner.addWidget(self.link)
        self.problems = Problems()
        self.problems.mended.connect(self._on_mended)
        self.problems.followed.connect(self._on_followed)
        self.exits = ExitsForm(self._around)
        self._inner.addWidget(self.exits)
        self._inner.addWidget(self.problems)
        self._inner.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._content)
        layout = self._layout
        line = QHBoxLayout()
        line.setContentsMargins(EDGE - 10, 0, EDGE - 10, 0)
        line.addWidget(self.tabs)
        layout.addWidget(self.header)
        layout.addLayout(line)
        layout.addWidget(self.area)
        self.tabs.currentChanged.connect(self._show_tab)

    # ---- what is shown

    def _show_selection(self) -> None:
        self._around.graph, self._around.step_id = self.selection.graph, self.selection.step
        found = shown(self._session.document, self.selection)
        if found.name is not None:
            self.header.show_part(found.name, found.kind)
        else:
            self.header.show_text(found.title, found.kind)
        self.link.setVisible(found.link is not None)
        if found.link is not None:
            self.link.show_link(found.link, self.selection.shown_graph)
        self._show_tabs(found.tabs)

    def _show_tabs(self, tabs: Sequence[Part]) -> None:
        self._tabs = tabs
        self.tabs.setVisible(len(tabs) > 1)
        self._show_tab()

    def _show_tab(self) -> None:
        number = self.tabs.currentIndex() if len(self._tabs) > 1 else 0
        part = self._tabs[number] if number < len(self._tabs) else None
        form = self._form(part) if part is not None and part.names else None
        if form is not self._page:
            if self._page is not None:
                self._page.hide()
                self._inner.removeWidget(self._page)
            self._page = form
            if form is not None:
                self._inner.insertWidget(1, form)
                form.show()
            self.area.verticalScrollBar().setValue(0)
        if form is not None and part is not None:
            form.show_part(part)
        self._show_exits()
        text = hint(self._session.document, self.selection, part)
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._show_problems()

    def _show_exits(self) -> None:
        """Below the fields of a step's design."""
        step = self._around.step if self.tabs.currentIndex() == DESIGN else None
        if step is None:
            self.exits.hide()
        else:
            self.exits.show_step(step, self.selection.shown_graph)

    def _form(self, part: Part) -> PartForm:
        key = (part.key, self._around.graph is None)
        if key not in self._forms:
            self._forms[key] = PartForm(part, self._around)
        return self._forms[key]

    # ---- changes from anywhere

    def _on_change(self, _change: Change) -> None:
        self.header.refresh()
        if self._page is not None:
            self._page.refresh()
        self._show_exits()
        links = self.selection.selected.links
        if self.link.isVisibleTo(self) and links:
            self.link.show_link(links[0], self.selection.shown_graph)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Undo and redo, where no window does it."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._session.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._session.redo()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes on to what is below, whenever it was made."""
        put_in_order(self)
        return super().focusNextPrevChild(forward)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """In another look or text size everything is made anew."""
        super().changeEvent(event)
        is_look = event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}
        if is_look and self._look != (active(), text_scale()):
            self._make_again()

    def _make_again(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.tabs.hide()
        self.tabs.deleteLater()
        current = self.tabs.currentIndex()
        self._forms, self._page = {}, None
        self._make()
        self.tabs.setCurrentIndex(current)
        self._show_selection()

    # ---- problems

    def show_findings(self, findings: Sequence[Finding], mends: Mends) -> None:
        """Show what is wrong with what is selected; `mends` says what can be mended, and how."""
        self._findings, self._mends = findings, mends
        self._show_problems()

    def _show_problems(self) -> None:
        found = [one for one in self._findings if concerns(one, self.selection)]
        self.problems.show_findings(found, self._mends)
        if self._page is not None:
            self._page.flag(found)

    def _on_mended(self, edit: Edit) -> None:
        try:
            self._session.do(edit)
        except EditError:
            # The document changed in the meantime; the next findings will say what is so.
            return

    def _on_followed(self, finding: Finding) -> None:
        self._on_field_asked(finding.step, finding.field)

    # ---- going to a field

    def _on_field_asked(self, step: str | None, field: str | None) -> None:
        if step is None:
            self.selection.show_graph(None)
            self.selection.select()
        tabs, way = asked(step, field)
        document = self._session.document
        reaches = [reach_of(document, self._tabs, tab, way) for tab in tabs]
        tab = tabs[reaches.index(max(reaches))]
        is_elsewhere = tab == ASSUMPTIONS or max(reaches) < 1
        if way == ["name"]:
            self._focus(self.header.name.entry())
        elif not (is_elsewhere and len(way) == 1 and self._go_to_exit(way[0])):
            self._go_to(tab, way)

    def _go_to(self, tab: int, way: list[str]) -> None:
        if tab < len(self._tabs):
            self.tabs.setCurrentIndex(tab)
        if self._page is not None:
            self._focus(self._page.reveal(way))

    def _go_to_exit(self, name: str) -> bool:
        """Whether the shown step has an exit of this name, which then has the focus."""
        step = self._around.step
        if step is None or name not in step.exits(self._session.document.journey):
            return False
        self.tabs.setCurrentIndex(DESIGN)
        combo = self.exits.combo(name)
        if combo is not None:
            self._focus(combo)
        return combo is not None

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        # What was opened on the way has no place yet.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.area.ensureWidgetVisible(widget, px(20), px(60))
