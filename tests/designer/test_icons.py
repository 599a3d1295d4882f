"""Every step type has a picture of its own; all pictures are of one kind and can be seen."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer

import designer
from designer import icons
from designer.action_table import ACTS
from designer.theme.colours import THEMES
from designer.theme.style_sheet import style_sheet
from engine.shipped import shipped_folder
from engine.steps.catalog import step_types

FOLDER = shipped_folder("assets") / "icons"
ALL = sorted(file.stem for file in FOLDER.glob("*.svg"))
DRAWN = [n for n in ALL if "currentColor" in (FOLDER / f"{n}.svg").read_text(encoding="utf-8")]


def test_every_step_type_has_a_file_of_its_own() -> None:
    names = [cls.icon for cls in step_types().values()]
    assert len(set(names)) == len(names)
    assert set(names) <= set(DRAWN)


def test_every_action_has_a_picture_that_is_there() -> None:
    assert {act.icon for act in ACTS if act.icon} <= set(DRAWN)


def test_only_what_the_style_sheet_shows_has_a_colour_of_its_own() -> None:
    """Qt reads such a picture as a file, so nobody can put the colour in."""
    sheets = "".join(style_sheet(theme, 1.0) for theme in THEMES.values())
    for name in set(ALL) - set(DRAWN):
        assert f"/{name}.svg" in sheets, name


def pixels(name: str, colour: str = "black") -> np.ndarray:
    """Rows of red, green, blue and alpha, 32 by 32."""
    image = icons.pixmap(name, QColor(colour), 16, 2.0).toImage()
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(bytes(straight.constBits()), np.uint8).reshape(32, 32, 4)


def test_no_two_pictures_are_the_same() -> None:
    assert len({pixels(name).tobytes() for name in ALL}) == len(ALL)


def test_all_pictures_are_drawn_alike() -> None:
    for name in DRAWN:
        text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
        assert 'viewBox="0 0 20 20"' in text, name
        assert 'stroke="currentColor" stroke-width="1.6"' in text, name
        assert "#" not in text, name
        assert QSvgRenderer(str(FOLDER / f"{name}.svg")).isValid(), name


def test_a_picture_fills_its_place_in_the_colour_that_is_asked_for() -> None:
    for name in DRAWN:
        picture = pixels(name, "#FF0000")
        inked = picture[..., 3] > 128
        assert (picture[inked][:, :3] == (255, 0, 0)).all(), name
        rows, columns = np.nonzero(inked)
        assert max(np.ptp(rows), np.ptp(columns)) >= 15, f"{name} is too small to be recognised"
        assert min(rows.min(), columns.min()) > 0, f"{name} is cut off"
        assert max(rows.max(), columns.max()) < 31, f"{name} is cut off"


def test_a_name_in_the_source_is_a_picture() -> None:
    """A name that nobody drew would be shown as an empty box."""
    asked = re.compile(r"""\b(?:icon|icons\.draw|icons\.pixmap|pixmap)\(\s*"([a-z_-]+)\"""")
    for file in Path(designer.__file__).parent.rglob("*.py"):
        for name in asked.findall(file.read_text(encoding="utf-8")):
            assert name in ALL, f"{file.name} asks for the icon “{name}”"


def test_a_step_type_without_a_picture_is_shown_as_an_empty_step() -> None:
    assert (pixels("of_a_plugin") == pixels(icons.UNKNOWN)).all()
