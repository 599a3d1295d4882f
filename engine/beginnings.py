"""What new steps begin with: values and conditions out of what the journey knows already."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, assert_never

from engine.conditions import Compare, Condition, Known
from engine.profile import Attribute, Channel, Value, ValueType

if TYPE_CHECKING:
    from engine.journey import Journey


def some_value(attribute: Attribute) -> Value:
    """A value that the attribute may have."""
    match attribute.type:
        case ValueType.BOOLEAN:
            return True
        case ValueType.NUMBER:
            return 1.0
        case ValueType.CHOICE if attribute.choices:
            return attribute.choices[0]
        case ValueType.TEXT | ValueType.CHOICE:
            return "yes"
        case _:
            assert_never(attribute.type)


def some_condition(journey: Journey) -> Condition:
    """A condition that fits its attribute's type, needs no consent and holds for some only."""
    plain = (one for one in journey.attributes if one.given and not one.personal | one.sensitive)
    attribute = next(plain, None)
    if attribute is None:
        return Compare(op="gt", attribute="contact_number", value=1)
    if attribute.type in {ValueType.TEXT, ValueType.NUMBER}:
        return Known(attribute=attribute.id)
    return Compare(op="eq", attribute=attribute.id, value=some_value(attribute))


def attribute_to_write(journey: Journey) -> Attribute | None:
    """The first attribute that steps are meant to write, or any; None if there is none."""
    late = (one for one in journey.attributes if not one.given)
    return next(late, next(iter(journey.attributes), None))


def some_channel(
    journey: Journey, usual: Channel, among: AbstractSet[Channel] = frozenset(Channel)
) -> Channel:
    """The usual channel, or else the first of the journey's own among those that fit."""
    own = journey.channels or [usual]
    return usual if usual in own else next((one for one in own if one in among), usual)
