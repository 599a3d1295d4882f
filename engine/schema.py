"""The JSON Schema of journey documents, generated from the models."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from engine.document import Document
from engine.steps.catalog import step_types


def document_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a whole document."""
    schema = Document.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    models = {cls.assumptions for cls in step_types().values()}
    names = []
    for model in sorted(models, key=lambda one: one.__name__):
        own = TypeAdapter(model).json_schema(ref_template="#/$defs/{model}")
        definitions |= own.pop("$defs", {})
        definitions[model.__name__] = own
        names.append({"$ref": f"#/$defs/{model.__name__}"})
    # Which of them it is depends on the type of the step with that id.
    definitions["Assumptions"]["properties"]["steps"]["additionalProperties"] = {"anyOf": names}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
