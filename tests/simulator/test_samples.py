"""The samples are sound, keep what they promise, and say where every number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.document import document_to_bytes, document_to_plain, parse_document, read_document
from engine.scenarios import with_scenario
from engine.shipped import sample_names, sample_path
from engine.validation import has_errors, validate
from simulator.compare import compare
from simulator.experiment import Settings, run

EVERY = pytest.mark.parametrize("name", sample_names())


@EVERY
def test_it_is_valid_in_every_scenario(name: str) -> None:
    document = read_document(sample_path(name))
    cases = [document, *(with_scenario(document, one.id) for one in document.scenarios.named)]
    assert not any(has_errors(validate(case)) for case in cases)


@EVERY
def test_it_is_written_as_it_would_be_saved(name: str) -> None:
    data = sample_path(name).read_bytes()
    assert document_to_bytes(parse_document(data)) == data


def numbers_in(value: Any, place: str) -> Iterator[str]:
    """The place of every number, elements of lists by their id or number."""
    if isinstance(value, dict):
        for key, content in value.items():
            yield from numbers_in(content, f"{place}/{key}")
    elif isinstance(value, list):
        for number, content in enumerate(value):
            key = content.get("id", number) if isinstance(content, dict) else number
            yield from numbers_in(content, f"{place}/{key}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield place


@EVERY
def test_every_number_says_where_it_comes_from(name: str) -> None:
    document = read_document(sample_path(name))
    plain = document_to_plain(document)
    known = [source.at for source in document.assumptions.sources]
    places = [
        place
        for section in ("assumptions", "scenarios")
        for place in numbers_in(plain.get(section, {}), section)
        if not place.startswith("assumptions/sources")
    ]
    unmarked = [
        place
        for place in places
        if not any(place == at or place.startswith(f"{at}/") for at in known)
    ]
    assert places
    assert unmarked == []


def test_the_bank_reproduces_the_article() -> None:
    """16 ± 1.5 % abandon before, 5.6 ± 1 % after the virtual agent resolves 16 %."""
    document = read_document(sample_path("bankunited"))
    settings = Settings(replications=150, jobs=2)
    before = run(document, settings)
    after = run(with_scenario(document, "after"), settings)
    abandonment = [results.estimate("abandonment_rate") for results in (before, after)]
    containment = after.estimate("containment")
    assert abandonment[0] is not None
    assert abandonment[1] is not None
    assert containment is not None
    # The bound, and half an interval for the chance in 150 days.
    assert abs(abandonment[0].value - 0.16) <= 0.015 + abandonment[0].half_width / 2
    assert abs(abandonment[1].value - 0.056) <= 0.01 + abandonment[1].half_width / 2
    assert containment.low <= 0.16 <= containment.high


def test_the_clinic_reproduces_the_article() -> None:
    """Waits down by 98 ± 1 %, 30 to 40 reschedules a day; less if the calls left are harder."""
    document = read_document(sample_path("evara"))
    names = ["after", "after_harder"]
    comparison = compare(document, names, Settings(replications=120, jobs=2))
    asa = {name: comparison.difference(name, "asa") for name in names}
    goals = {name: comparison.difference(name, "conversions") for name in names}
    after, harder = asa["after"], asa["after_harder"]
    assert after is not None
    assert after.relative is not None
    assert after.relative.low >= -0.99
    assert after.relative.high <= -0.97
    assert harder is not None
    assert harder.relative is not None
    assert -0.945 <= harder.relative.value <= -0.91
    assert harder.relative.low > after.relative.high
    # Patients who would not have come back otherwise: the article's additional reschedules.
    more = goals["after"]
    assert more is not None
    assert more.scenario.low >= 30
    assert more.scenario.high <= 40
    assert more.paired.low >= 30
    assert more.paired.high <= 40
    contained = comparison.scenarios["after"].estimate("containment")
    assert contained is not None
    assert contained.low <= 0.45 <= contained.high


def test_carrying_context_saves_seconds_effort_and_cost() -> None:
    document = read_document(sample_path("patient_journey"))
    comparison = compare(document, ["recognised_only", "carried"], Settings(replications=12))
    for name in comparison.scenarios:
        for kpi in ("asked_again_seconds", "effort_index"):
            saved = comparison.difference(name, kpi)
            assert saved is not None
            assert saved.paired.high < 0
    for kpi in ("aht", "handling_cost_per_contact", "handling_cost_per_issue"):
        saved = comparison.difference("carried", kpi)
        assert saved is not None
        assert saved.paired.high < 0
    both = [comparison.difference(name, "effort_index") for name in comparison.scenarios]
    assert both[0] is not None
    assert both[1] is not None
    # What only recognising saves is less than what carrying everything does.
    assert both[1].paired.high < both[0].paired.low


def test_the_retailer_uses_everything_it_is_there_to_show() -> None:
    """Every step is visited in some scenario, and the flag decides what is offered."""
    document = read_document(sample_path("omnichannel_retail"))
    comparison = compare(document, ["campaign", "bot_down"], Settings(replications=6))
    results = [comparison.baseline, *comparison.scenarios.values()]
    seen: dict[str, float] = {}
    for one in results:
        for step in one.outcomes[0].steps:
            visits = one.step_estimate(step, "visits")
            seen[step] = seen.get(step, 0.0) + (visits.value if visits else 0.0)
    assert [step for step, visits in seen.items() if not visits] == []
    flagged = comparison.baseline.step_estimate("flag", "visits")
    offered = [comparison.baseline.step_estimate(one, "visits") for one in ("voucher", "apology")]
    assert flagged is not None
    assert 0 < sum(one.value for one in offered if one) <= flagged.value
    busier = comparison.difference("campaign", "blocked")
    assert busier is not None
    assert busier.paired.low > 0
