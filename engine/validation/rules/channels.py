"""W321 and W322: steps work on the channels on which contacts come to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.profile import Channel
from engine.validation.finding import Severity
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Spot, Subject

Some = frozenset[Channel]


def _misfits(subject: Subject) -> Iterator[tuple[Spot, Some, Some]]:
    """Steps to which contacts come on channels that do not fit: those that do, those that do not.

    Steps that work on every channel are not even asked about.
    """
    for spot in subject.spots:
        works_on = type(spot.step).channels
        if len(works_on) < len(Channel):
            found = subject.channels.at(spot)
            if found - works_on:
                yield spot, found & works_on, found - works_on


def said_channels(channels: Iterable[Channel]) -> str:
    """Channels as a list in a sentence; there must be one."""
    names = [channel for channel in Channel if channel in set(channels)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _mend(spot: Spot) -> str:
    return (
        f"Lead only contacts by {said_channels(type(spot.step).channels)} here, for instance by a "
        "condition on the channel before it."
    )


@rule(
    "W321",
    Severity.ERROR,
    "Step that does not work on the contact's channel",
    why="Nobody can hear an announcement in an email; the step cannot be carried out.",
    mend="Use a step that works on this channel, or lead other contacts here.",
)
def _no_channel_fits(subject: Subject) -> Iterator[Flaw]:
    for spot, fitting, others in _misfits(subject):
        if not fitting:
            title, by = type(spot.step).title.lower(), said_channels(others)
            what = f"Contacts come to {spot.said} by {by}, where no {title} is possible."
            yield Flaw(what, spot, mend=_mend(spot))


@rule(
    "W322",
    Severity.WARNING,
    "Step that does not work on some contacts' channel",
    why="For some of the contacts that come here the step cannot be carried out.",
    mend="Lead the others another way, by a condition on the channel before the step.",
)
def _some_channels_do_not_fit(subject: Subject) -> Iterator[Flaw]:
    for spot, fitting, others in _misfits(subject):
        if fitting:
            by = said_channels(others)
            what = f"Contacts come to {spot.said} by {by} too, where it does not work."
            yield Flaw(what, spot, mend=_mend(spot))
