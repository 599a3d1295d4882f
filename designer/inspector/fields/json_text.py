"""The last resort: a value of any kind as JSON, checked before it is taken."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.fields.area import AreaEditor
from designer.inspector.writing.reading import Unreadable, say
from engine.form_errors import first_problem
from engine.model import to_plain

_NO_JSON = QT_TRANSLATE_NOOP("Inspector", "This is no JSON: line {line}, column {column}.")
_LONGEST = 100_000


class JsonEditor(AreaEditor):
    """For a field of a type that has no editor of its own, so that none cannot be edited."""

    def _written(self, value: Any) -> str:
        return json.dumps(to_plain(value), ensure_ascii=False)

    def _read(self, text: str) -> Any:
        try:
            plain = json.loads(text[:_LONGEST])
        except ValueError as error:
            line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
            raise Unreadable(say(_NO_JSON).format(line=line, column=column)) from None
        owner = self.spec.owner
        field = owner.model_fields[self.spec.name] if owner else None
        kind: Any = Annotated[field.annotation, field] if field else self.spec.kind
        try:
            return TypeAdapter(kind).validate_json(json.dumps(plain))
        except ValidationError as error:
            raise Unreadable(first_problem(error, plain).what) from None
