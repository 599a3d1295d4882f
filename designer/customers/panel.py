"""The panel that follows one customer; what it is made of comes when it is first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.runs import Runs
from designer.scrolled import scrolled
from designer.selection import Selection
from designer.session import Session

if TYPE_CHECKING:
    from designer.canvas.canvas import Canvas
    from designer.customers.following import Following


class CustomersPanel(QWidget):
    """failed: a WaylineError that the user should read.  told: something worth a line.

    It needs no run: without one it follows customers of the baseline with the usual seed.
    """

    failed = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        session: Session,
        selection: Selection,
        runs: Runs,
        canvas: Canvas,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Customers"))
        self._made_of = session, selection, runs, canvas
        self._following: Following | None = None
        self._is_closed = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def following(self) -> Following | None:
        """What is in it, once it was seen."""
        return self._following

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Made when it is first seen."""
        super().showEvent(event)
        if self._following is None and not self._is_closed:
            from designer.customers.following import Following  # noqa: PLC0415 - when seen only

            self._following = Following(*self._made_of, self)
            self._following.failed.connect(self.failed)
            self._following.told.connect(self.told)
            self._column.addWidget(scrolled(self._following))

    def close_panel(self) -> None:
        """Let go of session, runs, canvas and processes."""
        self._is_closed = True
        if self._following is not None:
            self._following.close_following()

    def restyle(self) -> None:
        """Take colours and text size of the active look."""
        if self._following is not None:
            self._following.restyle()
