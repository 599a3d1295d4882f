"""What is remembered from one start to the next, each kind with its bounds.

Whatever the file holds, Wayline starts: what is no sensible value counts as not set.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal

ThemeChoice = Literal["system", "light", "dark", "contrast"]
THEMES: Final[tuple[ThemeChoice, ...]] = get_args(ThemeChoice)
SMALLEST_TEXT, LARGEST_TEXT = 0.8, 2.0
SMALLEST_ZOOM, LARGEST_ZOOM = 0.1, 4.0
MOST_RECENT = 12
MOST_VIEWS = 200
_FARTHEST = 1e7
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A document that was open before."""

    path: Path
    is_missing: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """What was seen of a document: zoom, what was in the middle, and which graph."""

    zoom: float = 1.0
    centre: tuple[float, float] = (0.0, 0.0)
    graph: str | None = None


class Settings(QObject):
    """One for all windows of a process; `changed` tells the name of the property that was set."""

    changed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        """Read `path`, or the user's own settings."""
        super().__init__(parent)
        self._file = QSettings(str(path or _usual_path()), QSettings.Format.IniFormat, self)

    # ---- how it looks

    @property
    def theme(self) -> ThemeChoice:
        """Which colours; “system” follows what the desktop says."""
        text = self._text("theme")
        return next((theme for theme in THEMES if theme == text), "system")

    @theme.setter
    def theme(self, theme: ThemeChoice) -> None:
        self._set("theme", theme)

    @property
    def text_scale(self) -> float:
        """How large text is, from 0.8 to 2.0 of its usual size."""
        return _within(self._number("text_scale", 1.0), SMALLEST_TEXT, LARGEST_TEXT)

    @text_scale.setter
    def text_scale(self, scale: float) -> None:
        self._set("text_scale", str(_within(scale, SMALLEST_TEXT, LARGEST_TEXT)))

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing shall move by itself."""
        return self._text("reduced_motion") == "true"

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._set("reduced_motion", "true" if reduced else "false")

    @property
    def tour_seen(self) -> bool:
        """Whether the first tour was taken or skipped."""
        return self._text("tour_seen") == "true"

    @tour_seen.setter
    def tour_seen(self, seen: bool) -> None:
        self._set("tour_seen", "true" if seen else "false")

    # ---- where one was

    def recent_files(self) -> list[RecentFile]:
        """At most 12 documents, the one used last first; those that are gone are marked."""
        return [RecentFile(path, not path.is_file()) for path in self._recent()]

    def folder(self) -> Path:
        """Where to look for documents first: beside the last one, else in the user's documents."""
        for recent in self.recent_files():
            if recent.path.parent.is_dir():
                return recent.path.parent
        place = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(place))

    @property
    def export_folder(self) -> Path:
        """Where something was exported to last; where documents are, if that is gone."""
        text = self._text("export_folder")
        return Path(text) if text and Path(text).is_dir() else self.folder()

    @export_folder.setter
    def export_folder(self, folder: Path) -> None:
        self._set("export_folder", str(folder))

    def remember_file(self, path: Path) -> None:
        """This document is the one used last."""
        # Another process may have remembered others meanwhile.
        self._file.sync()
        others = [other for other in self._recent() if _key(other) != _key(path)]
        self._set_recent([path, *others])

    def forget_file(self, path: Path) -> None:
        """Name this document among the recent ones no longer."""
        self._set_recent([other for other in self._recent() if _key(other) != _key(path)])

    def window_place(self) -> tuple[bytes, bytes] | None:
        """What `saveGeometry` and `saveState` gave; None if nothing sensible is known."""
        parts = [_bytes_of(self._text(name)) for name in ("geometry", "docks")]
        return (parts[0], parts[1]) if parts[0] and parts[1] else None

    def keep_window_place(self, geometry: bytes, docks: bytes) -> None:
        """Open the next window like this."""
        self._set("geometry", base64.b64encode(geometry).decode("ascii"))
        self._set("docks", base64.b64encode(docks).decode("ascii"))

    def view_of(self, path: Path) -> FileView | None:
        """How the document was looked at last; None if that is not known."""
        key = _key(path)
        return next((_view(row) for row in self._views() if row[0] == key), None)

    def keep_view(self, path: Path, view: FileView) -> None:
        """Remember how the document is looked at, and forget what was longest ago."""
        self._file.sync()
        row = [_key(path), view.zoom, *view.centre, view.graph]
        rows = [row, *(other for other in self._views() if other[0] != row[0])]
        self._set("views", json.dumps(rows[:MOST_VIEWS]))

    # ---- the file

    def _text(self, name: str) -> str:
        value = self._file.value(name)
        return value if isinstance(value, str) and len(value) < _LONGEST else ""

    def _number(self, name: str, usual: float) -> float:
        try:
            return float(self._text(name))
        except ValueError:
            return usual

    def _set(self, name: str, text: str) -> None:
        if text != self._file.value(name):
            self._file.setValue(name, text)
            self.changed.emit(name)

    def _recent(self) -> list[Path]:
        names = _list_of(self._text("recent"))
        return [Path(name) for name in names if isinstance(name, str)][:MOST_RECENT]

    def _set_recent(self, paths: list[Path]) -> None:
        names = [os.path.abspath(path) for path in paths]  # noqa: PTH100 (keeps links as they are)
        self._set("recent", json.dumps(names[:MOST_RECENT]))

    def _views(self) -> list[Any]:
        rows = _list_of(self._text("views"))
        return [row for row in rows if isinstance(row, list) and row][:MOST_VIEWS]


def _usual_path() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(place) / "settings.ini"


def _within(number: float, least: float, most: float) -> float:
    return min(max(number, least), most) if math.isfinite(number) else 1.0


def _key(path: Path) -> str:
    """What stands for a document, whichever link leads to it."""
    try:
        real = os.path.realpath(path)
    except (OSError, ValueError):
        real = str(path)
    return hashlib.sha256(real.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _list_of(text: str) -> list[Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return value if isinstance(value, list) else []


def _bytes_of(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _view(row: list[Any]) -> FileView | None:
    try:
        zoom, x, y = (float(number) for number in row[1:4])
        graph = row[4]
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # Compared one by one: what is no number is not within anything.
    is_near = abs(x) <= _FARTHEST and abs(y) <= _FARTHEST
    if not is_near or not (graph is None or isinstance(graph, str)):
        return None
    return FileView(_within(zoom, SMALLEST_ZOOM, LARGEST_ZOOM), (x, y), graph)
