"""Exporting a journey to one target: its files and its losses, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.document import Document
from engine.export.losses import losses_of
from engine.export.target import ExportError, Loss, Severity, Target, targets
from engine.program import Program, make_program
from engine.validation import Severity as FindingSeverity
from engine.validation import validate

_TOLD = 3


@dataclass(frozen=True, slots=True)
class Export:
    """files: by name; empty where the target cannot hold the journey.  losses: the worst first."""

    target: Target
    files: Mapping[str, bytes]
    losses: tuple[Loss, ...]

    @property
    def blocking(self) -> list[Loss]:
        """The losses because of which there are no files."""
        return [loss for loss in self.losses if loss.severity is Severity.ERROR]


def program_to_export(document: Document) -> Program:
    """The program of a journey that may be exported; ExportError if it has errors."""
    errors = [one for one in validate(document) if one.severity is FindingSeverity.ERROR]
    if errors:
        told = " ".join(f"{one.code}: {one.what}" for one in errors[:_TOLD])
        more = f" And {len(errors) - _TOLD} more." if len(errors) > _TOLD else ""
        raise ExportError(
            f"the journey has {len(errors)} error{'s' if len(errors) > 1 else ''}: {told}{more}",
            where=errors[0].where,
            mend="mend them first; wayline validate lists them all.",
        )
    return make_program(document)


def exported(program: Program, name: str) -> Export:
    """The export to the target called `name`; ExportError if there is no such target."""
    found = targets().get(name)
    if found is None:
        raise ExportError(
            f"there is no target “{name[:40]}”", mend=f"choose one of: {', '.join(targets())}."
        )
    losses = tuple(losses_of(program, found))
    is_blocked = any(loss.severity is Severity.ERROR for loss in losses)
    return Export(found, {} if is_blocked else found.write(program), losses)


def files_or_error(export: Export) -> Mapping[str, bytes]:
    """The files of an export; ExportError that names every loss that blocks it."""
    if not export.blocking:
        return export.files
    told = " ".join(f"{loss.feature}: {loss.reason}" for loss in export.blocking[:_TOLD])
    first = export.blocking[0]
    raise ExportError(
        f"{export.target.title} cannot hold this journey: {told}",
        where=f"step {first.step}" if first.step else "journey",
        mend=first.workaround,
    )
