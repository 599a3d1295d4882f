"""What this is: versions for who reports a fault, licence, and whose font it is."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import PySide6
from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from designer.plain_text import PlainLabel
from designer.theme.look import LARGE, font, px


class About(QDialog):
    """Versions, licence and thanks; the versions can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Wayline"))
        title = PlainLabel("Wayline")
        title.setFont(font(LARGE, strong=True))
        line = PlainLabel(self.tr("Designs customer journeys and simulates them."))
        line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        rows = QFormLayout()
        rows.setHorizontalSpacing(px(16))
        for name, number in versions():
            rows.addRow(PlainLabel(name), _selectable(number, name))
        licence = PlainLabel(self.tr("Wayline is free software under the MIT licence."))
        credit = PlainLabel(
            self.tr(
                "Type: Inter by the Inter Project Authors, SIL Open Font License 1.1. "
                "Icons: drawn for Wayline."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(px(10))
        for widget in (title, line):
            column.addWidget(widget)
        column.addLayout(rows)
        column.addWidget(licence)
        column.addWidget(credit)
        column.addLayout(self._buttons())
        self.finished.connect(self.deleteLater)
        self.setMinimumWidth(px(380))
        self._closing.setFocus()

    def _buttons(self) -> QHBoxLayout:
        copying = QPushButton(self.tr("Copy versions"))
        copying.setAccessibleName(copying.text())
        copying.setAutoDefault(False)
        copying.clicked.connect(_copy)
        self._closing = closing = QPushButton(self.tr("Close"))
        closing.setAccessibleName(closing.text())
        closing.setDefault(True)
        closing.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copying)
        row.addStretch(1)
        row.addWidget(closing)
        return row


def versions() -> list[tuple[str, str]]:
    """Each part that matters when something goes wrong, with its version."""
    try:
        own = version("wayline")
    except PackageNotFoundError:
        own = QCoreApplication.translate("About", "run from its folder")
    return [
        ("Wayline", own),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        ("PySide6", PySide6.__version__),
        ("System", platform.platform()),
    ]


def _copy() -> None:
    text = "\n".join(f"{name} {number}" for name, number in versions())
    QGuiApplication.clipboard().setText(text)


def _selectable(text: str, name: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setAccessibleName(f"{name} {text}")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
