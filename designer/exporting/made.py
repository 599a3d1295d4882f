"""All exports of a document, made beside the window: files and losses for every target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from engine.document import Document
from engine.errors import WaylineError
from engine.export.exporting import Export, exported, program_to_export
from engine.export.target import Severity, Target, targets
from simulator.commands.telling import as_told

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Made:
    """What a document is in other forms.

    exports: by the target's name.  failures: why a target could not even be tried.
    refusal: why nothing is exported; the journey has errors.
    """

    document: Document
    targets: Mapping[str, Target] = field(default_factory=dict)
    exports: Mapping[str, Export] = field(default_factory=dict)
    failures: Mapping[str, WaylineError] = field(default_factory=dict)
    refusal: WaylineError | None = None

    def count(self, name: str, severity: Severity) -> int:
        """How many losses of this severity the journey has in this target."""
        export = self.exports.get(name)
        return sum(loss.severity is severity for loss in export.losses) if export else 0


def make(document: Document) -> Made:
    """Export the document to every target; for another thread than the window's."""
    known = dict(targets())
    program = _tried(lambda: program_to_export(document))
    if isinstance(program, WaylineError):
        return Made(document, known, refusal=program)
    tried = {name: _tried(partial(exported, program, name)) for name in known}
    return Made(
        document,
        known,
        {name: one for name, one in tried.items() if isinstance(one, Export)},
        {name: one for name, one in tried.items() if isinstance(one, WaylineError)},
    )


def _tried(do: Callable[[], _T]) -> _T | WaylineError:
    """What it gives, or an error to read: one target that fails must not hide the others."""
    try:
        return do()
    except Exception as error:  # noqa: BLE001 - it is told
        return as_told(error)
