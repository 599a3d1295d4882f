from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from engine.document import (
    Document,
    content_hash,
    document_from_plain,
    document_to_bytes,
    document_to_plain,
    parse_document,
    read_document,
    write_document,
)
from engine.errors import DocumentError, SaveError
from engine.journey import Journey
from engine.migrations import migrated
from engine.shipped import sample_names, sample_path
from engine.steps.catalog import step_types

VERSIONS = sorted((Path(__file__).parent.parent / "data" / "versions").glob("*.journey.json"))


def problem(data: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        parse_document(data)
    return caught.value


def changed(everything: bytes, *way: str | int, to: Any) -> bytes:
    plain = json.loads(everything)
    node = plain
    for part in way[:-1]:
        node = node[part]
    node[way[-1]] = to
    return json.dumps(plain).encode()


def test_current_version_is_written_as_it_is_read(everything: bytes, document: Document) -> None:
    assert document_to_bytes(document) == everything
    assert parse_document(document_to_bytes(document)) == document


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.name)
def test_every_version_ever_written_is_read(path: Path) -> None:
    document = read_document(path)
    assert parse_document(document_to_bytes(document)) == document


def test_golden_file_exercises_everything(everything: bytes, document: Document) -> None:
    assert {step.kind for step in document.journey.steps} == set(step_types())
    for section in ("layout", "assumptions", "scenarios"):
        assert getattr(document, section) != getattr(Document(journey=document.journey), section)
    for name in ("constant", "exponential", "lognormal", "weibull", "gamma", "uniform"):
        assert f'"kind": "{name}"'.encode() in everything
    for name in ("triangular", "empirical", "mixture", "choices", "chance", "numbers"):
        assert f'"kind": "{name}"'.encode() in everything
    operators = set(re.findall(rb'"op": "(\w+)"', everything))
    assert operators >= set(b"eq ne lt le gt ge in between contains known all any not".split())


@pytest.mark.parametrize("name", sample_names())
def test_samples_are_written_as_they_are_read(name: str) -> None:
    data = sample_path(name).read_bytes()
    assert document_to_bytes(parse_document(data)) == data


def test_order_of_keys_in_the_file_does_not_matter(everything: bytes, document: Document) -> None:
    def turned(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: turned(node[key]) for key in reversed(node)}
        return [turned(item) for item in node] if isinstance(node, list) else node

    again = parse_document(json.dumps(turned(json.loads(everything))).encode())
    assert again == document


def test_step_and_link_each_stand_on_a_line_of_their_own(everything: bytes) -> None:
    lines = everything.decode().splitlines()
    assert sum('"type": "wait"' in line for line in lines) == 3
    assert sum(line.strip().startswith('{"from": "agent"') for line in lines) == 8


@pytest.mark.parametrize(
    ("way", "place"),
    [
        (("surprise",), "surprise"),
        (("journey", "surprise"), "journey/surprise"),
        (("journey", "steps", 0, "surprise"), "journey/steps/call/surprise"),
        (("journey", "links", 2, "surprise"), "journey/links/2/surprise"),
        (("journey", "steps", 8, "branches", 0, "when", "surprise"),
         "journey/steps/which/branches/good/when/surprise"),
        (("layout", "frames", 0, "surprise"), "layout/frames/f_one/surprise"),
        (("assumptions", "demand", 0, "surprise"), "assumptions/demand/calls/surprise"),
        (("assumptions", "steps", "agent", "surprise"), "assumptions/steps/agent/surprise"),
        (("assumptions", "steps", "agent", "handle_time", "surprise"),
         "assumptions/steps/agent/handle_time/surprise"),
        (("scenarios", "named", 0, "surprise"), "scenarios/named/more_people/surprise"),
    ],
)  # fmt: skip
def test_unknown_key_is_named_with_its_place(
    everything: bytes, way: tuple[str | int, ...], place: str
) -> None:
    error = problem(changed(everything, *way, to=1))
    assert error.where == place
    assert "“surprise” is not known" in error.what


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (("journey", "steps", 0, "type"), "phone", "“phone” is none of"),
        (("journey", "steps", 0, "name"), "", "“” should have at least 1 character"),
        (("journey", "steps", 0, "emotion"), 3, "3 should be less than or equal to 2"),
        (("journey", "steps", 0, "emotion"), True, "true should be a valid integer"),
        (("journey", "steps", 0, "id"), "Call", "“Call” is not written as it must be"),
        (("journey", "steps", 15, "until"), "9:00", "“9:00” is not written as it must be"),
        (("journey", "steps", 14, "until"), "09:00", "exactly one of duration, until and attr"),
        (("journey", "limit"), "1", "“1” should be a valid number"),
        (("journey", "limit"), None, "null should be a valid number"),
        (("journey", "steps"), {}, "this object should be a valid array"),
        (("journey",), [], "this list should be an object"),
        (("journey", "steps", 25, "constants", "strict"), {}, "no value that an attribute may"),
        (("layout", "positions", "call"), [1], "this list should have at least 2 items, not 1"),
        (("assumptions", "steps", "agent"), 1, "1 should be an object"),
        (("assumptions", "steps", "nobody"), {}, "there is no step “nobody”"),
        (("assumptions", "steps"), [], "should be an object"),
        (("assumptions",), 1, "1 should be an object"),
    ],
)
def test_wrong_value_is_shown(
    everything: bytes, way: tuple[str | int, ...], value: Any, said: str
) -> None:
    error = problem(changed(everything, *way, to=value))
    assert said in error.what
    assert error.mend
    assert error.where.startswith(str(way[0]))


def test_missing_key_is_named_with_its_place(everything: bytes) -> None:
    plain = json.loads(everything)
    del plain["journey"]["steps"][0]["name"]
    error = problem(json.dumps(plain).encode())
    assert (error.where, error.what) == ("journey/steps/call/name", "“name” is missing")
    del plain["journey"]["steps"][0]["type"]
    assert "“type” is missing" in problem(json.dumps(plain).encode()).what
    del plain["journey"]
    assert problem(json.dumps(plain).encode()).where == "journey"


def test_numbers_are_no_strings_and_strings_no_numbers(everything: bytes) -> None:
    for value in ("5", True, [5], {"value": 5}):
        assert problem(changed(everything, "assumptions", "period", "days", to=value))


@pytest.mark.parametrize("version", [2, 999, 10**15])
def test_newer_version_is_refused(everything: bytes, version: int) -> None:
    error = problem(changed(everything, "version", to=version))
    assert f"version {version}" in error.what
    assert "newer Wayline" in error.mend


@pytest.mark.parametrize("version", [0, -1, 1.5, "1", True, None, [], {}])
def test_odd_version_is_refused(everything: bytes, version: Any) -> None:
    assert "version" in problem(changed(everything, "version", to=version)).what


@pytest.mark.parametrize("data", [b"{}", b"[]", b"1", b'"x"', b"null", b'{"format": []}'])
def test_other_json_is_refused(data: bytes) -> None:
    assert problem(data).what == "this is not a Wayline journey"


def test_migrations_are_chained_from_the_documents_version(everything: bytes) -> None:
    def first(old: dict[str, Any]) -> dict[str, Any]:
        return {**old, "trace": "1"}

    def second(old: dict[str, Any]) -> dict[str, Any]:
        assert old["version"] == 2
        return {**old, "trace": old.get("trace", "") + "2"}

    plain = json.loads(everything)
    chain = {1: first, 2: second}
    made = migrated(plain, chain, 3)
    assert (made["version"], made["trace"]) == (3, "12")
    assert made["journey"] == plain["journey"]
    assert plain["version"] == 1
    assert "trace" not in plain
    assert migrated({**plain, "version": 2}, chain, 3)["trace"] == "2"
    assert "trace" not in migrated({**plain, "version": 3}, chain, 3)
    with pytest.raises(DocumentError, match="up to version 3"):
        migrated({**plain, "version": 4}, chain, 3)


def test_file_is_named_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.journey.json"
    path.write_bytes(b'{"format": "wayline/journey", "version": 1}')
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.where == f"{path}: journey"


def test_layout_is_no_part_of_the_content(document: Document) -> None:
    bare = document.model_copy(update={"layout": Document(journey=document.journey).layout})
    assert bare != document
    assert content_hash(bare) == content_hash(document)
    renamed = document.journey.model_copy(update={"name": "Another"})
    assert content_hash(document.model_copy(update={"journey": renamed})) != content_hash(document)


def test_what_cannot_be_read_back_is_not_saved(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "kept.journey.json"
    write_document(path, document)
    before = path.read_bytes()
    for update in ({"name": "\ud800"}, {"name": "bell \a"}, {"name": ""}, {"steps": [None]}):
        journey = document.journey.model_copy(update=update)
        with pytest.raises(SaveError) as caught:
            write_document(path, document.model_copy(update={"journey": journey}))
        assert str(path) in caught.value.where
        assert caught.value.mend
    large = document.journey.model_copy(update={"note": "x" * 10_000_000})
    with pytest.raises(SaveError, match="10 MB"):
        write_document(path, document.model_copy(update={"journey": large}))
    assert path.read_bytes() == before


def test_a_document_made_by_hand_is_read_back(tmp_path: Path) -> None:
    document = Document(journey=Journey(id="j", name="Smallest"))
    path = tmp_path / "small.journey.json"
    write_document(path, document)
    assert read_document(path) == document
    assert json.loads(path.read_bytes()) == document_to_plain(document)


def test_plain_values_make_the_same_document(document: Document) -> None:
    assert document_from_plain(document_to_plain(document)) == document
