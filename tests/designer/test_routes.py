"""Ways of links: level at both ends, back ones around below, each its own lane."""

from __future__ import annotations

from designer.canvas.routes import Obstacles, Point, Rect, Route, lanes, route

ENDS = ("a", "b")


def card(x: float, y: float) -> Rect:
    return Rect(x, y, x + 176, y + 66)


def between(one: Rect, other: Rect, *others: Rect, lane: int = 0) -> Route:
    cards = {"a": one, "b": other} | {f"c{n}": rect for n, rect in enumerate(others)}
    start = one.right, (one.top + one.bottom) / 2
    end = other.left, (other.top + other.bottom) / 2
    return route(start, end, ENDS, Obstacles(cards), lane)


def points(way: Route, steps: int = 24) -> list[Point]:
    found, here = [way.start], way.start
    for one, two, end in way.curves:
        for number in range(1, steps + 1):
            t = number / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            corners = (here, one, two, end)
            x, y = (
                sum(w * c[axis] for w, c in zip(weights, corners, strict=True)) for axis in (0, 1)
            )
            found.append((x, y))
        here = end
    return found


def test_links_leave_and_arrive_level() -> None:
    for way in (
        between(card(0, 0), card(264, 208)),
        between(card(264, 0), card(0, 208)),
        between(card(0, 0), card(180, 300)),
    ):
        first, last = way.curves[0], way.curves[-1]
        assert first[0][1] == way.start[1]
        assert first[0][0] > way.start[0]
        assert last[1][1] == last[2][1]
        assert last[1][0] < last[2][0]


def test_a_link_back_goes_around_below_both_cards() -> None:
    one, other = card(528, 0), card(0, 104)
    way = between(one, other)
    assert way.is_back
    assert max(y for _, y in points(way)) > other.bottom
    inside = [p for p in points(way) if p[0] < one.right and p[0] > one.left and p[1] < one.bottom]
    assert not inside


def test_links_back_do_not_run_over_each_other() -> None:
    links = {
        "long": ((704.0, 33.0), (0.0, 33.0)),
        "short": ((440.0, 33.0), (264.0, 33.0)),
        "on": ((176.0, 33.0), (264.0, 33.0)),
        "far": ((440.0, 933.0), (264.0, 933.0)),
    }
    assert lanes(links) == {"short": 0, "long": 1, "far": 0}
    low = [
        max(y for _, y in points(between(card(528, 0), card(0, 0), lane=lane))) for lane in (0, 1)
    ]
    assert low[1] - low[0] >= 8


def test_the_label_lies_on_the_way() -> None:
    for way in (between(card(0, 0), card(264, 208)), between(card(264, 0), card(0, 208))):
        gaps = [abs(x - way.label[0]) + abs(y - way.label[1]) for x, y in points(way, 200)]
        assert min(gaps) < 4


def test_a_moved_card_is_found_where_it_is() -> None:
    cards = Obstacles({"a": card(0, 0), "b": card(1000, 0)})
    cards.put("a", card(1000, 200))
    assert list(cards.within(Rect(900, 0, 1200, 400))) == ["b", "a"]
    assert not cards.within(Rect(-50, -50, 300, 300))
    cards.remove("a")
    assert cards.rect("a") is None
    assert list(cards.within(Rect(900, 0, 1200, 400))) == ["b"]
