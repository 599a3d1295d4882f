"""What is in a bundle beside the targets: worker contract, data use, bindings, coverage."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest

from engine.document import Document, document_from_plain
from engine.export.bundle.making import Simulated, bundle_files
from engine.export.target import targets
from engine.operations import Compute
from tests.exports.cases import FEW, document, paths, program

NOTHING: dict[str, Any] = {"kpis": {}}


@cache
def inside(name: str) -> dict[str, Any]:
    """The files of a case's bundle, JSON read."""
    simulated = Simulated(paths(name, most=30), NOTHING)
    files = bundle_files(document(name), simulated, ["graphml"])
    return {n: json.loads(c) for n, c in files.items() if n.endswith(".json")}


def consented(ways: dict[str, str | None], **purpose: Any) -> Document:
    """A message for a purpose, with a consent gate before it."""
    steps = [
        {"id": "call", "type": "inbound_contact", "name": "Call"},
        {"id": "may_we", "type": "consent", "name": "May we?", "purpose": "offers"},
        {"id": "offer", "type": "message", "name": "Offer", "purpose": "offers"},
        {"id": "end", "type": "exit", "name": "End"},
    ]
    links = [{"from": way.split(".")[0], "exit": way.split(".")[1], "to": to}
             for way, to in ways.items()]  # fmt: skip
    return document_from_plain(
        {
            "format": "wayline/journey",
            "version": 1,
            "journey": {
                "id": "test",
                "name": "Test",
                "purposes": [{"id": "offers", "name": "Offers", **purpose}],
                "steps": steps,
                "links": links,
            },
        }
    )


GATED = {
    "call.arrived": "may_we", "may_we.granted": "offer", "may_we.refused": "end",
    "offer.sent": "end", "offer.failed": "end",
}  # fmt: skip


@pytest.mark.parametrize("name", FEW)
def test_schemas_of_the_worker_contract_are_schemas(name: str) -> None:
    for command in inside(name)["worker-contract.json"]["commands"].values():
        for part in ("parameters", "report"):
            jsonschema.Draft202012Validator.check_schema(command[part])


@pytest.mark.parametrize("name", FEW)
def test_what_workers_are_told_keeps_the_contract(name: str) -> None:
    for command in inside(name)["worker-contract.json"]["commands"].values():
        for step in command["steps"]:
            jsonschema.validate(step["parameters"], command["parameters"])


@pytest.mark.parametrize("name", FEW)
def test_what_simulated_workers_report_keeps_the_contract(name: str) -> None:
    commands = inside(name)["worker-contract.json"]["commands"].values()
    reports = {step["node"]: one["report"] for one in commands for step in one["steps"]}
    seen = 0
    for vector in paths(name, most=30):
        for decision in vector.decisions:
            node = program(name).nodes[decision.node]
            timeout = getattr(node.operation, "timeout", None)
            if node.id not in reports or (timeout and decision.result == timeout.result):
                continue
            is_computed = isinstance(node.operation, Compute)
            report = {"result": decision.result, "attributes": decision.attributes}
            if is_computed:
                report |= {"hold": decision.hold or 0}
            jsonschema.validate(report, reports[node.id])
            seen += 1
    assert seen or name == "starter"


def test_another_result_or_attribute_breaks_the_contract() -> None:
    report = inside("evara")["worker-contract.json"]["commands"]["consent"]["report"]
    jsonschema.validate({"result": "granted"}, report)
    for wrong in ({"result": "yes"}, {"result": "granted", "attributes": {"x": 1}}, {}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, report)


def test_the_consent_gate_that_every_way_passes_is_named() -> None:
    made = bundle_files(consented(GATED, retention_days=30), Simulated([], NOTHING), ["graphml"])
    record = json.loads(made["data-use.json"])
    (use,) = [one for one in record["steps"] if one["step"] == "offer"]
    assert use["purposes"] == [
        {
            "purpose": "offers",
            "name": "Offers",
            "term": "dpv:Purpose",
            "legal_basis": "dpv:Consent",
            "consent_gate": "may_we",
            "retention": {"term": "dpv:StorageDuration", "days": 30},
        }
    ]
    assert use["recipient"] == "channel email"
    assert record["note"] == "A design check, not legal advice."


def test_a_gate_that_some_go_past_is_not_named() -> None:
    ways = {**GATED, "may_we.refused": "offer"}
    other = consented(ways, legal_basis="contract")
    made = bundle_files(other, Simulated([], NOTHING), ["graphml"])
    (use,) = [one for one in json.loads(made["data-use.json"])["steps"] if one["step"] == "offer"]
    assert use["purposes"][0]["consent_gate"] is None
    assert use["purposes"][0]["legal_basis"] == "dpv:Contract"


def test_personal_data_are_told_with_what_is_done_with_them() -> None:
    uses = {one["step"]: one for one in inside("evara")["data-use.json"]["steps"]}
    read = {
        (one["attribute"], what)
        for use in uses.values()
        for one in use["data"]
        for what in one["processing"]
    }
    assert {what for _, what in read} >= {"dpv:Use", "dpv:Record"}
    journey = document("evara").journey
    personal = {one.id for one in journey.attributes if one.personal or one.sensitive}
    assert {name for name, _ in read} <= personal


def test_bindings_name_what_must_be_there() -> None:
    bindings = inside("evara")["manifest.json"]["required_bindings"]
    journey = document("evara").journey
    assert {one["id"] for one in bindings["teams"]} == {one.id for one in journey.teams}
    assert bindings["events"] == ["appointment.missed"]
    assert [one["step"] for one in bindings["queues"]] == [
        "front_desk",
        "outreach_call",
        "re_enrol",
    ]
    assert bindings["templates"] == ["missed_appointment"]
    assert len(bindings["secrets"]) == len(bindings["systems"]) > 0


def test_the_whole_journey_and_its_losses_are_in_it() -> None:
    files = bundle_files(document("evara"), Simulated(paths("evara"), NOTHING))
    manifest = json.loads(files["manifest.json"])
    assert {one["name"] for one in manifest["targets"]} == set(targets())
    for one in manifest["targets"]:
        assert one["files"]
        assert set(one["files"]) <= set(files)
    assert {one["target"] for one in manifest["losses"]} == set(targets())
    covered = json.loads(files["conformance/coverage.json"])
    assert covered["paths"] == len(files["conformance/vectors.jsonl"].splitlines())
    assert covered["steps"]["taken"] + len(covered["steps"]["missing"]) == covered["steps"]["all"]
    assert covered["exits"]["taken"] + len(covered["exits"]["missing"]) == covered["exits"]["all"]
