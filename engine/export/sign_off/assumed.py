"""What is only assumed: targets, scenarios, the numbers of the simulation and their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.assumptions import Assumptions
from engine.change_english import changes_in_english
from engine.document import Document
from engine.errors import DocumentError
from engine.export.sign_off.blocks import Block, Heading, Paragraph, Part, Text, Tone, listed
from engine.export.sign_off.words import Words, capital
from engine.model import Model
from engine.short_english import name_of
from engine.value_english import words as in_words

_BASES: Final = {"article": "published", "measured": "measured", "assumed": "assumed"}
_MARK: Final = (
    "Assumptions. Nothing in this section is executed: these numbers only feed the simulation, and "
    "whatever it says is as good as they are. “Basis” says where each comes from, if anybody did."
)
_UNKNOWN: Final = "not said"


def targets(document: Document) -> Iterator[Block]:
    """The bounds that the journey's figures must keep."""
    rows = tuple(
        (
            one.name or capital(in_words(one.kpi)),
            in_words(one.kpi),
            "" if one.at_least is None else f"{one.at_least:,.10g}",
            "" if one.at_most is None else f"{one.at_most:,.10g}",
        )
        for one in document.scenarios.targets
    )
    if rows:
        yield Heading(2, "Targets")
        yield Paragraph("Shares are from 0 to 1, times in seconds.", Tone.QUIET)
        yield from listed({"Target": 35, "Figure": 31, "At least": 17, "At most": 17}, rows)


def scenarios(document: Document) -> Iterator[Block]:
    """What else was looked at, and what is different there."""
    rows = []
    for one in document.scenarios.named:
        try:
            changes = "\n".join(changes_in_english(document, one.id))
        except DocumentError as error:
            changes = f"It does not fit the journey: {error.what}."
        rows.append((one.name, one.note, changes))
    if rows:
        yield Heading(2, "Scenarios")
        yield from listed({"Scenario": 30, "Note": 25, "What is different": 45}, rows)


def assumptions(document: Document, words: Words) -> Iterator[Block]:
    """Every number that is assumed, with its basis; then the sources."""
    told = _Assumed(document, words)
    blocks = (*told.sections(), *told.sources())
    if blocks:
        yield Heading(2, "Assumptions of the simulation")
        yield Part((Paragraph(_MARK, Tone.ASSUMED), *blocks), is_assumed=True)


class _Assumed:
    def __init__(self, document: Document, words: Words) -> None:
        self._document, self._words = document, words
        self._assumptions: Assumptions = document.assumptions
        self._basis = {one.at: _BASES[one.basis] for one in self._assumptions.sources}

    def sections(self) -> Iterator[Block]:
        own, journey = self._assumptions, self._document.journey
        steps = {step.id: step.name for step in journey.all_steps()}
        yield from self._table("Period", [("", "period", own.period)])
        demand = [(one.name or one.id, f"demand/{one.id}", one) for one in own.demand]
        yield from self._table("Who comes", demand)
        mixes = ((name_of(journey.attributes, name), name) for name in own.population)
        population = [(title, f"population/{name}", own.population[name]) for title, name in mixes]
        yield from self._table("What they are like", population)
        teams = ((name_of(journey.teams, name), name) for name in own.staffing)
        staffing = [(title, f"staffing/{name}", own.staffing[name]) for title, name in teams]
        yield from self._table("Who works", staffing)
        numbers = [(steps.get(name, name), f"steps/{name}", one) for name, one in own.steps.items()]
        yield from self._table("Steps", numbers)
        yield from self._table("Experience", [("", "experience", own.experience)])
        outages = [(one.name or one.id, f"outages/{one.id}", one) for one in own.outages]
        yield from self._table("Outages", outages)

    def _table(self, title: str, things: Sequence[tuple[str, str, Model]]) -> Iterator[Block]:
        rows = [row for name, place, thing in things for row in self._rows(name, place, thing)]
        if rows:
            yield Heading(3, title)
            yield from listed({"Of": 23, "What": 23, "Assumed": 41, "Basis": 13}, rows)

    def _rows(self, name: str, place: str, thing: Model) -> Iterator[tuple[Text, ...]]:
        place = f"assumptions/{place}"
        for key, label, said in self._words.fields(place, thing):
            if key not in {"id", "name", "kind"}:
                yield name, label, said, self._basis_of(f"{place}/{key}")

    def _basis_of(self, place: str) -> str:
        """Of the nearest place around it that has a source."""
        parts = place.split("/")
        above = ("/".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((self._basis[one] for one in above if one in self._basis), _UNKNOWN)

    def sources(self) -> Iterator[Block]:
        rows = tuple(
            (self._words.place(one.at), _BASES[one.basis], one.note)
            for one in self._assumptions.sources
        )
        if rows:
            yield Heading(3, "Sources")
            yield from listed({"Of": 33, "Basis": 13, "Source": 54}, rows)
