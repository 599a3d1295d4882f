"""Read and save files so that no crash, full disk or odd target loses work."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import sys
import time
from pathlib import Path

from engine.errors import DocumentError, SaveError

_TEMP_PREFIX = ".~wayline-"
_STALE_SECONDS = 86_400
# What a file system answers that does not let a folder be synced at all.
_NO_FOLDER_SYNC = {errno.EACCES, errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.EBADF}


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of the file `path`; DocumentError if absent, odd or over `limit` bytes."""
    try:
        info = path.stat()
        # Asked before it is opened: opening a pipe would wait for a writer for ever.
        if not stat.S_ISREG(info.st_mode):
            raise DocumentError(
                "this is not a regular file",
                where=str(path),
                mend="choose a journey document (NAME.journey.json).",
            )
        if info.st_size > limit:
            raise DocumentError(
                f"the file is {info.st_size / 1e6:,.1f} MB; at most {limit / 1e6:.0f} MB are read",
                where=str(path),
                mend="choose a journey document (NAME.journey.json).",
            )
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(
            f"the file cannot be read: {_reason(error)}",
            where=str(path),
            mend="check the name and the permissions.",
        ) from None


def save_atomically(path: Path, data: bytes, *, backup: bool = True) -> None:
    """Replace `path` by `data`: afterwards it holds the old or the new bytes, never a mix.

    Follows and keeps a symbolic link, keeps the mode, and with `backup` keeps the
    previous content beside it as NAME~. Raises SaveError; the file is then as it was,
    unless the error says otherwise.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_to_keep(target, path)
        _sweep_stale(target.parent)
        temporary = _written_beside(target, data, mode)
        try:
            if backup and mode is not None:
                _keep_backup(target)
            _replace(temporary, target)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink()
    except (OSError, ValueError) as error:
        raise SaveError(
            f"the file could not be saved: {_reason(error)}; what was on disk is untouched",
            where=str(path),
            mend="free space or choose another folder with Save as.",
        ) from None
    try:
        _sync_folder(target.parent)
    except OSError as error:
        raise SaveError(
            f"the file is saved, but the disk may not keep it: {_reason(error)}",
            where=str(path),
            mend="save a copy on another disk with Save as.",
        ) from None


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _mode_to_keep(target: Path, path: Path) -> int | None:
    """The permissions of the file that is to be replaced; None if there is none yet."""
    try:
        info = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(info.st_mode):
        # A rename would put a file in the place of a device, a pipe or a folder.
        raise SaveError("this is not a regular file", where=str(path), mend="choose another name.")
    if not os.access(target, os.W_OK) or not info.st_mode & 0o222:
        raise SaveError(
            "the file is read-only", where=str(path), mend="choose another name with Save as."
        )
    return stat.S_IMODE(info.st_mode)


def _name_beside(target: Path) -> Path:
    return target.with_name(f"{_TEMP_PREFIX}{secrets.token_hex(6)}.tmp")


def _written_beside(target: Path, data: bytes, mode: int | None) -> Path:
    """A new file in the same folder that holds `data`, safely on disk."""
    temporary = _name_beside(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # A new file gets what the umask leaves of 0666; one that is replaced is nobody's meanwhile.
    handle = os.open(temporary, flags, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            os.fsync(handle)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _keep_backup(target: Path) -> None:
    backup, link = target.with_name(target.name + "~"), _name_beside(target)
    try:
        try:
            os.link(target, link)
        except OSError:
            # Some file systems know no hard links; there a copy must do.
            shutil.copy(target, link)
        link.replace(backup)
    finally:
        # Left only if something failed, or if the backup already was this very file.
        with contextlib.suppress(OSError):
            link.unlink()


def _replace(source: Path, target: Path) -> None:
    # A virus scanner on Windows may hold the file for a moment.
    for _ in range(9 if os.name == "nt" else 0):
        with contextlib.suppress(PermissionError):
            source.replace(target)
            return
        time.sleep(0.1)
    source.replace(target)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _sweep_stale(folder: Path) -> None:
    """Remove temporary files that a killed save left behind more than a day ago."""
    for old in folder.glob(f"{_TEMP_PREFIX}*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                old.unlink()
