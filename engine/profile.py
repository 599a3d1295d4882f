"""What is known of a customer: attributes, their types, and the purposes they serve."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from engine.model import Identifier, Model, Name, Note, PurposeId

Value = bool | float | str
"""One attribute's value. A missing value is `None`, everywhere."""


class ValueType(StrEnum):
    """The types an attribute may have; none is ever turned into another."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"


class Channel(StrEnum):
    """Where a contact takes place."""

    VOICE = "voice"
    CHAT = "chat"
    EMAIL = "email"
    SMS = "sms"
    SOCIAL = "social"
    PORTAL = "portal"
    PUSH = "push"


LIVE_CHANNELS: Final = frozenset(
    {Channel.VOICE, Channel.CHAT, Channel.SMS, Channel.SOCIAL, Channel.PORTAL}
)
"""Where customers can be asked something and answer within the contact."""


class Carried(StrEnum):
    """Where something that was learned in a contact is known in the customer's later ones."""

    EVERYWHERE = "everywhere"
    SAME_CHANNEL = "same_channel"
    NOWHERE = "nowhere"


class Attribute(Model):
    """One thing that may be known about a customer.

    given: known before the journey starts (from a profile); else a step must write it.
    purpose: why it may be used; with a consent-based purpose its use needs a gate.
    carried: in which later contacts it is still known after a step wrote it.
    """

    id: Identifier
    name: Annotated[str, Field(max_length=200)] = ""
    type: ValueType
    choices: Annotated[list[Name], Field(max_length=200)] = []
    given: bool = True
    personal: bool = False
    sensitive: bool = False
    purpose: PurposeId | None = None
    carried: Carried = Carried.EVERYWHERE
    note: Note = ""


class Purpose(Model):
    """Why a customer's data are used or a message is sent."""

    id: Identifier
    name: Annotated[str, Field(max_length=200)] = ""
    legal_basis: Literal["consent", "contract", "legal_obligation", "legitimate_interest"] = (
        "consent"
    )
    retention_days: Annotated[int, Field(ge=0, le=36_525)] | None = None
    note: Note = ""


SIGNALS: Final[dict[str, Attribute]] = {
    signal.id: signal
    for signal in (
        Attribute(
            id="channel",
            name="Channel",
            type=ValueType.CHOICE,
            choices=[channel.value for channel in Channel],
            note="Where the present contact takes place.",
        ),
        Attribute(
            id="contact_number",
            name="Contact number",
            type=ValueType.NUMBER,
            note="1 for the first contact about this need, 2 for the second.",
        ),
        Attribute(
            id="waited",
            name="Waited",
            type=ValueType.NUMBER,
            note="Seconds spent in queues during this contact so far.",
        ),
    )
}
"""What every platform knows without being told; a journey may read, never write it."""

_RESERVED: Final = """
    abstract and any arguments as async await between boolean break case catch char class const
    constructor context continue date debugger def default del delete div do double duration elif
    else empty enum eq eval even every except export extends external false final finally float for
    from function ge get global goto gt if implements import in input instance instanceof int
    interface is item lambda le let list long lt map match mod module namespace native ne new
    nonlocal not null odd of or output package pass private protected prototype public raise
    reduce return satisfies set short some static string super switch then this throw true try
    type typeof undefined union var void volatile while with yield date_time time execution
"""

RESERVED_NAMES: Final = frozenset(_RESERVED.split()) | frozenset(SIGNALS)
"""Names that mean something in a language that a journey is exported to."""
