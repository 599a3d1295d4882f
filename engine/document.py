"""The document NAME.journey.json: read, check its form, write.

Four sections held apart: `journey` (what is exported), `layout` (where things lie),
`assumptions` (what only simulation needs), `scenarios` (changes and targets).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from engine.assumptions import Assumptions
from engine.canonical_json import canonical_bytes
from engine.errors import DocumentError, SaveError
from engine.files import read_bytes, save_atomically
from engine.form_errors import first_problem
from engine.journey import Journey
from engine.layout import Layout
from engine.migrations import VERSION, migrated
from engine.model import Model, to_plain
from engine.scenarios import Scenarios
from engine.steps.base import StepAssumptions
from engine.strict_json import MAX_BYTES, load_json

SUFFIX = ".journey.json"
_LINE = 110


class Document(Model):
    """A whole journey document. Frozen: edits make a new one."""

    format: Literal["wayline/journey"] = "wayline/journey"
    version: Literal[1] = VERSION
    journey: Journey
    layout: Layout = Layout()
    assumptions: Assumptions = Assumptions()
    scenarios: Scenarios = Scenarios()


def read_document(path: Path) -> Document:
    """Read the journey document at `path`.

    Raises DocumentError that names the file, the step and the field.
    """
    try:
        return parse_document(read_bytes(path, MAX_BYTES))
    except DocumentError as error:
        raise error if error.where.startswith(str(path)) else error.at(str(path)) from None


def parse_document(data: bytes) -> Document:
    """The document that the JSON text `data` holds; DocumentError if it holds none."""
    return document_from_plain(migrated(load_json(data)))


def document_from_plain(plain: dict[str, Any]) -> Document:
    """The document of plain JSON values of the current version."""
    section = plain.get("assumptions")
    raw_steps = section.get("steps", {}) if isinstance(section, dict) else {}
    if isinstance(section, dict) and isinstance(raw_steps, dict):
        # Which model they follow depends on the step's type, so they are read on their own.
        plain = {**plain, "assumptions": {**section, "steps": {}}}
    try:
        document = Document.model_validate_json(json.dumps(plain))
    except ValidationError as error:
        raise first_problem(error, plain) from None
    typed = _typed_assumptions(document.journey, raw_steps)
    assumptions = document.assumptions.model_copy(update={"steps": typed})
    return document.model_copy(update={"assumptions": assumptions})


def _typed_assumptions(journey: Journey, raw_steps: dict[str, Any]) -> dict[str, StepAssumptions]:
    models = {step.id: type(step).assumptions for step in journey.all_steps()}
    typed = {}
    for name, raw in raw_steps.items():
        place = ("assumptions", "steps", name)
        if name not in models:
            raise DocumentError(
                f"there is no step “{name[:40]}”",
                where="/".join((*place[:2], name[:40])),
                mend="remove these assumptions, or give the step this id.",
            )
        try:
            typed[name] = models[name].model_validate_json(json.dumps(raw))
        except ValidationError as error:
            raise first_problem(error, raw, place) from None
    return typed


def document_to_plain(document: Document) -> dict[str, Any]:
    """The document as plain JSON values; what holds its default is left out."""
    return {"format": document.format, "version": document.version, **to_plain(document)}


def document_to_bytes(document: Document) -> bytes:
    """The document as UTF-8 text in a stable order, an element a line."""
    return plain_to_text(document_to_plain(document)).encode("utf-8")


def plain_to_text(plain: dict[str, Any]) -> str:
    """Plain JSON values as text, an element a line."""
    return _pretty(plain, "") + "\n"


def write_document(path: Path, document: Document) -> None:
    """Save `document` at `path` atomically.

    What is written is read back first, so that nothing is saved that cannot be opened.
    Raises SaveError; the file on disk is then as it was.
    """
    try:
        data = document_to_bytes(document)
        is_same = parse_document(data) == document
    except (DocumentError, UnicodeEncodeError) as error:
        what = error.what if isinstance(error, DocumentError) else "a text holds what is no text"
        raise SaveError(
            f"the document was not saved: {what}",
            where=": ".join(filter(None, (str(path), getattr(error, "where", "")))),
            mend=getattr(error, "mend", "") or "take back the last change.",
        ) from None
    if not is_same:
        raise SaveError("the document would not be read back as it is", where=str(path))
    save_atomically(path, data)


def content_hash(document: Document) -> str:
    """SHA-256 of what the journey means: all but the layout, as canonical JSON."""
    plain = document_to_plain(document)
    plain.pop("layout", None)
    return hashlib.sha256(canonical_bytes(plain)).hexdigest()


def _pretty(value: Any, indent: str) -> str:
    """JSON that versions well: what is short on one line, else an element a line."""
    compact = json.dumps(value, ensure_ascii=False)
    inner = indent + " "
    is_long = len(compact) + len(indent) > _LINE
    if isinstance(value, dict) and value and (is_long or not indent):
        rows = (f"{inner}{json.dumps(k)}: {_pretty(v, inner)}" for k, v in value.items())
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(value, list) and is_long and isinstance(value[0], (dict, list)):
        rows = (f"{inner}{_element(item, inner)}" for item in value)
        return "[\n" + ",\n".join(rows) + f"\n{indent}]"
    return compact


def _element(item: Any, indent: str) -> str:
    """A step or link stays on its line, however long; only a graph in a list is opened."""
    if isinstance(item, dict) and ("steps" in item or "changes" in item):
        return _pretty(item, indent)
    return json.dumps(item, ensure_ascii=False)
