"""What the card of a KPI says: the same numbers as those of the command, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QCoreApplication

from designer.results.changes import Change, change_since
from designer.runs import Reading, RunResults
from engine.scenarios import Target
from simulator.check import TargetVerdict
from simulator.differences import Verdict
from simulator.kpis import KPIS, Kpi
from simulator.report.values import shown, shown_bound, shown_interval


class Tone(Enum):
    """How something is meant, besides by its words."""

    GOOD = "good"
    BAD = "bad"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card."""

    text: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Face:
    """All of a card.

    explained: interval, change, formula, denominator and source, for who asks.
    """

    kpi: str
    name: str
    value: str
    half_width: str = ""
    change: Line = field(default_factory=Line)
    target: Line = field(default_factory=Line)
    explained: str = ""
    is_stale: bool = False

    @property
    def said(self) -> str:
        """The card in one sentence, for screen readers."""
        parts = (f"{self.name}: {self.value}", self.half_width, self.change.text, self.target.text)
        stale = from_before() if self.is_stale else ""
        return ", ".join(part for part in (*parts, stale) if part)


def from_before() -> str:
    """What stale results are called."""
    return QCoreApplication.translate("Results", "From before your change")


def faces(
    results: RunResults,
    before: RunResults | None = None,
    targets: Sequence[Target] = (),
    *,
    is_stale: bool = False,
) -> list[Face]:
    """The cards of a run: the headline KPIs that apply, and those with a target.

    While a run goes on nothing is said of changes and targets: who looks at an interval again
    and again is wrong more often than its level says.
    """
    aimed = {target.kpi for target in targets}
    made = []
    for kpi in KPIS.values():
        one = results.kpis.get(kpi.id)
        if one is None or not (_is_seen(kpi, results) or kpi.id in aimed):
            continue
        change = before and results.is_whole and change_since(kpi, before, results)
        own = [target for target in targets if target.kpi == kpi.id and results.is_whole]
        made.append(_face(kpi, results, change or None, own, is_stale=is_stale))
    return made


def _is_seen(kpi: Kpi, results: RunResults) -> bool:
    estimate = results.estimate(kpi.id)
    return estimate is not None and kpi.is_headline(estimate)


def _face(
    kpi: Kpi,
    results: RunResults,
    change: Change | None,
    targets: Sequence[Target],
    *,
    is_stale: bool,
) -> Face:
    one, aims = results.kpis[kpi.id], [_aim(kpi, target, results) for target in targets]
    tones = {aim.tone for aim in aims}
    tone = next((t for t in (Tone.BAD, Tone.PLAIN, Tone.GOOD) if t in tones), Tone.PLAIN)
    return Face(
        kpi.id,
        kpi.name,
        _value(one),
        _half_width(one),
        Line(change.short, _tone(change)) if change is not None else Line(),
        Line("; ".join(aim.text for aim in aims), tone),
        "\n".join(_explained(kpi, results, change, aims)),
        is_stale,
    )


def _value(one: Reading) -> str:
    if one.value is None:
        return QCoreApplication.translate("Results", "does not apply")
    return shown(one.value, one.unit)


def _half_width(one: Reading) -> str:
    half = one.half_width
    # The unit stands beside it.
    return (
        "" if half is None else "± " + shown(half, one.unit).removesuffix(" %").removesuffix(" s")
    )


def _tone(change: Change) -> Tone:
    tones = {Verdict.BETTER: Tone.GOOD, Verdict.WORSE: Tone.BAD}
    return tones.get(change.verdict, Tone.PLAIN)


def _aim(kpi: Kpi, target: Target, results: RunResults) -> Line:
    translate = QCoreApplication.translate
    bounds = []
    if target.at_least is not None:
        bounds.append("≥ " + shown_bound(target.at_least, kpi.unit))
    if target.at_most is not None:
        bounds.append("≤ " + shown_bound(target.at_most, kpi.unit))
    text, tone = {
        TargetVerdict.KEPT: (translate("Results", "target %1 kept"), Tone.GOOD),
        TargetVerdict.MISSED: (translate("Results", "target %1 missed"), Tone.BAD),
        TargetVerdict.OPEN: (translate("Results", "target %1: can’t tell yet"), Tone.PLAIN),
    }[results.verdict(target)]
    return Line(text.replace("%1", ", ".join(bounds)), tone)


def _explained(
    kpi: Kpi, results: RunResults, change: Change | None, aims: Sequence[Line]
) -> Iterator[str]:
    translate = QCoreApplication.translate
    estimate = results.estimate(kpi.id)
    yield kpi.name
    if estimate is not None:
        level = f"{results.level * 100:g} %"
        text = translate("Results", "%1 interval: %2")
        yield text.replace("%1", level).replace("%2", shown_interval(estimate, kpi.unit))
    if change is not None:
        yield change.sentence
    yield from (aim.text[:1].upper() + aim.text[1:] for aim in aims)
    yield translate("Results", "Formula: %1").replace("%1", kpi.formula)
    yield translate("Results", "Denominator: %1").replace("%1", kpi.denominator)
    yield kpi.censoring
    yield translate("Results", "Source: %1").replace("%1", kpi.source)
