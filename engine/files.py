"""Read and save files so that no crash, full disk or odd target loses work."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
import time
from pathlib import Path

from engine.errors import DocumentError, SaveError

_TEMP_PREFIX = ".~wayline-"
_STALE_SECONDS = 86_400


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of the regular file `path`; DocumentError if absent, odd or over `limit` bytes."""
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
                f"the file is {info.st_size / 1e6:,.0f} MB; at most {limit / 1e6:.0f} MB are read",
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
    previous content beside it as NAME~. Raises SaveError; the file is then as it was.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_to_keep(target)
        _sweep_stale(target.parent)
        temporary = _written_beside(target, data, mode)
        try:
            if backup and target.exists():
                _keep_backup(target)
            _replace(temporary, target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
        _sync_folder(target.parent)
    except SaveError:
        raise
    except (OSError, ValueError) as error:
        raise SaveError(
            f"the file could not be saved: {_reason(error)}; what was on disk is untouched",
            where=str(path),
            mend="free space or choose another folder with Save as.",
        ) from None


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _mode_to_keep(target: Path) -> int:
    try:
        info = target.stat()
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
    if not stat.S_ISREG(info.st_mode):
        # A rename would put a file in the place of a device, a pipe or a folder.
        raise SaveError(
            "this is not a regular file", where=str(target), mend="choose another name."
        )
    if not os.access(target, os.W_OK) or not info.st_mode & 0o222:
        raise SaveError(
            "the file is read-only", where=str(target), mend="choose another name with Save as."
        )
    return stat.S_IMODE(info.st_mode)


def _written_beside(target: Path, data: bytes, mode: int) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_TEMP_PREFIX, suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if temporary.stat().st_size != len(data):
            raise SaveError("the disk kept only a part", where=str(target))
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _keep_backup(target: Path) -> None:
    link = target.with_name(f"{_TEMP_PREFIX}{os.getpid()}.bak.tmp")
    with contextlib.suppress(FileNotFoundError):
        link.unlink()
    try:
        os.link(target, link)
    except OSError:
        # Some file systems know no hard links; there a copy must do.
        link.write_bytes(target.read_bytes())
    link.replace(target.with_name(target.name + "~"))


def _replace(source: Path, target: Path) -> None:
    for attempt in range(10):
        try:
            source.replace(target)
        except PermissionError:
            # A virus scanner on Windows may hold the file for a moment.
            if sys.platform != "win32" or attempt == 9:
                raise
            time.sleep(0.1)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep_stale(folder: Path) -> None:
    """Remove temporary files that a killed save left behind more than a day ago."""
    for old in folder.glob(f"{_TEMP_PREFIX}*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                old.unlink()
