"""The causes that are named are those that the numbers hold."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.document import Document, document_to_bytes
from simulator.causes import causes_of, find_causes, in_words
from simulator.causes.finding import worst_spell
from simulator.cli import main
from simulator.experiment import Settings, run
from simulator.report.data import results_to_plain
from tests.simulator.build import journey

NOON, TWO = 12 * 3600.0, 14 * 3600.0


def short_staffed() -> Document:
    """Two desks of which one has too few people from 12 to 14 o'clock."""
    options = [{"id": name, "name": name} for name in ("a", "b")]
    steps = [
        {
            "id": "ai",
            "type": "menu",
            "name": "Menu",
            "options": options,
        },
        {"id": "desk", "type": "human_agent", "name": "Desk <b>A</b>", "teams": ["team"]},
        {"id": "other", "type": "human_agent", "name": "Other", "teams": ["calm"]},
    ]
    ways: dict[str, str | None] = {
        "call.arrived": "ai",
        "ai.a": "desk",
        "ai.b": "other",
        "ai.no_input": "end",
        "ai.no_match": "end",
    }
    for name in ("desk", "other"):
        ways |= {f"{name}.{one}": "end" for one in ("resolved", "unresolved", "abandoned")}
    noon = [8 if not 24 <= number < 28 else 1 for number in range(48)]
    patience = {"kind": "exponential", "mean": 900}
    return journey(
        steps,
        ways,
        {
            "staffing": {
                "team": {"agents": noon, "interval": 1800},
                "calm": {"agents": [40]},
            },
            "steps": {"desk": {"patience": patience}, "other": {"patience": patience}},
        },
        teams=[{"id": "team", "name": "Desk team"}, {"id": "calm"}],
        skills=[],
    )


@pytest.fixture(scope="module")
def told() -> tuple[dict[str, Any], Document]:
    document = short_staffed()
    results = run(document, Settings(replications=8, charts=True))
    return json.loads(json.dumps(results_to_plain(results, None))), document


def test_where_and_when_too_few_people_work_is_the_first_cause(
    told: tuple[dict[str, Any], Document],
) -> None:
    plain, document = told
    causes = causes_of(plain, document)
    for found in (causes.abandonment, causes.waiting):
        first = found[0]
        assert first.step == "desk"
        assert first.spell is not None
        assert abs(first.spell[0] - NOON) <= 1800
        assert abs(first.spell[1] - TWO) <= 3600
        assert first.share > 0.5
        assert first.occupancy is not None
        assert first.occupancy[0] == "Desk team"
        assert first.occupancy[1] > 0.95 > first.occupancy[2]
    assert sum(one.share for one in causes.abandonment) <= 1 + 1e-9


def test_shares_add_up_to_the_kpis(told: tuple[dict[str, Any], Document]) -> None:
    plain, document = told
    charts = plain["charts"]
    causes = find_causes(charts, {})
    queues = [one for one in charts["causes"]["groups"] if set(one["keys"]) == {"step"}]
    abandoned = sum(sum(one["measures"]["abandoned"]["value"]) for one in queues)
    assert causes.abandonment[0].total == pytest.approx(abandoned)
    rate = plain["kpis"]["abandonment_rate"]["value"]
    offered = sum(sum(one["measures"]["offered"]["value"]) for one in queues)
    assert abandoned / offered == pytest.approx(rate, rel=1e-3)
    del document


def test_it_is_said_in_words_with_the_step_it_is_about(
    told: tuple[dict[str, Any], Document],
) -> None:
    plain, document = told
    said = in_words(plain, document)
    causes = causes_of(plain, document)
    first = next(one for one in said if one.step == "desk")
    assert "Desk <b>A</b>" in first.text
    assert f"{causes.abandonment[0].share * 100:.0f} % of all who give up" in first.text
    assert "Desk team: busy" in first.text
    without = {key: value for key, value in plain.items() if key != "charts"}
    assert [one.step for one in in_words(without, document)] == [None, None]


def test_nobody_waits_where_there_is_nobody() -> None:
    document = journey([], {"call.arrived": "end"}, {})
    results = run(document, Settings(replications=2, charts=True))
    said = in_words(results_to_plain(results, None), document)
    assert [one.text for one in said] == ["Nobody has to wait, and nobody gives up."]


def test_the_command_says_the_same(told: tuple[dict[str, Any], Document], tmp_path: Any) -> None:
    plain, document = told
    path = tmp_path / "short.journey.json"
    path.write_bytes(document_to_bytes(document))
    with redirect_stdout(StringIO()) as out:
        assert main(["causes", str(path), "--replications=8", "--jobs=1", "--json"]) == 0
    found = json.loads(out.getvalue())
    assert [one["text"] for one in found["said"]] == [one.text for one in in_words(plain, document)]
    assert found["abandonment"][0]["share"] == causes_of(plain, document).abandonment[0].share


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda two: (min(two), max(two))),
        max_size=12,
    )
)
def test_no_other_spell_is_worse(pairs: list[tuple[int, int]]) -> None:
    bad, offered = [float(one) for one, _ in pairs], [float(other) for _, other in pairs]
    total = sum(offered)
    rate = sum(bad) / total if total else 0.0

    def excess(begin: int, end: int) -> float:
        return sum(bad[n] - rate * offered[n] for n in range(begin, end))

    spell = worst_spell(bad, offered)
    best = max(
        (excess(a, b) for a in range(len(bad)) for b in range(a + 1, len(bad) + 1)), default=0.0
    )
    assert excess(spell.start, spell.stop) == pytest.approx(max(best, 0.0), abs=1e-6)
