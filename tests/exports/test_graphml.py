"""GraphML: networkx reads the same graph that the plan is."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import networkx as nx
import pytest

from engine.document import document_from_plain
from engine.export.losses import losses_of
from engine.export.target import Severity, Status, targets
from engine.plan import CLOSED
from engine.program import Program, make_program
from tests.exports.cases import FEW, program

TARGET = targets()["graphml"]


def read(made: Program) -> Any:
    (content,) = TARGET.write(made).values()
    return nx.read_graphml(BytesIO(content), force_multigraph=True)


@pytest.mark.parametrize("name", FEW)
def test_networkx_reads_every_step_and_every_link(name: str) -> None:
    made = program(name)
    graph = read(made)
    steps = made.plan.steps
    assert set(graph.nodes) == {step.id for step in steps}
    links = sorted(
        (step.id, steps[to].id, exit_name)
        for step in steps
        for exit_name, to in zip(step.exits, step.targets, strict=True)
        if to != CLOSED
    )
    assert sorted((a, b, data["exit"]) for a, b, data in graph.edges(data=True)) == links
    for step in steps:
        assert graph.nodes[step.id]["name"] == step.step.name
        assert graph.nodes[step.id]["type"] == step.step.kind
        assert graph.nodes[step.id]["group"] == step.step.group.value


def test_what_is_known_of_a_step_is_told() -> None:
    graph = read(program("omnichannel_retail"))
    assert any(data.get("stage") for _, data in graph.nodes(data=True))
    assert {"voice", "chat", "email"} <= {data.get("channel") for _, data in graph.nodes(data=True)}
    assert all(data["label"] for *_, data in graph.edges(data=True))


def test_steps_of_a_sub_journey_say_what_they_are_within() -> None:
    names = [name for name in FEW if program(name).document.journey.sub_journeys]
    graphs = [read(program(name)) for name in names]
    inner = [(graph, name, data) for graph in graphs for name, data in graph.nodes(data=True)]
    within = [(graph, data["within"]) for graph, _, data in inner if "within" in data]
    assert within
    assert all(graph.nodes[name]["type"] == "sub_journey" for graph, name in within)


def test_awkward_names_are_read_back() -> None:
    said = "<b>&amp; \"quoted\" 'so' ]]> Grüße 🚀"
    journey = {
        "id": "odd",
        "name": "Odd",
        "steps": [
            {
                "id": "call",
                "type": "inbound_contact",
                "name": said,
                "owner": "bell \x07 and \ufffe",
            },
            {"id": "end", "type": "exit", "name": "End"},
        ],
        "links": [{"from": "call", "exit": "arrived", "to": "end"}],
    }
    plain = {"format": "wayline/journey", "version": 1, "journey": journey}
    graph = read(make_program(document_from_plain(plain)))
    assert graph.nodes["call"]["name"] == said
    assert graph.nodes["call"]["owner"] == "bell \ufffd and \ufffd"


def test_the_bytes_are_the_same_every_time() -> None:
    made = program("omnichannel_retail")
    assert TARGET.write(made) == TARGET.write(make_program(made.document))


def test_it_is_called_a_document_and_says_what_it_leaves_out() -> None:
    assert TARGET.status is Status.DOCUMENT
    found = losses_of(program("evara"), TARGET)
    assert any(one.feature.startswith("conditions") for one in found)
    assert all(one.severity is not Severity.ERROR for one in found)
