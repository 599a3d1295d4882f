"""Tidy: in columns from left to right, nothing on anything else, and the same every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise
from pathlib import Path
from statistics import fmean

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.tidy import journey_like
from engine.document import read_document
from engine.journey import Graph, Link
from engine.profile import Channel
from engine.shipped import sample_path
from engine.steps.entry import InboundContact
from engine.steps.finish import Exit
from engine.tidy import tidied
from engine.tidy.measures import CARD_HEIGHT, CARD_WIDTH, COLUMN, GRID, ROW

ROOT = Path(__file__).parents[2]
Places = Mapping[str, tuple[float, float]]
Case = tuple[Graph, dict[str, tuple[str, ...]]]


def graph(*links: tuple[str, str | None], lone: Iterable[str] = ()) -> Case:
    """A graph of these links in this order, each from an exit of its own; “in…” are entries."""
    names = dict.fromkeys([n for link in links for n in link if n is not None] + [*lone])
    exits: dict[str, tuple[str, ...]] = dict.fromkeys(names, ())
    made = []
    for source, target in links:
        way = f"e{len(exits[source])}"
        exits[source] = (*exits[source], way)
        made.append(Link(**{"from": source, "exit": way, "to": target}))
    steps = [
        InboundContact(id=name, name=name, channel=Channel.VOICE)
        if name.startswith("in")
        else Exit(id=name, name=name, outcome="over")
        for name in names
    ]
    return Graph(steps=steps, links=made), exits


@st.composite
def graphs(draw: st.DrawFn) -> Case:
    """Any graph: cycles, twice the same link, links to their own step, closed exits, lone steps."""
    count = draw(st.integers(0, 12))
    names = [f"in{n}" if n % 5 == 0 else f"s{n}" for n in range(count)]
    if not names:
        return graph()
    ends = st.tuples(st.sampled_from(names), st.sampled_from([*names, None]))
    return graph(*draw(st.lists(ends, max_size=24)), lone=names)


def overlaps(places: Places, heights: Mapping[str, float] | None = None) -> list[tuple[str, str]]:
    """Pairs of cards of which one lies on the other."""
    tall = heights or {}
    return [
        (one, other)
        for (one, (x, y)), (other, (u, v)) in combinations(places.items(), 2)
        if abs(x - u) < CARD_WIDTH
        and y < v + tall.get(other, CARD_HEIGHT)
        and v < y + tall.get(one, CARD_HEIGHT)
    ]


def leading_left(case: Case, places: Places) -> list[tuple[str, str]]:
    links = [(link.from_, link.to) for link in case[0].links]
    return [
        (source, to)
        for source, to in links
        if to is not None and source != to and places[to][0] <= places[source][0] + CARD_WIDTH
    ]


@given(graphs())
def test_any_graph_is_laid_out_from_left_to_right(case: Case) -> None:
    places = tidied(*case, {})
    assert places.keys() == {step.id for step in case[0].steps}
    assert not overlaps(places)
    assert all(value % GRID == 0 for place in places.values() for value in place)
    whole = nx.DiGraph([(link.from_, link.to) for link in case[0].links if link.to is not None])
    for source, to in leading_left(case, places):
        assert nx.has_path(whole, to, source), "a link leads left that is no retry"


@given(graphs(), st.randoms(use_true_random=False))
def test_what_is_tidy_is_not_changed_again(case: Case, chance: object) -> None:
    drawn = {
        step.id: (chance.uniform(-900, 900), chance.uniform(-900, 900))  # type: ignore[attr-defined]
        for step in case[0].steps
    }
    for start in ({}, drawn):
        places = tidied(*case, start)
        assert tidied(*case, places) == places
        moved = {name: (x + 400, y - 1600) for name, (x, y) in places.items()}
        assert tidied(*case, moved) == moved


@pytest.mark.parametrize("seed", range(3))
def test_a_big_journey_is_tidy_at_once(seed: int) -> None:
    case = journey_like(200, seed)
    places = tidied(*case, {})
    assert not overlaps(places)
    assert tidied(*case, places) == places
    assert len(leading_left(case, places)) <= 10


def test_it_depends_on_nothing_but_the_journey() -> None:
    code = """
import json
from benchmarks.tidy import journey_like
from engine.tidy import tidied
print(json.dumps(tidied(*journey_like(60, 1), {})))
"""
    seen = set()
    for seed in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout)
    here = {name: list(place) for name, place in tidied(*journey_like(60, 1), {}).items()}
    assert {json.dumps(json.loads(text)) for text in seen} == {json.dumps(here)}


def test_a_chain_is_a_straight_line() -> None:
    places = tidied(*graph(("in", "a"), ("a", "b"), ("b", "c")), {})
    assert [places[name] for name in ("in", "a", "b", "c")] == [(n * COLUMN, 0) for n in range(4)]


def test_nothing_and_one_step() -> None:
    assert tidied(*graph(), {}) == {}
    assert tidied(*graph(("a", "a"), ("a", None)), {}) == {"a": (0, 0)}
    assert tidied(*graph(lone=["a"]), {"a": (80, 160)}) == {"a": (80, 160)}


def test_exits_lead_to_their_targets_from_top_to_bottom() -> None:
    targets = [f"t{n}" for n in range(40)]
    places = tidied(*graph(*(("in", target) for target in targets)), {})
    heights = [places[target][1] for target in targets]
    assert heights == sorted(heights)
    assert {b - a for a, b in pairwise(heights)} == {ROW}
    assert abs(places["in"][1] - fmean(heights)) <= ROW


def test_entries_are_on_the_left() -> None:
    places = tidied(*graph(("in", "a"), ("a", "b"), ("b", "c"), ("in_late", "c")), {})
    assert places["in_late"][0] == places["in"][0]


def test_a_card_does_not_lie_on_a_long_link() -> None:
    links = [("in", "a"), ("a", "b"), ("b", "c"), ("in", "c"), ("a", "x"), ("in", "y")]
    places = tidied(*graph(*links), {})
    (x, y), (u, v) = places["in"], places["c"]
    for name in ("a", "b"):
        left, top = places[name]
        for edge in (left, left + CARD_WIDTH):
            level = y + (v - y) * (edge - x - CARD_WIDTH) / (u - x - CARD_WIDTH) + CARD_HEIGHT / 2
            assert not top < level < top + CARD_HEIGHT


def test_components_lie_apart_and_lone_steps_in_a_row() -> None:
    lone = [f"l{n}" for n in range(4)]
    case = graph(("in", "a"), ("a", "b"), ("in2", "c"), ("c", "in2"), lone=lone)
    places = tidied(*case, {})
    assert not overlaps(places)
    assert len({places[name][1] for name in lone}) == 1
    assert min(places[name][1] for name in lone) >= max(places[n][1] for n in ("b", "c")) + ROW


def test_high_cards_have_room() -> None:
    case = journey_like(60, 4)
    heights = {step.id: 66.0 + 14 * (number % 7) for number, step in enumerate(case[0].steps)}
    places = tidied(*case, {}, heights=heights)
    assert overlaps(tidied(*case, {}), heights)
    assert not overlaps(places, heights)
    assert tidied(*case, places, heights=heights) == places


@pytest.mark.parametrize("between", [False, True], ids=["beside", "between"])
@pytest.mark.parametrize("seed", range(5))
def test_one_step_more_moves_little(seed: int, between: bool) -> None:
    plain, exits = journey_like(60, seed)
    before = tidied(plain, exits, {})
    after = tidied(*with_one_more(plain, exits, plain.links[seed * 9 + 4], between), before)
    up_or_down = [abs(after[name][1] - before[name][1]) for name in before]
    assert fmean(up_or_down) < ROW / 2
    across = [abs(after[name][0] - before[name][0]) for name in before]
    # A step between two others may push what comes after it one column on.
    assert fmean(across) <= (COLUMN / 2 if between else 0)
    columns: dict[float, list[str]] = {}
    for name in sorted(before, key=lambda one: before[one][1]):
        columns.setdefault(before[name][0], []).append(name)
    for column in columns.values():
        still = [name for name in column if after[name][0] == after[column[0]][0]]
        assert still == sorted(still, key=lambda name: after[name][1])


def with_one_more(
    plain: Graph, exits: dict[str, tuple[str, ...]], link: Link, between: bool
) -> Case:
    """The graph with a step more: in the middle of `link`, or beside its target."""
    new = Exit(id="new", name="New", outcome="over")
    ways = {**exits, "new": ("done",)}
    if between:
        links = [
            *(one for one in plain.links if one is not link),
            Link(**{"from": link.from_, "exit": link.exit, "to": "new"}),
            Link(**{"from": "new", "exit": "done", "to": link.to}),
        ]
    else:
        ways[link.from_] += ("more",)
        links = [*plain.links, Link(**{"from": link.from_, "exit": "more", "to": "new"})]
    return Graph(steps=[*plain.steps, new], links=links), ways


def test_a_card_that_was_moved_away_comes_back() -> None:
    case = journey_like(30, 2)
    before = tidied(*case, {})
    name = next(step.id for step in case[0].steps if not case[1][step.id])
    x, y = before[name]
    assert tidied(*case, {**before, name: (x - 300, y + 700)}) == before


def test_a_drawing_keeps_its_order() -> None:
    document = read_document(sample_path("bankunited"))
    drawn = {name: (x, y) for name, (x, y) in document.layout.positions.items()}
    exits = {step.id: step.exits(document.journey) for step in document.journey.steps}
    places = tidied(document.journey, exits, drawn)
    order = ["self_served", "adviser", "outside_hours"]
    assert sorted(order, key=lambda name: places[name][1]) == order
    assert not overlaps(places)
