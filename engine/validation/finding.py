"""What a rule found: said so that a person can mend it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

_LONGEST = 80


class Severity(StrEnum):
    """How bad it is. A journey with an error is neither simulated nor exported."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful, in plain text.

    code: the rule's code; `wayline explain CODE` says more.
    what, why, mend: what is wrong here, why it matters, what to do about it.
    step: the id of the step it concerns; None if it concerns no single step.
    field: the exit, branch or field in the step; without a step, the place in the document.
    graph: the id of the sub-journey that the step is in; None for the journey itself.
    """

    code: str
    severity: Severity
    what: str
    why: str
    mend: str
    step: str | None = None
    field: str | None = None
    graph: str | None = None

    @property
    def where(self) -> str:
        """The place in words, from the outside in."""
        parts = [
            f"sub-journey {self.graph}" if self.graph else "",
            f"step {self.step}" if self.step else "",
            self.field or "",
        ]
        return ", ".join(part for part in parts if part) or "journey"

    def line(self) -> str:
        """The finding on one line, for lists and logs."""
        return f"{self.severity} {self.code}: {self.what} ({self.where})"

    def text(self) -> str:
        """The whole finding, one line for each of what, where, why and how to mend it."""
        return "\n".join(
            (
                f"{self.severity} {self.code}: {self.what}",
                f"  Where: {self.where}",
                f"  Why it matters: {self.why}",
                f"  To mend it: {self.mend}",
            )
        )

    def to_plain(self) -> dict[str, str | None]:
        """The finding as plain JSON values, always with the same keys."""
        return {**asdict(self), "severity": self.severity.value, "where": self.where}


def quoted(name: str) -> str:
    """A name from the document in quotation marks, on one line and of bearable length.

    Names are free text: line breaks and control characters in them must not reach a terminal.
    """
    plain = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return f"“{plain}”" if len(plain) <= _LONGEST else f"“{plain[:_LONGEST]}…”"


def listed(names: list[str], most: int = 5) -> str:
    """Quoted names with commas between; of a long list the first few and how many more."""
    shown = ", ".join(quoted(name) for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
