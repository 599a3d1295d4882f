"""Tidy beside what stays: pinned steps, a selection, and steps that have no place yet."""

from __future__ import annotations

import random
from collections.abc import Collection
from itertools import combinations

import pytest

from benchmarks.tidy import journey_like
from engine.document import Document, document_to_bytes, read_document
from engine.errors import EditError
from engine.journey import Link
from engine.layout import Layout
from engine.shipped import sample_names, sample_path
from engine.tidy import placed, tidied, tidy
from engine.tidy.measures import CARD_HEIGHT, CARD_WIDTH, COLUMN

Places = dict[str, tuple[float, float]]


def overlaps(places: Places, moved: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of cards of which one lies on the other and one was moved."""
    return [
        (one, other)
        for one, other in combinations(places, 2)
        if (one in moved or other in moved)
        and abs(places[one][0] - places[other][0]) < CARD_WIDTH
        and abs(places[one][1] - places[other][1]) < CARD_HEIGHT
    ]


def scattered(names: Collection[str], chance: random.Random) -> Places:
    return {name: (chance.uniform(0, 2500), chance.uniform(0, 1500)) for name in names}


@pytest.mark.parametrize("seed", range(8))
def test_pinned_steps_stay_and_nothing_lies_on_them(seed: int) -> None:
    case, chance = journey_like(40, seed), random.Random(seed)
    names = list(case[1])
    drawn = scattered(names, chance)
    pinned = chance.sample(names, 4)
    places = tidied(*case, drawn, pinned=pinned)
    assert [places[name] for name in pinned] == [drawn[name] for name in pinned]
    assert not overlaps(places, set(names) - set(pinned))
    assert tidied(*case, places, pinned=pinned) == places


def test_a_pinned_step_of_a_tidy_journey_changes_nothing() -> None:
    case = journey_like(40, 1)
    places = tidied(*case, {})
    assert tidied(*case, places, pinned=["step_7", "step_30"]) == places


def test_the_rest_comes_to_a_pinned_step() -> None:
    case = journey_like(12, 3)
    places = tidied(*case, {})
    x, y = places["step_5"]
    away = {**places, "step_5": (x + 4000, y)}
    moved = tidied(*case, away, pinned=["step_5"])
    assert moved == {name: (a + 4000, b) for name, (a, b) in places.items()}


@pytest.mark.parametrize("seed", range(8))
def test_of_a_selection_only_it_moves(seed: int) -> None:
    case, chance = journey_like(60, seed), random.Random(seed)
    drawn = tidied(*case, {})
    only = chance.sample(list(case[1]), 15)
    for name in only:
        x, y = drawn[name]
        drawn[name] = x + chance.uniform(-200, 200), y + chance.uniform(-200, 200)
    places = tidied(*case, drawn, only=only)
    assert all(places[name] == drawn[name] for name in drawn if name not in only)
    assert not overlaps(places, only)
    assert tidied(*case, places, only=only) == places


def test_a_selection_stays_where_it_is() -> None:
    case = journey_like(40, 2)
    drawn = {name: (x + 5000, y) for name, (x, y) in tidied(*case, {}).items()}
    only = [name for name, (x, _) in drawn.items() if x < 5000 + 3 * COLUMN]
    places = tidied(*case, drawn, only=only)
    box = [min(drawn[n][0] for n in only), max(drawn[n][0] for n in only) + CARD_WIDTH]
    assert all(box[0] - COLUMN <= places[name][0] <= box[1] for name in only)


def test_nothing_is_selected() -> None:
    case = journey_like(12, 2)
    drawn = tidied(*case, {})
    assert tidied(*case, drawn, only=[]) == drawn


# ---- documents


def in_disorder(document: Document) -> Document:
    """The same steps, here and there."""
    names = [step.id for step in document.journey.steps]
    places = {name: [n * 353.0 % 1500, n * 211.0 % 900] for n, name in enumerate(names)}
    layout = document.layout.model_copy(update={"positions": places})
    return document.model_copy(update={"layout": layout})


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_in_disorder_is_tidied_by_one_edit(name: str) -> None:
    document = in_disorder(read_document(sample_path(name)))
    edit = tidy(document)
    assert edit is not None
    assert edit.label == f"Tidy {len(document.journey.steps)} steps"
    changed, inverse = edit.apply(document)
    assert edit.touched <= {step.id for step in document.journey.steps}
    assert tidy(changed) is None
    back, _ = inverse.apply(changed)
    assert document_to_bytes(back) == document_to_bytes(document)


def test_a_sub_journey_is_tidied_by_itself(document: Document) -> None:
    sub = document.journey.sub_journeys[0]
    start = placed(document)
    moved = {step.id: [17.0 * number, 3.0] for number, step in enumerate(sub.steps)}
    layout = Layout(positions={**start.layout.positions, **moved})
    messy = start.model_copy(update={"layout": layout})
    edit = tidy(messy, sub.id)
    assert edit is not None
    assert edit.touched == {step.id for step in sub.steps}
    with pytest.raises(EditError, match="no sub-journey “nothing”"):
        tidy(messy, "nothing")


def test_pins_of_the_document_stay_and_one_step_is_named() -> None:
    document = in_disorder(read_document(sample_path("bankunited")))
    layout = document.layout.model_copy(update={"pinned": ["adviser", "call"]})
    pinned = document.model_copy(update={"layout": layout})
    edit = tidy(pinned)
    assert edit is not None
    assert not edit.touched & {"adviser", "call"}
    moved = {**document.layout.positions, "hours": list(document.layout.positions["adviser"])}
    messy = document.model_copy(update={"layout": Layout(positions=moved)})
    one = tidy(messy, only=["hours"])
    assert one is not None
    assert (one.label, one.touched) == ("Tidy “Open?”", {"hours"})


def test_a_document_without_places_is_laid_out(document: Document) -> None:
    bare = document.model_copy(update={"layout": Layout()})
    full = placed(bare)
    assert full.layout.positions.keys() == {step.id for step in document.journey.all_steps()}
    for graph in full.journey.graphs():
        places = {step.id: tuple(full.layout.positions[step.id]) for step in graph.steps}
        assert not overlaps(places, places)  # type: ignore[arg-type]
    assert tidy(full) is None
    assert placed(full) is full


def test_steps_without_a_place_come_beside_those_that_have_one() -> None:
    document = read_document(sample_path("omnichannel_retail"))
    positions = document.layout.positions
    gone = [step.id for step in document.journey.steps][3::4]
    some = {name: place for name, place in positions.items() if name not in gone}
    full = placed(document.model_copy(update={"layout": Layout(positions=some)}))
    places = {name: (x, y) for name, (x, y) in full.layout.positions.items()}
    assert all(list(places[name]) == place for name, place in some.items())
    assert not overlaps(places, gone)
    lowest = max(y for _, y in some.values())
    assert all(places[name][1] <= lowest + 4 * CARD_HEIGHT for name in gone)


def test_what_is_linked_to_nothing_that_has_a_place_lies_below() -> None:
    document = read_document(sample_path("starter"))
    steps = [step.model_copy(update={"id": f"{step.id}_too"}) for step in document.journey.steps]
    links = [
        Link(**{"from": f"{one.from_}_too", "exit": one.exit, "to": one.to and f"{one.to}_too"})
        for one in document.journey.links
    ]
    journey = document.journey.model_copy(
        update={
            "steps": [*document.journey.steps, *steps],
            "links": [*document.journey.links, *links],
        }
    )
    positions = placed(document.model_copy(update={"journey": journey})).layout.positions
    lowest = max(y for _, y in document.layout.positions.values())
    assert all(positions[step.id][1] > lowest + CARD_HEIGHT for step in steps)
    assert len({positions[step.id][0] for step in steps}) > 1
