"""What processes that are gone left behind: found, told, made a session again."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from designer.digests import digest_of, digest_on_disk
from designer.recovery.journal import Journal
from designer.recovery.journal_file import SUFFIX
from designer.recovery.owner import is_alive
from designer.recovery.records import Change, Header, contents_of, decoded, text_crc
from designer.session import Session
from designer.whole_document import become
from engine.document import Document, parse_document
from engine.errors import DocumentError
from engine.files import read_bytes

_LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class Recoverable:
    """A document with changes that were not saved."""

    file: Path
    path: Path | None
    """Where the document was saved last; None if it never was."""
    on_disk: str | None
    """SHA-256 of what that file held then; if it differs now, somebody else changed it."""
    when: datetime
    """When the last change was made, by the clock of then."""
    last_change: str
    """What the undo menu called it."""
    saved: Document
    """The document without the changes: as it was saved, or begun."""
    document: Document

    @property
    def name(self) -> str:
        """What to call it: its file, or the journey if there is none."""
        return self.path.name if self.path else self.document.journey.name

    @property
    def step_count(self) -> int:
        """How many steps it has."""
        return sum(1 for _ in self.document.journey.all_steps())

    def restore(self) -> tuple[Session, Journal]:
        """A session in which the changes are one entry that can be undone, and its journal.

        The old journal goes only when the new one is on disk.
        """
        session = Session(self.saved, self.path)
        journal = Journal(self.file.parent, session, self.on_disk)
        label = QCoreApplication.translate("Recovery", "Restore unsaved changes")
        session.do(become(label, self.saved, self.document))
        if journal.flush():
            self.discard()
        return session, journal

    def discard(self) -> None:
        """Forget it for ever."""
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)


def left_over(folder: Path) -> list[Recoverable]:
    """What can be recovered, the newest first; what cannot be read is left alone."""
    try:
        files = sorted(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return []
    found = [recoverable for file in files if (recoverable := _read(file)) is not None]
    return sorted(found, key=lambda recoverable: recoverable.when, reverse=True)


def _read(file: Path) -> Recoverable | None:
    """What the journal holds; None if its owner lives, or there is nothing to recover."""
    try:
        contents = contents_of(read_bytes(file, _LARGEST))
        header = Header.model_validate_json(next(contents, b""))
        if is_alive(header.owner):
            return None
        changes = [Change.model_validate_json(content) for content in contents]
        saved = parse_document(_text_after(changes[:1]))
        last, text = _last_readable(changes)
        found = Recoverable(
            file=file,
            path=decoded(header.path),
            on_disk=header.on_disk,
            when=last.at,
            last_change=last.label,
            saved=saved,
            document=parse_document(text),
        )
    except (DocumentError, ValueError):
        return None
    is_saved = found.path is not None and digest_on_disk(found.path) == digest_of(text)
    if is_saved or found.document == saved:
        found.discard()
        return None
    return found


def _last_readable(changes: list[Change]) -> tuple[Change, bytes]:
    """The last change after which there is a document, and its text; ValueError if none is."""
    for count in range(len(changes), 1, -1):
        with contextlib.suppress(DocumentError, ValueError):
            text = _text_after(changes[:count])
            parse_document(text)
            return changes[count - 1], text
    raise ValueError("there is no change")


def _text_after(changes: list[Change]) -> bytes:
    lines: list[str] = []
    for change in changes:
        lines = change.of(lines)
    if not changes or text_crc(lines) != changes[-1].crc:
        raise ValueError("the text is not the one that was written")
    return "\n".join(lines).encode("utf-8")
