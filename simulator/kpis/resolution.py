"""Whether issues are resolved, how fast, and how often customers must come again."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.kpis.registry import Pair, count, kpi, total
from simulator.measured import Measured
from simulator.records import Mark

ORDER: Final = 70


@kpi(
    "resolution_rate",
    "Issues resolved",
    "share",
    "issue",
    "issues resolved in any contact ÷ all issues",
    better="higher",
)
def _resolution(m: Measured) -> Pair:
    own = m.issues
    return count(own.having(own.marked(Mark.RESOLVED))), float(own.count)


@kpi(
    "fcr",
    "First contact resolution (FCR)",
    "share",
    "issue",
    "issues resolved in the first contact with no further one ÷ all issues",
    censoring="Further contacts about the same issue within the run; there is none after it.",
    better="higher",
)
def _fcr(m: Measured) -> Pair:
    own, first = m.issues, m.issue_numbers == 1
    resolved = own.having(first & own.marked(Mark.RESOLVED))
    return count(resolved & ~own.having(~first)), float(own.count)


@kpi(
    "repeat_rate",
    "Repeat rate",
    "share",
    "contact",
    "second and later contacts about an issue ÷ contacts",
    better="lower",
)
def _repeats(m: Measured) -> Pair:
    return count(m.number_in_issue > 1), float(len(m.marks))


@kpi(
    "contacts_per_issue",
    "Contacts per issue",
    "number",
    "issue",
    "contacts about the issues ÷ issues",
    censoring="With a warm-up, later contacts about issues that began in it are left out.",
    better="lower",
)
def _contacts_per_issue(m: Measured) -> Pair:
    return float(len(m.issues)), float(m.issues.count)


@kpi(
    "time_to_resolution",
    "Time to resolution",
    "seconds",
    "issue",
    "time from the beginning of issues to the end of the contact that resolved them ÷ issues "
    "resolved",
    censoring="Only issues that were resolved; where several contacts did, the first one counts.",
    better="lower",
)
def _time_to_resolution(m: Measured) -> Pair:
    own = m.issues
    ends = own.first_end(own.marked(Mark.RESOLVED) & ~own.marked(Mark.UNFINISHED))
    resolved = np.isfinite(ends)
    return total((ends - own.begun())[resolved]), count(resolved)


@kpi(
    "channel_switches",
    "Channel switches per issue",
    "number",
    "issue",
    "contacts on another channel than the one before about the same issue ÷ issues",
    source="A driver of effort: Dixon, Freeman and Toman, Harvard Business Review (2010).",
    better="lower",
)
def _channel_switches(m: Measured) -> Pair:
    own = m.issues
    return count(own.marked(Mark.SWITCHED)), float(own.count)


@kpi(
    "asked_again",
    "Asked again per contact",
    "number",
    "contact",
    "things that customers had to tell again ÷ contacts",
    source="A driver of effort: Dixon, Freeman and Toman, Harvard Business Review (2010).",
    better="lower",
)
def _asked_again(m: Measured) -> Pair:
    return total(m.contact("asked_again").astype(np.float64)), float(len(m.marks))


@kpi(
    "asked_again_seconds",
    "Time lost by asking again",
    "seconds",
    "contact",
    "time that customers spent telling things again ÷ contacts",
    headline=True,
    only_if_seen=True,
    better="lower",
)
def _asked_again_seconds(m: Measured) -> Pair:
    return total(m.contact("asked_seconds").astype(np.float64)), float(len(m.marks))


@kpi(
    "conversions",
    "Customers who reached a goal",
    "count",
    "customer",
    "customers who reached a goal",
    headline=True,
    only_if_seen=True,
    better="higher",
)
def _conversions(m: Measured) -> Pair:
    own = m.customers
    return count(own.having(own.marked(Mark.CONVERTED))), 1.0


@kpi(
    "conversion",
    "Conversion",
    "share",
    "customer",
    "customers who reached a goal ÷ customers",
    better="higher",
)
def _conversion(m: Measured) -> Pair:
    own = m.customers
    return count(own.having(own.marked(Mark.CONVERTED))), float(own.count)


@kpi(
    "contact_duration",
    "Mean duration of a contact",
    "seconds",
    "contact",
    "time from the beginning to the end of contacts ÷ contacts that ended",
)
def _duration(m: Measured) -> Pair:
    ended = ~m.marked(Mark.UNFINISHED)
    return total((m.contact("end") - m.contact("start"))[ended]), count(ended)
