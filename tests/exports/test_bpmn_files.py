"""BPMN files as the tools of the trade see them: schema, linters, a viewer, and the drawing."""

from __future__ import annotations

import html
import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from SpiffWorkflow.bpmn.parser import BpmnValidator

from engine.export.target import targets
from engine.program import make_program
from tests.exports.cases import CASES, FEW, document, program
from tests.exports.hand_made import journey
from tests.exports.node_engines import NodeEngine, installed, node_engine

DIALECTS = ("camunda7", "camunda8", "spiff")
SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
}
Place = tuple[float, float, float, float]


def exported(name: str, dialect: str) -> bytes:
    (content,) = targets()[dialect].write(program(name)).values()
    return content


# ---- schema and linters


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", FEW)
def test_it_keeps_the_schema(name: str, dialect: str) -> None:
    from lxml import etree  # noqa: PLC0415 - comes with SpiffWorkflow

    BpmnValidator().validate(etree.fromstring(exported(name, dialect)), name)


@pytest.fixture(scope="module")
def linter() -> Iterator[NodeEngine]:
    with node_engine("lint_bpmn.mjs") as engine:
        yield engine


def linted(linter: NodeEngine, name: str, dialect: str) -> object:
    return linter.ask({"source": exported(name, dialect).decode(), "platform": dialect})


@pytest.mark.parametrize("name", FEW)
def test_linters_find_no_error(linter: NodeEngine, name: str) -> None:
    assert linted(linter, name, "camunda8") == {"errors": [], "warnings": []}


@pytest.mark.conformance
@pytest.mark.parametrize("dialect", ["camunda7", "camunda8"])
@pytest.mark.parametrize("name", CASES)
def test_linters_find_no_error_in_any(linter: NodeEngine, name: str, dialect: str) -> None:
    assert linted(linter, name, dialect) == {"errors": [], "warnings": []}


def test_linters_do_find_errors(linter: NodeEngine) -> None:
    source = exported("starter", "camunda8").decode().replace("bpmn:startEvent", "bpmn:task")
    found = linter.ask({"source": source, "platform": "camunda8"})
    assert any(one.startswith("start-event-required") for one in found["errors"])


# ---- the drawing


def planes(name: str) -> list[tuple[dict[str, Place], dict[str, list[tuple[float, float]]]]]:
    """For each plane the place of each shape and the points of each flow."""
    root = ET.fromstring(exported(name, "camunda8"))  # noqa: S314 - our own file
    found = []
    for plane in root.findall(".//bpmndi:BPMNPlane", SPACES):
        shapes = {}
        for shape in plane.findall("bpmndi:BPMNShape", SPACES):
            bounds = shape.find("dc:Bounds", SPACES)
            assert bounds is not None
            x, y, width, height = (float(bounds.get(n, "")) for n in ("x", "y", "width", "height"))
            shapes[shape.get("bpmnElement", "")] = (x, y, x + width, y + height)
        edges = {
            edge.get("bpmnElement", ""): [
                (float(point.get("x", "")), float(point.get("y", "")))
                for point in edge.findall("di:waypoint", SPACES)
            ]
            for edge in plane.findall("bpmndi:BPMNEdge", SPACES)
        }
        found.append((shapes, edges))
    return found


def ends_of_flows(name: str) -> dict[str, tuple[str, str]]:
    root = ET.fromstring(exported(name, "camunda8"))  # noqa: S314 - our own file
    flows = root.findall(".//bpmn:sequenceFlow", SPACES)
    return {
        one.get("id", ""): (one.get("sourceRef", ""), one.get("targetRef", "")) for one in flows
    }


def hosts(name: str) -> dict[str, str]:
    root = ET.fromstring(exported(name, "camunda8"))  # noqa: S314 - our own file
    events = root.findall(".//bpmn:boundaryEvent", SPACES)
    return {one.get("id", ""): one.get("attachedToRef", "") for one in events}


def is_on_border(point: tuple[float, float], place: Place) -> bool:
    x, y = point
    left, top, right, bottom = place
    on_side = x in (left, right) and top <= y <= bottom
    return on_side or (y in (top, bottom) and left <= x <= right)


@pytest.mark.parametrize("name", FEW)
def test_no_shape_lies_on_another(name: str) -> None:
    sitting = hosts(name)
    for shapes, _ in planes(name):
        free = [(one, place) for one, place in shapes.items() if one not in sitting]
        for (one, a), (other, b) in itertools.combinations(free, 2):
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, f"{one} lies on {other}"


@pytest.mark.parametrize("name", FEW)
def test_flows_are_orthogonal_and_begin_and_end_on_borders(name: str) -> None:
    ends = ends_of_flows(name)
    seen = set()
    for shapes, edges in planes(name):
        for flow, points in edges.items():
            seen.add(flow)
            source, target = ends[flow]
            assert is_on_border(points[0], shapes[source]), flow
            assert is_on_border(points[-1], shapes[target]), flow
            for (x1, y1), (x2, y2) in itertools.pairwise(points):
                assert x1 == x2 or y1 == y2, flow
    assert seen == set(ends)


@pytest.mark.parametrize("name", FEW)
def test_boundary_events_sit_on_the_border_of_their_hosts(name: str) -> None:
    for event, host in hosts(name).items():
        (shapes,) = [shapes for shapes, _ in planes(name) if event in shapes]
        left, top, right, bottom = shapes[event]
        assert is_on_border(((left + right) / 2, (top + bottom) / 2), shapes[host])


def test_steps_keep_the_designers_order() -> None:
    shapes, _ = planes("bankunited")[0]
    wanted = document("bankunited").layout.positions
    for axis in (0, 1):
        for one, other in itertools.combinations(wanted, 2):
            if wanted[one][axis] + 200 < wanted[other][axis]:
                assert shapes[one][axis] < shapes[other][axis]


# ---- a viewer

PAGE = """<html><head><style>#c{{width:1200px;height:800px}}</style></head><body><div id=c></div>
<script>{script}</script><script>
new BpmnJS({{container: '#c'}}).importXML({xml}).then(
  ({{warnings}}) => document.title = JSON.stringify(warnings.map(w => w.message)),
  error => document.title = JSON.stringify(['' + error]));
</script></body></html>"""


@pytest.mark.conformance
@pytest.mark.parametrize("name", FEW)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_viewer_opens_it_without_a_warning(tmp_path: Path, name: str, dialect: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is needed to see what bpmn-js makes of it")
    script = (installed() / "bpmn-js/dist/bpmn-viewer.development.js").read_text("utf-8")
    told = json.dumps(exported(name, dialect).decode()).replace("</", "<\\/")
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(script=script, xml=told), encoding="utf-8")
    quiet = ("disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
             "disable-component-update", "disable-sync", "no-sandbox", "headless")  # fmt: skip
    shown = subprocess.run(
        [chromium, *(f"--{one}" for one in quiet), f"--user-data-dir={tmp_path / 'user'}",
         "--virtual-time-budget=10000", "--dump-dom", page.as_uri()],
        capture_output=True, encoding="utf-8", check=True, timeout=120,
    ).stdout  # fmt: skip
    found = re.search("<title>(.*?)</title>", shown)
    assert found is not None, shown[-500:]
    assert json.loads(html.unescape(found[1])) == []


# ---- ids


NAMES_OF_PARTS = ["start", "entry", "flow", "shape", "edge", "plane", "journey", "definitions"]


def test_no_id_is_given_twice_whatever_steps_are_called() -> None:
    steps = [{"id": name, "type": "message", "name": name} for name in NAMES_OF_PARTS]
    around = zip(NAMES_OF_PARTS, [*NAMES_OF_PARTS[1:], "end"], strict=True)
    links: dict[str, str | None] = {"call.arrived": "start"}
    for name, following in around:
        links |= {f"{name}.sent": following, f"{name}.failed": None}
    made = journey(steps, links)
    renamed = made.document.journey.model_copy(update={"id": "flow"})
    (content,) = (
        targets()["spiff"]
        .write(make_program(made.document.model_copy(update={"journey": renamed})))
        .values()
    )
    root = ET.fromstring(content)  # noqa: S314 - our own file
    ids = [one.get("id") for one in root.iter() if one.get("id") and "spiff" not in one.tag]
    assert len(ids) == len(set(ids))
