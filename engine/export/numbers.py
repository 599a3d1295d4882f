"""Numbers as text that every language of the targets reads."""

from __future__ import annotations

from decimal import Decimal


def plain_number(value: float) -> str:
    """The shortest decimal that is this number, without an exponent, which FEEL does not know."""
    # Adding 0 makes 0 of -0, which some languages tell apart.
    text = format(Decimal(repr(value + 0.0)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration(seconds: float) -> str:
    """An ISO 8601 duration in seconds, such as PT90S."""
    return f"PT{plain_number(seconds)}S"
