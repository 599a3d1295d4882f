"""What Qt's palette cannot say: round fields, tabs with a line, thin scroll bars."""

from __future__ import annotations

from string import Template

from designer.theme.colours import Theme
from engine.shipped import shipped_folder

_SHEET = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QTimeEdit {
  background: $ground; color: $ink; border: 1px solid $line; border-radius: ${r6}px;
  padding: ${p4}px ${p8}px; selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $soft; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QTimeEdit { min-height: ${p20}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus, QTimeEdit:focus { border: 2px solid $accent; padding: ${p3}px ${p7}px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled {
  color: $faint; }
*[wrong="true"], *[wrong="true"]:focus { border: 2px solid $bad; padding: ${p3}px ${p7}px; }
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus { border: 2px solid $bad; }
QComboBox::drop-down { border: none; width: ${p20}px; }
QComboBox::down-arrow { image: url("$icons/arrow-down.svg"); width: ${p12}px; height: ${p12}px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
  background: transparent; border: none; width: ${p20}px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$icons/arrow-up.svg");
  width: ${p10}px; height: ${p10}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$icons/arrow-down.svg");
  width: ${p10}px; height: ${p10}px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; outline: none; }
QPushButton { background: $panel; color: $ink; border: 1px solid $line; border-radius: ${r6}px;
  padding: ${p5}px ${p12}px; min-height: ${p16}px; }
QPushButton:hover { background: $band; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: ${p4}px ${p11}px; }
QPushButton:disabled { color: $faint; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $band; color: $faint; border-color: $line; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QToolButton { border: 1px solid transparent; border-radius: ${r6}px; padding: ${p4}px;
  color: $ink; background: transparent; }
QToolButton:hover { background: $band; }
QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border: 2px solid $accent; padding: ${p3}px; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $soft; padding: ${p8}px ${p10}px ${p6}px ${p10}px;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; border-bottom: 2px solid $accent; background: $accent_soft; }
QTabBar { qproperty-drawBase: 0; }
QMenuBar { background: $panel; border-bottom: 1px solid $line; padding: ${p4}px; }
QMenuBar::item { padding: ${p4}px ${p8}px; border-radius: ${r6}px; background: transparent; }
QMenuBar::item:selected { background: $band; }
QMenu { background: $panel; border: 1px solid $line; padding: ${p4}px; }
QMenu::item { padding: ${p5}px ${p24}px ${p5}px ${p12}px; border-radius: ${p4}px; }
QMenu::icon, QMenu::indicator { padding-left: ${p12}px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px; }
QToolTip { background: $panel; color: $ink; border: 1px solid $line; padding: ${p4}px; }
QDockWidget { font-weight: 600; }
QDockWidget::title { background: $panel; padding: ${p8}px ${p12}px; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; width: 3px; height: 3px; }
QAbstractItemView { background: $panel; border: none; alternate-background-color: $ground; }
QAbstractItemView:focus, QScrollArea:focus { border: 1px solid $accent; }
QListView::item, QTreeView::item { padding: ${p4}px ${p6}px; }
QAbstractItemView::item:selected { background: $accent_soft; color: $ink; }
QAbstractItemView::item:hover { background: $band; }
QHeaderView::section { background: $panel; color: $soft; border: none;
  border-bottom: 1px solid $line; padding: ${p4}px ${p3}px; }
QScrollArea { border: none; background: $panel; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: ${p4}px; margin: 2px;
  min-height: ${p24}px; min-width: ${p24}px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox { spacing: ${p8}px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator { width: ${p14}px; height: ${p14}px; border: 1px solid $faint;
  border-radius: ${p4}px; background: $ground; }
QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/check-$check.svg"); }
QCheckBox::indicator:disabled { background: $band; border-color: $line; }
QProgressBar { background: $line; border: none; border-radius: ${p3}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
QFrame#run-options { background: $panel; border: 1px solid $line; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QStatusBar { background: $panel; border-top: 1px solid $line; color: $soft; }
QStatusBar::item { border: none; }
""")

_LENGTHS = (3, 4, 5, 6, 7, 8, 10, 11, 12, 14, 16, 20, 24)
_COLOURS = (
    "ground panel card line band ink soft faint accent accent_soft on_accent bad good warning"
)


def style_sheet(theme: Theme, scale: float) -> str:
    """The sheet in the theme's colours, for this text size."""
    colours = {name: getattr(theme, name).name() for name in _COLOURS.split()}
    lengths = {f"p{n}": str(round(n * scale)) for n in _LENGTHS}
    icons = (shipped_folder("assets") / "icons").as_posix()
    lengths |= {"r6": str(round(6 * scale))}
    check = "dark" if theme.is_dark else "light"
    return _SHEET.substitute(colours, **lengths, icons=icons, check=check)
