"""The journey: steps, links, and the names that they refer to. This part is exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from engine.model import Identifier, Model, Name, Note, Seconds, SkillId, StepId
from engine.profile import SIGNALS, Attribute, Channel, Purpose, ValueType
from engine.skill_level import WORST_LEVEL, Level
from engine.steps.base import Step
from engine.steps.catalog import AnyStep

MAX_STEPS = 20_000


class Link(Model):
    """Where an exit leads; with `to` null the exit is closed on purpose."""

    from_: Annotated[StepId, Field(alias="from")]
    exit: Identifier
    to: StepId | None


class Skill(Model):
    """Something that agents are able to do."""

    id: Identifier
    name: Annotated[str, Field(max_length=200)] = ""


class Team(Model):
    """People with the same skills."""

    id: Identifier
    name: Annotated[str, Field(max_length=200)] = ""
    skills: Annotated[list[SkillId], Field(max_length=100)] = []
    levels: Annotated[dict[SkillId, Level], Field(max_length=100)] = {}
    """How good they are at each skill, from 1, the best, to 9; 1 where it is left out."""
    takes: Literal["longest_waiting", "best_level"] = "longest_waiting"
    """Whom an agent who gets free serves, of equal priority: who has waited longest, or first
    those for whose skills the level is best."""

    def level_in(self, skills: list[str]) -> int:
        """The level for work that needs all of these skills: the worst of them."""
        return max((self.levels.get(skill, 1) for skill in skills), default=1)


class Stage(Model):
    """A stage of the journey map, in the customer's words."""

    id: Identifier
    name: Name
    note: Note = ""


class Persona(Model):
    """A typical customer, for the journey map."""

    id: Identifier
    name: Name
    note: Note = ""


class Input(Model):
    """A value that a sub-journey must be given."""

    id: Identifier
    type: ValueType
    note: Note = ""


class Outcome(Model):
    """One way a sub-journey may end: the outcome of its exits, an exit of its callers."""

    id: Identifier
    name: Annotated[str, Field(max_length=200)] = ""


class Graph(Model):
    """Steps and the links between them."""

    # Reading stops at the first bad element: a list of what is wrong with all would be huge.
    steps: Annotated[list[AnyStep], Field(max_length=MAX_STEPS, fail_fast=True)] = []
    links: Annotated[list[Link], Field(max_length=5 * MAX_STEPS, fail_fast=True)] = []


class SubJourneyDefinition(Graph):
    """A journey that others call, with typed inputs and named outcomes.

    It begins at its first step. Its inputs are attributes that it alone sees.
    """

    id: Identifier
    name: Name
    note: Note = ""
    inputs: Annotated[list[Input], Field(max_length=50)] = []
    outcomes: Annotated[list[Outcome], Field(min_length=1, max_length=50)]


class Journey(Graph):
    """All that is executed: steps, links, attributes, purposes, teams by name, stages."""

    id: Identifier
    name: Name
    note: Note = ""
    limit: Seconds = 30 * 86_400.0
    """No customer is meant to be in the journey longer than so many seconds."""
    channels: Annotated[list[Channel], Field(max_length=len(Channel))] = []
    purposes: Annotated[list[Purpose], Field(max_length=500)] = []
    attributes: Annotated[list[Attribute], Field(max_length=5000)] = []
    skills: Annotated[list[Skill], Field(max_length=1000)] = []
    teams: Annotated[list[Team], Field(max_length=1000)] = []
    stages: Annotated[list[Stage], Field(max_length=200)] = []
    personas: Annotated[list[Persona], Field(max_length=200)] = []
    sub_journeys: Annotated[list[SubJourneyDefinition], Field(max_length=500)] = []

    def sub_journey(self, name: str) -> SubJourneyDefinition | None:
        """The sub-journey with the id `name`, or None."""
        return next((sub for sub in self.sub_journeys if sub.id == name), None)

    def leads_to(self, sub: SubJourneyDefinition, other: SubJourneyDefinition | None) -> bool:
        """Whether `sub` is `other` or calls it, be it by way of others."""
        todo, seen = [sub], {sub.id}
        while todo:
            here = todo.pop()
            if other is not None and here.id == other.id:
                return True
            called = {named for step in here.steps if (named := step.calls()) is not None}
            found = [self.sub_journey(name) for name in sorted(called - seen)]
            seen |= called
            todo += [one for one in found if one is not None]
        return False

    def graphs(self) -> Iterator[Graph]:
        """The journey's own graph and those of its sub-journeys."""
        yield self
        yield from self.sub_journeys

    def all_steps(self) -> Iterator[Step]:
        """Every step, those of sub-journeys included."""
        for graph in self.graphs():
            yield from graph.steps

    def known_attributes(self) -> dict[str, Attribute]:
        """Attributes and signals by id, as the journey's own steps may read them."""
        return SIGNALS | {attribute.id: attribute for attribute in self.attributes}

    def teams_for(
        self, skills: list[str], teams: list[str], level: int = WORST_LEVEL
    ) -> list[Team]:
        """Teams that can serve a step: the named ones, or all; with all the skills.

        Only those whose level in these skills is `level` or better; the best come first, and
        of one level they come in the order named.
        """
        by_id = {team.id: team for team in self.teams}
        asked = [by_id[name] for name in teams if name in by_id] if teams else self.teams
        able = [team for team in asked if set(skills) <= set(team.skills)]
        good = [team for team in able if team.level_in(skills) <= level]
        return sorted(good, key=lambda team: team.level_in(skills))
