"""Stories of customers, and lists of them, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from engine.errors import WaylineError
from simulator.customers import Customer
from simulator.report.tables import printable, rendered, table
from simulator.report.trace_data import Told, value_in_words
from simulator.report.values import clock_time, shown
from simulator.trace import Event

_INDENT = " " * 18
_GAP = "   "


def list_text(listed: Sequence[Customer], matching: int, width: int) -> str:
    """A table of customers, and how many match."""
    rows = table("*customer", "came", "channel", "outcomes", "*waited", "*effort")
    for one in listed:
        rows.add_row(
            str(one.number),
            clock_time(one.start),
            one.channel,
            ", ".join(name.replace("_", " ") for name in one.outcomes),
            shown(one.waited, "seconds"),
            f"{one.effort:,.3g}",
        )
    return rendered([rows, f"{len(listed):,} of {matching:,} who match"], width)


def story_text(told: Told, width: int) -> str:
    """A line an event, and more lines for reasons, waits and what was learned."""
    head = f"Customer {told.customer}, replication {told.replication}, seed {told.seed}"
    if not told.against:
        return "\n".join([head, *(_told(event) for event in told.events)])
    difference = told.difference()
    said = difference.said if difference else "the same in both"
    at = difference.at if difference else -1
    return "\n".join([head, said, "", *_beside(told, at, width)])


def _beside(told: Told, at: int, width: int) -> list[str]:
    """Both stories in two columns, with a mark where they part."""
    half = max(30, (width - len(_GAP)) // 2)
    lines = [f"{'with the change':{half}}{_GAP}without"]
    for number, (one, two) in enumerate(zip_longest(told.events, told.against)):
        if number == at:
            lines.append("≠" * (2 * half + len(_GAP)))
        pairs = zip_longest(_column(one, half), _column(two, half), fillvalue="")
        lines += [f"{left:{half}}{_GAP}{right}".rstrip() for left, right in pairs]
    return lines


def _column(event: Event | None, width: int) -> list[str]:
    if event is None:
        return []
    return [
        line
        for part in _lines(event)
        for line in textwrap.wrap(part, width, subsequent_indent="  ") or [""]
    ]


def _told(event: Event) -> str:
    return f"\n{_INDENT}".join(_lines(event))


def _lines(event: Event) -> list[str]:
    way = f" → {event.exit}" if event.exit else ""
    name = printable(event.name)
    lines = [f"{clock_time(event.time)}  contact {event.contact}  {name}{way}"]
    if event.seconds:
        lines[0] += f"  ({shown(event.seconds, 'seconds')})"
    if event.waited is not None:
        others = f"{event.ahead} waiting already" if event.ahead else "nobody waiting before"
        lines.append(f"waited {shown(event.waited, 'seconds')}, {others}")
    if event.reason:
        lines.append(printable(event.reason))
    if event.told_again:
        lines.append(f"had to tell again: {', '.join(event.told_again)}")
    if event.learned:
        said = (f"{key} = {value_in_words(value)}" for key, value in event.learned.items())
        lines.append(printable(", ".join(said)))
    return lines


def why_not_text(told: Told, name: str) -> str:
    """Why an exit, STEP.EXIT, was not taken, for each time that the customer was there."""
    step, _, exit_name = name.rpartition(".")
    visits = [event for event in told.events if event.step == step]
    if not visits:
        raise WaylineError(
            f"customer {told.customer} never comes to “{step}”",
            mend="name STEP.EXIT of a step in the story, or follow another customer.",
        )
    if not any(exit_name in {event.exit, *event.others} for event in visits):
        known = ", ".join(dict.fromkeys([visits[0].exit, *visits[0].others]))
        raise WaylineError(f"“{step}” has no exit “{exit_name}”", mend=f"name one of: {known}.")
    return "\n".join(
        f"{clock_time(event.time)}  contact {event.contact}  {printable(_why(event, exit_name))}"
        for event in visits
    )


def _why(event: Event, exit_name: str) -> str:
    if event.exit == exit_name:
        because = f": {event.reason}" if event.reason else ""
        return f"“{exit_name}” was taken{because}"
    return f"not “{exit_name}”: {event.others[exit_name]}"
