"""`wayline conform`: does the runtime, or your own engine, take every simulated way?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import note, whole
from simulator.commands.telling import tell

if TYPE_CHECKING:
    from engine.export.vector import Expected, Vector
    from engine.program import Program

EPILOG = """examples:
  wayline conform FILE                       a customer for each path, through the runtime
  wayline conform BUNDLE.zip                 the vectors that are in a bundle
  wayline conform FILE --vectors V.jsonl     write the vectors, to run them in your own engine
  wayline conform BUNDLE.zip --results R.jsonl
                                             hold your engine's results against them

A result is a line of JSON with the vector's id and what your engine did: steps, attributes,
seconds, outcome, resolved."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose vectors, and whose results."""
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add_file(parser)
    parser.add_argument("--seed", type=whole(0, 2**53), default=1, metavar="N", help="(1)")
    parser.add_argument("--vectors", type=Path, metavar="FILE", help="write the vectors there")
    parser.add_argument("--results", type=Path, metavar="FILE", help="results of another engine")
    parser.add_argument(
        "--tolerance",
        type=float,
        default=1.0,
        metavar="SECONDS",
        help="by how much another engine's time may differ (1)",
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def run(options: argparse.Namespace) -> int:
    """Compare; exit code 1 if anything differs."""
    from engine.export.bundle.archive import BundleError  # noqa: PLC0415 - not needed for help
    from engine.export.vector import ConformanceError  # noqa: PLC0415

    try:
        program, vectors = _vectors(options)
    except (BundleError, ConformanceError) as error:
        tell(error)
        return 1
    if options.vectors:
        _write(options.vectors, vectors)
    if options.results:
        differing = _held(vectors, options.results, options.tolerance)
        who = str(options.results)
    else:
        differing, who = _run(program, vectors), "engine.runtime"
    _say(program, vectors, differing, who, as_json=options.json)
    return 1 if differing else 0


def _vectors(options: argparse.Namespace) -> tuple[Program, list[Vector]]:
    """Those of a bundle, or of a journey's simulated customers."""
    from engine.document import parse_document  # noqa: PLC0415 - not needed for help
    from engine.export.bundle.archive import MAX_BYTES  # noqa: PLC0415
    from engine.export.bundle.verifying import verified  # noqa: PLC0415
    from engine.export.exporting import program_to_export  # noqa: PLC0415
    from engine.files import read_bytes  # noqa: PLC0415
    from simulator.bundling import paths  # noqa: PLC0415

    if options.file.endswith(".zip"):
        bundle = verified(read_bytes(Path(options.file), MAX_BYTES))
        return program_to_export(parse_document(bundle.files["journey.json"])), bundle.vectors()
    program = program_to_export(open_document(options.file))
    return program, paths(program, options.seed)


def _run(program: Program, vectors: list[Vector]) -> dict[str, list[str]]:
    from engine.errors import WaylineError  # noqa: PLC0415 - not needed for help
    from engine.export.vector import differences, run_vector  # noqa: PLC0415

    found = {}
    for one in vectors:
        try:
            told = differences(one.expected, run_vector(program, one))
        except WaylineError as error:
            told = [error.what]
        if told:
            found[one.id] = told
    return found


def _held(vectors: list[Vector], path: Path, tolerance: float) -> dict[str, list[str]]:
    """What another engine did, against what was expected; what is missing differs, too."""
    from engine.export.vector import differences  # noqa: PLC0415 - not needed for help

    results = _results(path, {one.id for one in vectors})
    found = {}
    for one in vectors:
        seen = results.get(one.id)
        told = (
            ["there is no result"] if seen is None else differences(one.expected, seen, tolerance)
        )
        if told:
            found[one.id] = told
    return found


def _results(path: Path, known: set[str]) -> dict[str, Expected]:
    """Results by the vector's id; DocumentError that says which line is wrong, and why."""
    from engine.errors import DocumentError  # noqa: PLC0415 - not needed for help
    from engine.files import read_bytes  # noqa: PLC0415
    from engine.strict_json import MAX_BYTES  # noqa: PLC0415

    found: dict[str, Expected] = {}
    for number, line in enumerate(read_bytes(path, MAX_BYTES).splitlines(), start=1):
        name, result, why = _result(line)
        if result is not None and name not in known:
            why = f"there is no vector “{name[:40]}”"
        elif name in found:
            why = f"there is a result of “{name[:40]}” before"
        if result is None or why:
            raise DocumentError(
                f"this is no result of a vector: {why}",
                where=f"{path}, line {number}",
                mend="write for each vector one line, a JSON object with its id and steps, "
                "attributes, seconds, outcome, resolved.",
            )
        found[name] = result
    return found


def _result(line: bytes) -> tuple[str, Expected | None, str]:
    """A line's id, its result and what is wrong with it."""
    from pydantic import ValidationError  # noqa: PLC0415 - not needed for help

    from engine.export.vector import Expected  # noqa: PLC0415

    try:
        told = json.loads(line)
    except ValueError:
        return "", None, "the line is not JSON"
    if not isinstance(told, dict) or not isinstance(told.get("id"), str):
        return "", None, "the line is no object with an id"
    name = told.pop("id")
    try:
        return name, Expected.model_validate(told), ""
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return name, None, f"{place}: {first['msg'].lower()}"


def _write(path: Path, vectors: list[Vector]) -> None:
    from engine.files import save_atomically  # noqa: PLC0415 - not needed for help

    lines = (json.dumps(one.model_dump(), ensure_ascii=False, sort_keys=True) for one in vectors)
    save_atomically(path, "".join(f"{line}\n" for line in lines).encode(), backup=False)
    note(f"wayline: wrote {path} ({len(vectors):,} vectors)")


def _say(
    program: Program,
    vectors: list[Vector],
    differing: dict[str, list[str]],
    who: str,
    *,
    as_json: bool,
) -> None:
    from engine.export.coverage import coverage  # noqa: PLC0415 - not needed for help

    covered = coverage(program, vectors)
    if as_json:
        plain = {
            "against": who,
            "vectors": len(vectors),
            "differing": differing,
            "coverage": covered,
        }
        print(json.dumps(plain, indent=1, ensure_ascii=False))  # noqa: T201
        return
    print(f"{len(vectors)} paths, {len(differing)} differ in {who}")  # noqa: T201
    for part in ("steps", "exits"):
        one = covered[part]
        print(f"{part}: {one['taken']} of {one['all']} are taken")  # noqa: T201
        if one["missing"]:
            print(f"  not taken by anybody: {', '.join(one['missing'][:20])}")  # noqa: T201
    for name, told in list(differing.items())[:20]:
        print(f"{name}: {'; '.join(told)}")  # noqa: T201
