"""What a scenario may change: every place can be changed in each of its ways, or says why not."""

from __future__ import annotations

import math
from typing import Any

import pytest

from engine.change_range import Way, made, plausible_range, read, ways
from engine.changeable import Changeable, Kind, changeable
from engine.document import Document, read_document
from engine.errors import WaylineError
from engine.scenarios import Scenario, with_scenario
from engine.shipped import sample_path

SAMPLES = ("bankunited", "evara", "omnichannel_retail", "patient_journey")
RANGED = {Kind.NUMBER, Kind.NUMBERS, Kind.SHAPE}


@pytest.fixture(scope="module", params=SAMPLES)
def document(request: pytest.FixtureRequest) -> Document:
    return read_document(sample_path(request.param))


def value_for(field: Changeable, way: Way) -> Any:
    """Something that may stand there."""
    if way is Way.REMOVE:
        return None
    if field.kind in RANGED or way in {Way.ADD, Way.TIMES}:
        return plausible_range(field, way).start
    if field.kind is Kind.YES_NO:
        return not field.value
    if field.kind is Kind.CHOICE:
        return field.choices[-1][0] if field.choices else field.value
    return field.value


def test_every_place_is_named_once_and_in_words(document: Document) -> None:
    found = list(changeable(document))
    assert len({one.at for one in found}) == len(found)
    assert all(one.said.strip() for one in found)
    places = {one.at for one in found}
    for team in document.assumptions.staffing:
        assert f"assumptions/staffing/{team}/agents" in places


def test_ranges_hold_what_is_there_and_stay_within_the_model(document: Document) -> None:
    for field in changeable(document):
        if field.kind not in RANGED:
            continue
        for way in ways(field):
            if way is Way.REMOVE:
                continue
            one = plausible_range(field, way)
            assert one.low <= one.start <= one.high, (field.at, one)
            assert one.step > 0
            if way is Way.SET and field.kind is Kind.NUMBER:
                assert field.low is None or one.low >= field.low
                assert field.high is None or one.high <= field.high


def test_what_is_made_is_read_again(document: Document) -> None:
    for field in changeable(document):
        for way in ways(field):
            value = value_for(field, way)
            change = made(field, way, value)
            again = read(field, change)
            assert again is None or made(field, *again) == change, field.at


def test_most_changes_fit_and_others_say_why_not(document: Document) -> None:
    fitted = 0
    refused: list[WaylineError] = []
    every = [(field, way) for field in changeable(document) for way in ways(field)]
    # A seventh of them: each makes a document anew.
    for field, way in every[::7]:
        change = made(field, way, value_for(field, way))
        named = [Scenario(id="try", name="Try", changes=[change])]
        scenarios = document.scenarios.model_copy(update={"named": named})
        try:
            with_scenario(document.model_copy(update={"scenarios": scenarios}), "try")
        except WaylineError as error:
            refused.append(error)
        else:
            fitted += 1
    assert fitted > 2 * len(refused)
    assert all(error.what and error.mend for error in refused)


def test_a_number_within_narrow_bounds_goes_from_end_to_end() -> None:
    document = read_document(sample_path("bankunited"))
    found = {one.at: one for one in changeable(document)}
    share = found["assumptions/steps/virtual_agent/containment"]
    one = plausible_range(share, Way.SET)
    assert (one.low, one.high) == (0, 1)
    mean = found["assumptions/steps/adviser/handle_time/mean"]
    wide = plausible_range(mean, Way.SET)
    assert math.isclose(wide.low, mean.value / 2)
    assert math.isclose(wide.high, mean.value * 2)
