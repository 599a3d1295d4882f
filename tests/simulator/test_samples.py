"""The samples are sound, keep what they promise, and say where every number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.document import document_to_bytes, document_to_plain, parse_document, read_document
from engine.scenarios import with_scenario
from engine.shipped import sample_names, sample_path
from engine.validation import has_errors, validate
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
