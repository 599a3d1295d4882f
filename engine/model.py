"""What all parts of a document have in common: strict, frozen models and typed fields."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

IDENTIFIER_PATTERN = r"^[a-z](?:_?[a-z0-9])*_?$"

Identifier = Annotated[
    str,
    Field(
        pattern=IDENTIFIER_PATTERN,
        max_length=40,
        description="Lower-case letters, digits and single underscores, a letter first.",
    ),
]
AttributeId = Annotated[Identifier, Field(json_schema_extra={"names": "attribute"})]
PurposeId = Annotated[Identifier, Field(json_schema_extra={"names": "purpose"})]
SkillId = Annotated[Identifier, Field(json_schema_extra={"names": "skill"})]
StageId = Annotated[Identifier, Field(json_schema_extra={"names": "stage"})]
StepId = Annotated[Identifier, Field(json_schema_extra={"names": "step"})]
SubJourneyId = Annotated[Identifier, Field(json_schema_extra={"names": "sub_journey"})]
TeamId = Annotated[Identifier, Field(json_schema_extra={"names": "team"})]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Note = Annotated[str, Field(max_length=10_000)]
Seconds = Annotated[float, Field(ge=0, le=10 * 366 * 86_400, json_schema_extra={"unit": "s"})]
Share = Annotated[float, Field(ge=0, le=1, json_schema_extra={"unit": "share"})]
Weight = Annotated[float, Field(ge=0, le=1e9)]
Money = Annotated[float, Field(ge=-1e9, le=1e9, json_schema_extra={"unit": "money"})]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


_EXACT = 2**53


class Model(BaseModel):
    """A frozen part of a document in which an unknown key is an error."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        validate_default=True,
        populate_by_name=True,
    )


TAGS = frozenset({"type", "kind", "op"})


def to_plain(value: Any) -> Any:
    """`value` as plain JSON values; fields at their default are left out, tags never."""
    if isinstance(value, BaseModel):
        return {
            key: to_plain(content)
            for name, key, default in _fields(type(value))
            if (content := getattr(value, name)) != default or name in TAGS
        }
    if isinstance(value, dict):
        return {str(key): to_plain(content) for key, content in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(content) for content in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


@cache
def _fields(model: type[BaseModel]) -> list[tuple[str, str, object]]:
    """Name, key in the file and default of each field, in the order to write them."""
    order = {"id": 0, "from": 0, "type": 1, "kind": 1, "op": 1, "name": 2, "steps": 4, "links": 5}
    fields = [
        (name, field.alias or name, field.default) for name, field in model.model_fields.items()
    ]
    return sorted(fields, key=lambda field: order.get(field[1], 3))
