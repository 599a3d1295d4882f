"""The inspector: follows the selection, and shows what it is as fields on three tabs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from designer.inspector.field_row import SOFT
from designer.inspector.header import Header
from designer.inspector.link_form import LinkForm
from designer.inspector.measures import EDGE
from designer.inspector.part_form import PartForm
from designer.inspector.parts import Part
from designer.inspector.problem_box import Mends
from designer.inspector.problems import Problems
from designer.inspector.reaching import starts
from designer.inspector.shown import shown
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
DESIGN, ASSUMPTIONS, MAP = range(3)


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
        self._show_hint(part, number)
        self._show_problems()

    def _form(self, part: Part) -> PartForm:
        key = (part.key, self._around.graph is None)
        if key not in self._forms:
            self._forms[key] = PartForm(part, self._around)
        return self._forms[key]

    def _show_hint(self, part: Part | None, number: int) -> None:
        text = ""
        if part is not None and not part.names:
            text = (
                self.tr("Simulation needs no numbers for this step.")
                if number == ASSUMPTIONS
                else self.tr("There is nothing to set. Link its exits to what comes next.")
            )
        if len(self.selection.steps) > 1:
            text = self.tr("What differs is shown empty. What you enter holds for all.")
        is_journey = not self.selection.selected and self.selection.graph is None
        if is_journey and not self._session.document.journey.steps:
            text = self.tr("Begin with a step from the palette: where do customers come in?")
        elif is_journey and number == DESIGN:
            text = self.tr("Select a step to edit it. Below is what the whole journey shares.")
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    # ---- changes from anywhere

    def _on_change(self, _change: Change) -> None:
        self.header.refresh()
        if self._page is not None:
            self._page.refresh()
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
        step, graph = self.selection.step, self.selection.graph
        is_other = bool(self.selection.selected) and step is None
        findings = [
            one
            for one in self._findings
            if one.step == step and (step is not None or one.graph == graph) and not is_other
        ]
        self.problems.show_findings(findings, self._mends)
        if self._page is not None:
            self._page.flag(findings)

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
        way = [part for part in (field or "").split("/") if part]
        if step is None and way and way[0] in {"journey", "assumptions"}:
            section, way = way[0], way[1:]
            tabs = [ASSUMPTIONS] if section == "assumptions" else [DESIGN, MAP]
        else:
            tabs = [DESIGN, ASSUMPTIONS, MAP]
        if way == ["name"]:
            self.header.name.entry().setFocus()
            return
        self._go_to(way, tabs)

    def _go_to(self, way: list[str], tabs: list[int]) -> None:
        tab = max(tabs, key=lambda one: (self._reach(one, way), -one))
        if tab < len(self._tabs):
            self.tabs.setCurrentIndex(tab)
        if self._page is None:
            return
        widget = self._page.reveal(way)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        # What was opened on the way has no place yet.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.area.ensureWidgetVisible(widget, px(20), px(60))

    def _reach(self, tab: int, way: list[str]) -> int:
        """How far the way leads on a tab."""
        part = self._tabs[tab] if tab < len(self._tabs) else None
        model = part.read(self._session.document) if part is not None else None
        return starts(model, part.names, way) if part is not None and model is not None else -1
