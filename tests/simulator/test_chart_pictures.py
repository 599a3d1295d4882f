"""Pictures of charts and `wayline chart`: the same numbers, drawn so that nothing is misread."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from engine.document import read_document
from engine.shipped import sample_path
from simulator.charts import CHARTS
from simulator.charts.palette import PALETTES
from simulator.charts.picture import draw, picture
from simulator.charts.sankey import Link, layout
from simulator.cli import main
from simulator.commands.chart import KINDS
from simulator.experiment import Settings, run
from tests.simulator.build import journey

Plain = dict[str, Any]
HOSTILE = r"$\frac{1$ <b>&amp;</b> \$x$ 漢字 " + "long " * 30


@pytest.fixture(scope="module")
def charts() -> dict[str, Plain]:
    document = read_document(sample_path("omnichannel_retail"))
    return run(document, Settings(replications=2, charts=True)).charts()


@pytest.fixture(scope="module")
def hostile() -> dict[str, Plain]:
    """Of a journey whose names would be formulas, markup and very long."""
    document = journey(
        [{"id": "desk", "type": "human_agent", "name": HOSTILE, "skills": ["help"]}],
        {
            "call.arrived": "desk",
            "desk.resolved": "end",
            "desk.unresolved": None,
            "desk.abandoned": None,
        },
        {
            "staffing": {"team": {"agents": [3]}},
            "steps": {"desk": {"handle_time": {"kind": "exponential", "mean": 150},
                               "patience": {"kind": "exponential", "mean": 60}}},
        },
        teams=[{"id": "team", "name": HOSTILE, "skills": ["help"]}],
    )  # fmt: skip
    return run(document, Settings(replications=2, charts=True)).charts()


def texts(svg: bytes) -> str:
    root = ET.fromstring(svg)  # noqa: S314 - it is ours
    return "\n".join("".join(one.itertext()) for one in root.iter() if one.tag.endswith("text"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_view_is_a_drawing_with_its_small_print(charts: dict[str, Plain], kind: str) -> None:
    for choice in CHARTS[kind].choices(charts[kind])[:3]:
        svg = picture(kind, charts[kind], "svg", choice.id)
        said = texts(svg)
        assert CHARTS[kind].name in said
        assert "replication" in said
        assert svg == picture(kind, charts[kind], "svg", choice.id), "the same bytes"


@pytest.mark.parametrize("kind", KINDS)
def test_names_are_shown_as_they_are(hostile: dict[str, Plain], kind: str) -> None:
    for choice in CHARTS[kind].choices(hostile[kind]):
        said = texts(picture(kind, hostile[kind], "svg", choice.id))
        assert "long " * 15 not in said.replace("\n", " "), "it is cut"
        if kind in {"causes", "funnel"}:
            assert r"$\frac{1$ <b>" in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_marks_say_what_they_show_and_lie_within(
    charts: dict[str, Plain], kind: str, theme: str
) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(5.0, 3.2))
    canvas = FigureCanvasAgg(figure)
    paper, marks = draw(figure, kind, charts[kind], palette=PALETTES[theme], scale=1.6)
    for size in ((5.0, 3.2), (11.0, 6.0)):
        figure.set_size_inches(*size)
        paper.fit()
        canvas.draw()
        for axes in figure.axes:
            box = axes.get_position()
            assert 0 <= box.x0 < box.x1 <= 1
            assert 0 <= box.y0 < box.y1 <= 1
    steps = {one.id for one in _planned()}
    assert marks
    for mark in marks:
        assert mark.says
        assert mark.step is None or mark.step in steps
    assert (kind == "staffing") == all(mark.step is None for mark in marks)


def _planned() -> Any:
    from engine.plan import make_plan  # noqa: PLC0415

    return make_plan(read_document(sample_path("omnichannel_retail"))).steps


def test_a_run_without_anything_says_so() -> None:
    empty: Plain = {"groups": [], "x": None, "replications": 0, "left_out": 0}
    for kind in KINDS:
        assert "nothing to show" in texts(picture(kind, empty, "svg"))


# ---- where nodes of a flow lie


def test_nodes_do_not_overlap_and_hold_what_goes_through() -> None:
    links = [
        Link("in", "a", 60),
        Link("in", "b", 40),
        Link("a", "b", 20),
        Link("a", "out", 40),
        Link("b", "out", 60),
        Link("b", "a", 5),
    ]
    made = layout(links)
    assert [(one.source, one.target) for one in made.back] == [("b", "a")]
    assert {name: node.column for name, node in made.nodes.items()} == {
        "in": 0, "a": 1, "b": 2, "out": 3,
    }  # fmt: skip
    for node in made.nodes.values():
        assert node.top >= 0
        assert node.top + node.height <= 1 + 1e-9
        assert node.height == pytest.approx(node.amount * made.scale)


# ---- the command


def chart(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["chart", "bankunited", *words, "--replications", "3", "--jobs", "1"]) == 0
    return capsys.readouterr().out


def test_the_command_knows_every_chart() -> None:
    assert tuple(CHARTS) == KINDS


@pytest.mark.parametrize("kind", ["wait", "outcomes", "causes"])
def test_csv_has_the_numbers_of_json(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(chart(capsys, kind, "--json"))
    rows = list(csv.DictReader(io.StringIO(chart(capsys, kind, "--csv"))))
    flat = []
    for group in told["groups"]:
        for name, measure in group["measures"].items():
            values = measure["value"]
            for at in range(len(values)) if isinstance(values, list) else [None]:
                x = "" if told["x"] is None or at is None else told["x"]["values"][at]
                flat.append((name, x, *(_at(measure.get(one), at) for one in ("value", "low"))))
    unit = told["x"]["unit"] if told["x"] else ""
    found = [
        (row["measure"], _number(row.get(unit, "")), _number(row["value"]), _number(row["low"]))
        for row in rows
    ]
    assert found == flat
    assert len(rows) > 3


def _at(values: Any, at: int | None) -> Any:
    value = values[at] if isinstance(values, list) and at is not None else values
    return "" if value is None else value


def _number(text: str) -> Any:
    return float(text) if text else ""


def test_the_numbers_are_those_of_simulate(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(chart(capsys, "queue", "--json", "--seed", "4"))
    words = ["--replications", "3", "--seed", "4", "--jobs", "1", "--json", "--charts"]
    assert main(["simulate", "bankunited", *words]) == 0
    assert json.loads(capsys.readouterr().out)["charts"]["queue"] == told


def test_pictures_and_numbers_go_into_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, begins in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.csv", b"step,name")):
        assert chart(capsys, "wait", "--out", str(tmp_path / name)) == ""
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "a.png", "a.svg"]


def test_what_cannot_be_drawn_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = ["chart", "bankunited", "staffing", "--replications", "1", "--out"]
    assert main([*begin, str(tmp_path / "a.gif")]) == 2
    assert "end the name in .png" in capsys.readouterr().err
    assert main([*begin, str(tmp_path / "a.png"), "--by", "nobody"]) == 2
    assert "advisers" in capsys.readouterr().err
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "matplotlib" else find(name)
    )
    assert main([*begin, str(tmp_path / "a.png")]) == 2
    assert "wayline[charts]" in capsys.readouterr().err
    assert main([*begin, str(tmp_path / "a.csv")]) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
    assert math.isfinite(float((tmp_path / "a.csv").read_text().splitlines()[40].split(",")[5]))
