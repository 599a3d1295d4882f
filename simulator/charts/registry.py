"""What a chart is: what is kept of each replication, and what all of them together come to.

A told chart is plain data, so that files, pictures and the window show the same numbers:

    {"name": "…", "says": how it is counted, in a sentence,
     "replications": how many it is made from,
     "x": {"name": "…", "unit": "seconds" or "clock", "values": […]} or null,
     "groups": [
        {"keys": {"step": "adviser"},        ids that say what it is about
         "name": "Adviser",                  for people
         "step": "adviser" or null,          the planned step that it leads to
         "measures": {
            "waiting": {"unit": "number", "value": …, "low": …, "high": …}}}],
     "left_out": number of smaller groups that are not told}

A measure has a number, or with "x" a list of as many numbers as there are values of x (unless
its group says otherwise); null where there is none. Numbers have six digits. "low" and "high"
are the interval of the mean (null with one replication); where replications differ much there
are "p10" and "p90" too: between them lie 80 % of the replications. The unit "clock" is seconds
since Monday 00:00, at the beginning of an interval "width" seconds long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from numpy.typing import NDArray

if TYPE_CHECKING:
    from simulator.charts.frame import Frame
    from simulator.charts.marks import Choice, Mark
    from simulator.charts.paper import Paper
    from simulator.charts.seen import Seen

Gathered = Mapping[Any, NDArray[Any]]
"""What is kept of one replication: a few arrays by the name or index of what they are about."""
Plain = dict[str, Any]

MOST_GROUPS: Final = 30
"""So many groups of a chart are told, the largest; nobody reads more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a chart is told from.

    found: what was gathered, by replication; without those in which nothing was.
    level: of intervals.
    """

    frame: Frame
    found: Sequence[Gathered]
    level: float


@dataclass(frozen=True, slots=True)
class Chart:
    """One kind of chart.

    says: what it shows and how that is counted.  gather: from one replication.  tell: the "x"
    (or None), groups and how many of them are left out, over replications.  choices: which views
    of the told chart there are, the usual one first.  draw: one of them (by id) on paper.
    """

    id: str
    name: str
    says: str
    order: int
    gather: Callable[[Seen], Gathered]
    tell: Callable[[Told], tuple[Plain | None, list[Plain], int]]
    choices: Callable[[Plain], list[Choice]]
    draw: Callable[[Paper, Plain, str], list[Mark]]
