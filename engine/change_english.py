"""The changes of a scenario as sentences: what is different, by name, with old and new value."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from engine.document import Document, document_to_plain
from engine.places import ABSENT, Spot, find_step, walk
from engine.profile import Attribute
from engine.scenarios import APPEND, AnyChange, Removal, find_scenario, make_change
from engine.staffing_english import staffing_in_english
from engine.value_english import MEASURED, value_in_english, words

_WHOLE = {
    "steps": "assumptions",
    "staffing": "staffing",
    "demand": "demand",
    "population": "mix",
    "period": "period",
}


def changes_in_english(document: Document, name: str) -> list[str]:
    """A sentence for each change of the scenario `name`, in their order.

    Raises DocumentError if there is no such scenario or a change fits no place; does not
    check whether the changed document is sound, as `with_scenario` does.
    """
    scenario = find_scenario(document, name)
    plain = document_to_plain(document)
    attributes = document.journey.known_attributes()
    sentences = []
    for number, change in enumerate(scenario.changes):
        before = _Place(plain, change, attributes)
        make_change(plain, scenario, number)
        sentences.append(before.sentence(plain))
    return sentences


def make_in_english(
    plain: dict[str, Any], change: AnyChange, attributes: Mapping[str, Attribute]
) -> str:
    """Make the change in the plain document and say what is different.

    Raises DocumentError if it does not fit.
    """
    before = _Place(plain, change, attributes)
    change.make(plain)
    return before.sentence(plain)


def place_in_english(plain: dict[str, Any], spots: list[Spot]) -> str:
    """What a change at the last of these spots would be about: Adviser: mean of handle time.

    spots: every place on the way to it, as `walk` gives them.
    """
    return _named(plain, spots).head


def link_in_english(plain: dict[str, Any], link: Any) -> str | None:
    """Where a link leads: “Welcome” leads by “played” to “Adviser”; None if it is no link."""
    return _link_said(plain, link)


def unit_of(spots: list[Spot]) -> str:
    """The unit of the value at the end of these spots: s, share, money or nothing."""
    return _unit(spots)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is changed: of whom, what."""

    subject: str
    label: str

    @property
    def head(self) -> str:
        return f"{self.subject}: {self.label}" if self.label else self.subject

    @property
    def verb(self) -> str:
        last = self.label.split(" of ", maxsplit=1)[0].split(" a ", maxsplit=1)[0]
        return "are" if last.endswith("s") and not last.endswith("ss") else "is"


class _Place:
    """The place of a change as it is before the change."""

    def __init__(
        self, plain: dict[str, Any], change: AnyChange, attributes: Mapping[str, Attribute]
    ) -> None:
        self._change = change
        self._attributes = attributes
        parts = change.at.split("/")
        self._appends = parts[-1] == APPEND
        self._at = "/".join(parts[:-1]) if self._appends else change.at
        spots = walk(plain, self._at)
        self._unit = _unit(spots)
        self._words = _named(plain, spots)
        self._link_at = _link_place(self._at)
        self._team = parts[2] if _is_staffing(parts) else None
        # The document is changed in place, so what is compared later is copied.
        self._old = copy.deepcopy(spots[-1].value)
        self._old_link = self._link(plain)
        self._old_agents = self._agents(plain)

    def _link(self, plain: dict[str, Any]) -> Any:
        if self._link_at is None or self._appends:
            return ABSENT
        return copy.deepcopy(walk(plain, self._link_at)[-1].value)

    def _agents(self, plain: dict[str, Any]) -> Any:
        if self._team is None:
            return ABSENT
        return copy.deepcopy(walk(plain, f"assumptions/staffing/{self._team}/agents")[-1].value)

    def sentence(self, plain: dict[str, Any]) -> str:
        """What `plain`, which is changed now, has there instead."""
        new = walk(plain, self._at)[-1].value
        if self._appends and isinstance(new, list) and new:
            return self._appended(plain, new[-1])
        if isinstance(self._change, Removal) and self._at.rpartition("/")[2].isdecimal():
            new = ABSENT  # another element has taken the number
        special = self._about_links(plain, new) or self._about_staffing(plain)
        return special or self._different(new)

    def _said(self, value: Any) -> str:
        return value_in_english(value, self._unit, self._attributes)

    def _appended(self, plain: dict[str, Any], new: Any) -> str:
        if self._at.endswith("/links"):
            said = _link_said(plain, new)
            if said:
                return f"{said} (new)"
        details = ""
        if isinstance(new, dict) and new.get("name"):
            rest = {key: one for key, one in new.items() if key not in {"id", "name"}}
            details = f" ({self._said(rest)})" if rest else ""
        return f"{self._words.head}: {self._said(new)} is added{details}"

    def _different(self, new: Any) -> str:
        head, verb, old = self._words.head, self._words.verb, self._old
        if new is ABSENT:
            return f"{head} {verb} removed" + ("" if isinstance(old, dict) else f" ({self._was()})")
        if old is None or old is ABSENT:
            return f"{head} {verb} {self._said(new)} (not set before)"
        if new is None:
            return f"{head} {verb} no longer set ({self._was()})"
        if self._said(old) == self._said(new):
            same = "as before" if old == new else "changed in its details"
            return f"{head} {verb} {same}: {self._said(new)}"
        return f"{head} {verb} {self._said(new)} instead of {self._said(old)}"

    def _was(self) -> str:
        return f"before: {self._said(self._old)}"

    def _about_staffing(self, plain: dict[str, Any]) -> str | None:
        if self._team is None:
            return None
        place = f"assumptions/staffing/{self._team}"
        agents, start, interval = (
            walk(plain, f"{place}/{key}")[-1].value for key in ("agents", "starts_at", "interval")
        )
        said = staffing_in_english(self._old_agents, agents, start, interval)
        return f"{self._words.subject}: {said}" if said else None

    def _about_links(self, plain: dict[str, Any], new: Any) -> str | None:
        """Where an exit leads now and led before; None if the change is not about a link."""
        if self._link_at is None:
            return None
        old = _link_said(plain, self._old_link)
        if isinstance(self._change, Removal) and new is ABSENT:
            return f"no longer: {old}" if old else None
        link = walk(plain, self._link_at)[-1].value
        changed = _link_said(plain, link)
        if not changed or not old:
            return changed
        if any(link.get(key) != self._old_link.get(key) for key in ("from", "exit")):
            return f"{changed}; no longer: {old}"
        target = self._old_link.get("to")
        way = "" if link.get("to") else "leading to "
        return f"{changed} instead of {way + _step_name(plain, target) if target else 'ending'}"


def _is_staffing(parts: list[str]) -> bool:
    return parts[:2] == ["assumptions", "staffing"] and parts[3:4] == ["agents"]


def _link_place(place: str) -> str | None:
    """The place of the link that `place` is in, or is itself."""
    parts = place.split("/")
    start = 3 if parts[1:2] == ["sub_journeys"] else 1
    is_link = parts[0] == "journey" and parts[start : start + 1] == ["links"]
    return "/".join(parts[: start + 2]) if is_link and len(parts) > start + 1 else None


def _link_said(plain: dict[str, Any], link: Any) -> str | None:
    """Such as: “Welcome” leads by “played” to “Adviser”."""
    if not isinstance(link, dict):
        return None
    start, exit_name, to = (link.get(key) for key in ("from", "exit", "to"))
    if not isinstance(start, str) or not isinstance(exit_name, str):
        return None
    step = find_step(plain, start) or {}
    way = _names_within(step).get(exit_name) or words(exit_name)
    name = _step_name(plain, start)
    if not isinstance(to, str):
        return f"{name} ends by “{way}”"
    return f"{name} leads by “{way}” to {_step_name(plain, to)}"


def _step_name(plain: dict[str, Any], name: Any) -> str:
    step = find_step(plain, name) if isinstance(name, str) else None
    return f"“{_name(step, str(name))}”"


def _name(element: Any, otherwise: str) -> str:
    name = element.get("name") if isinstance(element, dict) else None
    return name if isinstance(name, str) and name else otherwise


def _unit(spots: list[Spot]) -> str:
    """The unit of the value at the end of these spots."""
    keys = [spot.key for spot in spots]
    if keys[:2] == ["assumptions", "population"] or "spacing" in keys:
        # Their distributions are of numbers, not of durations.
        return spots[-1].unit if spots[-1].unit == "share" else ""
    if spots[-1].unit:
        return spots[-1].unit
    field = next((key for key in reversed(keys) if not key.isdecimal()), "")
    inherited = [spot.unit for spot in spots if spot.unit]
    return inherited[-1] if field in MEASURED and inherited else ""


def _named(plain: dict[str, Any], spots: list[Spot]) -> _Words:
    """The subject of a sentence about the last of these spots, and what of it."""
    keys = [spot.key for spot in spots]
    section, rest = keys[0], spots[2:]
    subject = words(keys[1]).capitalize()
    names: dict[str, str] = {}
    if keys[:2] == ["journey", "sub_journeys"] and keys[3:4] == ["steps"] and len(keys) > 4:
        section, keys, rest = "journey", ["journey", "steps", keys[4]], spots[4:]
    if rest and not rest[0].is_field:
        owner, rest = rest[0], rest[1:]
        subject, names = _owner(plain, section, keys[1], owner)
    elif section == "journey" and not rest:
        return _Words("Journey", words(keys[1]))
    label = " of ".join(reversed(list(_labels(rest, names))))
    if not label and section == "assumptions":
        label = _WHOLE.get(keys[1], "")
    return _Words(subject, label if label != subject.lower() else "")


def _owner(
    plain: dict[str, Any], section: str, kind: str, owner: Spot
) -> tuple[str, dict[str, str]]:
    """The name of the element that a place belongs to, and those of what it consists of."""
    key = owner.key
    if kind == "steps":
        step = find_step(plain, key) or (owner.value if section == "journey" else None) or {}
        return _name(step, key), _names_within(step)
    named = {"staffing": "teams", "population": "attributes"}.get(kind)
    if named:
        return _name(walk(plain, f"journey/{named}/{key}")[-1].value, key), {}
    single = words(kind).removesuffix("s").capitalize()
    return _name(owner.value, f"{single} “{key}”"), {}


def _names_within(step: Any) -> dict[str, str]:
    """Names of a step's options, intents, branches and the like, by id."""
    lists = [one for one in step.values() if isinstance(one, list)] if step else []
    return {
        str(one.get("id")): _name(one, str(one.get("id")))
        for items in lists
        for one in items
        if isinstance(one, dict) and "id" in one
    }


def _labels(spots: list[Spot], names: dict[str, str]) -> Iterator[str]:
    """What to call each spot; a list or mapping is left out where its element has a name."""
    for spot, following in zip_longest(spots, spots[1:]):
        if following is not None and not following.is_field and _element_name(following, names):
            continue
        if spot.is_field:
            yield words(spot.key)
        else:
            name = _element_name(spot, names)
            yield f"“{name}”" if name else f"number {int(spot.key) + 1}"


def _element_name(spot: Spot, names: dict[str, str]) -> str:
    """The name of an element, or its key; nothing for one that has only a number."""
    named = names.get(spot.key) or _name(spot.value, "")
    return named or ("" if spot.key.isdecimal() else spot.key)
