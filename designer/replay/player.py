"""Plays one recording: buttons, the day as a slider, filters, and how many are where."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from designer.plain_text import PlainLabel
from designer.replay.chosen import Counts
from designer.replay.clock_words import day_in_words, time_in_words
from designer.replay.day_slider import DaySlider
from designer.replay.flow import FlowLayout
from designer.replay.parts import Part, parts, usual
from designer.replay.pickers import Pickers
from designer.replay.play_clock import PlayClock
from designer.replay.stage import Stage
from designer.replay.tally import Chip, Tally
from designer.replay.transport import Transport
from designer.theme import look
from engine.short_english import words

GLIDE_SECONDS = 0.3
"""So long, in real time, a dot is on its way from one step to the next."""
_PROFILE = 240
"""Points of the curve above the hours."""


class Player(QWidget):
    """Shows one recording at a time; moved: another time is shown."""

    moved = Signal(float)

    def __init__(self, beside: QWidget, parent: QWidget | None = None) -> None:
        """With a widget beside the buttons that chooses the recording."""
        super().__init__(parent)
        self._stage: Stage | None = None
        self._time = -1.0
        self._part = Part(0.0, 1.0)
        self._may_glide = True
        self.clock = PlayClock(self)
        self.transport = Transport()
        self.day = DaySlider()
        self.parts = QComboBox()
        self.parts.setAccessibleName(self.tr("Day"))
        self.filters = Pickers(self)
        self.tally = Tally()
        self._now = PlainLabel()
        self._now.setWordWrap(False)
        self.sampling = PlainLabel()
        self.sampling.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._arrange(beside)
        self._connect()
        self.restyle()

    def _arrange(self, beside: QWidget) -> None:
        top = QWidget()
        row = FlowLayout(top, look.px(10))
        for widget in (self.transport, self._now, self.parts, beside, *self.filters.widgets()):
            row.addWidget(widget)
        bottom = QHBoxLayout()
        bottom.setSpacing(look.px(12))
        bottom.addWidget(self.tally, 1)
        bottom.addWidget(self.sampling, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        column.setSpacing(look.px(8))
        column.addWidget(top)
        column.addWidget(self.day)
        column.addLayout(bottom)
        column.addStretch(1)

    def _connect(self) -> None:
        self.transport.play_asked.connect(self.toggle)
        self.transport.start_asked.connect(self.to_start)
        self.transport.end_asked.connect(self.to_end)
        self.transport.forward_asked.connect(self.forward)
        self.transport.back_asked.connect(self.back)
        self.transport.speed_changed.connect(self._on_speed)
        self.clock.passed.connect(self._on_passed)
        self.clock.turned.connect(self._on_turned)
        self.day.moved.connect(self.go_to)
        self.parts.currentIndexChanged.connect(self._on_part)
        self.filters.changed.connect(self._on_filters)
        self.filters.coloured.connect(self._on_coloured)

    # ---- what is played

    @property
    def stage(self) -> Stage | None:
        """What is on the canvas."""
        return self._stage

    def put(self, stage: Stage | None) -> None:
        """Play this, from its busiest day on; None: nothing."""
        self.clock.pause()
        if self._stage is not None:
            self._stage.close_stage()
            self._stage.deleteLater()
        self._stage = stage
        if stage is None:
            return
        self.filters.offer(stage.recording)
        stage.colour_by(self.filters.coloured_by)
        self._set_glide()
        self._offer_parts(stage)

    def close_player(self) -> None:
        """Take it off the canvas; no time passes any more."""
        self.put(None)

    def glide(self, may: bool) -> None:
        """Whether dots may move by themselves, or jump from step to step."""
        self._may_glide = may
        self._set_glide()
        self._show()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        self.transport.restyle()
        self.tally.restyle()
        self.day.restyle()
        self._now.setFont(look.font(look.TITLE, strong=True))
        self._now.setMinimumWidth(look.px(120))
        if self._stage is not None:
            self._stage.layer.update()

    # ---- going about

    @property
    def time(self) -> float:
        """The time that is shown, seconds since Monday 00:00."""
        return self._time

    def toggle(self) -> None:
        """Play, from the start if it is at its end; or pause."""
        if self.clock.is_playing:
            self.clock.pause()
            return
        if self._time >= self._part.end:
            self.go_to(self._part.begin)
        self.clock.play()

    def go_to(self, time: float) -> None:
        """Show this time, or the nearest that there is."""
        self._time = min(max(time, self._part.begin), self._part.end)
        self._show()
        self._tell()

    def to_start(self) -> None:
        """Before anything happened."""
        self.go_to(self._part.begin)

    def to_end(self) -> None:
        """When everything has happened."""
        self.clock.pause()
        self.go_to(self._part.end)

    def forward(self) -> None:
        """To the next time at which something happens."""
        if self._stage is not None:
            self.clock.pause()
            later = self._stage.chosen.event_after(self._time)
            self.go_to(self._part.end if later is None else later)

    def back(self) -> None:
        """To the time before at which something happened."""
        if self._stage is not None:
            self.clock.pause()
            sooner = self._stage.chosen.event_before(self._time)
            self.go_to(self._part.begin if sooner is None else sooner)

    def _on_passed(self, seconds: float) -> None:
        self._time = min(self._time + seconds, self._part.end)
        self._show()
        if self._time >= self._part.end:
            self.clock.pause()

    def _on_turned(self) -> None:
        self.transport.show_playing(self.clock.is_playing)
        self._tell()

    def _on_speed(self, speed: float) -> None:
        self.clock.speed = speed
        self._set_glide()
        self._show()

    def _set_glide(self) -> None:
        if self._stage is not None:
            self._stage.glide_for(GLIDE_SECONDS * self.clock.speed if self._may_glide else 0.0)

    # ---- which part of it

    def _offer_parts(self, stage: Stage) -> None:
        found = parts(stage.recording)
        self.parts.blockSignals(True)
        self.parts.clear()
        for part in found:
            self.parts.addItem(self._called(part), part)
        self.parts.setCurrentIndex(found.index(usual(found)))
        self.parts.blockSignals(False)
        self.parts.setVisible(len(found) > 1)
        self._on_part()

    def _called(self, part: Part) -> str:
        if part.day is None:
            return self.tr("All of it")
        ranks = {"busiest": self.tr("busiest"), "typical": self.tr("typical")}
        name = day_in_words(part.day)
        return name if part.rank is None else f"{name} · {ranks[part.rank]}"

    def _on_part(self) -> None:
        part = self.parts.currentData()
        if self._stage is not None and isinstance(part, Part):
            self._part = part
            self._show_span()
            # Where one was before; else in its middle, where something is to be seen.
            was_here = part.begin <= self._time <= part.end
            self.go_to(self._time if was_here else (part.begin + part.end) / 2)

    def _show_span(self) -> None:
        if self._stage is None:
            return
        chosen, part = self._stage.chosen, self._part
        times = np.linspace(part.begin, part.end, _PROFILE)
        begun = np.searchsorted(chosen.starts, times, "right")
        there = begun - np.searchsorted(chosen.ends, times, "right")
        self.day.show_span(part.begin, part.end, there.tolist())

    # ---- who is shown

    def _on_filters(self) -> None:
        if self._stage is not None:
            self._stage.filter(self.filters.filters)
            self._show_span()
            self._show()
            self._tell()

    def _on_coloured(self) -> None:
        if self._stage is not None:
            self._stage.colour_by(self.filters.coloured_by)
            self._show()

    # ---- showing

    def _show(self) -> None:
        if self._stage is None:
            return
        counts = self._stage.show(self._time)
        said = time_in_words(self._time)
        self._now.setText(said)
        self.day.show_time(self._time, said)
        self.tally.show_chips(self._chips(self._stage, counts))
        every = self._stage.every
        self.sampling.setVisible(every > 1)
        if every > 1:
            self.sampling.setText(_every_in_words(every))
        self.moved.emit(self._time)

    def _tell(self) -> None:
        self.tally.tell()

    def _chips(self, stage: Stage, counts: Counts) -> list[Chip]:
        found = [
            Chip(self.tr("In the journey"), counts.in_journey),
            Chip(self.tr("Waiting"), counts.waiting),
            Chip(self.tr("With an agent"), counts.in_service),
            Chip(self.tr("Done"), sum(counts.done.values())),
        ]
        kinds = {name: kind for kind, name in enumerate(stage.kinds)}
        by_outcome = self.filters.coloured_by == "outcome"
        if not by_outcome:
            found += [Chip(words(name), None, kind) for name, kind in kinds.items()]
        return found + [
            Chip(words(name), counts.done[name], kinds[name] if by_outcome else None)
            for name in stage.outcomes
        ]


def _every_in_words(every: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    teen = every % 100 in {11, 12, 13}
    number = f"{every:,}{'th' if teen else ends.get(every % 10, 'th')}"
    return QCoreApplication.translate("Replay", "Every {0} customer is shown").format(number)
