"""The period that each replication covers: in words, and as an edit of the document."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from designer.runs import RunSettings
from engine.assumptions import Period
from engine.calendar import Weekday
from engine.document import Document
from engine.edit_kinds import SetField
from engine.edits import Edit
from engine.element_edits import with_fields


def day_names() -> list[str]:
    """The days of the week, Monday first."""
    tr = QCoreApplication.translate
    return [
        tr("Period", "Monday"),
        tr("Period", "Tuesday"),
        tr("Period", "Wednesday"),
        tr("Period", "Thursday"),
        tr("Period", "Friday"),
        tr("Period", "Saturday"),
        tr("Period", "Sunday"),
    ]


def set_period(document: Document, day: Weekday, days: int) -> Edit | None:
    """The period begins on this day and lasts so many; None if it does already."""
    old = document.assumptions.period
    new = with_fields(old, start_day=day, days=days)
    return None if new == old else SetField("Change the period", "assumptions.period", new)


def in_words(period: Period, settings: RunSettings, usual: int) -> str:
    """What one run covers, short enough for a button."""
    tr = QCoreApplication.translate
    day = day_names()[period.start_day.number]
    is_day = period.days == 1
    length = day if is_day else tr("Period", "{0} days").format(period.days)
    if settings.precision is not None:
        share = f"{settings.precision * 100:g}"
        return tr("Period", "{0} · until ± {1} %").format(length, share)
    count = f"{settings.replications or usual:,}"
    words = tr("Period", "{0} · {1} days") if is_day else tr("Period", "{0} × {1}")
    return words.format(length, count)
