"""Which kind of field a type gets. Whatever has none of its own is edited as JSON."""

from __future__ import annotations

from typing import Any, Final

from designer.inspector.field_spec import Spec
from designer.inspector.fields.editor import Editor
from designer.inspector.references import reference_of
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.codecs import LONGEST_LINE, codec
from designer.inspector.writing.summaries import counted, summary

LONG: Final = frozenset(
    {
        *("attributes", "purposes", "skills", "teams", "sub_journeys", "stages", "personas"),
        *("demand", "population", "staffing", "outages", "sources", "breaks", "surges"),
        *("handle_time_by_need", "earlier", "scores", "day_of_week", "levels"),
    }
)
"""Tables that are folded, because a form has many of them or they are seldom needed."""


def has_own_caption(spec: Spec) -> bool:
    """Whether the field says beside itself what it is called."""
    return spec.kind is bool and not spec.optional


def editor_for(spec: Spec, around: Surroundings) -> Editor:
    """The field for a spec."""
    # Imported here because fields that hold forms are made of fields.
    from designer.inspector.fields.area import AreaEditor  # noqa: PLC0415
    from designer.inspector.fields.check import CheckEditor  # noqa: PLC0415
    from designer.inspector.fields.choice import ChoiceEditor  # noqa: PLC0415
    from designer.inspector.fields.json_text import JsonEditor  # noqa: PLC0415
    from designer.inspector.fields.line import LineEditor  # noqa: PLC0415

    folded = _folded(spec, around)
    if folded is not None:
        return folded
    if has_own_caption(spec):
        return CheckEditor(spec, around)
    if spec.choices or _names_something(spec, around):
        return ChoiceEditor(spec, around)
    if spec.kind is str and (spec.longest or 0) > LONGEST_LINE:
        return AreaEditor(spec, around)
    if codec(spec, around) is not None:
        return LineEditor(spec, around)
    return JsonEditor(spec, around)


def _names_something(spec: Spec, around: Surroundings) -> bool:
    reference = reference_of(spec)
    return reference is not None and bool(reference.new or reference.listed(around, None))


def _folded(spec: Spec, around: Surroundings) -> Editor | None:
    from designer.inspector.fields.check_list import CheckListEditor, listed  # noqa: PLC0415
    from designer.inspector.fields.condition import ConditionEditor  # noqa: PLC0415
    from designer.inspector.fields.folded import FoldedEditor  # noqa: PLC0415
    from designer.inspector.fields.group import GroupEditor, UnionEditor  # noqa: PLC0415

    if spec.is_condition:
        return FoldedEditor(spec, around, ConditionEditor, summary, accented=True)
    if spec.models:
        return FoldedEditor(spec, around, UnionEditor, summary)
    if spec.model is not None:
        return FoldedEditor(spec, around, GroupEditor, _said)
    if spec.origin is list:
        inner = spec.element
        if inner.choices or reference_of(inner) is not None:
            return FoldedEditor(spec, around, CheckListEditor, listed)
    return _table(spec, around)


def _table(spec: Spec, around: Surroundings) -> Editor | None:
    from designer.inspector.fields.folded import FoldedEditor  # noqa: PLC0415
    from designer.inspector.fields.rows import RowsEditor  # noqa: PLC0415

    if spec.origin not in {list, dict}:
        return None
    inner = spec.element
    if not (inner.model or inner.models or codec(inner, around) is not None):
        return None
    is_plain = inner.model is None and not inner.models
    if spec.optional or spec.name in LONG or (spec.origin is list and is_plain):
        return FoldedEditor(spec, around, RowsEditor, counted)
    return RowsEditor(spec, around)


def _said(value: Any, spec: Spec, around: Surroundings) -> str:
    return summary(value, spec, around)
