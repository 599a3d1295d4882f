"""What the canvas can be coloured by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from designer.translating import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class HeatMeasure:
    """id: among the measures of steps (`STEP_MEASURES`).  title: for people."""

    id: str
    title: str

    @property
    def said(self) -> str:
        """The title in the user's language."""
        return QCoreApplication.translate("Heat", self.title)


MEASURES: Final = (
    HeatMeasure("mean_wait", QT_TRANSLATE_NOOP("Heat", "Wait")),
    HeatMeasure("abandonment_rate", QT_TRANSLATE_NOOP("Heat", "Abandonment")),
    HeatMeasure("drop_off", QT_TRANSLATE_NOOP("Heat", "Drop-off")),
    HeatMeasure("share", QT_TRANSLATE_NOOP("Heat", "Traffic")),
    HeatMeasure("cost", QT_TRANSLATE_NOOP("Heat", "Cost")),
    HeatMeasure("effort", QT_TRANSLATE_NOOP("Heat", "Effort")),
)
