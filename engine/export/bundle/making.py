"""Putting a bundle together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from engine.document import Document, content_hash, document_to_bytes
from engine.export.bundle.archive import archive_bytes
from engine.export.bundle.bindings import required_bindings
from engine.export.bundle.contract import worker_contract
from engine.export.bundle.data_use import data_use
from engine.export.bundle.readme import readme
from engine.export.coverage import coverage
from engine.export.exporting import Export, exported, program_to_export
from engine.export.target import targets
from engine.export.vector import Vector
from engine.model import to_plain
from engine.program import Program
from engine.schema import document_schema

FORMAT: Final = "wayline/bundle"
VERSION: Final = 1
MANIFEST, DIGEST, SIGNATURE = "manifest.json", "manifest.sha256", "manifest.sig"
RULES: Final = {
    "early_events": "An event counts only while the contact waits for it; before, it is lost.",
    "clock": "Opening hours and quiet hours are by the clock on the wall where the customer is.",
    "delivery": "Commands are delivered at least once, and repeated under the same key.",
    "later_contacts": "A contact is one run; that customers come again is simulated, not exported.",
}


@dataclass(frozen=True, slots=True)
class Simulated:
    """What simulation knows of the journey: vectors, and plain results with seed and intervals."""

    vectors: Sequence[Vector]
    results: Mapping[str, Any]


def bundle_files(
    document: Document, simulated: Simulated, names: Iterable[str] | None = None
) -> dict[str, bytes]:
    """The files of a bundle by name; the same bytes for the same journey and results.

    names: of the targets, all if left out. A target that cannot hold the journey has no files;
    the manifest says why.  Raises ExportError for a journey with errors or an unknown target.
    """
    program = program_to_export(document)
    exports = [exported(program, name) for name in names or targets()]
    files = {
        "README.md": readme(program, exports),
        "journey.json": document_to_bytes(document),
        "journey.schema.json": _json(document_schema()),
        "worker-contract.json": _json(worker_contract(program)),
        "data-use.json": _json(data_use(program)),
        "conformance/vectors.jsonl": _lines(one.model_dump() for one in simulated.vectors),
        "conformance/vector.schema.json": _json(Vector.model_json_schema()),
        "conformance/coverage.json": _json(coverage(program, simulated.vectors)),
        "simulation/assumptions.json": _json(to_plain(document.assumptions)),
        "simulation/results.json": _json(dict(simulated.results)),
    }
    for export in exports:
        for name, content in export.files.items():
            files[f"targets/{export.target.name}/{name}"] = content
    files[MANIFEST] = _json(_manifest(program, exports, files))
    files[DIGEST] = f"{hashlib.sha256(files[MANIFEST]).hexdigest()}\n".encode()
    return files


def bundle_bytes(files: Mapping[str, bytes]) -> bytes:
    """The bundle as one file."""
    return archive_bytes(files)


def _manifest(
    program: Program, exports: Sequence[Export], files: Mapping[str, bytes]
) -> dict[str, Any]:
    document, journey = program.document, program.plan.journey
    return {
        "format": FORMAT,
        "version": VERSION,
        "generator": {"name": "Wayline", "version": _version()},
        "journey": {
            "id": journey.id,
            "name": journey.name,
            "format": document.format,
            "version": document.version,
            "content_sha256": content_hash(document),
            "journey_sha256": program.sha256,
        },
        "files": [
            {
                "path": name,
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
            }
            for name, content in sorted(files.items())
        ],
        "targets": [_target(export) for export in exports],
        "losses": [asdict(loss) for export in exports for loss in export.losses],
        "required_bindings": required_bindings(program),
        "rules": RULES,
    }


def _target(export: Export) -> dict[str, Any]:
    """What was proved of the target, with what; `blocked` if it cannot hold the journey."""
    target = export.target
    return {
        "name": target.name,
        "title": target.title,
        "status": "blocked" if export.blocking else target.status.value,
        "proved_with": target.engine,
        "files": [f"targets/{target.name}/{name}" for name in export.files],
    }


def _version() -> str:
    """Wayline's version, from wherever it is installed or checked out."""
    try:
        return version("wayline")
    except PackageNotFoundError:
        return "unreleased"


def _json(plain: Any) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _lines(rows: Iterable[Any]) -> bytes:
    texts = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return "".join(f"{text}\n" for text in texts).encode()
