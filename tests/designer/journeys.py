"""Journeys for the tests of panels: broken on purpose, or large."""

from __future__ import annotations

import random

from engine.document import Document, read_document
from engine.edits import SetField, close_exit
from engine.journey import Journey, Link, Outcome, SubJourneyDefinition
from engine.layout import Layout
from engine.shipped import sample_path
from engine.steps.ai_agent import AIAgent
from engine.steps.base import Step
from engine.steps.control import SubJourney
from engine.steps.entry import InboundContact
from engine.steps.finish import Exit
from engine.steps.people import CallbackOffer, HumanAgent
from engine.steps.talk import Announcement, Menu, Option


def broken() -> Document:
    """Two exits of a menu lead nowhere, and nothing leads to a step with markup in its name."""
    steps: list[Step] = [
        InboundContact(id="call", name="Customer calls"),
        Menu(
            id="menu",
            name="Main menu",
            note="Ask for the café’s opening hours here",
            options=[Option(id="pay", name="Pay a bill"), Option(id="other", name="Other")],
        ),
        Announcement(id="thanks", name="Thank you", text="We thank you for your call."),
        Announcement(id="lost", name="<b>Lost</b>"),
        Exit(id="done", name="Done"),
    ]
    links = [
        Link(from_="call", exit="arrived", to="menu"),
        Link(from_="menu", exit="pay", to="thanks"),
        Link(from_="menu", exit="no_input", to="menu"),
        Link(from_="thanks", exit="played", to="done"),
        Link(from_="lost", exit="played", to="done"),
    ]
    return Document(journey=Journey(id="broken", name="Broken", steps=steps, links=links))


def sound() -> Document:
    """The starter, of which not even a hint can be given."""
    document = read_document(sample_path("starter"))
    edit = SetField("Offer", "journey.steps.agent.callback_offer", CallbackOffer())
    document, _ = edit.apply(document)
    document, _ = close_exit(document, "agent", "callback").apply(document)
    return document


def with_sub_journey() -> Document:
    """A journey that calls another; the other has a step that nothing leads to."""
    check = SubJourneyDefinition(
        id="check",
        name="Identity check",
        outcomes=[Outcome(id="known", name="Known"), Outcome(id="unknown", name="Unknown")],
        steps=[
            Announcement(id="hello", name="Hello"),
            Exit(id="is_known", name="Is known", outcome="known"),
            Exit(id="is_unknown", name="Is unknown", outcome="unknown"),
        ],
        links=[Link(from_="hello", exit="played", to="is_known")],
    )
    journey = Journey(
        id="calls",
        name="Calls another",
        steps=[
            InboundContact(id="call", name="Customer calls"),
            SubJourney(id="identify", name="Identify them", journey="check"),
            Exit(id="done", name="Done"),
        ],
        links=[
            Link(from_="call", exit="arrived", to="identify"),
            Link(from_="identify", exit="known", to="done"),
            Link(from_="identify", exit="unknown", to=None),
        ],
        sub_journeys=[check],
    )
    return Document(journey=journey)


def large(number: int, seed: int = 1) -> Document:
    """A journey of so many steps; a tenth of the exits lead nowhere, some lead back."""
    chance = random.Random(seed)
    steps: list[Step] = [InboundContact(id="s0", name="Entry")]
    steps += [_any_step(chance, n) for n in range(1, number)]
    journey = Journey(id="large", name="Large", steps=steps)
    links = []
    for n, step in enumerate(steps):
        for exit_name in step.exits(journey):
            if chance.random() < 0.9:
                ahead = min(number - 1, n + chance.randrange(1, 12))
                to = ahead if chance.random() < 0.9 else chance.randrange(number)
                links.append(Link(from_=step.id, exit=exit_name, to=f"s{to}"))
    places = {step.id: [240.0 * (n % 40), 100.0 * (n // 40)] for n, step in enumerate(steps)}
    return Document(
        journey=journey.model_copy(update={"links": links}), layout=Layout(positions=places)
    )


def _any_step(chance: random.Random, number: int) -> Step:
    name, title = f"s{number}", f"Step number {number}"
    match chance.randrange(5):
        case 0:
            return Announcement(id=name, name=title)
        case 1:
            options = [Option(id="a", name="First"), Option(id="b", name="Second")]
            return Menu(id=name, name=title, options=options)
        case 2:
            return AIAgent(id=name, name=title)
        case 3:
            return HumanAgent(id=name, name=title)
        case _:
            return Exit(id=name, name=title)
