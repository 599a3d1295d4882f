"""From a date to the time that journeys know."""

from __future__ import annotations

from datetime import datetime
from typing import Final

_MONDAY: Final = datetime(1970, 1, 5)  # noqa: DTZ001 - the clock on the wall, in no zone


def clock_seconds(moment: datetime) -> float:
    """Seconds from a Monday 00:00 to `moment`, by the clock on the wall where it was taken.

    Opening hours and quiet hours are meant there, so convert to the customer's time zone first.
    On days when clocks change, a wait until a time of day is that hour too long or too short.
    """
    return (moment.replace(tzinfo=None) - _MONDAY).total_seconds()
