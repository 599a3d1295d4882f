"""What strangers may hand in: refused in one clear sentence, and at a bounded cost."""

from __future__ import annotations

import copy
import json
import os
import random
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.document import Document, document_to_bytes, parse_document, read_document
from engine.errors import DocumentError
from engine.migrations import FORMAT
from engine.scenarios import with_scenario
from engine.shipped import sample_names, sample_path
from engine.strict_json import MAX_BYTES, MAX_DEPTH, MAX_KEYS, MAX_TEXT, MAX_VALUES

# Words of the program's inside that no message may show.
PYTHON = re.compile(
    r"pydantic|Traceback|\b(dict|str|NoneType|None|True|False|tuple|bool|int|float)\b|Error\b"
    r"|[Vv]alidat|constrained|<class|instance of|\b[A-Z][a-z]+[A-Z]\w+"
)
NASTY_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e15, 2**53, -(2**53), "", "x", "a__b", "Ä", "a" * 41, "\n",
    [], {}, [[]], [None], {"": 0}, {"a": {}}, {"type": "wait"}, {"op": "not"}, {"kind": "gamma"},
    "x" * 15_000, [0] * 50, {"op": "not", "of": {"op": "known", "attribute": "a"}},
)  # fmt: skip


def outcome(data: bytes) -> Document | DocumentError:
    """What reading comes to; anything but a document and a sound DocumentError fails the test."""
    try:
        return parse_document(data)
    except DocumentError as error:
        check_message(error)
        return error


def check_message(error: DocumentError) -> None:
    assert error.what
    assert error.mend
    assert len(str(error)) < 6000
    assert str(error).encode("utf-8")
    # What stands in quotation marks is the document's own, or names of the format.
    own = re.sub(r"“[^”]*”?|'[^']*'|none of .*", "", f"{error.what} {error.mend}")
    own = re.sub(r"use the pattern .*", "", own).replace("true, false", "")
    assert not PYTHON.search(own), own


def refused(data: bytes) -> DocumentError:
    result = outcome(data)
    assert isinstance(result, DocumentError)
    return result


def inside(journey: str = "", after: str = "") -> bytes:
    """A document whose journey also holds `journey`, and `after` behind it."""
    head = '{"format": "wayline/journey", "version": 1, "journey": {"id": "j", "name": "J"'
    return f"{head}{journey}}}{after}}}".encode()


# --- broken files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["everything", *sample_names()])
def test_every_truncation_is_refused(name: str, everything: bytes) -> None:
    data = everything if name == "everything" else sample_path(name).read_bytes()
    whole = data.rstrip()
    for length in range(len(whole)):
        refused(whole[:length])
    assert isinstance(outcome(whole), Document)


def test_flipped_bytes_never_confuse(everything: bytes) -> None:
    """A flip is refused, or makes another sound document."""
    chance, read = random.Random(23), 0
    for _ in range(7000):
        data = bytearray(everything)
        for _ in range(chance.choice((1, 1, 1, 2, 8))):
            position = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[position] ^= 1 << chance.randrange(8)
                case 1:
                    data[position] = chance.randrange(256)
                case 2:
                    del data[position : position + chance.randrange(1, 40)]
                case _:
                    data[position:position] = data[: chance.randrange(40)]
        result = outcome(bytes(data))
        if isinstance(result, Document):
            read += 1
            assert parse_document(document_to_bytes(result)) == result
    assert 100 < read < 6900


def test_mutated_structures_never_confuse(everything: bytes) -> None:
    chance, plain, read = random.Random(5), json.loads(everything), 0
    places = list(_places(plain))
    for _ in range(3000):
        mutant = _mutant(plain, chance.choice(places), chance)
        result = outcome(json.dumps(mutant).encode())
        if isinstance(result, Document):
            read += 1
            if read % 5 == 0:
                assert parse_document(document_to_bytes(result)) == result
    assert 100 < read < 2900


def _places(node: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in items:
        yield (*way, key)
        if isinstance(child, (dict, list)):
            yield from _places(child, (*way, key))


def _mutant(node: Any, way: tuple[Any, ...], chance: random.Random) -> Any:
    """A copy of `node` that is another at `way`; only what lies on the way is copied."""
    new, (key, *rest) = copy.copy(node), way
    if rest:
        new[key] = _mutant(node[key], tuple(rest), chance)
        return new
    match chance.randrange(5):
        case 0:
            del new[key]
        case 1 if isinstance(new, list):
            new.insert(key, copy.copy(new[key]))
        case 1:
            new[chance.choice(("type", "id", "x", "", "op", "of", "__class__"))] = new[key]
        case 2 if isinstance(new, dict):
            new[key.swapcase()] = new.pop(key)
        case 3:
            new[key] = chance.choice(list(new.values()) if isinstance(new, dict) else new)
        case _:
            new[key] = chance.choice(NASTY_VALUES)
    return new


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "type", "steps", "name", "journey", "op", "kind", "at", "of"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=500)
@given(json_values)
@example({"id": "j", "name": "J", "steps": [{"type": []}]})
@example({"id": "j", "name": "J", "steps": [{"type": {}, "id": {}}]})
def test_any_json_in_any_section_never_confuses(value: Any) -> None:
    head = {"format": FORMAT, "version": 1}
    outcome(json.dumps(value).encode())
    outcome(json.dumps({**head, "journey": value}).encode())
    for section in ("layout", "assumptions", "scenarios"):
        journey = {"id": "j", "name": "J"}
        outcome(json.dumps({**head, "journey": journey, section: value}).encode())
    nested = {**head, "journey": {"id": "j", "name": "J"}, "assumptions": {"steps": {"j": value}}}
    outcome(json.dumps(nested).encode())


@settings(max_examples=300)
@given(st.binary(max_size=64))
def test_any_bytes_never_confuse(data: bytes) -> None:
    refused(data)


# --- what Python's own reader lets through --------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("NaN", "NaN is not a number"),
        ("Infinity", "Infinity is not a number"),
        ("-Infinity", "-Infinity is not a number"),
        ("1e999", "1e999 is too large"),
        ("-1e999", "-1e999 is too large"),
        ("1" * 5000, "(5000 digits) is too large"),
        ("-" + "1" * 5000, "is too large"),
        ("0." + "1" * 5000, "too long"),
        ("9007199254740993", "9007199254740993 is too large to be kept exactly"),
        ('"\\ud800"', "U+D800"),
        ('"\\udfff x"', "U+DFFF"),
        ('"\\u0000"', "U+0000"),
        ('"\\u001b[31m"', "U+001B"),
        ('"\\u009b31m"', "U+009B"),
        ('"\\r"', "U+000D"),
        ('"\x07"', "invalid control character"),
        ('{"\\ud800": 1}', "U+D800"),
        ('{"\\ud800": 1, "\\ud800": 1}', 'key "\\ud800" stands twice'),
        ('{"a": 1, "b": 2, "a": 1}', 'key "a" stands twice'),
        ('"' + "x" * (MAX_TEXT + 1) + '"', f"a text of {MAX_TEXT + 1} characters"),
        ("+1", "not JSON"),
        ("0x10", "not JSON"),
        ("01", "not JSON"),
        ("'a'", "not JSON"),
        ("// comment\n1", "not JSON"),
        ("[1,]", "not JSON"),
    ],
)
def test_lax_json_is_refused_by_name(value: str, said: str) -> None:
    for data in (inside(f', "note": {value}'), inside("", f', "layout": {{"pinned": [{value}]}}')):
        assert said in refused(data).what


def test_largest_exact_numbers_are_kept() -> None:
    for value in (2**53, -(2**53), 0.1, 5e-324, 1.7976931348623157e308):
        change = f'{{"at": "journey/limit", "to": {value!r}}}'
        scenario = f'{{"named": [{{"id": "a", "name": "A", "changes": [{change}]}}]}}'
        read = parse_document(inside("", f', "scenarios": {scenario}'))
        assert read.scenarios.named[0].changes[0].to == value
        assert parse_document(document_to_bytes(read)) == read


@pytest.mark.parametrize(
    "opening", ["[", '{"a":', '{"op": "not", "of": ', '{"of": [', '[{"a":[', " ["]
)
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 990, 5_000, 100_000])
def test_deep_nesting_is_refused(opening: str, depth: int) -> None:
    bare = (opening * depth).encode()
    assert isinstance(outcome(bare), DocumentError)
    assert isinstance(outcome(inside(f', "x": {opening * depth}')), DocumentError)
    closing = "".join({"[": "]", "{": "}"}[c] for c in reversed(opening) if c in "[{")
    whole = inside(f', "x": {opening * depth}1{closing * depth}')
    assert "levels deep" in refused(whole).what


def test_conditions_nest_as_deep_as_the_file_may() -> None:
    def steps(depth: int) -> str:
        when = '{"op": "not", "of": ' * depth + '{"op": "known", "attribute": "a"}' + "}" * depth
        branch = f'{{"id": "b", "name": "B", "when": {when}}}'
        return (
            f', "steps": [{{"type": "condition", "id": "c", "name": "C", "branches": [{branch}]}}]'
        )

    read = parse_document(inside(steps(MAX_DEPTH - 8)))
    assert parse_document(document_to_bytes(read)) == read
    assert "levels deep" in refused(inside(steps(MAX_DEPTH - 6))).what


def test_scenario_cannot_nest_deeper_than_a_file() -> None:
    """Each change alone is shallow enough; put into one another they are not."""
    nots = '{"op": "not", "of": ' * 50 + '{"op": "known", "attribute": "a"}' + "}" * 50
    branch = f'{{"id": "b", "name": "B", "when": {nots}}}'
    step = f'{{"type": "condition", "id": "c", "name": "C", "branches": [{branch}]}}'
    at = "journey/steps/c/branches/b/when" + "/of" * 50
    change = f'{{"at": "{at}", "to": {nots}}}'
    scenario = f'{{"id": "s", "name": "S", "changes": [{change}]}}'
    data = inside(f', "steps": [{step}]', f', "scenarios": {{"named": [{scenario}]}}')
    with pytest.raises(DocumentError) as caught:
        with_scenario(parse_document(data), "s")
    check_message(caught.value)


def test_other_encodings(everything: bytes, document: Document) -> None:
    text = everything.decode()
    assert parse_document(b"\xef\xbb\xbf" + everything) == document
    assert parse_document(text.replace("\n", "\r\n").encode()) == document
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        refused(text.encode(encoding))
    assert "UTF-8" in refused(text.replace("ü", "\xfc").encode("latin-1", "replace")).what
    assert "UTF-8" in refused(everything.replace("ü".encode(), b"\xed\xa0\x80")).what


@pytest.mark.parametrize("data", [b"", b" ", b"\n\n", b"\x00" * 100, b"\xef\xbb\xbf"])
def test_nothing_at_all_is_refused(data: bytes) -> None:
    assert "not JSON" in refused(data).what


# --- odd files ------------------------------------------------------------------------------------


def refused_file(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    check_message(caught.value)
    assert caught.value.where.startswith(str(path))
    return caught.value


def test_odd_files_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    for odd in (tmp_path / "pipe", tmp_path, Path("/dev/zero"), Path("/dev/null")):
        assert "not a regular file" in refused_file(odd).what
    for gone in ("missing", "loop", "dangling", "a/b", "x" * 300):
        assert "cannot be read" in refused_file(tmp_path / gone).what
    assert "cannot be read" in refused_file(Path("nul\0l")).what


def test_a_gigabyte_of_zeros_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "zeros"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    assert "1,000.0 MB; at most 10 MB" in refused_file(path).what
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "at most 10 MB" in refused_file(path).what
    assert "10 MB" in refused(b" " * (MAX_BYTES + 1)).what


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_unreadable_file_is_refused(tmp_path: Path, everything: bytes) -> None:
    path = tmp_path / "secret"
    path.write_bytes(everything)
    path.chmod(0)
    tmp_path.chmod(0o755)
    os.seteuid(65534)
    try:
        # A folder above may be closed to others too, with the same outcome.
        assert "permission denied" in refused_file(path).what
    finally:
        os.seteuid(0)


# --- files made to cost time or memory ------------------------------------------------------------


def _times(item: str, size: int) -> str:
    return ",".join([item] * (size // (len(item) + 1)))


def _numbered(pattern: str, count: int) -> str:
    return ",".join(pattern.replace("#", str(number)) for number in range(count))


def _steps(text: str, assumptions: str = "") -> bytes:
    after = ', "assumptions": {"steps": {' + assumptions + "}}" if assumptions else ""
    return inside(', "steps": [' + text + "]", after)


def _links(text: str) -> bytes:
    return inside(', "links": [' + text + "]")


def _layout(text: str) -> bytes:
    return inside("", ', "layout": {' + text + "}")


def _assumptions(text: str) -> bytes:
    return inside("", ', "assumptions": {' + text + "}")


WIDE = MAX_BYTES - 1000
SOME = MAX_VALUES - 1000
GOAL = '{"type":"goal","id":"s#","name":"n"}'
KNOWN = '{"op":"known","attribute":"a"}'
COSTLY: dict[str, Callable[[], bytes]] = {
    "10 MB of lists": lambda: b"[" + _times("[]", WIDE).encode() + b"]",
    "10 MB of objects": lambda: b"[" + _times('{"a":{}}', WIDE).encode() + b"]",
    "10 MB text": lambda: b'"' + b"x" * WIDE + b'"',
    "10 MB of escapes": lambda: b'"' + b"\\u0061" * (WIDE // 6) + b'"',
    "10 MB key": lambda: b'{"' + b"x" * WIDE + b'": 1}',
    "10 MB number": lambda: b"1" * WIDE,
    "10 MB of texts": lambda: b"[" + _times('"' + "\\n" * 9_000 + '"', WIDE).encode() + b"]",
    "10 MB of blanks": lambda: b" " * WIDE,
    "nested lists": lambda: b"[" + _times("[" * 58 + "]" * 58, 2 * SOME).encode() + b"]",
    "a million bad links": lambda: _links(_times('{"x":0}', WIDE)),
    "bad links": lambda: _links(_times('{"x":0}', 4 * SOME)),
    "empty links": lambda: _links(_times("{}", SOME)),
    "lists as links": lambda: _links(_times("[]", SOME)),
    "240,000 steps": lambda: _steps(_numbered(GOAL, 240_000)),
    "too many steps": lambda: _steps(_numbered(GOAL, SOME // 4)),
    "bad steps": lambda: _steps(_times('{"type":"goal"}', 8 * SOME)),
    "long ids": lambda: _steps(_times(GOAL.replace("#", "a_" * 9_000), WIDE)),
    "many steps with assumptions": lambda: _steps(
        _numbered(GOAL.replace("goal", "human_agent"), 20_000),
        _numbered('"s#":{"resolution":0.5,"patience":{"kind":"gamma","mean":5,"shape":2}}', 20_000),
    ),
    "wide conditions": lambda: _steps(
        '{"type":"condition","id":"c","name":"C","branches":[{"id":"b","name":"B","when":'
        + '{"op":"all","of":[' * 20
        + _times(KNOWN, 15 * SOME)
        + "]}" * 20
        + "}]}"
    ),
    "bad sub-journeys": lambda: inside(', "sub_journeys": [' + _times("{}", SOME) + "]"),
    "unknown keys": lambda: inside("," + _numbered('"k#":0', MAX_KEYS - 9)),
    "unknown keys in objects": lambda: _assumptions(
        '"staffing":{' + _numbered('"s#":{"a":0,"b":0,"c":0,"d":0,"e":0}', SOME // 12) + "}"
    ),
    "bad positions": lambda: _layout('"positions":{' + _numbered('"K#":0', MAX_KEYS) + "}"),
    "many positions": lambda: _layout('"positions":{' + _numbered('"k#":[0,1]', MAX_KEYS) + "}"),
    "bad pins": lambda: _layout('"pinned":[' + _times("0", 2 * SOME) + "]"),
    "bad weights": lambda: _assumptions(
        '"population":{"a":{"kind":"choices","weights":{' + _numbered('"#":-1', MAX_KEYS) + "}}}"
    ),
    "bad values": lambda: _assumptions(
        '"demand":[{"id":"a","entry":"b","per_day":1,"spacing":{"kind":"empirical","values":['
        + _times("-1", 3 * SOME)
        + "]}}]"
    ),
    "assumptions of nobody": lambda: _assumptions(
        '"steps":{' + _numbered('"k#":{}', MAX_KEYS) + "}"
    ),
}


# Python and its modules take about 100 MB of addresses before anything is read. Both limits are
# guard rails: reading any of these files takes about a second and 300 MB.
ADDRESSES = 700_000_000
SECONDS = 12

READER = """
import sys, time
from pathlib import Path
from engine.document import read_document
from engine.errors import DocumentError
for path in map(Path, sys.argv[1:]):
    start, result = time.process_time(), "read"
    try:
        read_document(path)
    except DocumentError as error:
        result = "refused"
    print(result, time.process_time() - start, flush=True)
"""


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))


def test_costly_files_are_read_or_refused_within_limits(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in COSTLY]
    for path in paths:
        path.write_bytes(COSTLY[path.name]())
        assert path.stat().st_size <= MAX_BYTES
    done = subprocess.run(
        [sys.executable, "-c", READER, *paths],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        timeout=SECONDS * len(paths),
        check=False,
        preexec_fn=_limit,
    )
    results = dict(zip(COSTLY, done.stdout.splitlines(), strict=False))
    assert not done.stderr, (done.stderr, list(COSTLY)[len(results)])
    for name in COSTLY:
        result, seconds = results[name].split()
        assert result == ("read" if name.startswith("many") else "refused"), name
        assert float(seconds) < SECONDS, name
