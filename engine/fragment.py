"""Copy and paste: a part of a document as JSON text, and put into a document again.

The text is that of a document that holds only what was copied, under a format of its own; so
it is guarded, checked and brought up to date by what reads documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.adapting import adapted, placed
from engine.document import Document, document_from_plain, document_to_plain, plain_to_text
from engine.edit_kinds import Edit, Keys, SetField, Several, Splice, look
from engine.edit_places import graph_place
from engine.errors import DocumentError, EditError
from engine.migrations import FORMAT as DOCUMENT_FORMAT
from engine.migrations import migrated
from engine.moves import FRAMES, NOTES, counted
from engine.part import part
from engine.strict_json import load_json

FORMAT: Final = "wayline/fragment"
_MEND: Final = "copy steps in Wayline, or the whole text of a journey document, and paste again."


@dataclass(frozen=True, slots=True)
class Paste:
    """What pasting does, and the ids that it gives: of steps, of frames and of notes."""

    edit: Edit
    ids: tuple[str, ...]
    frames: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def copied(
    document: Document,
    ids: Collection[str],
    frames: Collection[str] = (),
    notes: Collection[str] = (),
) -> str:
    """The steps, frames and notes with these ids as text, with all that they need.

    EditError if there is no such step.
    """
    plain = document_to_plain(part(document, ids, frames, notes))
    return plain_to_text({**plain, "format": FORMAT})


def pasted(
    document: Document,
    text: str,
    graph: str | None = None,
    at: tuple[float, float] | None = None,
) -> Paste:
    """What puts copied text, or the text of a whole journey, into `document`.

    graph: the sub-journey to paste into, the journey itself if left out. at: where the upper
    left corner of what is pasted comes to lie; if left out, where it was copied from, or so
    far beside it that nothing lies exactly on anything else.
    Raises EditError, whatever the text is.
    """
    look(document, graph_place(graph))
    new = placed(adapted(_read(text), document, graph), document, graph, at)
    ids = tuple(step.id for step in new.journey.steps)
    frames = tuple(one.id for one in new.layout.frames if one.graph == graph)
    notes = tuple(one.id for one in new.layout.notes if one.graph == graph)
    label = f"Paste {_said(new, frames, notes)}"
    return Paste(Several(label, tuple(_edits(document, new, graph, label))), ids, frames, notes)


def _read(text: str) -> Document:
    try:
        # Halves of surrogate pairs are no UTF-8, which is then what the message says.
        plain = load_json(text.encode("utf-8", "surrogatepass"))
        source = document_from_plain(migrated(_as_document(plain)))
    except DocumentError as error:
        what = f"the text cannot be pasted: {error.what}"
        raise EditError(what, where=error.where, mend=_MEND) from None
    steps = [step.id for step in source.journey.steps]
    frames = [one.id for one in source.layout.frames if one.graph is None]
    notes = [one.id for one in source.layout.notes if one.graph is None]
    if not (steps or frames or notes):
        raise EditError("the text holds no steps, frames or notes", mend=_MEND)
    return part(source, steps, frames, notes)


def _as_document(plain: Any) -> Any:
    is_fragment = isinstance(plain, dict) and plain.get("format") == FORMAT
    return {**plain, "format": DOCUMENT_FORMAT} if is_fragment else plain


def _said(new: Document, frames: tuple[str, ...], notes: tuple[str, ...]) -> str:
    steps = new.journey.steps
    if len(steps) == 1 and not frames and not notes:
        return f"step “{steps[0].name}”"
    return counted(len(steps), len(frames), len(notes))


def _edits(document: Document, new: Document, graph: str | None, label: str) -> Iterator[Edit]:
    """What adds all of `new` to the document."""
    place, journey = graph_place(graph), new.journey
    touched = frozenset(step.id for step in journey.all_steps())
    lists: dict[str, Sequence[Any]] = {
        "journey.attributes": journey.attributes,
        "journey.purposes": journey.purposes,
        "journey.skills": journey.skills,
        "journey.teams": journey.teams,
        "journey.stages": journey.stages,
        "journey.sub_journeys": journey.sub_journeys,
        f"{place}.steps": journey.steps,
        f"{place}.links": journey.links,
        "layout.pinned": new.layout.pinned,
        FRAMES: new.layout.frames,
        NOTES: new.layout.notes,
        "assumptions.demand": new.assumptions.demand,
        "assumptions.sources": new.assumptions.sources,
    }
    for at, items in lists.items():
        if items:
            end = len(look(document, at))
            yield Splice(label, at, end, 0, tuple(items), touched)
    mappings: dict[str, Mapping[str, Any]] = {
        "layout.positions": new.layout.positions,
        "assumptions.steps": new.assumptions.steps,
        "assumptions.staffing": new.assumptions.staffing,
        "assumptions.population": new.assumptions.population,
    }
    for at, values in mappings.items():
        if values:
            yield Keys(label, at, values)
    if new.assumptions.need is not None:
        yield SetField(label, "assumptions.need", new.assumptions.need)
