"""Pictures of the journey are read by those who read such files."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer

from designer.canvas.picture import print_on, save_picture
from designer.theme import look
from designer.window import Window
from engine.errors import SaveError


@pytest.fixture
def window(sample_window: Callable[[str], Window]) -> Window:
    return sample_window("bankunited")


def colours(image: QImage) -> set[int]:
    return {
        image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }


def test_a_png_shows_every_card(window: Window, tmp_path: Path) -> None:
    scene = window.work().canvas.scene
    save_picture(scene, tmp_path / "journey.png")
    image = QImage(str(tmp_path / "journey.png"))
    area = scene.content_rect()
    assert image.width() >= 2 * area.width()
    assert image.height() >= 2 * area.height()
    seen = colours(image)
    assert look.active().card.rgb() in seen
    assert look.active().ground.rgb() in seen
    assert len(seen) > 50


def test_an_svg_is_drawn_again_and_holds_the_names_as_text(window: Window, tmp_path: Path) -> None:
    scene = window.work().canvas.scene
    save_picture(scene, tmp_path / "journey.svg", "A <title> & more")
    assert QSvgRenderer(str(tmp_path / "journey.svg")).isValid()
    root = ET.parse(tmp_path / "journey.svg").getroot()  # noqa: S314  (our own file)
    texts = {"".join(node.itertext()).strip() for node in root.iter() if node.tag.endswith("text")}
    assert {"Customer calls", "Virtual agent", "escalate"} <= texts


def test_a_pdf_has_one_page_of_the_size_of_the_journey(window: Window, tmp_path: Path) -> None:
    save_picture(window.work().canvas.scene, tmp_path / "journey.pdf")
    data = (tmp_path / "journey.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 1


def test_what_is_selected_is_not_marked_in_the_picture_and_stays_selected(
    window: Window, tmp_path: Path
) -> None:
    space = window.work()
    save_picture(space.canvas.scene, tmp_path / "plain.png")
    space.selecting.all()
    save_picture(space.canvas.scene, tmp_path / "selected.png")
    assert (tmp_path / "plain.png").read_bytes() == (tmp_path / "selected.png").read_bytes()
    assert all(card.is_selected for card in space.canvas.scene.cards.values())


def test_far_away_the_picture_is_as_good_as_near(window: Window, tmp_path: Path) -> None:
    space = window.work()
    save_picture(space.canvas.scene, tmp_path / "near.png")
    space.canvas.view.set_zoom(0.1)
    save_picture(space.canvas.scene, tmp_path / "far.png")
    assert (tmp_path / "near.png").read_bytes() == (tmp_path / "far.png").read_bytes()


def test_it_is_printed(window: Window, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_on(window.work().canvas.scene, printer)
    del printer
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["journey.bmp", "journey", "no/such/folder/journey.png"])
def test_what_cannot_be_saved_is_said(window: Window, tmp_path: Path, name: str) -> None:
    with pytest.raises(SaveError) as error:
        save_picture(window.work().canvas.scene, tmp_path / name)
    assert name.rpartition("/")[2] in str(error.value)
    assert error.value.mend


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_an_empty_canvas_gives_an_empty_picture(
    new_window: Callable[[], Window], tmp_path: Path, ending: str
) -> None:
    save_picture(new_window().work().canvas.scene, tmp_path / f"empty.{ending}")
    assert (tmp_path / f"empty.{ending}").stat().st_size > 0
