"""How it was for customers: modelled satisfaction and effort, and what surveys would say.

None of it is measured. Satisfaction and effort are formulas over what happened to each issue
(`engine.experience`, editable in the assumptions); a survey's scores are assumed at its step.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from engine.experience import Mapping, Satisfaction
from engine.steps.talk import Survey
from simulator.kpis.registry import Compute, Pair, count, kpi, total
from simulator.measured import Measured
from simulator.records import Mark

ORDER: Final = 90

_Counts = dict[str, NDArray[np.float64]]
At = Literal["value", "low", "high"]
"""Which end of the coefficients' ranges."""
_WITH_US = Mark.INBOUND | Mark.ANSWERED | Mark.AUTOMATED
_MODELLED = "Modelled, not measured: the formula and its coefficients are in the assumptions."
_WHICH = (
    "Issues in which the customer came to us, or somebody or an AI agent talked with them. Who "
    "gave up counts as unresolved."
)


def _events(m: Measured) -> tuple[_Counts, NDArray[np.bool_]]:
    """How often each thing happened to each issue, and which issues count."""
    own = m.issues
    again = own.contact("asked_again").astype(np.float64)
    switched = own.marked(Mark.SWITCHED)
    counts = {
        "further_contact": own.sums(np.ones(len(own))) - 1.0,
        "transfer": own.sums(own.marked(Mark.TRANSFERRED)),
        "channel_switch": own.sums(switched),
        "switch_without_context": own.sums(switched & (again > 0)),
        "told_again": own.sums(again),
        "minute_waited": own.sums(own.contact("waited") / 60.0),
        "unresolved": (~own.having(own.marked(Mark.RESOLVED))).astype(np.float64),
        "misrecognised": own.sums(own.marked(Mark.MISRECOGNISED)),
    }
    return counts, in_touch(m)


def in_touch(m: Measured) -> NDArray[np.bool_]:
    """Which issues say anything about how satisfied customers are."""
    return m.issues.having((m.issues.contact("marks") & _WITH_US) != 0)


def _satisfied(m: Measured, at: At) -> NDArray[np.float64]:
    """The probability that each issue that counts left a satisfied customer."""
    counts, which = _events(m)
    own = {name: count[which] for name, count in counts.items()}
    return satisfied(m.plan.assumptions.experience.satisfaction, own, at)


def satisfied(
    model: Satisfaction, counts: dict[str, NDArray[np.float64]], at: At = "value"
) -> NDArray[np.float64]:
    """The probability of being satisfied after each thing happened so often, an element a case."""
    odds = np.full(len(counts["unresolved"]), getattr(model.base, at))
    for name in type(model).model_fields:
        if name != "base":
            odds = odds + getattr(getattr(model, name), at) * counts[name]
    # By math, not numpy, whose last bit may differ from one processor to another.
    powers = [math.exp(-one) for one in np.clip(odds, -500.0, 500.0).tolist()]
    return 1.0 / (1.0 + np.array(powers))


def mapped(mapping: Mapping, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """The user's own scores for these probabilities."""
    known = [point.satisfied for point in mapping.points]
    return np.interp(shares, known, [point.score for point in mapping.points])


def _modelled(at: At) -> Compute:
    def compute(m: Measured) -> Pair:
        found = _satisfied(m, at)
        return total(found), float(len(found))

    return compute


kpi(
    "csat_modelled",
    "CSAT, modelled",
    "share",
    "issue",
    "modelled probabilities of being satisfied ÷ issues",
    censoring=_WHICH,
    source=f"{_MODELLED} Anchors: SQM (repeats, transfers), Garcia et al. 2012 (waiting).",
    headline=True,
    only_if_seen=True,
    better="higher",
)(_modelled("value"))

kpi(
    "csat_modelled_low",
    "CSAT, modelled, every coefficient at its worst",
    "share",
    "issue",
    "modelled probabilities of being satisfied ÷ issues",
    censoring=_WHICH,
    source=f"{_MODELLED} The lower end of its range.",
    better="higher",
)(_modelled("low"))

kpi(
    "csat_modelled_high",
    "CSAT, modelled, every coefficient at its best",
    "share",
    "issue",
    "modelled probabilities of being satisfied ÷ issues",
    censoring=_WHICH,
    source=f"{_MODELLED} The upper end of its range.",
    better="higher",
)(_modelled("high"))


@kpi(
    "effort_index",
    "Effort index, modelled",
    "number",
    "issue",
    "points for repeats, transfers, switches and telling again, 100 at the most ÷ issues",
    censoring=_WHICH,
    source=f"{_MODELLED} An index of events after Dixon, Toman and DeLisi (2013), no survey score.",
    headline=True,
    only_if_seen=True,
    better="lower",
)
def _effort(m: Measured) -> Pair:
    counts, which = _events(m)
    effort = m.plan.assumptions.experience.effort
    points = sum(getattr(effort, name) * counts[name] for name in type(effort).model_fields)
    return total(np.minimum(points, 100.0)[which]), count(which)


def _mapped(mapping_of: Callable[[Any], Mapping | None]) -> Compute:
    def compute(m: Measured) -> Pair:
        mapping = mapping_of(m.plan.assumptions.experience)
        if mapping is None:
            return 0.0, 0.0
        scores = mapped(mapping, _satisfied(m, "value"))
        return total(scores), float(len(scores))

    return compute


kpi(
    "nps_mapped",
    "NPS, by your mapping",
    "number",
    "issue",
    "your scores for modelled satisfaction ÷ issues",
    censoring=_WHICH,
    source="Only with a mapping of your own in assumptions/experience/nps; Wayline has none.",
    better="higher",
)(_mapped(lambda experience: experience.nps))

kpi(
    "sentiment_mapped",
    "Sentiment, by your mapping",
    "number",
    "issue",
    "your scores for modelled satisfaction ÷ issues",
    censoring=_WHICH,
    source="Only with a mapping of your own in assumptions/experience/sentiment.",
    better="higher",
)(_mapped(lambda experience: experience.sentiment))


@kpi(
    "survey_response_rate",
    "Surveys answered",
    "share",
    "contact",
    "surveys that were answered ÷ surveys that were offered",
    by=frozenset(),
)
def _responses(m: Measured) -> Pair:
    answered = m.exits_of(Survey, "answered")
    return answered, answered + m.exits_of(Survey, "no_answer")


@kpi(
    "survey_csat",
    "CSAT of those who answer",
    "share",
    "contact",
    "contacts that gave 4 or 5 of 5 ÷ contacts that answered a CSAT survey",
    source="The scores are assumed at the survey's step; they do not depend on what happened.",
    better="higher",
)
def _survey_csat(m: Measured) -> Pair:
    return count(m.marked(Mark.SURVEYED, Mark.SATISFIED)), count(m.marked(Mark.SURVEYED))
