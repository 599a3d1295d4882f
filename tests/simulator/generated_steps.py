"""The parts that generated journeys are made of: for each step type how one is made at random."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from engine.journey import Journey, Team
from engine.profile import Channel
from engine.steps.catalog import step_types

Plain = dict[str, Any]
_Item = TypeVar("_Item")

HOURS = [
    {
        "days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        "opens": "08:00",
        "closes": "18:00",
    }
]
TIERS = ["basic", "gold"]
INTENTS = ["balance", "loan", "address"]
ENTRY_TYPES = ("inbound_contact", "outbound_audience", "business_event")
PURPOSES = [
    {"id": "service", "legal_basis": "contract"},
    {"id": "news", "legal_basis": "consent"},
]
OWN_OUTCOMES = {"sub_journey": ("good", "bad")}
"""Exits that no step tells on its own."""


@dataclass
class Chance:
    """What is left to chance, and how long things take.

    whole_minutes: everything takes whole minutes, so that many things happen at once.
    """

    random: Random
    whole_minutes: bool
    teams: list[Team] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)

    def is_so(self, share: float) -> bool:
        return self.random.random() < share

    def one_of(self, items: Sequence[_Item]) -> _Item:
        return self.random.choice(items)

    def some_of(self, items: Sequence[_Item], least: int = 0, most: int = 3) -> list[_Item]:
        return self.random.sample(items, self.random.randint(least, min(most, len(items))))

    def share(self, low: float, high: float) -> float:
        return round(self.random.uniform(low, high), 3)

    def duration(self, mean: float) -> Plain:
        """A distribution of seconds, of any kind."""
        if self.whole_minutes:
            minutes = [round(mean / 60 * factor) for factor in (0.4, 0.8, 1.2, 2)]
            return {"kind": "empirical", "values": [60 * one for one in minutes]}
        return self.one_of(_KINDS)(mean)

    def minutes(self, low: int, high: int) -> float:
        """A number of seconds that the design says."""
        return 60.0 * self.random.randint(low, high)

    def maybe(self, share: float, **fields: Any) -> Plain:
        """These fields, or none of them."""
        return fields if self.is_so(share) else {}


_KINDS: list[Callable[[float], Plain]] = [
    lambda mean: {"kind": "constant", "value": mean},
    lambda mean: {"kind": "exponential", "mean": mean},
    lambda mean: {"kind": "lognormal", "mean": mean, "cv": 0.9},
    lambda mean: {"kind": "weibull", "shape": 1.4, "scale": mean},
    lambda mean: {"kind": "gamma", "mean": mean, "shape": 2},
    lambda mean: {"kind": "uniform", "low": mean / 2, "high": 1.5 * mean},
    lambda mean: {"kind": "triangular", "low": 0, "mode": mean, "high": 2 * mean},
    lambda mean: {"kind": "empirical", "values": [0, mean, 2 * mean], "weights": [1, 2, 1]},
    lambda mean: {
        "kind": "mixture",
        "parts": [
            {"weight": 1, "of": {"kind": "constant", "value": 0}},
            {"weight": 3, "of": {"kind": "exponential", "mean": mean}},
        ],
    },
]


@dataclass
class Block:
    """Some steps with one beginning; `loose` exits are to be linked to what comes later."""

    steps: list[Plain]
    loose: list[tuple[str, str]]
    links: list[Plain] = field(default_factory=list)
    assumed: dict[str, Plain] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The step at which it is entered."""
        return str(self.steps[0]["id"])


Design = tuple[Plain, Plain]
"""A step's own fields beyond id, type and name; and what is assumed about it."""

Maker = Callable[[Chance], Design]
_MAKERS: dict[str, Maker] = {}


def _makes(kind: str) -> Callable[[Maker], Maker]:
    def register(maker: Maker) -> Maker:
        _MAKERS[kind] = maker
        return maker

    return register


def walked_types() -> list[str]:
    """Types of steps that stand within a journey, neither entries nor exits."""
    return sorted(_MAKERS)


def block(kind: str, name: str, chance: Chance) -> Block:
    """A step of this type, and before it what makes it right to be there."""
    fields, assumed = _MAKERS[kind](chance)
    step = {"id": name, "type": kind, "name": name.title(), **fields}
    made = Block([step], [(name, one) for one in exits_of(step)])
    if assumed:
        made.assumed[name] = assumed
    if fields.get("purpose") == "news":
        gate = {"type": "consent", "purpose": "news"}
        made = _gated(made, gate, "granted", ["refused"])
    on = step_types()[kind].channels
    if len(on) < len(Channel):
        fits = {"op": "in", "attribute": "channel", "values": sorted(on)}
        branch = {"id": "fits", "name": "Fits", "when": fits}
        made = _gated(made, {"type": "condition", "branches": [branch]}, "fits", ["otherwise"])
    return made


def _gated(made: Block, gate: Plain, way: str, others: list[str]) -> Block:
    """The block after a step that lets only some of the customers in."""
    name = f"{made.first}_if"
    step = {"id": name, "name": name.title(), **gate}
    links = [link(name, way, made.first), *made.links]
    loose = [*made.loose, *((name, other) for other in others)]
    return Block([step, *made.steps], loose, links, made.assumed)


def link(start: str, exit_name: str, to: str | None) -> Plain:
    return {"from": start, "exit": exit_name, "to": to}


def exits_of(step: Plain) -> tuple[str, ...]:
    """The exits of a step of the journey itself."""
    kind = step["type"]
    if kind in OWN_OUTCOMES:
        return OWN_OUTCOMES[kind]
    made = step_types()[kind].model_validate_json(json.dumps(step))
    return made.exits(Journey(id="any", name="Any"))


def habit(chance: Chance, mean: float) -> Plain:
    """Some come again, perhaps elsewhere, perhaps only within hours."""
    return {
        "probability": chance.share(0.1, 0.4),
        "delay": chance.duration(mean),
        "max_contacts": chance.random.randint(2, 4),
        **chance.maybe(0.3, entry=chance.one_of(chance.entries)),
        **chance.maybe(0.2, hours=HOURS),
    }


# ---- who works


def _routed(chance: Chance) -> Plain:
    """Skills and teams such that at least one team can do the work."""
    team = chance.one_of(chance.teams)
    asked = [team.id]
    if chance.is_so(0.5):
        asked += [one.id for one in chance.some_of(chance.teams) if one is not team]
        chance.random.shuffle(asked)
    skills = chance.some_of(team.skills, most=2)
    return {"skills": skills, **chance.maybe(0.6, teams=asked)}


@_makes("human_agent")
def _human_agent(chance: Chance) -> Design:
    routed = _routed(chance)
    teams = [one.id for one in chance.some_of(chance.teams, most=2)]
    design = {
        **routed,
        **chance.maybe(0.3, agent_choice="longest_idle"),
        **chance.maybe(0.35, concurrent=True),
        **chance.maybe(0.4, asks=chance.some_of(["account", "intent", "tier"], 1)),
        **chance.maybe(0.3, sees_context=False),
        "priority": chance.random.randint(3, 7),
        **chance.maybe(0.2, waiting_credit=chance.minutes(1, 10)),
        **chance.maybe(0.25, interruptible=True),
        **chance.maybe(0.35, overflow=[{"after": chance.minutes(1, 4), "teams": teams}]),
        **chance.maybe(0.3, max_wait=chance.minutes(1, 20)),
        **chance.maybe(0.3, capacity=chance.random.randint(0, 6)),
        **chance.maybe(0.3, hours=HOURS),
        **chance.maybe(0.3, can_transfer=True),
        **chance.maybe(0.35, callback_offer=_offer(chance)),
    }
    return design, _human_numbers(chance)


def _offer(chance: Chance) -> Plain:
    if chance.is_so(0.5):
        return {"queue_length": chance.random.randint(1, 4)}
    return {"expected_wait": chance.minutes(1, 5)}


def _human_numbers(chance: Chance) -> Plain:
    by_need = {"loan": chance.duration(500), "balance": chance.duration(120)}
    patience = None if chance.is_so(0.25) else chance.duration(200)
    return {
        "handle_time": chance.duration(300),
        **chance.maybe(0.3, handle_time_by_need=by_need),
        **chance.maybe(0.6, after_call_work=chance.duration(60)),
        "after_call_share": chance.one_of([0.0, 0.5, 1.0]),
        "patience": patience,
        "resolution": chance.one_of([1.0, 0.6, 0.9]),
        "callback_acceptance": chance.one_of([0.5, 1.0]),
        "transfer": 0.2,
        "ask_time": chance.duration(60),
        **chance.maybe(0.6, redial=habit(chance, 900)),
        **chance.maybe(0.5, recontact=habit(chance, 7200)),
    }


@_makes("callback")
def _callback(chance: Chance) -> Design:
    design = {
        **_routed(chance),
        "priority": chance.random.randint(4, 8),
        "keep_free": chance.random.randint(0, 1),
        "attempts": chance.random.randint(1, 3),
        "gap": chance.minutes(1, 60),
        **chance.maybe(0.5, within=chance.minutes(1, 120)),
    }
    numbers = {
        "reached": chance.one_of([0.6, 0.9, 1.0]),
        "handle_time": chance.duration(240),
        "attempt_time": chance.duration(60),
    }
    return design, numbers


@_makes("case")
def _case(chance: Chance) -> Design:
    design = {
        **_routed(chance),
        "priority": chance.random.randint(7, 9),
        "keep_free": chance.random.randint(0, 1),
        "interruptible": chance.is_so(0.7),
        "promised": chance.minutes(30, 600),
    }
    return design, {"work": chance.duration(400)}


# ---- without people


@_makes("message")
def _message(chance: Chance) -> Design:
    design = {
        "channel": chance.one_of(["email", "sms", "push"]),
        "purpose": chance.one_of(["service", "news"]),
    }
    return design, {"delivered": chance.one_of([1.0, 0.8]), "cost": 0.1}


@_makes("announcement")
def _announcement(chance: Chance) -> Design:
    return {}, {"duration": chance.duration(60)}


@_makes("menu")
def _menu(chance: Chance) -> Design:
    options = [{"id": one, "name": one.title()} for one in ("first", "second", "third")]
    design = {"options": options, **chance.maybe(0.5, attribute="chosen")}
    numbers = {
        **chance.maybe(0.5, weights={"first": 2, "second": 1}),
        "no_input": 0.1,
        "no_match": 0.05,
        "duration": chance.duration(60),
    }
    return design, numbers


@_makes("ai_agent")
def _ai_agent(chance: Chance) -> Design:
    with_intents = chance.is_so(0.7)
    design = {
        "intents": [{"id": one, "name": one.title()} for one in INTENTS],
        **chance.maybe(0.6, intent_attribute="intent"),
        **chance.maybe(0.4, asks=["account"]),
    }
    shares = {"recognition": 0.8, "containment": 0.4}
    numbers = {
        "intents": {one: {"share": number + 1, **shares} for number, one in enumerate(INTENTS)},
        "contained_if_misrecognised": 0.2,
        "abandons": 0.08,
        "fails": 0.05,
        "duration": chance.duration(90),
        "ask_time": chance.duration(60),
        **chance.maybe(0.5, redial=habit(chance, 600)),
        **chance.maybe(0.5, recontact=habit(chance, 3600)),
    }
    if not with_intents:
        return {}, {"containment": 0.3, "abandons": 0.1, "duration": chance.duration(90)}
    return design, numbers


@_makes("voicemail")
def _voicemail(chance: Chance) -> Design:
    return {"max_seconds": chance.minutes(1, 3)}, {"leaves": 0.7, "duration": chance.duration(60)}


@_makes("survey")
def _survey(chance: Chance) -> Design:
    question = chance.one_of(["csat", "nps", "ces"])
    design = {"question": question, **chance.maybe(0.4, attribute="score")}
    numbers = {
        "response_rate": chance.share(0.2, 0.8),
        **chance.maybe(0.5, scores={"1": 1, "4": 3, "5": 2}),
        "duration": chance.duration(60),
    }
    return design, numbers


# ---- ways


@_makes("condition")
def _condition(chance: Chance) -> Design:
    conditions = [
        {"op": "eq", "attribute": "tier", "value": "gold"},
        {"op": "in", "attribute": "tier", "values": ["gold"]},
        {"op": "between", "attribute": "age", "low": 30, "high": 60},
        {"op": "gt", "attribute": "waited", "value": 60},
        {"op": "ge", "attribute": "contact_number", "value": 2},
        {"op": "known", "attribute": "intent"},
        {"op": "known", "attribute": "account"},
        {"op": "eq", "attribute": "vip", "value": True},
        {"op": "contains", "attribute": "region", "value": "north"},
    ]
    first, second, third = chance.some_of(conditions, 3)
    both = {"op": chance.one_of(["all", "any"]), "of": [second, {"op": "not", "of": third}]}
    whens = [first, both]
    names = ["one", "two"][: chance.random.randint(1, 2)]
    branches = [
        {"id": name, "name": name.title(), "when": when}
        for name, when in zip(names, whens, strict=False)
    ]
    return {"branches": branches}, {}


@_makes("split")
def _split(chance: Chance) -> Design:
    names = ["one", "two", "three"][: chance.random.randint(2, 3)]
    variants = [
        {"id": one, "name": one.title(), "weight": number + 1} for number, one in enumerate(names)
    ]
    return {"variants": variants, "sticky": chance.is_so(0.5)}, {}


@_makes("next_best_action")
def _next_best_action(chance: Chance) -> Design:
    gold = {"op": "eq", "attribute": "tier", "value": "gold"}
    candidates = [
        {"id": "offer", "name": "Offer", "eligible": gold, "score": 5},
        {"id": "advice", "name": "Advice", "score": 1, "per_attribute": {"age": 0.1}},
    ]
    policy = chance.one_of(["highest_score", "first_eligible"])
    return {"candidates": candidates, "policy": policy, "purpose": "service"}, {}


# ---- time, policy, data


@_makes("wait")
def _wait(chance: Chance) -> Design:
    lengths = [
        {"duration": chance.minutes(0, 90)},
        {"until": chance.one_of(["09:00", "15:30", "24:00"])},
        {"attribute": "seconds"},
    ]
    return chance.one_of(lengths), {}


@_makes("wait_for_event")
def _wait_for_event(chance: Chance) -> Design:
    design = {"event": "paid", **chance.maybe(0.85, timeout=chance.minutes(10, 240))}
    return design, {"happens": chance.one_of([0.6, 1.0]), "delay": chance.duration(3600)}


@_makes("consent")
def _consent(chance: Chance) -> Design:
    design = {"purpose": chance.one_of(["news", "service"]), **chance.maybe(0.4, channel="sms")}
    return design, {"granted": chance.share(0.3, 0.9)}


@_makes("business_hours")
def _business_hours(_chance: Chance) -> Design:
    return {"hours": HOURS}, {}


@_makes("identify")
def _identify(chance: Chance) -> Design:
    design = {**chance.maybe(0.7, attribute="verified"), "recognises": chance.is_so(0.5)}
    return design, {"verified": 0.85, "duration": chance.duration(60)}


@_makes("contact_cap")
def _contact_cap(chance: Chance) -> Design:
    quiet = {"quiet_from": "20:00", "quiet_to": chance.one_of(["08:00", "22:00"])}
    design = {
        **chance.maybe(0.7, max_contacts=chance.random.randint(1, 3)),
        "window": chance.minutes(60, 3000),
        **chance.maybe(0.6, when_quiet=chance.one_of(["hold", "skip"]), **quiet),
    }
    return design, {"earlier": {"0": 3, "2": 1}}


@_makes("system_action")
def _system_action(chance: Chance) -> Design:
    design = {
        "system": "CRM",
        "uses": ["tier"],
        **chance.maybe(0.5, returns=["region"]),
        **chance.maybe(0.5, timeout=60.0),
    }
    return design, {"latency": chance.duration(60), "failure": 0.1, "cost": 0.01}


@_makes("set_attributes")
def _set_attributes(chance: Chance) -> Design:
    assignments: list[Plain] = [
        {"attribute": "tier", "value": "gold"},
        {"attribute": "age", "add": 5},
        {"attribute": "score", "copy_of": "age"},
        {"attribute": "account", "forget": True},
    ]
    return {"set": chance.some_of(assignments, 1)}, {}


@_makes("goal")
def _goal(_chance: Chance) -> Design:
    return {"value": 10}, {}


@_makes("retry_loop")
def _retry_loop(chance: Chance) -> Design:
    return {"max": chance.random.randint(1, 2)}, {}


@_makes("sub_journey")
def _sub_journey(chance: Chance) -> Design:
    name = chance.one_of(["help", "check"])
    return {"journey": name, "inputs": {"who": "tier"}, "constants": {"size": 3}}, {}
