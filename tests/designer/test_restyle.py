"""What changes when another look or text size is chosen, while windows are open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from designer.banner import Banner
from designer.theme import look
from designer.welcome import WelcomePage


@pytest.fixture(autouse=True)
def _usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp, "light")


def test_titles_stay_large_in_another_look(qtbot: QtBot, qapp: QApplication) -> None:
    page = WelcomePage([])
    qtbot.addWidget(page)
    page.show()
    for theme, scale in (("dark", 1.0), ("contrast", 2.0), ("light", 1.0)):
        look.apply(qapp, theme, scale)
        title = next(one for one in page.findChildren(QLabel) if one.text() == "Wayline")
        assert title.font().pointSizeF() == look.font(look.LARGE).pointSizeF()
        assert title.font().weight() == look.font(strong=True).weight()


def test_a_message_takes_the_colours_of_another_look(qtbot: QtBot, qapp: QApplication) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.tell("The file could not be saved.", is_bad=True)
    banner.resize(600, 60)
    for theme in ("dark", "contrast", "light"):
        look.apply(qapp, theme)
        ground = banner.grab().toImage().pixelColor(300, 4)
        assert ground.name() == look.active().accent_soft.name()
