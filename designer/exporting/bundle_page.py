"""The bundle: what will be in it, how its results are simulated, and how far that is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from designer.exporting.bundling import Wish
from designer.exporting.made import Made
from designer.plain_text import ElidedLabel, PlainLabel, set_tip
from designer.run_bar import RunProgress
from designer.theme.look import TITLE, font, px

USUAL: Final = 200
"""Replications, if nothing else is chosen: as many as the command runs."""
MOST: Final = 100_000


class BundlePage(QWidget):
    """cancel_asked: the bundle that is being made shall not be."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(self.tr("Bundle: everything in one file"))
        self._about = PlainLabel(
            self.tr(
                "One zip file for those who build, check and sign off. The same journey, "
                "replications and seed give the same bytes; wayline verify checks them."
            )
        )
        self._inside_head = PlainLabel(self.tr("What will be in it"))
        self._how_head = PlainLabel(self.tr("How its results are simulated"))
        self._inside = PlainLabel()
        self.replications = _spin(self.tr("Replications"), 1, MOST, USUAL)
        self.seed = _spin(self.tr("Seed"), 0, 2**31 - 1, 1)
        self._key: Path | None = None
        self._key_name = ElidedLabel()
        self.choose_key = QPushButton(self.tr("Choose…"))
        self.no_key = QPushButton(self.tr("Do not sign"))
        self.progress = RunProgress()
        self.cancel = QPushButton(self.tr("Cancel"))
        self._going = QWidget()
        self._arrange()
        self._connect()
        self._dress()
        self.sign_with(None)
        self.show_going_on(is_going_on=False)

    def wish(self, path: Path) -> Wish:
        """What is chosen, for a bundle in this file."""
        return Wish(path, self.replications.value(), self.seed.value(), self._key)

    def show_made(self, made: Made) -> None:
        """Say what will be in a bundle of this."""
        whole = [one.title for name, one in made.targets.items() if self._holds(made, name)]
        blocked = [one.title for name, one in made.targets.items() if not self._holds(made, name)]
        lines = [
            self.tr("Targets: {0}").format(", ".join(whole)),
            self.tr("The journey, and the JSON Schema of its form"),
            self.tr("Worker contract: commands with their parameters, results and errors"),
            self.tr("Conformance vectors: a customer for each distinct path, and what they cover"),
            self.tr("Data use: what of people is used in which step, for which purpose"),
            self.tr("Simulation: assumptions, and results with intervals and seed"),
            self.tr("Manifest: the SHA-256 of each file, losses, and what must be bound"),
        ]
        if blocked:
            text = self.tr("Not in it, for they are blocked: {0}")
            lines.insert(1, text.format(", ".join(blocked)))
        self._inside.setText("\n".join(f"•  {line}" for line in lines))

    def sign_with(self, key: Path | None) -> None:
        """Sign with this private key; None for no signature."""
        self._key = key
        self._key_name.setText(str(key) if key is not None else self.tr("Not signed"))
        self.no_key.setVisible(key is not None)

    def show_going_on(self, *, is_going_on: bool) -> None:
        """Whether a bundle is being made; what it is made of cannot be changed meanwhile."""
        if is_going_on and self._going.isHidden():
            self.progress.begin()
        self._going.setVisible(is_going_on)
        for widget in (self.replications, self.seed, self.choose_key, self.no_key):
            widget.setEnabled(not is_going_on)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    @staticmethod
    def _holds(made: Made, name: str) -> bool:
        return name in made.exports and not made.exports[name].blocking

    # ---- building

    def _arrange(self) -> None:
        for label in (self._about, self._inside_head, self._how_head):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        signing = QHBoxLayout()
        signing.setSpacing(px(8))
        signing.addWidget(self.choose_key)
        signing.addWidget(self.no_key)
        signing.addWidget(self._key_name, 1)
        rows = QGridLayout()
        rows.setHorizontalSpacing(px(16))
        rows.setVerticalSpacing(px(8))
        rows.setColumnStretch(1, 1)
        left = Qt.AlignmentFlag.AlignLeft
        for row, (name, spin) in enumerate(
            ((self.tr("Replications"), self.replications), (self.tr("Seed"), self.seed))
        ):
            rows.addWidget(_name(name), row, 0)
            rows.addWidget(spin, row, 1, left)
        rows.addWidget(_name(self.tr("Signing key")), 2, 0)
        rows.addLayout(signing, 2, 1)
        going = QHBoxLayout(self._going)
        going.setContentsMargins(0, px(8), 0, 0)
        going.setSpacing(px(12))
        going.addWidget(self.progress, 1)
        going.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(8))
        column.setSpacing(px(6))
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(px(8))
        column.addWidget(self._inside_head)
        column.addWidget(self._inside)
        column.addSpacing(px(8))
        column.addWidget(self._how_head)
        column.addLayout(rows)
        column.addWidget(self._going)
        column.addStretch(1)

    def _connect(self) -> None:
        self.choose_key.setAccessibleName(self.tr("Choose a signing key"))
        set_tip(
            self.choose_key,
            self.tr("A private Ed25519 key (PEM) that signs the bundle; it stays here"),
        )
        self.no_key.setAccessibleName(self.tr("Do not sign the bundle"))
        self.cancel.setAccessibleName(self.tr("Cancel the bundle"))
        self.choose_key.clicked.connect(self._ask_for_key)
        self.no_key.clicked.connect(self._on_no_key)
        self.cancel.clicked.connect(self.cancel_asked)

    def _dress(self) -> None:
        self._title.setFont(font(TITLE, strong=True))
        self.progress.restyle()
        for spin in (self.replications, self.seed):
            spin.setFixedWidth(px(140))

    # ---- doing

    def _ask_for_key(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Choose a signing key"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Keys (*.pem *.key)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_key)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_key(self, name: str) -> None:
        self.sign_with(Path(name))

    def _on_no_key(self) -> None:
        self.choose_key.setFocus()
        self.sign_with(None)


def _name(words: str) -> PlainLabel:
    label = PlainLabel(words)
    label.setWordWrap(False)
    return label


def _spin(name: str, least: int, most: int, usual: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setAccessibleName(name)
    spin.setRange(least, most)
    spin.setValue(usual)
    return spin
