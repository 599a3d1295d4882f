"""Values of a document in full: with units, names instead of ids, nothing shortened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Final, Literal, get_origin

from engine.calendar import OpenSpan, Weekday
from engine.change_english import place_in_english, unit_of
from engine.document import Document, document_to_plain
from engine.model import Model
from engine.naming import names_in
from engine.places import Spot, inside, model_of, walk
from engine.profile import Channel
from engine.short_english import Thing, days_in_english, hours_in_english, time_in_english
from engine.steps.data import Assignment
from engine.value_english import value_in_english, words

_CHANNELS: Final = {Channel.SMS: "SMS", Channel.PUSH: "push message", Channel.VOICE: "telephone"}


def channel_in_words(channel: Channel) -> str:
    """What people call it."""
    return _CHANNELS.get(channel, channel.value)


def capital(text: str) -> str:
    """With a capital letter first."""
    return text[:1].upper() + text[1:]


def _chosen(value: str, kind: Any) -> str:
    """A text as it is; one of several choices as words."""
    if kind is Channel:
        return channel_in_words(Channel(value))
    is_choice = get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, Enum))
    return words(value) if is_choice else value


class Words:
    """Says what stands at the places of one document."""

    def __init__(self, document: Document) -> None:
        journey = document.journey
        self._plain = document_to_plain(document)
        self._attributes = journey.known_attributes()
        self._names: dict[tuple[str, str], str] = {}
        kinds: dict[str, Iterable[Thing]] = {
            "attribute": journey.known_attributes().values(),
            "purpose": journey.purposes,
            "skill": journey.skills,
            "stage": journey.stages,
            "step": tuple(journey.all_steps()),
            "sub_journey": journey.sub_journeys,
            "team": journey.teams,
        }
        for kind, things in kinds.items():
            self._names |= {(kind, one.id): one.name for one in things if one.name}

    def fields(self, place: str, of: Model) -> Iterator[tuple[str, str, str]]:
        """What the model `of` at `place` says: each field's key, label and value.

        What is as usual is left out, but not how long something lasts.
        """
        names = self._named(of)
        chain = walk(self._plain, place)
        given = chain[-1].value if isinstance(chain[-1].value, dict) else {}
        for name, field in type(of).model_fields.items():
            key = field.alias or name
            spot = inside(chain[-1], key)
            if key in given or (spot.unit == "s" and spot.value):
                yield key, capital(words(key)), self._said([*chain, spot], names)

    def place(self, place: str) -> str:
        """What stands at `place`, by its name: Adviser: mean of handle time."""
        spots = walk(self._plain, place)
        return place_in_english(self._plain, spots) if len(spots) > 1 else capital(words(place))

    def _named(self, of: Model) -> Mapping[str, str]:
        """Names for the ids in a model; an id that means two things there stays an id."""
        found: dict[str, str] = {}
        for kind, one in names_in(of):
            name = self._names.get((kind, one), one)
            found[one] = name if found.get(one, name) == name else one
        return found

    def _said(self, chain: list[Spot], names: Mapping[str, str]) -> str:
        value = chain[-1].value
        if isinstance(value, str):
            return names.get(value) or _chosen(value, chain[-1].kind)
        if isinstance(value, list):
            return self._list(chain, value, names)
        if isinstance(value, dict):
            return self._object(chain, value, names)
        unit = unit_of(chain)
        if unit == "s" and isinstance(value, (int, float)) and not isinstance(value, bool):
            return time_in_english(value)
        return value_in_english(value, unit, self._attributes)

    def _list(self, chain: list[Spot], values: list[Any], names: Mapping[str, str]) -> str:
        if chain[-1].kind == list[Weekday]:
            return days_in_english([Weekday(one) for one in values])
        within = [inside(chain[-1], str(number)) for number in range(len(values))]
        said = [self._said([*chain, spot], names) for spot in within]
        return ("; " if any(isinstance(one, dict) for one in values) else ", ").join(said)

    def _object(self, chain: list[Spot], value: dict[str, Any], names: Mapping[str, str]) -> str:
        model = model_of(chain[-1].kind, value)
        if model is OpenSpan:
            return hours_in_english([OpenSpan.model_validate(value, strict=False)])
        if model is Assignment:
            return Assignment.model_validate(value).in_english(self._attributes)
        if "op" in value or "kind" in value:
            return value_in_english(value, unit_of(chain), self._attributes)
        head = value.get("name") or value.get("id") or ""
        is_mapping = model is None
        said = [
            self._pair([*chain, inside(chain[-1], key)], names, is_mapping=is_mapping)
            for key, one in value.items()
            # Conditions stand in a table of their own.
            if key not in {"id", "name"} and not (isinstance(one, dict) and "op" in one)
        ]
        rest = ", ".join(said)
        return f"{head} ({rest})" if head and rest else str(head or rest or "as usual")

    def _pair(self, chain: list[Spot], names: Mapping[str, str], *, is_mapping: bool) -> str:
        key = names.get(chain[-1].key, words(chain[-1].key))
        return f"{key}{':' if is_mapping else ''} {self._said(chain, names)}"
