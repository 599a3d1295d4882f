"""Whom to show, and what tells the dots apart: pickers made from what the recording holds."""

from __future__ import annotations

from typing import cast

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox

from designer.plain_text import cut, set_tip
from designer.replay.filters import Filters
from designer.replay.stage import ColouredBy
from engine.short_english import words
from simulator.recording import Recording

_LONGEST = 40
_MOST = 200
"""Entries of a picker."""


class Pickers(QObject):
    """changed: others are to be shown.  coloured: by something else."""

    changed = Signal()
    coloured = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.channels = self._picker(self.tr("Channel"))
        self.outcomes = self._picker(self.tr("Outcome"))
        self.segments = self._picker(self.tr("Segment"))
        self.colours = self._picker(self.tr("Colours"))
        set_tip(self.colours, self.tr("What tells the dots apart, by colour and shape"))
        for picker in (self.channels, self.outcomes, self.segments):
            picker.currentIndexChanged.connect(self.changed)
        self.colours.currentIndexChanged.connect(self.coloured)

    def offer(self, recording: Recording) -> None:
        """What this recording can be filtered by; nothing is, at first."""
        contacts = recording.contacts
        self._fill(
            self.channels, self.tr("All channels"), _seen(recording.channels, contacts.channel)
        )
        self._fill(
            self.outcomes, self.tr("All outcomes"), _seen(recording.outcomes, contacts.outcome)
        )
        segments: list[tuple[object, str]] = [
            ((attribute, label), f"{words(attribute)}: {label}")
            for attribute, labels in recording.labels.items()
            for label, _name in _seen(labels, contacts.segments[attribute])
        ]
        self._fill(self.segments, self.tr("All segments"), segments)
        has_channels = self.channels.count() > 2
        ways: list[tuple[object, str]] = [("outcome", self.tr("Coloured by outcome"))]
        if has_channels:
            ways.insert(0, ("channel", self.tr("Coloured by channel")))
        self.colours.blockSignals(True)
        self.colours.clear()
        for by, name in ways:
            self.colours.addItem(name, by)
        self.colours.blockSignals(False)
        for picker in (self.channels, self.outcomes, self.segments):
            picker.setVisible(picker.count() > 2)
        self.colours.setVisible(len(ways) > 1)

    def widgets(self) -> tuple[QComboBox, ...]:
        """To be laid out."""
        return self.channels, self.outcomes, self.segments, self.colours

    @property
    def filters(self) -> Filters:
        """Whom to show."""
        segment = self.segments.currentData()
        # What Qt keeps of a pair is a list.
        chosen = None if segment is None else (str(segment[0]), str(segment[1]))
        return Filters(_text(self.channels), _text(self.outcomes), chosen)

    @property
    def coloured_by(self) -> ColouredBy:
        """What tells the dots apart."""
        return cast("ColouredBy", self.colours.currentData())

    def _picker(self, name: str) -> QComboBox:
        picker = QComboBox()
        picker.setAccessibleName(name)
        picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return picker

    def _fill(self, picker: QComboBox, everybody: str, entries: list[tuple[object, str]]) -> None:
        picker.blockSignals(True)
        picker.clear()
        picker.addItem(everybody, None)
        for data, name in entries[:_MOST]:
            picker.addItem(cut(" ".join(name.split()), _LONGEST), data)
        picker.blockSignals(False)


def _seen(names: tuple[str, ...], column: np.ndarray) -> list[tuple[object, str]]:
    """The names that occur, each with its words."""
    counts = np.bincount(column, minlength=len(names))
    return [(name, words(name)) for name, count in zip(names, counts, strict=True) if count]


def _text(picker: QComboBox) -> str | None:
    data = picker.currentData()
    return None if data is None else str(data)
