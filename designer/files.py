"""Open, save and read again what a window shows, without asking anybody anything.

What is in the way is raised as an error; the window asks its user and calls again.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from designer.digests import digest_of, digest_on_disk
from designer.session import Session
from designer.watching import FileWatch
from designer.whole_document import become
from engine.document import SUFFIX, Document, document_to_bytes, parse_document, write_document
from engine.errors import DocumentError, SaveError
from engine.files import read_bytes
from engine.strict_json import MAX_BYTES

translate = QCoreApplication.translate


class ChangedOnDiskError(SaveError):
    """Somebody else changed the file since it was read: reload, overwrite, or save as."""


class AlreadyThereError(SaveError):
    """Another file has the name that was chosen: overwrite it, or choose another name."""


def open_file(path: Path) -> tuple[Session, str]:
    """A session of the document at `path`, and what stands for the bytes that were read.

    Raises DocumentError that names the file, the step and the field.
    """
    document, digest = _read(path)
    return Session(document, path), digest


def named(path: Path) -> Path:
    """What a person typed, with .journey.json at its end unless it ends in .json already."""
    return path if path.suffix.lower() == ".json" else path.with_name(path.name + SUFFIX)


def save(session: Session, path: Path, watch: FileWatch, *, force: bool = False) -> Path:
    """Save at `path`, and watch the file from now on; returns its path as `named`.

    Raises SaveError, and the session is unsaved as before: ChangedOnDiskError or
    AlreadyThereError if something would be overwritten that was never read here.
    With `force` it is, and stays beside as NAME~.
    """
    path, document = path if path == session.path else named(path), session.document
    if not force:
        _refuse_to_overwrite(path, watch)
    try:
        write_document(path, document)
    except SaveError:
        # The disk may not keep it, but it is ours: not a change by somebody else.
        if watch.path == path and (digest := _digest_if_written(path, document)):
            watch.follow(path, digest)
        raise
    digest = _digest_if_written(path, document)
    if digest is None:
        raise SaveError(
            translate("Files", "the file does not hold what was saved"),
            where=str(path),
            mend=translate("Files", "save again, or on another disk with Save as."),
        )
    session.was_saved(path)
    watch.follow(path, digest)
    return path


def reload(session: Session, watch: FileWatch) -> None:
    """Show what the file holds now, as an edit that can be undone; nothing without a file.

    Raises DocumentError, and then nothing is changed.
    """
    path = session.path
    if path is None:
        return
    document, digest = _read(path)
    if document != session.document:
        session.do(become(translate("Files", "Reload from disk"), session.document, document))
    session.was_saved(path)
    watch.follow(path, digest)


def _read(path: Path) -> tuple[Document, str]:
    data = read_bytes(path, MAX_BYTES)
    try:
        return parse_document(data), digest_of(data)
    except DocumentError as error:
        raise error.at(str(path)) from None


def _refuse_to_overwrite(path: Path, watch: FileWatch) -> None:
    if watch.path is not None and os.path.realpath(path) == os.path.realpath(watch.path):
        if watch.differs():
            raise ChangedOnDiskError(
                translate("Files", "the file was changed by another program since it was opened"),
                where=str(path),
                mend=translate(
                    "Files", "reload it, overwrite it, or choose another name with Save as."
                ),
            )
    elif digest_on_disk(path) is not None:
        raise AlreadyThereError(
            translate("Files", "there is a file with this name already"),
            where=str(path),
            mend=translate("Files", "overwrite it, or choose another name."),
        )


def _digest_if_written(path: Path, document: Document) -> str | None:
    """What stands for the bytes of the file, if it holds this document; None if it does not."""
    try:
        digest = digest_of(document_to_bytes(document))
    except UnicodeEncodeError:
        return None
    return digest if digest_on_disk(path) == digest else None
