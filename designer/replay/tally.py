"""How many are where now, and what the signs of the dots mean: painted, as often as a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.replay import signs
from designer.theme import look


@dataclass(frozen=True, slots=True)
class Chip:
    """A word and a number after it (None: none), with the sign of a kind of dots before them."""

    word: str
    number: int | None = None
    kind: int | None = None

    def text(self) -> str:
        """As one reads it."""
        return self.word if self.number is None else f"{self.word} {self.number:,}"


class Tally(QWidget):
    """Chips in as many rows as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: Sequence[Chip] = ()
        self._widest: dict[str, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> Sequence[Chip]:
        """What is shown."""
        return self._chips

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these."""
        anew = [chip.word for chip in chips] != [chip.word for chip in self._chips]
        self._chips = chips
        if anew:
            self._widest.clear()
        before = dict(self._widest)
        metrics = self._metrics()
        for chip in chips:
            wide = metrics.horizontalAdvance(chip.text())
            self._widest[chip.word] = max(wide, self._widest.get(chip.word, 0))
        if anew or before != self._widest:
            self.updateGeometry()
        self.update()

    def tell(self) -> None:
        """Say it to those who do not see it; too often while it changes all the time."""
        self.setAccessibleName(", ".join(chip.text() for chip in self._chips))

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        self._widest.clear()
        self.show_chips(self._chips)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """How high it is in this width."""
        return self._places(width)[1]

    def sizeHint(self) -> QSize:  # noqa: N802
        """One or two rows."""
        return QSize(look.px(400), self.heightForWidth(max(self.width(), look.px(200))))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """One row."""
        return QSize(look.px(120), self._line())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the chips."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places, _ = self._places(self.width())
        for chip, area in zip(self._chips, places, strict=True):
            self._paint(painter, chip, area)

    def _paint(self, painter: QPainter, chip: Chip, area: QRect) -> None:
        theme, left = look.active(), area.left()
        centre = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if chip.kind is not None:
            middle = QPointF(left + look.px(5), area.center().y() + 1)
            signs.draw(painter, chip.kind, [middle], look.px(8))
            left += look.px(15)
        painter.setFont(look.font(look.TEXT))
        painter.setPen(theme.soft)
        word = f"{chip.word} "
        painter.drawText(area.adjusted(left - area.left(), 0, 0, 0), int(centre), word)
        if chip.number is not None:
            left += painter.fontMetrics().horizontalAdvance(word)
            painter.setFont(look.font(look.TEXT, strong=True))
            painter.setPen(theme.ink)
            painter.drawText(
                area.adjusted(left - area.left(), 0, look.px(8), 0), int(centre), f"{chip.number:,}"
            )

    def _places(self, width: int) -> tuple[list[QRect], int]:
        gap, line = look.px(18), self._line()
        at, places = QPoint(0, 0), []
        for chip in self._chips:
            wide = self._widest.get(chip.word, 0) + look.px(15 if chip.kind is not None else 0)
            if at.x() and at.x() + wide > width:
                at = QPoint(0, at.y() + line)
            places.append(QRect(at, QSize(wide, line)))
            at += QPoint(wide + gap, 0)
        return places, at.y() + line

    def _line(self) -> int:
        return self._metrics().height() + look.px(4)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(look.font(look.TEXT, strong=True))
