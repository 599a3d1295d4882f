"""Ways of links: level at both ends, between the cards, back ones around below, each by itself."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import pairwise

import pytest

from benchmarks.tidy import journey_like
from designer.canvas.routes import Obstacles, Point, Rect, Route, lanes, route
from engine.document import read_document
from engine.shipped import sample_names, sample_path
from engine.tidy import tidied
from engine.tidy.flow import Flow, flow_of

WIDTH, HEIGHT = 176, 66


def card(x: float, y: float) -> Rect:
    return Rect(x, y, x + WIDTH, y + HEIGHT)


def between(one: Rect, other: Rect, *others: Rect, lane: int = 0) -> Route:
    """The way from the middle of the first card to the second, with others about."""
    cards = {"a": one, "b": other} | {f"c{n}": rect for n, rect in enumerate(others)}
    start = one.right, (one.top + one.bottom) / 2
    end = other.left, (other.top + other.bottom) / 2
    return route(start, end, ("a", "b"), Obstacles(cards), lane)


def points(way: Route, steps: int = 24) -> list[Point]:
    found, here = [way.start], way.start
    for one, two, end in way.curves:
        corners = (here, one, two, end)
        for number in range(1, steps + 1):
            t = number / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (
                sum(w * c[axis] for w, c in zip(weights, corners, strict=True)) for axis in (0, 1)
            )
            found.append((x, y))
        here = end
    return found


def hit(way: Route, cards: Mapping[str, Rect]) -> set[str]:
    """The cards in which a point of the way lies."""
    index = Obstacles(cards)
    return {
        name
        for x, y in points(way)
        for name, rect in index.within(Rect(x - 1, y - 1, x + 1, y + 1)).items()
        if rect.left + 0.5 < x < rect.right - 0.5 and rect.top + 0.5 < y < rect.bottom - 0.5
    }


def routes(
    flow: Flow, places: Mapping[str, tuple[float, float]]
) -> tuple[list[Route], dict[str, Rect]]:
    """The ways of all links of a flow whose cards lie here."""
    cards = {name: card(*place) for name, place in places.items()}
    index = Obstacles(cards)
    links = {}
    for number, link in enumerate(flow.links):
        one, other = cards[flow.names[link.source]], cards[flow.names[link.target]]
        links[number] = (
            (one.right, one.top + HEIGHT * link.port),
            (other.left, other.top + HEIGHT / 2),
        )
    chosen = lanes(links)
    ways = [
        route(
            *links[number],
            (flow.names[link.source], flow.names[link.target]),
            index,
            chosen.get(number, 0),
        )
        for number, link in enumerate(flow.links)
    ]
    return ways, cards


def test_links_leave_and_arrive_level() -> None:
    one, other = card(0, 0), card(264, 208)
    for way in (between(one, other), between(other, one), between(one, card(180, 300))):
        first, last = way.curves[0], way.curves[-1]
        assert first[0][1] == way.start[1]
        assert first[0][0] > way.start[0]
        assert last[1][1] == last[2][1]
        assert last[1][0] < last[2][0]


def test_a_link_to_the_next_card_is_one_soft_curve() -> None:
    way = between(card(0, 0), card(264, 104), card(264, 0), card(264, 208))
    assert not way.is_back
    assert len(way.curves) == 1


def test_a_link_goes_around_a_card_that_it_would_lie_on() -> None:
    one, other = card(0, 0), card(528, 0)
    for middle in (card(264, 0), card(264, -20), card(264, 30)):
        way = between(one, other, middle)
        assert not hit(way, {"middle": middle})
        assert way.curves[-1][2] == (528, 33)
    wall = [card(264, 104 * n) for n in range(-3, 4)]
    way = between(one, other, *wall)
    assert not hit(way, {str(n): rect for n, rect in enumerate(wall)})
    assert max(abs(y) for _, y in points(way)) < 104


def test_a_link_that_no_card_is_in_the_way_of_is_not_bent() -> None:
    way = between(card(0, 0), card(1056, 104), card(264, -104), card(528, 300), card(792, -60))
    assert len(way.curves) == 1


def test_where_there_is_no_way_through_it_goes_straight() -> None:
    wall = [card(264, 66 * n) for n in range(-12, 12)]
    assert len(between(card(0, 0), card(528, 0), *wall).curves) == 1


def test_a_link_back_goes_around_below_both_cards() -> None:
    for one, other in ((card(528, 0), card(0, 104)), (card(528, 104), card(0, 0))):
        way = between(one, other)
        assert way.is_back
        assert max(y for _, y in points(way)) > 104 + HEIGHT
        assert not hit(way, {"one": one, "other": other})


def test_a_link_back_goes_between_other_cards() -> None:
    others = [card(264, 104 * n + 20) for n in range(-2, 4)]
    way = between(card(528, 0), card(0, 0), *others)
    assert not hit(way, {str(n): rect for n, rect in enumerate(others)})
    assert max(y for _, y in points(way)) < 250


def test_a_link_to_the_card_itself_goes_around_it() -> None:
    rect = card(0, 0)
    way = route((176, 33), (0, 33), ("a", "a"), Obstacles({"a": rect}))
    assert way.is_back
    assert not hit(way, {"a": rect})


def test_a_link_back_of_cards_that_nobody_knows() -> None:
    way = route((500, 33), (0, 133), ("a", "b"), Obstacles())
    assert max(y for _, y in points(way)) > 133


def test_links_back_do_not_run_over_each_other() -> None:
    links = {
        "long": ((704.0, 33.0), (0.0, 33.0)),
        "short": ((440.0, 33.0), (264.0, 33.0)),
        "on": ((176.0, 33.0), (264.0, 33.0)),
        "far": ((440.0, 1933.0), (264.0, 1933.0)),
    }
    assert lanes(links) == {"short": 0, "long": 1, "far": 0}
    ways = [between(card(528, 0), card(0, 0), lane=lane) for lane in range(4)]
    for axis, pick in ((1, max), (0, max), (0, min)):
        edges = sorted(pick(point[axis] for point in points(way)) for way in ways)
        assert min(b - a for a, b in pairwise(edges)) >= 4


def test_the_label_lies_on_the_way_near_the_exit() -> None:
    ways = [
        between(card(0, 0), card(264, 208)),
        between(card(0, 0), card(2000, 208)),
        between(card(0, 0), card(528, 0), card(264, 0)),
        between(card(264, 0), card(0, 208)),
    ]
    for way in ways:
        gaps = [abs(x - way.label[0]) + abs(y - way.label[1]) for x, y in points(way, 400)]
        assert min(gaps) < 6
        assert way.is_back or way.start[0] < way.label[0] < way.start[0] + 88


@pytest.mark.parametrize("name", sample_names())
def test_no_link_of_a_tidy_sample_lies_on_a_card(name: str) -> None:
    journey = read_document(sample_path(name)).journey
    exits = {step.id: step.exits(journey) for step in journey.steps}
    ways, cards = routes(flow_of(journey, exits, {}), tidied(journey, exits, {}))
    assert [hit(way, cards) for way in ways] == [set()] * len(ways)


@pytest.mark.parametrize("seed", range(3))
def test_no_link_of_a_tidy_journey_lies_on_a_card(seed: int) -> None:
    case = journey_like(120, seed)
    ways, cards = routes(flow_of(*case, {}), tidied(*case, {}))
    assert any(way.is_back for way in ways)
    assert [hit(way, cards) for way in ways] == [set()] * len(ways)


def test_ways_between_cards_that_lie_anyhow_are_the_same_every_time() -> None:
    case, chance = journey_like(60, 1), random.Random(1)
    places = {name: (chance.uniform(-3000, 3000), chance.uniform(-900, 900)) for name in case[1]}
    flow = flow_of(*case, {})
    ways, _ = routes(flow, places)
    assert ways == routes(flow, dict(reversed(places.items())))[0]
    for way, link in zip(ways, flow.links, strict=True):
        x, y = places[flow.names[link.target]]
        assert way.curves[-1][2] == (x, y + HEIGHT / 2)


def test_a_moved_card_is_found_where_it_is() -> None:
    cards = Obstacles({"a": card(0, 0), "b": card(1000, 0)})
    cards.put("a", card(1000, 200))
    assert list(cards.within(Rect(900, 0, 1200, 400))) == ["b", "a"]
    assert not cards.within(Rect(-50, -50, 300, 300))
    cards.remove("a")
    assert cards.rect("a") is None
    assert list(cards.within(Rect(900, 0, 1200, 400))) == ["b"]


def test_cards_at_the_ends_of_the_canvas_are_found_at_once() -> None:
    far = Rect(1e7 - 176, -1e7, 1e7, 66 - 1e7)
    cards = Obstacles({"near": Rect(0, 0, 176, 66), "far": far})
    assert list(cards.within(Rect(-1e7, -1e7, 1e7, 1e7))) == ["near", "far"]
