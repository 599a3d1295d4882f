"""The one kind of error a person can mend: it says what, where and how."""

from __future__ import annotations


class WaylineError(Exception):
    """Something in the input is wrong, and the user can put it right.

    what: one sentence that states the problem with the offending value.
    where: file, step and field as far as they are known.
    mend: one sentence that says what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def at(self, place: str) -> WaylineError:
        """The same problem, with `place` put in front of where it stands."""
        where = f"{place}: {self.where}" if self.where else place
        return type(self)(self.what, where=where, mend=self.mend)

    def __str__(self) -> str:
        """The whole message on at most two lines."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  To mend it: {self.mend}" if self.mend else head

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process."""
        return _rebuilt, (type(self), self.what, self.where, self.mend)


def _rebuilt(kind: type[WaylineError], what: str, where: str, mend: str) -> WaylineError:
    return kind(what, where=where, mend=mend)


class DocumentError(WaylineError):
    """A document that cannot be read as a journey."""


class SaveError(WaylineError):
    """A document that could not be written; the file on disk is as it was."""


class EditError(WaylineError):
    """An edit that does not fit the document; the document is as it was."""


class PlanError(WaylineError):
    """A journey that cannot be planned, so neither simulated nor exported."""


class RunawayError(WaylineError):
    """A simulated customer who goes round in circles without an end."""
