"""The journey map: what simulated customers felt, reckoned by hand where it is small."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest

from engine.document import (
    Document,
    document_from_plain,
    document_to_bytes,
    document_to_plain,
    read_document,
)
from engine.errors import SaveError
from engine.shipped import sample_names, sample_path
from simulator.cli import main
from simulator.experiment import Settings
from simulator.experiment import run as run_experiment
from simulator.journey_map.drawn import drawn_map
from simulator.journey_map.model import JourneyMap, MapStep
from simulator.journey_map.picture import map_picture
from simulator.journey_map.saving import FORMS, save_map
from simulator.journey_map.simulated import simulated_map
from simulator.journey_map.svg import svg
from simulator.journey_map.tables import map_csv, map_json
from tests.simulator.build import Plain, human, journey
from tests.simulator.test_context import constant, helpline

BASE = 1.82


def mapped(document: Document, replications: int = 2, **more: Any) -> JourneyMap:
    found = simulated_map(document, Settings(replications=replications, **more))
    assert found is not None
    return found


def step(of: JourneyMap, name: str) -> MapStep:
    return next(one for one in of.steps if one.id == name)


def felt(of: JourneyMap, name: str) -> float:
    found = step(of, name).felt
    assert found is not None
    return found.value


def emotion(odds: float) -> float:
    return 4 / (1 + math.exp(-odds)) - 2


def one_contact(agents: int = 1000, stages: Plain | None = None, **assumed: Any) -> Document:
    """Call, agent, end; the agent's numbers are `assumed`."""
    agent, ways, numbers = human(**assumed)
    agent |= {"stage": "talk", "emotion": 1, "owner": "Service <b>"}
    return journey(
        [agent, {"id": "off", "type": "exit", "name": "Gave up", "resolved": False}],
        {"call.arrived": "agent", **ways, "agent.abandoned": "off"},
        {"steps": {"agent": numbers}, "staffing": {"team": {"agents": [agents]}}},
        stages=[{"id": "talk", "name": "Talk"}, {"id": "later", "name": "Later"}],
        **(stages or {}),
    )


def test_a_good_contact_is_the_base_at_every_step() -> None:
    found = mapped(one_contact())
    for name in ("call", "agent", "end"):
        assert felt(found, name) == pytest.approx(emotion(BASE))
    end = step(found, "end").felt
    assert end is not None
    assert (end.worst, end.best) == pytest.approx((emotion(1.5), emotion(2.1)))
    assert found.pains == []


def test_who_gives_up_feels_it_where_it_happens() -> None:
    found = mapped(one_contact(agents=0, patience=constant(90)))
    lost = emotion(BASE - 1.5 * 0.08 - 1.2)
    assert felt(found, "call") == pytest.approx(emotion(BASE))
    assert felt(found, "agent") == pytest.approx(lost)
    assert felt(found, "off") == pytest.approx(lost)
    assert step(found, "end").felt is None
    agent = step(found, "agent").measures
    assert agent["unmet"].value == agent["abandonment_rate"].value == 1
    assert [pain.kind for pain in found.pains] == ["gave_up"]
    assert found.pains[0].sentence == "100.0 % of those who come here give up."
    assert found.pains[0].lost == pytest.approx(1.2)
    stage = found.stages[0]
    assert stage.felt is not None
    assert stage.felt.value == pytest.approx(lost)
    assert stage.measures["lost"].value == 1
    changed = [one for one in found.moments if one.kind == "changes_most"]
    assert [one.step for one in changed] == ["agent"]
    assert changed[0].weight == pytest.approx(emotion(BASE) - lost)


def test_an_issue_is_followed_over_its_contacts() -> None:
    """Each comes to nothing; from the first on the need is not met, and each further one costs."""
    again = {"probability": 1, "delay": constant(60), "max_contacts": 3}
    found = mapped(one_contact(resolution=0, recontact=again))
    calls = [BASE, BASE - 0.69 - 1.2, BASE - 2 * 0.69 - 1.2]
    assert felt(found, "call") == pytest.approx(sum(map(emotion, calls)) / 3)
    talks = [BASE - n * 0.69 - 1.2 for n in range(3)]
    assert felt(found, "agent") == pytest.approx(sum(map(emotion, talks)) / 3)
    assert found.whole is not None
    assert found.whole.value == pytest.approx(emotion(talks[-1]))


def test_being_told_again_and_misunderstood_is_felt_at_its_step() -> None:
    intents = {"balance": {"recognition": 0}, "loan": {"recognition": 0}}
    assumed = {"bot": {"intents": intents, "contained_if_misrecognised": 0}}
    found = mapped(helpline({"sees_context": False}, assumed=assumed))
    assert felt(found, "bot") == pytest.approx(emotion(BASE - 0.5))
    assert felt(found, "adviser") == pytest.approx(emotion(BASE - 0.5 - 0.2))
    assert {(pain.step, pain.kind) for pain in found.pains} == {
        ("bot", "misrecognised"),
        ("adviser", "told_again"),
    }
    assert [pain.step for pain in found.pains] == ["bot", "adviser"], "worst first"


def test_a_step_that_decides_tells_both_ends() -> None:
    found = mapped(one_contact(resolution=0.5))
    decides = [one for one in found.moments if one.kind == "decides"]
    assert [one.step for one in decides] == ["agent"]
    good, bad = f"{emotion(BASE):+.1f}", f"{emotion(BASE - 1.2):+.1f}"
    assert f"“resolved” at {good}" in decides[0].sentence
    assert f"“unresolved” at {bad}" in decides[0].sentence


def test_a_wait_above_the_target_is_told_with_its_interval() -> None:
    document = one_contact(agents=20, handle_time=constant(900))
    plain = document_to_plain(document)
    plain["scenarios"] = {"targets": [{"kpi": "asa", "at_most": 20}]}
    found = mapped(document_from_plain(plain), 4)
    waits = [pain.sentence for pain in found.pains if pain.kind == "long_wait"]
    assert len(waits) == 1
    assert waits[0].startswith("The mean wait is ")
    assert waits[0].endswith("the target is at most 20.0 s.")
    without = [pain for pain in mapped(document).pains if pain.kind == "long_wait"]
    assert "wait longer than 2 minutes here" in without[0].sentence


@pytest.mark.parametrize("name", sample_names())
def test_in_the_end_it_is_the_modelled_kpi_and_the_table_of_steps(name: str) -> None:
    document = read_document(sample_path(name))
    found = mapped(document)
    results = run_experiment(document, Settings(replications=2))
    kpi = results.estimate("csat_modelled")
    assert kpi is not None
    assert found.whole is not None
    assert found.whole.value == pytest.approx(4 * kpi.value - 2, abs=0.01)
    for one in document.journey.steps:
        for measure in ("visits", "share", "mean_wait", "abandonment_rate"):
            same, other = results.step_estimate(one.id, measure), step(found, one.id).measures
            assert (same is None) == (measure not in other)
            assert same is None or other[measure].value == pytest.approx(same.value)


def test_any_number_of_processes_says_the_same_and_it_comes_back_whole() -> None:
    document = read_document(sample_path("patient_journey"))
    found = mapped(document, 3)
    assert map_json(found) == map_json(mapped(document, 3, jobs=2))
    assert JourneyMap.model_validate_json(map_json(found)) == found


def test_scores_stand_on_the_map_only_with_a_mapping() -> None:
    assert "nps" not in step(mapped(one_contact()), "agent").measures
    plain = document_to_plain(one_contact())
    points = [{"satisfied": 0.0, "score": -100}, {"satisfied": 1.0, "score": 100}]
    plain["assumptions"]["experience"] = {"nps": {"points": points, "source": "Survey."}}
    found = step(mapped(document_from_plain(plain)), "agent").measures
    assert found["nps"].value == pytest.approx(50 * emotion(BASE))
    assert "sentiment" not in found


def test_what_is_drawn_needs_no_simulation() -> None:
    found = drawn_map(one_contact())
    assert [one.id for one in found.steps] == ["agent", "call", "off", "end"]
    agent = step(found, "agent")
    assert (agent.expected, agent.owner, agent.channels) == (1, "Service <b>", ["voice"])
    assert [one.expected for one in found.stages] == [1.0, None]
    assert found.run is None
    assert found.pains == []


def test_a_sub_journey_stands_in_the_stage_of_its_caller() -> None:
    inner = {
        "id": "check",
        "name": "Check",
        "outcomes": [{"id": "done"}],
        "steps": [
            {"id": "hello", "type": "announcement", "name": "Hello", "text": "Hello"},
            {"id": "over", "type": "exit", "name": "Over"},
        ],
        "links": [{"from": "hello", "exit": "played", "to": "over"}],
    }
    caller = {"id": "ident", "type": "sub_journey", "name": "Identify", "journey": "check"}
    document = journey(
        [{**caller, "stage": "talk"}],
        {"call.arrived": "ident", "ident.done": "end"},
        {},
        stages=[{"id": "talk", "name": "Talk"}],
        sub_journeys=[inner],
    )
    found = mapped(document)
    assert [one.id for one in found.steps_of("talk")] == ["ident", "hello", "over"]
    assert step(found, "hello").measures["visits"].value > 0


# ---- as files


def parsed(drawing: str) -> tuple[set[str], str]:
    """The names of all elements of an XML document, and all text in it."""
    names: set[str] = set()
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, _: names.add(name)
    parser.CharacterDataHandler = texts.append
    parser.Parse(drawing, True)
    return names, "\n".join(texts)


HOSTILE = '<script>alert(1)</script> & "x" | `y`'


@pytest.fixture(scope="module")
def hostile() -> JourneyMap:
    plain = document_to_plain(one_contact(agents=0, patience=constant(90)))
    plain["journey"]["name"] = HOSTILE
    plain["journey"]["stages"][0]["name"] = HOSTILE
    for one in plain["journey"]["steps"]:
        one["name"] = "=" + HOSTILE
        one["touchpoint"] = HOSTILE
    return mapped(document_from_plain(plain))


def test_no_name_becomes_markup(hostile: JourneyMap, tmp_path: Path) -> None:
    for ending in FORMS:
        save_map(hostile, tmp_path / f"map{ending}")
    page = (tmp_path / "map.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    tags, _ = parsed((tmp_path / "map.svg").read_text("utf-8"))
    assert tags <= {"svg", "title", "rect", "text", "polyline", "polygon", "circle"}
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO((tmp_path / "map.csv").read_text("utf-8"))))
    assert {len(row) for row in rows} == {10}
    assert not any(row[2].startswith("=") for row in rows)
    assert "\\<script" in (tmp_path / "map.md").read_text("utf-8")


def test_the_picture_shows_all_that_is_on_the_map() -> None:
    found = mapped(read_document(sample_path("patient_journey")))
    _, words = parsed(svg(map_picture(found)))
    for stage in found.stages:
        assert stage.name in words
    for said in ("modelled, not measured", "simulated, modelled", "expected", "Pains found"):
        assert said in words
    picture = map_picture(found)
    for shape in picture.shapes:
        for x, y in getattr(shape, "points", [(getattr(shape, "x", 0), getattr(shape, "y", 0))]):
            assert 0 <= x <= picture.width
            assert 0 <= y <= picture.height


def test_an_ending_that_nobody_knows_is_refused_and_nothing_is_written(
    hostile: JourneyMap, tmp_path: Path
) -> None:
    with pytest.raises(SaveError, match="no journey map of the kind"):
        save_map(hostile, tmp_path / "map.docx")
    assert list(tmp_path.iterdir()) == []


# ---- the command


def test_the_command_reads_standard_input_and_says_what_the_map_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = read_document(sample_path("bankunited"))

    class Standard:
        buffer = io.BytesIO(document_to_bytes(document))

    monkeypatch.setattr("sys.stdin", Standard)
    words = ["--scenario", "after", "--seed", "3", "--replications", "2", "--jobs", "1"]
    assert main(["map", "-", "--json", *words]) == 0
    found = JourneyMap.model_validate_json(capsys.readouterr().out)
    assert found.run is not None
    assert (found.run.scenario, found.run.seed, found.run.replications) == ("after", 3, 2)
    assert json.loads(map_json(found))["format"] == "wayline/journey-map"
    assert main(["map", "bankunited", *words, "--csv"]) == 0
    assert capsys.readouterr().out == map_csv(found) + "\n"


def test_the_command_saves_a_page_and_refuses_what_it_cannot(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "map.html"
    assert main(["map", "starter", "--replications", "1", "--out", str(page)]) == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    capsys.readouterr()
    assert main(["map", "starter", "--out", str(tmp_path / "map.xyz")]) == 2
    assert "let the name end in .html" in capsys.readouterr().err
    assert main(["map", "starter", "--scenario", "none"]) == 2
