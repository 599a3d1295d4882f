"""The first look around a window with a document: five callouts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from designer.tour import TourStep


def first_tour(
    palette: QWidget, canvas: QWidget, inspector: QWidget, problems: QWidget, bar: QWidget
) -> Sequence[TourStep]:
    """What the five callouts say, and beside what."""
    tr = QCoreApplication.translate
    return (
        TourStep(
            palette,
            tr("Tour", "Steps"),
            tr(
                "Tour",
                "Everything a journey is made of. Drag a step onto the canvas, or press Tab there, "
                "type a few letters and press Enter.",
            ),
        ),
        TourStep(
            canvas,
            tr("Tour", "Canvas"),
            tr(
                "Tour",
                "Pull a link from a port at the right of a step to where customers go next. A + "
                "asks for a step that is missing. Drop a step on a link to put it in between.",
            ),
        ),
        TourStep(
            inspector,
            tr("Tour", "Inspector"),
            tr(
                "Tour",
                "What the selected step does. Design is what runs; Assumptions are the numbers "
                "that only simulation needs; Map is how the customer sees it.",
            ),
        ),
        TourStep(
            problems,
            tr("Tour", "Problems"),
            tr(
                "Tour",
                "What is wrong shows here while you draw, with the way there and, where it is "
                "plain, the mend.",
            ),
        ),
        TourStep(
            bar,
            tr("Tour", "Everything else"),
            tr(
                "Tour",
                "Ctrl+Shift+P finds every command, F1 shows all keys, and Ctrl+Z takes back "
                "whatever you did. Nothing is lost: even a crash leaves your work behind.",
            ),
        ),
    )
