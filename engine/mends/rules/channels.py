"""Mends of W321 and W322: contacts come to steps that work on their channel."""

from __future__ import annotations

from collections.abc import Iterator

from engine.conditions import Among, Compare, Condition
from engine.document import Document
from engine.edit_kinds import Edit
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import begun, put_before, take_out, target
from engine.mends.trouble import Trouble
from engine.profile import Channel
from engine.steps.decide import Branch
from engine.validation.rules.channels import said_channels


@mends_of("W321")
def _nobody_fits(trouble: Trouble) -> Iterator[Offer]:
    yield offer(f"Remove {trouble.spot.said}", take_out, trouble.name)


@mends_of("W322")
def _some_fit(trouble: Trouble) -> Iterator[Offer]:
    works_on, come = type(trouble.step).channels, trouble.subject.channels.at(trouble.spot)
    fitting = [one for one in Channel if one in works_on & come]
    if fitting and trouble.view.owns("channel"):
        label = f"Lead only contacts by {said_channels(fitting)} here, the others past it"
        yield offer(label, _sorted_out, trouble, fitting)


def _sorted_out(document: Document, trouble: Trouble, fitting: list[Channel]) -> Edit:
    """A condition on the channel before the step; the others go where its first exit leads."""
    values = [one.value for one in fitting]
    when: Condition = Compare(op="eq", attribute="channel", value=values[0])
    if len(values) > 1:
        when = Among(attribute="channel", values=[*values])
    name = said_channels(fitting)
    branch = Branch(id="fits", name=name[:1].upper() + name[1:], when=when)
    ask = begun(document, "condition", trouble.graph, name="Which channel?", branches=[branch])
    rest = target(trouble.graph, trouble.name, *trouble.spot.exits)
    return put_before(document, trouble.name, ask, rest)
