"""W501 to W504: ids are used once, names that are referred to exist, and those that exist serve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from engine.profile import RESERVED_NAMES
from engine.steps.guard import Consent
from engine.steps.people import Callback, Case, HumanAgent
from engine.validation.finding import Severity, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Spot, Subject

_PLACES = {
    "stage": "stages",
    "purpose": "purposes",
    "skill": "skills",
    "team": "teams",
    "channel": "channels",
}

Use = tuple[str, str, Spot | None, str]
"""What kind of thing is named, its id, in which step, and in which field or place."""


@rule(
    "W501",
    Severity.ERROR,
    "Id used twice",
    why="Whatever refers to the id could mean either.",
    mend="Give one of them another id.",
)
def _double_id(subject: Subject) -> Iterator[Flaw]:
    seen: dict[str, Spot] = {}
    for spot in subject.spots:
        first = seen.setdefault(spot.step.id, spot)
        if first is not spot:
            what = f"{spot.said} has the id {quoted(spot.step.id)}, as has {first.said}."
            yield Flaw(what, spot, "id")
    for place, ids in _lists(subject):
        for name, count in Counter(ids).items():
            if count > 1:
                what = f"The id {quoted(name)} stands {count} times in {place}."
                yield Flaw(what, field=f"{place}/{name}")


def _lists(subject: Subject) -> Iterator[tuple[str, Iterable[str]]]:
    """Every list of things with ids but the steps, with its place in the document."""
    journey, layout = subject.journey, subject.document.layout
    yield "journey/attributes", (one.id for one in journey.attributes)
    yield "journey/purposes", (one.id for one in journey.purposes)
    yield "journey/skills", (one.id for one in journey.skills)
    yield "journey/teams", (one.id for one in journey.teams)
    yield "journey/stages", (one.id for one in journey.stages)
    yield "journey/personas", (one.id for one in journey.personas)
    yield "journey/sub_journeys", (one.id for one in journey.sub_journeys)
    for sub in journey.sub_journeys:
        yield f"journey/sub_journeys/{sub.id}/inputs", (one.id for one in sub.inputs)
        yield f"journey/sub_journeys/{sub.id}/outcomes", (one.id for one in sub.outcomes)
    yield "assumptions/demand", (one.id for one in subject.assumptions.demand)
    for demand in subject.assumptions.demand:
        yield f"assumptions/demand/{demand.id}/surges", (one.id for one in demand.surges)
    yield "assumptions/outages", (one.id for one in subject.assumptions.outages)
    yield "scenarios/named", (one.id for one in subject.document.scenarios.named)
    yield "layout/frames", (one.id for one in layout.frames)
    yield "layout/notes", (one.id for one in layout.notes)


@rule(
    "W502",
    Severity.ERROR,
    "Reserved name",
    why="It means something else in a language that journeys are exported to.",
    mend="Give it another id, for instance with a word in front.",
)
def _reserved(subject: Subject) -> Iterator[Flaw]:
    for one in subject.journey.attributes:
        if one.id in RESERVED_NAMES:
            what = f"The attribute {quoted(one.id)} has a reserved name."
            yield Flaw(what, field=f"journey/attributes/{one.id}")
    for sub in subject.journey.sub_journeys:
        for given in sub.inputs:
            if given.id in RESERVED_NAMES:
                what = f"The input {quoted(given.id)} of {quoted(sub.name)} has a reserved name."
                yield Flaw(what, field=f"journey/sub_journeys/{sub.id}/inputs/{given.id}")


@rule(
    "W503",
    Severity.ERROR,
    "Name that does not exist",
    why="What is referred to must be in the journey's lists, else nobody knows what it is.",
    mend="Add it to the journey, or name one that is there.",
)
def _unknown_name(subject: Subject) -> Iterator[Flaw]:
    known = _known(subject)
    for kind, name, spot, field in _uses(subject):
        # A journey that lists no channels leaves open which it uses.
        if name not in known[kind] and (kind != "channel" or known[kind]):
            where = spot.said if spot else field
            what = f"{where} names the {kind} {quoted(name)}, which the journey does not have."
            mend = f"Add {quoted(name)} to the journey's {_PLACES[kind]}, or name one of these."
            yield Flaw(what, spot, field, mend)


@rule(
    "W504",
    Severity.HINT,
    "Name that nothing uses",
    why="What nothing refers to may have been forgotten, or be left over.",
    mend="Use it, or remove it.",
)
def _unused_name(subject: Subject) -> Iterator[Flaw]:
    used: dict[str, set[str]] = {kind: set() for kind in _PLACES}
    for kind, name, spot, field in _uses(subject):
        # That a team has a skill is no use of it: somebody must ask for it.
        if spot is not None or not field.startswith("journey/teams/"):
            used[kind].add(name)
    for _, step in _work(subject):
        used["team"] |= {team.id for team in subject.able(step.skills, step.teams)}
    for kind, names in _known(subject).items():
        for name in names:
            if name not in used[kind]:
                what = f"Nothing uses the {kind} {quoted(name)}."
                yield Flaw(what, field=f"journey/{_PLACES[kind]}/{name}")


def _known(subject: Subject) -> dict[str, dict[str, None]]:
    """The ids that exist of each kind, in the order of the document."""
    journey = subject.journey
    return {
        "stage": dict.fromkeys(one.id for one in journey.stages),
        "purpose": dict.fromkeys(one.id for one in journey.purposes),
        "skill": dict.fromkeys(one.id for one in journey.skills),
        "team": dict.fromkeys(one.id for one in journey.teams),
        "channel": dict.fromkeys(one.value for one in journey.channels),
    }


def _uses(subject: Subject) -> Iterator[Use]:
    for spot in subject.spots:
        for kind, name, field in _uses_of(spot):
            yield kind, name, spot, field
    for attribute in subject.journey.attributes:
        if attribute.purpose:
            yield "purpose", attribute.purpose, None, f"journey/attributes/{attribute.id}"
    for team in subject.journey.teams:
        for skill in team.skills:
            yield "skill", skill, None, f"journey/teams/{team.id}"


def _uses_of(spot: Spot) -> Iterator[tuple[str, str, str]]:
    step = spot.step
    if step.stage:
        yield "stage", step.stage, "stage"
    purpose = step.purpose if isinstance(step, Consent) else step.purpose_used()
    if purpose:
        yield "purpose", purpose, "purpose"
    channel = step.channel if isinstance(step, Consent) else step.contact_channel()
    if channel:
        yield "channel", channel.value, "channel"
    if isinstance(step, HumanAgent | Callback | Case):
        yield from (("skill", skill, "skills") for skill in step.skills)
        yield from (("team", team, "teams") for team in step.teams)
    if isinstance(step, HumanAgent):
        asked = (team for rule in step.overflow for team in rule.teams)
        yield from (("team", team, "overflow") for team in asked)


def _work(subject: Subject) -> Iterator[tuple[Spot, HumanAgent | Callback | Case]]:
    for spot in subject.spots:
        if isinstance(spot.step, HumanAgent | Callback | Case):
            yield spot, spot.step
