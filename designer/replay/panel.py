"""The replay of the run that is shown: from an invitation to run to a day on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QWidget

from designer.canvas.canvas import Canvas
from designer.empty_state import EmptyState
from designer.replay.day_picker import DayPicker
from designer.replay.fetching import Fetching, Which
from designer.runs import Runs
from designer.selection import Selection
from designer.session import Session
from designer.settings import Settings
from engine.errors import WaylineError

if TYPE_CHECKING:
    from designer.replay.chosen import Chosen
    from designer.replay.player import Player


class ReplayPanel(QWidget):
    """A replication of the run that is shown, made again when it is first looked at.

    While the panel is not seen, nothing is played and nothing is on the canvas.
    """

    failed = Signal(object)
    told = Signal(str)
    run_asked = Signal()

    def __init__(
        self,
        session: Session,
        selection: Selection,
        runs: Runs,
        canvas: Canvas,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Replay"))
        self._session, self._selection, self._runs = session, selection, runs
        self._canvas, self._settings = canvas, settings
        self._player: Player | None = None
        self._shown: Which | None = None
        self._refused: Which | None = None
        """What failed or was cancelled: it is not fetched again unasked."""
        self._fetching = Fetching(self)
        self._fetching.fetched.connect(self._on_fetched)
        self._fetching.failed.connect(self._on_failed)
        self.days = DayPicker()
        self.days.changed.connect(self._on_replication)
        self._nothing = EmptyState()
        self._nothing.clicked.connect(self._on_button)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._area)
        runs.changed.connect(self._follow)
        settings.changed.connect(self._on_setting)
        self._follow()

    @property
    def player(self) -> Player | None:
        """What plays, once there is something to play."""
        return self._player

    @property
    def is_shown(self) -> bool:
        """Whether a recording is shown."""
        return self._shown is not None

    def close_panel(self) -> None:
        """Let go of runs, canvas and processes; no time passes any more."""
        self._runs.changed.disconnect(self._follow)
        self._settings.changed.disconnect(self._on_setting)
        self._fetching.close()
        if self._player is not None:
            self._player.close_player()
        self._shown = None

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        if self._player is not None:
            self._player.restyle()

    # ---- which recording

    def _follow(self) -> None:
        """Show the recording of the results as they are now, or say why there is none."""
        results = self._runs.current
        if results is None:
            self._fetching.cancel()
            self._take_away()
            self._say_nothing(is_stale=self._runs.shown is not None)
            return
        self.days.offer(results)
        which = Which.of(results, self.days.replication)
        if not self.isVisible() or which == self._shown:
            return
        self._take_away()
        if which == self._refused:
            self._say(self.tr("There is no replay of this day yet."), self.tr("Try again"))
            return
        self._say(self.tr("The day is simulated once more, for its replay…"), self.tr("Cancel"))
        self._fetching.fetch(which, self._session.document)

    def _say_nothing(self, *, is_stale: bool) -> None:
        words = self.tr("Run the journey to replay one of its days on the canvas.")
        if is_stale:
            words = self.tr("The journey has changed. Run it again to replay it as it is now.")
        self._say(words, self.tr("Run"))

    def _say(self, words: str, button: str) -> None:
        self._nothing.say(words, "run", button)
        self._pages.setCurrentWidget(self._nothing)

    def _on_button(self) -> None:
        if self._fetching.wanted is not None:
            self._refused = self._fetching.wanted
            self._fetching.cancel()
            self._follow()
        elif self._runs.current is None:
            self.run_asked.emit()
        else:
            self._refused = None
            self._follow()

    def _on_replication(self) -> None:
        self._refused = None
        self._follow()

    # ---- the recording

    def _on_fetched(self, which: Which, everybody: Chosen) -> None:
        from designer.replay.player import Player  # noqa: PLC0415 - numpy, not needed to start
        from designer.replay.stage import Stage  # noqa: PLC0415

        if self._player is None:
            self._player = Player(self.days)
            self._player.glide(not self._settings.reduced_motion)
            self._area.setWidget(self._player)
        self._shown = which
        scene = self._canvas.scene
        self._player.put(Stage(everybody, self._session, self._selection, scene, self))
        self._pages.setCurrentWidget(self._area)
        self._show_layer()

    def _on_failed(self, error: WaylineError) -> None:
        results = self._runs.current
        if results is not None:
            self._refused = Which.of(results, self.days.replication)
        self._follow()
        self.failed.emit(error)

    def _take_away(self) -> None:
        self._shown = None
        if self._player is not None:
            self._player.put(None)

    # ---- seen, and heard

    def _show_layer(self) -> None:
        if self._player is not None and self._player.stage is not None:
            self._player.stage.set_seen(self.isVisible())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What came while it was not seen is shown now."""
        super().showEvent(event)
        if not event.spontaneous():
            self._follow()
            self._show_layer()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing is played unseen; a window that is minimised comes back as it was."""
        super().hideEvent(event)
        if self._player is not None:
            self._player.clock.pause()
        if not event.spontaneous():
            self._show_layer()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The space bar plays and pauses, wherever in the panel the focus is."""
        if event.key() == Qt.Key.Key_Space and self._player is not None and self.is_shown:
            self._player.toggle()
        else:
            super().keyPressEvent(event)

    def _on_setting(self, name: str) -> None:
        if name == "reduced_motion" and self._player is not None:
            self._player.glide(not self._settings.reduced_motion)
