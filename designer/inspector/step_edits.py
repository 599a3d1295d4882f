"""The edit for a step that was changed in the inspector: links and numbers follow what they name.

An exit that only got another id keeps its link; what simulation knew of an option, it still
knows. What belonged to something that was taken out goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.change_labels import change_label
from designer.inspector.field_spec import specs
from designer.inspector.references import is_keyed_by_design
from designer.inspector.writing.reading import say
from engine.document import Document
from engine.edits import Edit, Several, connect, replace_step, set_assumptions
from engine.steps.base import Step, StepAssumptions

_RENAME = QT_TRANSLATE_NOOP("Inspector", "Rename step to “{name}”")


def step_edit(document: Document, old: Step, new: Step) -> Edit:
    """Put `new` in the place of `old`, which has the same id."""
    is_renamed = old.name != new.name
    said = say(_RENAME).format(name=new.name) if is_renamed else change_label(old, new, new.name)
    edits: list[Edit] = [replace_step(document, new)]
    renamed, removed = _ids(old, new)
    if not renamed and not removed:
        return Several(said, tuple(edits))
    between, _ = edits[0].apply(document)
    edits += _relinked(document, between, new, renamed)
    known = document.assumptions.steps.get(new.id)
    if known is not None:
        follow = _rekeyed(known, renamed, removed)
        if follow != known:
            edits.append(set_assumptions(between, new.id, follow))
    return Several(said, tuple(edits))


def _ids(old: Step, new: Step) -> tuple[dict[str, str], set[str]]:
    """Which ids of elements became which, and which are gone."""
    renamed: dict[str, str] = {}
    removed: set[str] = set()
    for name in type(new).model_fields:
        before, after = _ids_in(getattr(old, name)), _ids_in(getattr(new, name))
        if before == after:
            continue
        if len(before) == len(after) and len(set(before) - set(after)) == 1:
            pairs = zip(before, after, strict=True)
            renamed.update({one: other for one, other in pairs if one != other})
        else:
            removed |= set(before) - set(after)
    return renamed, removed


def _ids_in(value: Any) -> list[str]:
    items = value if isinstance(value, list) else []
    return [one.id for one in items if isinstance(one, BaseModel) and hasattr(one, "id")]


def _relinked(
    document: Document, between: Document, step: Step, renamed: Mapping[str, str]
) -> list[Edit]:
    edits: list[Edit] = []
    exits = set(step.exits(between.journey))
    for graph in document.journey.graphs():
        for link in graph.links:
            new_exit = renamed.get(link.exit) if link.from_ == step.id else None
            if new_exit in exits and new_exit is not None:
                edit = connect(between, step.id, new_exit, link.to)
                between, _ = edit.apply(between)
                edits.append(edit)
    return edits


def _rekeyed(
    assumptions: StepAssumptions, renamed: Mapping[str, str], removed: set[str]
) -> StepAssumptions:
    changes = {}
    for name, spec in specs(type(assumptions)).items():
        value = getattr(assumptions, name)
        if spec.origin is dict and is_keyed_by_design(spec):
            changes[name] = {
                renamed.get(key, key): content
                for key, content in value.items()
                if key not in removed
            }
    return assumptions.model_copy(update=changes)
