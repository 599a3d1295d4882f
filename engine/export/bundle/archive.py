"""A zip file of which equal contents have equal bytes, and that is read without trusting it.

Nothing is compressed: how far a library compresses depends on its version.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

from engine.errors import WaylineError

MAX_BYTES: Final = 256 * 2**20
MAX_FILES: Final = 2_000
MAX_RATIO: Final = 100
"""So many times its own size may a compressed file have: more is an attack."""
_LIST: Final = "the list of files"
"""What stands behind the files in a zip file."""
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")


class BundleError(WaylineError):
    """A bundle that is damaged, changed or unsafe; `where` names the file in it."""


def archive_bytes(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip file, sorted by name, without times."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return target.getvalue()


def archive_files(data: bytes) -> dict[str, bytes]:
    """The files of a bundle, read into memory; nothing is written anywhere.

    BundleError for names that lead elsewhere, for too much, and for any byte that differs from
    what `archive_bytes` writes for these files.
    """
    if len(data) > MAX_BYTES:
        raise BundleError(
            f"the bundle has {len(data) / 2**20:,.0f} MiB; at most {MAX_BYTES // 2**20} are read",
            mend="ask for a bundle of this journey alone.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_unsafe(archive.infolist())
            files = {entry.filename: _read(archive, entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise BundleError(
            f"this is no whole bundle: {error}",
            where=_LIST,
            mend="get it anew from where it was made.",
        ) from None
    _refuse_other_bytes(data, archive_bytes(files))
    return files


def _refuse_unsafe(entries: list[zipfile.ZipInfo]) -> None:
    """Everything that can be known before a single file is unpacked."""
    if len(entries) > MAX_FILES:
        raise BundleError(
            f"the bundle holds {len(entries):,} files; at most {MAX_FILES:,} are read",
            mend="do not use it.",
        )
    total, seen = 0, set[str]()
    for entry in entries:
        name = entry.orig_filename
        if not _NAME.fullmatch(name) or ".." in name.split("/") or name in seen:
            raise BundleError(
                "the name of a file in the bundle is not safe",
                where=repr(name)[:80],
                mend="do not use it: a bundle never holds such a name.",
            )
        seen.add(name)
        total += entry.file_size
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1) or total > MAX_BYTES:
            raise BundleError(
                "a file in the bundle is far larger than the bundle",
                where=name,
                mend="do not use it: it would fill the disk.",
            )


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except zipfile.BadZipFile as error:
        raise BundleError(
            f"the file is damaged: {error}",
            where=entry.filename,
            mend="get the bundle anew from where it was made.",
        ) from None


def _refuse_other_bytes(data: bytes, expected: bytes) -> None:
    """What no content tells, such as a time in a header, must be as it is written, too."""
    if data == expected:
        return
    pairs = enumerate(zip(data, expected, strict=False))
    at = next((n for n, (one, other) in pairs if one != other), min(len(data), len(expected)))
    raise BundleError(
        "the bundle is not as Wayline writes it: it was changed or packed anew",
        where=_file_at(expected, at),
        mend="get it anew from where it was made.",
    )


def _file_at(data: bytes, at: int) -> str:
    """The file whose header or content the byte number `at` belongs to."""
    found = _LIST
    place = 0
    while data[place : place + 4] == b"PK\x03\x04" and place <= at:
        size = int.from_bytes(data[place + 18 : place + 22], "little")
        length = int.from_bytes(data[place + 26 : place + 28], "little")
        extra = int.from_bytes(data[place + 28 : place + 30], "little")
        found = data[place + 30 : place + 30 + length].decode("ascii", "replace")
        place += 30 + length + extra + size
    return found if place > at else _LIST
