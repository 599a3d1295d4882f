"""Keeping one document safe: saving, the recovery journal, and changes by other programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from designer.banner import Banner
from designer.files import AlreadyThereError, ChangedOnDiskError, reload, save
from designer.recovery.journal import Journal
from designer.session import Session
from designer.settings import Settings
from designer.watching import FileWatch
from engine.document import SUFFIX
from engine.errors import WaylineError

Then = Callable[[], object]


class Keeping(QObject):
    """Saves the session's document and says what other programs do to its file.

    saved: the document is on disk as it is.
    """

    saved = Signal()

    def __init__(
        self,
        session: Session,
        journal: Journal,
        settings: Settings,
        banner: Banner,
        digest: str | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._journal, self._settings = session, journal, settings
        self._banner, self._window = banner, parent
        self.saved_at: datetime | None = None
        self._question: QMessageBox | None = None
        self.watch = FileWatch(self)
        if session.path is not None and digest is not None:
            self.watch.follow(session.path, digest)
        self.watch.changed.connect(self._on_changed)
        self.watch.vanished.connect(self._on_vanished)
        self.watch.settled.connect(banner.hide)
        journal.failed.connect(self._on_journal_failed)

    # ---- saving

    def save(self, then: Then | None = None) -> None:
        """Save where it was saved before, or ask where; `then` is done once it is saved."""
        if self._session.path is None:
            self.ask_save_as(then)
        else:
            self._save(self._session.path, then)

    def ask_save_as(self, then: Then | None = None) -> None:
        """Ask where to save."""
        dialog = QFileDialog(self._window, self.tr("Save journey"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Journeys (*{suffix})").format(suffix=SUFFIX)])
        # Whether something would be overwritten is asked by us, once, after the ending is added.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDirectory(str(self._settings.folder()))
        dialog.selectFile(str(self._session.path or _name_for(self._session)))
        dialog.fileSelected.connect(lambda name: self._save(Path(name), then))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, path: Path, then: Then | None = None, *, force: bool = False) -> None:
        try:
            path = save(self._session, path, self.watch, force=force)
        except (ChangedOnDiskError, AlreadyThereError) as error:
            self._ask_to_overwrite(error, path, then)
        except WaylineError as error:
            again = (self.tr("Save as…"), lambda: self.ask_save_as(then))
            self._banner.tell(_said(error), [again], is_bad=True)
        else:
            self._was_saved(path, then)

    def _was_saved(self, path: Path, then: Then | None) -> None:
        self._journal.was_saved(self.watch.known)
        self._settings.remember_file(path)
        self.saved_at = datetime.now().astimezone()
        self._banner.hide()
        self.saved.emit()
        if then is not None:
            then()

    def _ask_to_overwrite(self, error: WaylineError, path: Path, then: Then | None) -> None:
        answers = [
            (self.tr("Overwrite"), lambda: self._save(path, then, force=True)),
            (self.tr("Save as…"), lambda: self.ask_save_as(then)),
        ]
        if isinstance(error, ChangedOnDiskError):
            answers.insert(0, (self.tr("Reload"), self.reload))
        self._banner.tell(_said(error), answers, is_bad=True)

    def ask_before_closing(self, close: Then) -> None:
        """Ask, once at a time, whether to save what is not saved; and then close."""
        if self._question is not None:
            self._question.raise_()
            self._question.activateWindow()
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Save the changes before closing?"))
        box.setInformativeText(self.tr("They are lost if you do not save them."))
        buttons = QMessageBox.StandardButton
        self._question = box
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def answered() -> None:
            self._question = None
            answer = box.standardButton(box.clickedButton())
            if answer == buttons.Save:
                self.save(close)
            elif answer == buttons.Discard:
                self._journal.discard()
                close()

        box.finished.connect(lambda _result: answered())
        box.open()

    # ---- what other programs do to the file

    def _on_changed(self) -> None:
        if not self._session.is_changed:
            text = self.tr("Another program changed this file.")
        else:
            text = self.tr("Another program changed this file, and here are changes not saved.")
        self._banner.tell(
            text,
            [
                (self.tr("Reload"), self.reload),
                (self.tr("Keep mine"), self._keep_mine),
                (self.tr("Save as…"), self.ask_save_as),
            ],
        )

    def _on_vanished(self) -> None:
        text = self.tr("This file is no longer on disk. The document is still here.")
        self._banner.tell(
            text, [(self.tr("Save again"), self.save), (self.tr("Save as…"), self.ask_save_as)]
        )

    def _keep_mine(self) -> None:
        """The document stays; saving asks once more before it overwrites the other's."""

    def reload(self) -> None:
        """Show what the file holds now; undo brings back what was here."""
        try:
            reload(self._session, self.watch)
        except WaylineError as error:
            self._banner.tell(_said(error), is_bad=True)
            return
        self._journal.was_saved(self.watch.known)
        self._banner.tell(self.tr("Reloaded. Undo brings back what was here before."))
        self.saved.emit()

    def _on_journal_failed(self, text: str) -> None:
        self._banner.tell(text, is_bad=True)

    # ---- the end

    def protect(self) -> bool:
        """Put down now, for after a crash, what is not saved; returns whether that worked."""
        return self._journal.flush()

    def close_keeping(self) -> None:
        """The window closes; what is unsaved by now is not wanted."""
        self.watch.stop()
        self._journal.close()


def _name_for(session: Session) -> str:
    """A file's name that says what the journey is called."""
    words = "".join(c if c.isalnum() else " " for c in session.document.journey.name).split()
    return ("_".join(words).casefold()[:80] or "journey") + SUFFIX


def _said(error: WaylineError) -> str:
    """What, where and how to mend it, in one line."""
    return str(error)
