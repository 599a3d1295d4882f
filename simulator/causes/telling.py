"""A run's causes as sentences that a person would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.document import Document
from engine.steps.people import HumanAgent
from simulator.causes.finding import Cause, Causes, find_causes
from simulator.report.values import clock_time, shown

_DAYS: Final = 86_400.0
_MANY_AGAIN: Final = 0.15
"""From this share of the visits on it is worth saying that customers come again."""
_BUSY: Final = 0.9
"""From this occupancy on queues grow."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and the planned step that it is about, if there is one."""

    text: str
    step: str | None = None


def in_words(results: Mapping[str, Any], document: Document) -> list[Said]:
    """What happened in a run: how many give up and wait, and the largest causes of both.

    results: those of `wayline simulate --json --charts`. Without charts only the headlines.
    """
    said = list(_headlines(results["kpis"], results["level"]))
    charts = results.get("charts")
    if not charts or "causes" not in charts:
        return said
    causes = causes_of(results, document)
    said += [Said(_abandoned(one, causes), one.step) for one in causes.abandonment]
    said += [Said(_waited(one, causes), one.step) for one in causes.waiting]
    if not causes.abandonment and not causes.waiting:
        said.append(Said("Nobody has to wait, and nobody gives up."))
    return said


def causes_of(results: Mapping[str, Any], document: Document) -> Causes:
    """The largest causes in these results, which have charts."""
    return find_causes(results["charts"], _teams(document))


def _teams(document: Document) -> dict[str, list[str]]:
    journey = document.journey
    return {
        step.id: [team.id for team in journey.teams_for(step.skills, step.teams)]
        for step in journey.all_steps()
        if isinstance(step, HumanAgent)
    }


def _headlines(kpis: Mapping[str, Any], level: float) -> Iterator[Said]:
    for name, words in (
        ("abandonment_rate", "{0} of those who ask for a person give up{1}."),
        ("asa", "Who is answered has waited {0} on average{1}."),
    ):
        one = kpis.get(name)
        if one is None or one["value"] is None:
            continue
        interval = ""
        if one.get("low") is not None:
            low, high = shown(one["low"], one["unit"]), shown(one["high"], one["unit"])
            interval = f" ({level * 100:g} % interval: {low} to {high})"
        yield Said(words.format(shown(one["value"], one["unit"]), interval))


def _abandoned(cause: Cause, causes: Causes) -> str:
    share = f"{_percent(cause.share)} of all who give up ({_count(cause.amount)} of"
    share += f" {_count(cause.total)} a replication)"
    if not cause.is_queue:
        return f"{share} leave “{cause.name}” before it is over."
    rate = f"{_percent(cause.rate)} of those who come here then do"
    if cause.other_rate is None:
        rate = f"{_percent(cause.rate)} of those who come here do"
        return _with_facts(f"{share} do so at “{cause.name}”: {rate}.", cause)
    if cause.is_rest:
        return f"{share} do so at “{cause.name}” in the rest of the time: {rate}."
    rest = f", against {_percent(cause.other_rate)} in the rest of the time"
    when = _when(cause, causes)
    return _with_facts(f"{share} do so at “{cause.name}” {when}: {rate}{rest}.", cause)


def _waited(cause: Cause, causes: Causes) -> str:
    share = f"{_percent(cause.share)} of all waiting"
    mean = f"{shown(cause.rate, 'seconds')} a visit"
    if cause.other_rate is None:
        return _with_facts(f"{share} is at “{cause.name}”: {mean} on average.", cause)
    if cause.is_rest:
        return f"{share} is at “{cause.name}” in the rest of the time: {mean} on average."
    rest = shown(cause.other_rate, "seconds")
    text = f"{share} is at “{cause.name}” {_when(cause, causes)}: {mean} on average, against {rest}"
    return _with_facts(f"{text} in the rest of the time.", cause)


def _with_facts(text: str, cause: Cause) -> str:
    if cause.occupancy is not None and cause.occupancy[1] >= _BUSY:
        name, busy, usual = cause.occupancy
        text += f" {name}: busy {_percent(busy)} of the time meanwhile, {_percent(usual)} overall."
    if cause.again >= _MANY_AGAIN:
        text += f" {_percent(cause.again)} of these visits are by customers who come again."
    if cause.need is not None:
        need, suffered, visits = cause.need
        what = "of those who give up here" if cause.about == "abandonment" else "of the waiting"
        text += f" “{need}” is {_percent(suffered)} {what}, but {_percent(visits)} of the visits."
    return text


def _when(cause: Cause, causes: Causes) -> str:
    if cause.spell is None:
        return ""
    begin, end = cause.spell
    if causes.is_one_day:
        return f"between {_time(begin)} and {_time(end)}"
    first, last = (clock_time(one)[:-3].capitalize() for one in (begin, end))
    return f"between {first} and {last}"


def _time(seconds: float) -> str:
    minutes = round(seconds % _DAYS / 60)
    return "24:00" if not minutes and seconds else f"{minutes // 60:02}:{minutes % 60:02}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %" if share < 0.1 else f"{share * 100:.0f} %"


def _count(number: float) -> str:
    return f"{number:,.1f}" if number < 10 else f"{number:,.0f}"
