"""`wayline export`: a journey for other engines and for people, or all of it as a bundle."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import add_run, note, settings_of
from simulator.commands.streaming import streaming

if TYPE_CHECKING:
    from engine.document import Document
    from engine.export.exporting import Export
    from engine.export.target import Loss
    from simulator.experiment import Progress, Settings

EPILOG = """examples:
  wayline export FILE --list                        which targets there are, and how much each
                                                    loses; with --json every loss
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
    what.add_argument(
        "--list", action="store_true", help="say what can be written and how much is lost"
    )
    what.add_argument("--target", metavar="NAME", help="write the files of this target")
    what.add_argument(
        "--bundle", type=Path, metavar="FILE", help="write everything as one zip file"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="the folder for a target's files (made if need be)"
    )
    parser.add_argument("--sign", type=Path, metavar="KEY", help="sign the bundle with this key")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="say losses and files as JSON")
    form.add_argument(
        "--stream",
        action="store_true",
        help="with --bundle: print JSON lines, progress while it simulates and at the end bundle, "
        "with its manifest",
    )
    add_run(parser, "independent periods for the bundle's results (200)")


def run(options: argparse.Namespace) -> int:
    """Write it; exit code 2 if the journey or the target cannot be."""
    _refuse_what_means_nothing(options)
    document = open_document(options.file)
    if options.list:
        return _list(document, as_json=options.json)
    if options.bundle is not None:
        return _bundle(document, options)
    return _target(document, options)


def _refuse_what_means_nothing(options: argparse.Namespace) -> None:
    """An option that is ignored may be taken for one that was followed."""
    from engine.errors import WaylineError  # noqa: PLC0415 - not needed for help

    if options.bundle is None and (options.stream or options.sign):
        what = "told about as a stream" if options.stream else "signed"
        raise WaylineError(f"only a bundle is {what}", mend="add --bundle FILE.")
    if options.out and not options.target:
        raise WaylineError("only a target is written into a folder", mend="add --target NAME.")
    if options.bundle and not options.bundle.absolute().parent.is_dir():
        raise WaylineError(
            "there is no such folder",
            where=str(options.bundle.parent),
            mend="make it, or choose another one.",
        )


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
    from simulator.report.progress import progress_shown  # noqa: PLC0415 - not needed for help

    if options.stream:
        return _stream(document, options)
    settings = settings_of(options, 200)
    with progress_shown(settings.replications) as progress:
        files = _bundled(document, settings, options, progress)
    if files is None:
        return 130
    manifest = _manifest(files)
    if options.json:
        print(json.dumps(manifest, indent=1, ensure_ascii=False))  # noqa: T201
    else:
        _say_bundle(options.bundle, files, manifest)
    return 0


def _stream(document: Document, options: argparse.Namespace) -> int:
    with streaming(None) as stream:
        files = _bundled(document, settings_of(options, 200), options, stream.progressed)
        if files is None:
            return 130
        stream.bundled(_manifest(files))
    return 0


def _bundled(
    document: Document,
    settings: Settings,
    options: argparse.Namespace,
    progress: Progress | None,
) -> dict[str, bytes] | None:
    """Simulate and write; the files of the bundle, None if it was interrupted."""
    from engine.export.bundle.making import (  # noqa: PLC0415 - not needed for help
        MANIFEST,
        SIGNATURE,
        bundle_bytes,
        bundle_files,
    )
    from engine.files import save_atomically  # noqa: PLC0415
    from simulator.bundling import simulated  # noqa: PLC0415

    # First: a key that cannot sign must not be found out after a long run.
    key = _signing_key(options.sign)
    known = simulated(document, settings, progress)
    if known is None:
        return None
    files = bundle_files(document, known)
    if key is not None:
        from engine.export.bundle.signing import signature  # noqa: PLC0415 - needs an extra

        files[SIGNATURE] = signature(files[MANIFEST], key)
    save_atomically(options.bundle, bundle_bytes(files), backup=False)
    return files


def _signing_key(path: Path | None) -> bytes | None:
    if path is None:
        return None
    from engine.export.bundle.signing import signature  # noqa: PLC0415 - needs an extra
    from engine.files import read_bytes  # noqa: PLC0415 - not needed for help

    key = read_bytes(path, 100_000)
    signature(b"", key)
    return key


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    from engine.export.bundle.making import MANIFEST  # noqa: PLC0415 - not needed for help

    manifest: dict[str, Any] = json.loads(files[MANIFEST])
    return manifest


def _say_bundle(path: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    paths = len(files["conformance/vectors.jsonl"].splitlines())
    print(f"{path}: {len(files)} files, {path.stat().st_size:,} bytes")  # noqa: T201
    print(f"{paths} conformance vectors, one for each path")  # noqa: T201
    for one in manifest["targets"]:
        print(f"  {one['name']:<20} {one['status']:<13} {one['proved_with']}")  # noqa: T201
    blocked = {one["name"] for one in manifest["targets"] if one["status"] == "blocked"}
    for loss in manifest["losses"]:
        if loss["target"] in blocked and loss["severity"] == "error":
            note(f"{loss['target']}: {loss['step'] or 'journey'}: {loss['reason']}")


def _say(losses: Sequence[Loss]) -> None:
    """Losses that matter to whoever runs it; what is only worth knowing is counted."""
    worse = [loss for loss in losses if loss.severity.value != "info"]
    for loss in worse:
        where = f"step {loss.step}" if loss.step else "journey"
        note(f"{loss.severity.value}: {where}, {loss.feature}: {loss.reason}\n"
             f"  What to do: {loss.workaround}")  # fmt: skip
    if len(worse) < len(losses):
        note(f"{len(losses) - len(worse)} notes more; --json says them")


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
