"""The journey in the order of its flow: every step once, the main way at one level."""

from __future__ import annotations

import pytest

from designer.outline.words import Words
from engine.document import Document, read_document
from engine.outline.flow import outline
from engine.outline.reach import reach
from engine.outline.rows import ROOT, Kind, Outline
from engine.shipped import sample_names, sample_path
from tests.designer.journeys import broken, large, with_sub_journey


def told(document: Document) -> list[str]:
    """The outline as indented text."""
    rows = outline(document.journey)
    words = Words(document.journey, rows, lambda _step, _journey: "")
    lines: list[str] = []

    def tell(number: int, depth: int) -> None:
        row = rows.rows[number]
        rest = f" {words.rest(row)}" if row.kind is Kind.EXIT else ""
        lines.append("  " * depth + words.name(row) + rest)
        for child in row.children:
            tell(child, depth + 1)

    for number in rows.top:
        tell(number, 0)
    return lines


def test_a_sample_as_text() -> None:
    assert told(read_document(sample_path("bankunited"))) == [
        "Customer calls",
        "Open?",
        "  open → Virtual agent, below",
        "  closed → Closed",
        "    Closed",
        "    Called outside hours",
        "Virtual agent",
        "  resolved → Resolved by the virtual agent",
        "    Resolved by the virtual agent",
        "  escalate → Adviser, below",
        "  failed → Adviser, below",
        "  abandoned → Gave up",
        "    Gave up",
        "Adviser",
        "  resolved → Resolved by an adviser, below",
        "  unresolved → Not resolved",
        "    Not resolved",
        "  abandoned → Gave up, above",
        "Resolved by an adviser",
    ]


def test_what_is_not_linked_comes_last_and_exits_say_so() -> None:
    assert told(broken()) == [
        "Customer calls",
        "Main menu",
        "  Pay a bill → Thank you, below",
        "  Other not linked",
        "  no input → Main menu, above",
        "  no match not linked",
        "Thank you",
        "Done",
        "Not linked yet",
        "  <b>Lost</b>",
        "    played → Done, above",
    ]


def test_sub_journeys_follow_with_their_outcomes_as_exits() -> None:
    assert told(with_sub_journey()) == [
        "Customer calls",
        "Identify them",
        "  Known → Done, below",
        "  Unknown ends here",
        "Done",
        "Sub-journey: Identity check",
        "  Hello",
        "  Is known",
        "  Not linked yet",
        "    Is unknown",
    ]


@pytest.mark.parametrize("name", sample_names())
def test_every_step_of_a_sample_is_shown_once(name: str) -> None:
    shows_each_step_once(read_document(sample_path(name)))


def test_every_step_of_journeys_with_circles_is_shown_once() -> None:
    for seed in range(5):
        shows_each_step_once(large(300, seed))


def shows_each_step_once(document: Document) -> None:
    rows = outline(document.journey)
    shown = [row.step.id for row in rows.rows if row.kind is Kind.STEP and row.step]
    assert sorted(shown) == sorted(step.id for step in document.journey.all_steps())
    assert sorted(row.key for row in rows.rows) == sorted({row.key for row in rows.rows})
    for row in rows.rows:
        siblings = rows.children(row.parent)
        assert siblings[row.place] == row.number
    assert deepest(rows) < 40, "what is indented too far cannot be read"


def deepest(rows: Outline) -> int:
    depths: dict[int, int] = {ROOT: 0}
    for row in rows.rows:  # a row comes after the one that it is below
        depths[row.number] = depths[row.parent] + 1
    return max(depths.values())


def test_an_empty_journey_has_no_rows() -> None:
    document = broken()
    empty = document.journey.model_copy(update={"steps": [], "links": []})
    assert outline(empty).rows == []


def test_doubled_ids_and_lost_links_do_no_harm() -> None:
    document = broken()
    journey = document.journey
    links = [link for link in journey.links if link.from_ != "thanks"]
    lost = journey.links[0].model_copy(update={"from_": "thanks", "exit": "played", "to": "gone"})
    doubled = journey.model_copy(
        update={"steps": [*journey.steps, journey.steps[1]], "links": [*links, lost]}
    )
    rows = outline(doubled)
    assert sum(row.kind is Kind.STEP for row in rows.rows) == 5
    assert rows.rows[rows.of_exit["thanks", "played"]].is_open


def test_reach_counts_what_lies_behind() -> None:
    ways = {"a": ["b", "c"], "b": ["d"], "c": ["a"], "d": ["d"], "e": []}
    assert reach(ways) == {"a": 4, "c": 4, "b": 2, "d": 1, "e": 1}


def test_reach_is_what_walking_finds() -> None:
    journey = large(200, seed=7).journey
    ways: dict[str, list[str]] = {step.id: [] for step in journey.steps}
    for link in journey.links:
        if link.to is not None:
            ways[link.from_].append(link.to)
    found = reach(ways)
    for start in ways:
        seen, pending = {start}, [start]
        while pending:
            new = set(ways[pending.pop()]) - seen
            seen |= new
            pending += new
        assert found[start] == len(seen)
