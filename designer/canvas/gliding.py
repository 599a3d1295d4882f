"""Cards glide to their new places, so that the eye can follow what Tidy did."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPointF, QVariantAnimation

from designer.canvas.scene import JourneyScene

DURATION_MS = 160
_MOST = 400
"""With more cards than this nobody can follow, and frames would be late."""


class Glide(QVariantAnimation):
    """From where cards lay before to where the document has them now; for the eye alone."""

    def __init__(
        self, scene: JourneyScene, before: Mapping[str, QPointF], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._ways = {
            name: (before[name], QPointF(card.pos()))
            for name, card in scene.cards.items()
            if name in before and before[name] != card.pos()
        }
        self.setDuration(DURATION_MS)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self.valueChanged.connect(self._show)
        self.finished.connect(scene.show_as_it_is)
        scene.settling.connect(self._arrive)
        scene.mirrored.connect(self.stop)

    @property
    def is_worth_it(self) -> bool:
        """Whether anything moves, and not too much at once."""
        return 0 < len(self._ways) <= _MOST

    def _arrive(self) -> None:
        if self.state() is QAbstractAnimation.State.Running:
            self.stop()
            self._scene.show_as_it_is()

    def _show(self, share: object) -> None:
        if not isinstance(share, float):
            return
        cards = self._scene.cards
        places = {
            name: start + (end - start) * share
            for name, (start, end) in self._ways.items()
            if name in cards
        }
        self._scene.show_moved(places)


def places_now(scene: JourneyScene) -> dict[str, QPointF]:
    """Where the cards are."""
    return {name: QPointF(card.pos()) for name, card in scene.cards.items()}
