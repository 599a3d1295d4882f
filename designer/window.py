"""One window: the welcome page, or a document with its canvas and panels."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QMainWindow,
    QMenuBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer.about import About
from designer.action_table import ACTS, Act
from designer.actions import Actions
from designer.banner import Banner
from designer.command_palette import CommandPalette
from designer.keeping import Keeping
from designer.menus import context_menu, fill_menus
from designer.problems.severity import in_words
from designer.recovery.journal import Journal
from designer.session import Change, Session
from designer.settings import FileView, Settings
from designer.shortcut_page import ShortcutPage
from designer.theme import look
from designer.top_bar import TopBar
from designer.welcome import WelcomePage
from designer.workspace import Workspace
from engine.document import SUFFIX
from engine.errors import WaylineError

if TYPE_CHECKING:
    from designer.windows import Windows


class Window(QMainWindow):
    """Shows one document, or what can be opened.

    closed: it is closed, and nothing of it goes on.
    """

    closed = Signal(object)

    def __init__(self, windows: Windows) -> None:
        super().__init__()
        self._windows = windows
        self.settings: Settings = windows.settings
        self.workspace: Workspace | None = None
        self.keeping: Keeping | None = None
        self._may_close = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setObjectName("window")
        self.setWindowTitle("Wayline")
        self.resize(1440, 900)
        self.actions_ = Actions(self)
        self._build()
        windows.offering.offer(self)

    def _build(self) -> None:
        menus = QMenuBar()
        fill_menus(menus, self.actions_)
        self.top = TopBar(menus)
        self.setMenuWidget(self.top)
        self.banner = Banner()
        self._page = QStackedWidget()
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self._page, 1)
        self.setCentralWidget(central)
        self.welcome = WelcomePage([recent.path for recent in self.settings.recent_files()])
        self.welcome.new_asked.connect(self.new)
        self.welcome.open_asked.connect(self.ask_open)
        self.welcome.file_asked.connect(self._open_path)
        self.welcome.sample_asked.connect(self._open_sample)
        self._page.addWidget(self.welcome)
        self._buttons: list[QToolButton] = []
        for name in ("undo", "redo", "tidy"):
            button = QToolButton()
            button.setDefaultAction(self.actions_.all[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.hide()
            self.top.add_button(button)
            self._buttons.append(button)

    # ---- showing a document

    def show_document(self, session: Session, journal: Journal, digest: str | None) -> None:
        """Show the canvas of this session; the window shows the welcome page until then."""
        if self.workspace is not None:
            raise ValueError("this window shows a document already")
        journal.setParent(self)
        self.workspace = Workspace(session, self.settings, self)
        self.keeping = Keeping(session, journal, self.settings, self.banner, digest, self)
        self.keeping.saved.connect(self._show_state)
        self.workspace.failed.connect(self.tell_error)
        self.workspace.pictures.done.connect(self.banner.tell)
        self.workspace.canvas.view.menu_asked.connect(self._show_menu)
        self.workspace.selection.changed.connect(self.actions_.refresh)
        self.workspace.checker.findings_changed.connect(self._show_state)
        for act in ACTS:
            if act.on_canvas:
                self.workspace.canvas.view.addAction(self.actions_.all[act.name])
        self._stop = session.listen(self._on_change)
        self._page.addWidget(self.workspace.center)
        self._page.setCurrentWidget(self.workspace.center)
        self.workspace.around.add_docks(self)
        for button in self._buttons:
            button.show()
        self.top.add_bar(self.workspace.simulating.bar)
        self.workspace.simulating.told.connect(self.banner.tell)
        self.workspace.center.told.connect(self.banner.tell)
        self.workspace.center.turned.connect(self.actions_.refresh)
        self.workspace.simulating.began.connect(self._show_results)
        self.workspace.simulating.errors_found.connect(self._show_errors)
        self.workspace.simulating.runs.changed.connect(self.actions_.refresh)
        self._restore_places()
        self.actions_.refresh()
        self._show_state()
        self.workspace.canvas.view.setFocus()
        QTimer.singleShot(0, self, self._begin)

    def work(self) -> Workspace:
        """What belongs to the document; ValueError on the welcome page."""
        if self.workspace is None:
            raise ValueError("no document is shown")
        return self.workspace

    def files(self) -> Keeping:
        """What keeps the document safe; ValueError on the welcome page."""
        if self.keeping is None:
            raise ValueError("no document is shown")
        return self.keeping

    @property
    def path(self) -> Path | None:
        """Where the document is saved; None without a document, or if it never was saved."""
        return self.workspace.session.path if self.workspace is not None else None

    def run(self, act: Act) -> None:
        """Do what the action does; what stands in its way is said, and nothing is lost."""
        if self.workspace is not None:
            self.workspace.canvas.finish_editing()
        try:
            act.run(self)
        except WaylineError as error:
            self.tell_error(error)

    def tell_error(self, error: WaylineError) -> None:
        """Say what is wrong, where, and how to mend it."""
        self.banner.tell(str(error), is_bad=True)

    def _on_change(self, _change: Change) -> None:
        self.actions_.refresh()
        self._show_state()

    def _show_state(self) -> None:
        """Name, steps, problems, and whether it is saved, at the top."""
        if self.workspace is None or self.keeping is None:
            return
        session = self.workspace.session
        name = session.path.name if session.path is not None else session.document.journey.name
        steps = sum(1 for _ in session.document.journey.all_steps())
        counts = self.workspace.checker.counts
        parts = [
            self._saved_said(session, self.keeping.saved_at),
            self.tr("1 step") if steps == 1 else self.tr("{0} steps").format(steps),
            in_words(counts) or self.tr("no problems")
            if self.workspace.checker.is_ready
            else self.tr("checking …"),
        ]
        self.top.show_document(name, " · ".join(parts))
        shown = " ".join(name.split())[:80].replace("[*]", "")
        self.setWindowTitle(f"{shown}[*] – Wayline")
        self.setWindowModified(session.is_changed)

    def _show_results(self) -> None:
        """The panel with the key figures, unless another one of what was run is read now."""
        around = self.work().around
        if not self.work().simulating.shows_results(around.below.currentWidget()):
            around.show("results")
        around.give_room(self)

    def _show_errors(self) -> None:
        around = self.work().around
        around.show("problems")
        self.banner.tell(
            self.tr("The journey has errors: mend them, and it can be run."), is_bad=True
        )

    def _saved_said(self, session: Session, at: datetime | None) -> str:
        if session.is_changed or session.path is None:
            return self.tr("Not saved")
        if at is None:
            return self.tr("Saved")
        return self.tr("Saved {time}").format(time=f"{at:%H:%M}")

    # ---- opening

    def new(self) -> None:
        """An empty journey, here if there is room, else in a window of its own."""
        self._windows.new(self)

    def ask_open(self) -> None:
        """Ask which document to open."""
        dialog = QFileDialog(self, self.tr("Open journey"))
        dialog.setDirectory(str(self.settings.folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [f"{self.tr('Journeys')} (*{SUFFIX} *.json)", self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self._open_name)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_name(self, name: str) -> None:
        self._windows.open_path(Path(name), self)

    def _open_path(self, path: Path) -> None:
        self._windows.open_path(path, self)

    def _open_sample(self, name: str) -> None:
        self._windows.open_sample(name, self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open what is dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._windows.open_path(Path(url.toLocalFile()), self)

    # ---- the window itself

    def _show_menu(self, at: QPoint) -> None:
        context_menu(self.actions_, self).popup(at)

    def set_theme(self, name: str) -> None:
        """Light, dark, contrast or system; for all windows."""
        self.settings.theme = name  # type: ignore[assignment]

    def scale_text(self, by: float) -> None:
        """Larger or smaller by this factor; 0: as large as usual."""
        self.settings.text_scale = round(self.settings.text_scale * by, 2) if by else 1.0

    def toggle_motion(self) -> None:
        """Reduce motion, or not."""
        self.settings.reduced_motion = not self.settings.reduced_motion

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        self.actions_.restyle()
        self.top.restyle()
        for button in self._buttons:
            button.setIconSize(QSize(look.px(18), look.px(18)))
        if self.workspace is not None:
            self.workspace.restyle()

    def _restore_places(self) -> None:
        place = self.settings.window_place()
        if place is not None:
            self.restoreGeometry(place[0])
            self.restoreState(place[1])

    def _begin(self) -> None:
        """Once the window is laid out: what was seen last, and the first time the tour."""
        self._restore_view()
        if self.workspace is not None and not self.settings.tour_seen:
            self.start_tour()

    def _restore_view(self) -> None:
        """Look at the document as it was looked at last, or at all of it."""
        if self.workspace is None:
            return
        known = self.settings.view_of(self.path) if self.path is not None else None
        view = self.workspace.canvas.view
        if known is None:
            view.show_start()
            return
        self.workspace.selection.show_graph(known.graph)
        view.set_zoom(known.zoom)
        view.centerOn(QPointF(*known.centre))

    def _keep_places(self) -> None:
        if self.workspace is None:
            return
        geometry, docks = bytes(self.saveGeometry().data()), bytes(self.saveState().data())
        self.settings.keep_window_place(geometry, docks)
        if self.path is not None:
            view = self.workspace.canvas.view
            middle = view.seen().center()
            graph = self.workspace.selection.graph
            shown = FileView(view.zoom, (middle.x(), middle.y()), graph)
            self.settings.keep_view(self.path, shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus; Qt does so in dialogs alone."""
        focus = self.focusWidget()
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and isinstance(focus, QAbstractButton) and not event.isAutoRepeat():
            focus.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Who comes back to the window sees what other programs did meanwhile."""
        came_back = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if came_back and self.keeping is not None:
            self.keeping.watch.check()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask first if something is not saved; then let everything go."""
        workspace, keeping = self.workspace, self.keeping
        if workspace is not None and keeping is not None:
            workspace.canvas.finish_editing()
            if workspace.session.is_changed and not self._may_close:
                event.ignore()
                keeping.ask_before_closing(self.close_without_asking)
                return
            self._keep_places()
            self._stop()
            keeping.close_keeping()
            workspace.close_workspace()
            self.workspace = self.keeping = None
        event.accept()
        self.closed.emit(self)

    def close_without_asking(self) -> None:
        """Close, whatever is not saved."""
        self._may_close = True
        self.close()

    def ask_quit(self) -> None:
        """Close all windows."""
        self._windows.quit()

    # ---- help

    def show_commands(self) -> None:
        """All actions, found by typing."""
        self.actions_.refresh()
        CommandPalette(self.actions_.all.values(), self).open()

    def show_shortcuts(self) -> None:
        """All keys."""
        ShortcutPage(self.actions_.all.values(), self).open()

    def show_about(self) -> None:
        """Versions and licences."""
        About(self).open()

    def start_tour(self) -> None:
        """Five steps around the window."""
        if self.workspace is not None:
            self.workspace.start_tour(self.top)
