"""What the document says of each step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.condition_english import in_english
from engine.conditions import attributes_in
from engine.export.sign_off.blocks import Block, Heading, Link, Paragraph, Part, Table, Text, facts
from engine.export.sign_off.words import Words, capital, channel_in_words
from engine.journey import Graph, Journey
from engine.outline.rows import Kind, Outline
from engine.profile import Attribute
from engine.short_english import name_of
from engine.steps.base import Step
from engine.steps.guard import Consent
from engine.validation.facts import consented
from engine.validation.subject import Subject

_COMMON: Final = frozenset(Step.model_fields) | {"type"}
_LABELS: Final = {
    "gap": "Between two attempts",
    "level": "Worst level that will do",
    "max_seconds": "Longest recording",
    "max_wait": "Longest wait",
    "promised": "Promised within",
    "timeout": "Longest wait",
    "treatment": "While waiting",
    "waiting_credit": "Waited already",
    "window": "Contacts counted over",
}
_SAID_ELSEWHERE: Final = frozenset({"branches", "who", "channel", "purpose"})


def anchor_of(step: str) -> str:
    """Where the step stands in the document."""
    return f"step-{step}"


class Steps:
    """All steps by number, in the outline's order."""

    def __init__(self, subject: Subject, outline: Outline, words: Words) -> None:
        self._subject, self._words = subject, words
        self._journey: Journey = subject.journey
        self._order = [
            row for row in outline.in_order() if row.kind is Kind.STEP and row.step is not None
        ]
        steps = [row.step for row in self._order if row.step is not None]
        self._numbers = {step.id: number for number, step in enumerate(steps, 1)}
        self._names = {step.id: step.name for step in steps}

    def of(self, graph: str | None) -> Iterator[Block]:
        """The steps of the journey itself, or of one of its sub-journeys."""
        for row in self._order:
            if row.graph == graph and row.step is not None:
                yield Part(tuple(self._step(row.step, graph)), is_step=True)

    def link(self, step: str) -> Link:
        """The step by number and name."""
        return Link(f"{self._numbers[step]} {self._names[step]}", anchor_of(step))

    def _step(self, step: Step, graph: str | None) -> Iterator[Block]:
        title = f"{self._numbers[step.id]} {step.name}"
        yield Heading(3, title, anchor_of(step.id), capital(step.type_in_words()))
        says, channel = step.says(self._journey), step.contact_channel()
        if channel is not None:
            says = says.replace(channel.value, channel_in_words(channel), 1)
        if says != step.type_in_words():
            yield Paragraph(capital(says))
        if step.note:
            yield Paragraph(step.note)
        yield from facts(
            *self._known(step), *self._design(step, graph), *self._guarded(step, graph)
        )
        yield from self._conditions(step)
        yield from self._exits(step, graph)

    def _known(self, step: Step) -> Iterator[tuple[str, Text | None]]:
        channel = step.contact_channel()
        yield "Id", step.id
        yield "Stage", name_of(self._journey.stages, step.stage) if step.stage else None
        yield "Touchpoint", step.touchpoint
        yield "Answered for by", step.owner
        yield "Channel", capital(channel_in_words(channel)) if channel else None
        if step.emotion is not None:
            sign = "+" if step.emotion > 0 else "−" if step.emotion < 0 else ""
            yield "Expected emotion", f"{sign}{abs(step.emotion)}, from −2 to +2"

    def _design(self, step: Step, graph: str | None) -> Iterator[tuple[str, Text | None]]:
        """What the step type's own fields say, where it is not the usual."""
        above = "journey" if graph is None else f"journey/sub_journeys/{graph}"
        for key, label, said in self._words.fields(f"{above}/steps/{step.id}", step):
            if key not in _COMMON | _SAID_ELSEWHERE:
                yield _LABELS.get(key, label), said

    def _guarded(self, step: Step, graph: str | None) -> Iterator[tuple[str, Text | None]]:
        """Personal data, purposes, and the consent gates before the step."""
        known = self._journey.known_attributes()
        names = dict.fromkeys(
            [name for _, one in step.conditions() for name in attributes_in(one)]
            + [*step.reads(), *step.writes()]
        )
        used = [known[name] for name in names if name in known]
        personal = [one for one in used if one.personal or one.sensitive]
        yield "Personal data", ", ".join(map(_attribute, personal))
        asked = [one.purpose for one in personal] + [step.purpose_used()]
        for purpose in dict.fromkeys(one for one in asked if one):
            yield "Purpose", self._purpose(purpose)
            yield "Consent gate", self._gate(step, graph, purpose)

    def _purpose(self, purpose: str) -> str:
        bases = [one.legal_basis for one in self._journey.purposes if one.id == purpose]
        basis = f" (legal basis: {bases[0].replace('_', ' ')})" if bases else ""
        return f"{name_of(self._journey.purposes, purpose)}{basis}"

    def _gate(self, step: Step, graph: str | None, purpose: str) -> Text | None:
        if isinstance(step, Consent) or not any(
            one.id == purpose and one.legal_basis == "consent" for one in self._journey.purposes
        ):
            return None
        view = next(one for one in self._subject.graphs if one.id == graph)
        spot, channel = view.by_id[step.id], step.contact_channel()
        if not self._subject.facts.are_certain(consented(purpose, channel), spot):
            return "None on some of the ways to this step."
        gates = [
            one.step.id
            for one, gate in self._subject.of(Consent)
            if gate.purpose == purpose and (channel is None or gate.channel in {None, channel})
        ]
        return ("Every way here comes from a consent that was granted: ", *self._links(gates))

    def _links(self, steps: list[str]) -> Iterator[str | Link]:
        for number, step in enumerate(steps):
            if number:
                yield " or "
            yield self.link(step)

    def _conditions(self, step: Step) -> Iterator[Block]:
        known = self._known_in(step)
        rows = tuple(
            (
                step.exit_label(name, self._journey) if name != "who" else "Who",
                in_english(one, known),
            )
            for name, one in step.conditions()
        )
        if rows:
            yield Table(("Condition for", "It holds if"), rows)

    def _known_in(self, step: Step) -> dict[str, Attribute]:
        """What the conditions of a step may read; in a sub-journey its inputs, too."""
        known = self._journey.known_attributes()
        for sub in self._journey.sub_journeys:
            if any(one.id == step.id for one in sub.steps):
                return known | {
                    one.id: Attribute(id=one.id, type=one.type, note=one.note) for one in sub.inputs
                }
        return known

    def _exits(self, step: Step, graph: str | None) -> Iterator[Block]:
        ways = {(one.from_, one.exit): one.to for one in self._graph(graph).links}
        rows = []
        for name in step.exits(self._journey):
            to = ways.get((step.id, name))
            leads = (self.link(to),) if to is not None else ("The contact ends here, on purpose.",)
            rows.append((capital(step.exit_label(name, self._journey)), leads))
        if rows:
            yield Table(("Exit", "Leads to"), tuple(rows))

    def _graph(self, graph: str | None) -> Graph:
        return next(one.graph for one in self._subject.graphs if one.id == graph)


def _attribute(one: Attribute) -> str:
    said = one.name or one.id.replace("_", " ")
    return f"{said} (sensitive)" if one.sensitive else said
