"""`wayline export`: a journey for other engines and for people, or all of it as a bundle."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import add_run, note, settings_of

if TYPE_CHECKING:
    from engine.document import Document
    from engine.export.exporting import Export
    from engine.export.target import Loss

EPILOG = """examples:
  wayline export FILE --list                        which targets there are, and what each loses
  wayline export FILE --target camunda8 --out DIR   BPMN for Camunda 8, into a folder
  wayline export FILE --target spiff > FILE.bpmn    a target that has one file, to standard output
  wayline export FILE --bundle OUT.zip              every target, worker contract, conformance
                                                    vectors, data use, simulation results
  wayline export FILE --bundle OUT.zip --sign KEY   the same, signed (Ed25519, PEM)

What a target cannot hold is said on standard error, the worst first; with an error nothing is
written. Executed: a real engine runs it in our tests and takes the simulated way. Linted: the
target's own checks find no error. Schema-valid: it keeps the target's schema."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to write, and where."""
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add_file(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="say what can be written, and its losses")
    what.add_argument("--target", metavar="NAME", help="write the files of this target")
    what.add_argument(
        "--bundle", type=Path, metavar="FILE", help="write everything as one zip file"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="the folder for a target's files (made if need be)"
    )
    parser.add_argument("--sign", type=Path, metavar="KEY", help="sign the bundle with this key")
    parser.add_argument("--json", action="store_true", help="say losses and files as JSON")
    add_run(parser, "independent periods for the bundle's results (200)")


def run(options: argparse.Namespace) -> int:
    """Write it; exit code 2 if the journey or the target cannot be."""
    document = open_document(options.file)
    if options.list:
        return _list(document, as_json=options.json)
    if options.bundle is not None:
        return _bundle(document, options)
    return _target(document, options)


def _list(document: Document, *, as_json: bool) -> int:
    from engine.export.exporting import exported, program_to_export  # noqa: PLC0415 - not for help
    from engine.export.target import targets  # noqa: PLC0415

    program = program_to_export(document)
    exports = [exported(program, name) for name in targets()]
    if as_json:
        print(json.dumps([_plain(one) for one in exports], indent=1, ensure_ascii=False))  # noqa: T201
        return 0
    for one in exports:
        status = "blocked" if one.blocking else one.target.status.value
        print(f"{one.target.name:<20} {status:<13} {one.target.title} ({one.target.engine})")  # noqa: T201
        print(f"{'':<20} {_counted(one.losses)}")  # noqa: T201
    return 0


def _target(document: Document, options: argparse.Namespace) -> int:
    from engine.errors import WaylineError  # noqa: PLC0415 - not needed for help
    from engine.export.exporting import (  # noqa: PLC0415
        exported,
        files_or_error,
        program_to_export,
    )

    export = exported(program_to_export(document), options.target)
    if not options.json:
        _say(export.losses)
    files = files_or_error(export)
    if options.out is None and len(files) > 1:
        raise WaylineError(
            f"{export.target.title} has {len(files)} files: {', '.join(files)}",
            mend="say with --out DIR where they shall go.",
        )
    if options.out is None and not options.json:
        sys.stdout.buffer.write(next(iter(files.values())))
        return 0
    if options.out is not None:
        _write(options.out, files)
    if options.json:
        print(json.dumps(_plain(export), indent=1, ensure_ascii=False))  # noqa: T201
    return 0


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    from engine.errors import SaveError  # noqa: PLC0415 - not needed for help
    from engine.files import save_atomically  # noqa: PLC0415

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(
            f"the folder cannot be made: {(error.strerror or str(error)).lower()}",
            where=str(folder),
            mend="choose another one.",
        ) from None
    for name, content in files.items():
        save_atomically(folder / name, content, backup=False)
        note(f"wayline: wrote {folder / name} ({len(content):,} bytes)")


def _bundle(document: Document, options: argparse.Namespace) -> int:
    from engine.export.bundle.making import (  # noqa: PLC0415 - not needed for help
        MANIFEST,
        SIGNATURE,
        bundle_bytes,
        bundle_files,
    )
    from engine.files import read_bytes, save_atomically  # noqa: PLC0415
    from simulator.bundling import simulated  # noqa: PLC0415
    from simulator.report.progress import progress_shown  # noqa: PLC0415

    # Read first: a key that cannot be read must not be found out after a long run.
    key = read_bytes(options.sign, 100_000) if options.sign else None
    settings = settings_of(options, 200)
    with progress_shown(settings.replications) as progress:
        known = simulated(document, settings, progress)
    if known is None:
        return 130
    files = bundle_files(document, known)
    if key is not None:
        from engine.export.bundle.signing import signature  # noqa: PLC0415 - needs an extra

        files[SIGNATURE] = signature(files[MANIFEST], key)
    data = bundle_bytes(files)
    save_atomically(options.bundle, data, backup=False)
    manifest = json.loads(files[MANIFEST])
    if options.json:
        print(json.dumps(manifest, indent=1, ensure_ascii=False))  # noqa: T201
        return 0
    print(f"{options.bundle}: {len(files)} files, {len(data):,} bytes")  # noqa: T201
    print(f"{len(known.vectors)} conformance vectors, one for each path")  # noqa: T201
    for one in manifest["targets"]:
        print(f"  {one['name']:<20} {one['status']:<13} {one['proved_with']}")  # noqa: T201
    blocked = {one["name"] for one in manifest["targets"] if one["status"] == "blocked"}
    for loss in manifest["losses"]:
        if loss["target"] in blocked and loss["severity"] == "error":
            note(f"{loss['target']}: {loss['step'] or 'journey'}: {loss['reason']}")
    return 0


def _say(losses: Sequence[Loss]) -> None:
    """Losses that matter to whoever runs it; what is only worth knowing is counted."""
    worse = [loss for loss in losses if loss.severity.value != "info"]
    for loss in worse:
        where = f"step {loss.step}" if loss.step else "journey"
        note(f"{loss.severity.value}: {where}, {loss.feature}: {loss.reason}\n"
             f"  What to do: {loss.workaround}")  # fmt: skip
    if len(worse) < len(losses):
        note(f"{len(losses) - len(worse)} notes more; --json and --list say them")


def _counted(losses: Sequence[Loss]) -> str:
    count = {
        name: sum(loss.severity.value == name for loss in losses)
        for name in ("error", "degraded", "info")
    }
    words = {"error": "errors", "degraded": "degraded", "info": "notes"}
    return ", ".join(f"{n} {words[name]}" for name, n in count.items() if n) or "nothing is lost"


def _plain(export: Export) -> dict[str, object]:
    return {
        "target": export.target.name,
        "title": export.target.title,
        "status": "blocked" if export.blocking else export.target.status.value,
        "proved_with": export.target.engine,
        "files": [{"name": name, "bytes": len(data)} for name, data in export.files.items()],
        "losses": [asdict(loss) for loss in export.losses],
    }
