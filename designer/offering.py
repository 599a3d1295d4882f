"""What a crash left behind is offered, one document after the other, each in one window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from designer.recovery.left_over import Recoverable, left_over
from designer.whole_document import become

if TYPE_CHECKING:
    from designer.window import Window
    from designer.windows import Windows

translate = QCoreApplication.translate


class Offering:
    """Knows what was offered already: what is put off is offered at the next start."""

    def __init__(self, windows: Windows, folder: Path) -> None:
        self._windows, self._folder = windows, folder
        self._offered: set[Path] = set()

    def offer(self, window: Window) -> None:
        """Offer the newest document that no window offered yet; nothing happens without one."""
        found = next((f for f in left_over(self._folder) if f.file not in self._offered), None)
        if found is None:
            return
        self._offered.add(found.file)
        when = found.when.astimezone().strftime("%d %b %H:%M")
        text = translate(
            "Offering", "“{name}” was not saved before Wayline ended unexpectedly ({when})."
        )
        window.banner.tell(
            text.format(name=found.name, when=when),
            [
                (translate("Offering", "Restore"), partial(self._restore, found, window)),
                (translate("Offering", "Discard"), partial(self._discard, found, window)),
                (translate("Offering", "Later"), partial(self.offer, window)),
            ],
        )

    def _restore(self, found: Recoverable, window: Window) -> None:
        shown = self._windows.showing(found.path) if found.path is not None else None
        if shown is not None and not shown.work().session.is_changed:
            self._restore_into(found, shown)
        else:
            self._windows.restore(found, window)
        self.offer(window)

    def _restore_into(self, found: Recoverable, window: Window) -> None:
        """The file is open already: the changes become an entry there, instead of a second one."""
        session = window.work().session
        label = translate("Recovery", "Restore unsaved changes")
        session.do(become(label, session.document, found.document))
        if window.files().protect():
            found.discard()
        window.raise_()
        window.activateWindow()

    def _discard(self, found: Recoverable, window: Window) -> None:
        found.discard()
        self.offer(window)
