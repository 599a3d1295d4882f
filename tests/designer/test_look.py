"""Colours can be read, on every theme; what comes from a file is never markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from designer.plain_text import ElidedLabel, PlainLabel, set_tip
from designer.theme import look
from designer.theme.colours import THEMES, Theme, contrast

EVERY_THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@EVERY_THEME
def test_text_has_a_contrast_of_at_least_4_5(theme: Theme) -> None:
    for ink in (theme.ink, theme.soft, theme.good, theme.warning, theme.bad, theme.accent):
        for ground in (theme.ground, theme.panel, theme.card, theme.band, theme.accent_soft):
            assert contrast(ink, ground) >= 4.5, (ink.name(), ground.name())
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@EVERY_THEME
def test_icons_and_faint_ink_have_a_contrast_of_at_least_3(theme: Theme) -> None:
    for colour in (*theme.groups.values(), theme.faint):
        assert contrast(colour, theme.card) >= 3


@EVERY_THEME
def test_the_palette_is_the_theme(theme: Theme, qapp: QApplication) -> None:
    look.apply(qapp, theme.name)
    try:
        assert qapp.palette().window().color() == theme.panel
        assert look.active() is theme
    finally:
        look.apply(qapp, "light")


def test_the_bundled_font_is_used_and_grows(qapp: QApplication) -> None:
    assert qapp.font().family() == "Inter"
    usual = qapp.font().pointSizeF()
    look.apply(qapp, "light", 2.0)
    try:
        assert qapp.font().pointSizeF() == pytest.approx(2 * usual, rel=0.02)
    finally:
        look.apply(qapp, "light")


NESTED = "<b>x</b>" + "<table><tr><td>" * 16


@pytest.mark.parametrize("label", [PlainLabel, ElidedLabel])
def test_markup_in_a_label_is_text(label: type[PlainLabel], qtbot: QtBot) -> None:
    shown = label(NESTED)
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    shown.grab()
    assert shown.text() == NESTED
    assert shown.sizeHint().width() < 5000


def test_markup_in_a_tip_is_text(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, "<img src='x'> & more\nsecond line")
    QToolTip.showText(QPoint(0, 0), widget.toolTip(), widget)
    assert "<img" not in widget.toolTip()
    assert "&lt;img" in widget.toolTip()
    QToolTip.hideText()


def test_a_very_long_text_is_cut(qtbot: QtBot) -> None:
    shown = PlainLabel("x" * 1_000_000)
    qtbot.addWidget(shown)
    assert len(shown.text()) == 5000
