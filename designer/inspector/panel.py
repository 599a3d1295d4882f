"""The inspector: follows the selection, and shows what it is as fields on three tabs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QScrollArea, QTabBar, QVBoxLayout, QWidget

from designer.inspector import parts
from designer.inspector.field_row import SOFT
from designer.inspector.header import Header
from designer.inspector.link_form import LinkForm
from designer.inspector.part_form import PartForm
from designer.inspector.parts import Part
from designer.inspector.problem_box import Mends, ProblemBox
from designer.inspector.surroundings import Surroundings
from designer.plain_text import PlainLabel
from designer.selection import Selection
from designer.session import Change, Session
from designer.theme.look import px
from engine.edits import Edit
from engine.errors import EditError
from engine.steps.base import Step
from engine.validation.finding import Finding

DESIGN, ASSUMPTIONS, MAP = range(3)


def _no_mends(_finding: Finding) -> Sequence[object]:
    return ()


class Inspector(QWidget):
    """Every change in it is an edit of the session; it keeps nothing of the document."""

    def __init__(
        self, session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._selection = session, selection
        self._around = Surroundings(session)
        self._forms: dict[Hashable, PartForm] = {}
        self._tabs: list[Part | None] = []
        self._findings: Sequence[Finding] = ()
        self._mends: Mends = lambda _finding: ()
        self._page: QWidget | None = None
        self._make()
        self._stop = session.listen(self._on_change)
        selection.changed.connect(self._show_selection)
        selection.field_asked.connect(self._on_field_asked)
        self._show_selection()

    def close_inspector(self) -> None:
        """Listen to the session no longer."""
        self._stop()

    def _make(self) -> None:
        self.header = Header(self._around)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("What to edit"))
        for title in (self.tr("Design"), self.tr("Assumptions"), self.tr("Map")):
            self.tabs.addTab(title)
        self._hint = PlainLabel()
        self._hint.setForegroundRole(SOFT)
        self._link = LinkForm(self._around)
        self._content = QWidget()
        self._inner = QVBoxLayout(self._content)
        self._inner.setContentsMargins(px(16), px(12), px(16), px(16))
        self._inner.setSpacing(px(12))
        self._inner.addWidget(self._hint)
        self._inner.addWidget(self._link)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(px(8))
        self._inner.addLayout(self._problems)
        self._inner.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.header, self.tabs, self.area):
            layout.addWidget(widget)
        self.tabs.currentChanged.connect(self._show_tab)

    # ---- what is shown

    def _show_selection(self) -> None:
        selected = self._selection.selected
        self._around.graph = self._selection.graph
        self._around.step_id = self._selection.step
        self._link.hide()
        step = self._selection.step and parts.find_step(
            self._session.document, self._selection.step
        )
        if step:
            self._show_step(step)
        elif len(selected.steps) > 1:
            self._show_several(selected.steps)
        elif len(selected.links) == 1 and not selected.steps:
            self._show_link()
        elif len(selected.frames) == 1:
            self._show_plain(
                self.tr("Frame"), self.tr("Groups steps"), parts.frame(selected.frames[0])
            )
        elif len(selected.notes) == 1:
            self._show_plain(
                self.tr("Note"), self.tr("On the canvas"), parts.note(selected.notes[0])
            )
        elif self._selection.graph is not None:
            self._show_sub(self._selection.graph)
        else:
            self._show_journey()

    def _show_step(self, step: Step) -> None:
        kind = f"{type(step).title} · {type(step).group.value}"
        self.header.show_part(parts.step_title(step), kind)
        self._show_tabs(
            [parts.step_design(step), parts.step_assumptions(step), parts.step_map(step)]
        )

    def _show_journey(self) -> None:
        self.header.show_part(parts.journey_title(), self.tr("Journey · nothing is selected"))
        self._show_tabs([parts.journey_design(), parts.journey_assumptions(), parts.journey_map()])

    def _show_sub(self, sub: str) -> None:
        self.header.show_part(parts.sub_title(sub), self.tr("Sub-journey"))
        self._show_tabs([parts.sub_design(sub)])

    def _show_several(self, names: tuple[str, ...]) -> None:
        steps = [one for one in self._session.document.journey.all_steps() if one.id in names]
        kinds = ", ".join(dict.fromkeys(type(one).title for one in steps))
        self.header.show_text(self.tr("{0} steps").format(len(names)), kinds)
        self._show_tabs([parts.several_steps(names)])

    def _show_plain(self, title: str, kind: str, part: Part) -> None:
        self.header.show_text(title, kind)
        self._show_tabs([part])

    def _show_link(self) -> None:
        self.header.show_text(self.tr("Link"), self.tr("From an exit to a step"))
        self._show_tabs([None])
        self._link.show_link(self._selection.selected.links[0], self._selection.shown_graph)
        self._link.show()

    def _show_tabs(self, tabs: list[Part | None]) -> None:
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
        is_journey = not self._selection.selected and self._selection.graph is None
        if is_journey and not self._session.document.journey.steps:
            text = self.tr("Begin with a step from the palette: where do customers come in?")
        elif is_journey and number == DESIGN:
            text = self.tr("Select a step to edit it. Below is what the whole journey shares.")
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    # ---- changes from anywhere

    def _on_change(self, _change: Change) -> None:
        self.header.refresh()
        if isinstance(self._page, PartForm):
            self._page.refresh()
        links = self._selection.selected.links
        if self._link.isVisibleTo(self) and links:
            self._link.show_link(links[0], self._selection.shown_graph)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Undo and redo, where no window does it."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._session.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._session.redo()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another look: the forms are made anew, in the sizes that it has."""
        super().changeEvent(event)

    # ---- problems

    def show_findings(self, findings: Sequence[Finding], mends: Mends) -> None:
        """Show what is wrong with what is selected; `mends` says what can be mended, and how."""
        self._findings, self._mends = findings, mends
        self._show_problems()

    def _show_problems(self) -> None:
        while (item := self._problems.takeAt(0)) is not None:
            box = item.widget()
            if box is not None:
                box.hide()
                box.deleteLater()
        step, selected = self._selection.step, self._selection.selected
        if selected and step is None:
            return
        graph = self._selection.graph
        for finding in self._findings:
            if finding.step != step or (step is None and finding.graph != graph):
                continue
            box = ProblemBox(finding, self._mends(finding))
            box.mended.connect(self._on_mended)
            box.followed.connect(self._on_followed)
            self._problems.addWidget(box)

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
            self._selection.show_graph(None)
            self._selection.select()
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
        tab = next((one for one in tabs if self._has(one, way)), tabs[0])
        if tab < len(self._tabs):
            self.tabs.setCurrentIndex(tab)
        if isinstance(self._page, PartForm):
            widget = self._page.reveal(way)
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self._content.adjustSize()
            self.area.ensureWidgetVisible(widget, px(20), px(60))

    def _has(self, tab: int, way: list[str]) -> bool:
        part = self._tabs[tab] if tab < len(self._tabs) else None
        return part is not None and bool(way) and way[0] in part.names
