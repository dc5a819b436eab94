"""The stylesheet of the window, filled from the board's colours."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

from evidenceboard.render.palette import Palette
from evidenceboard.render.resources import resource

_SHEET: Final = """
QMainWindow, QDialog { background: @chrome; }
QMainWindow::separator { background: @edge; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @selection; }
QMenuBar { background: @chrome; color: @ink; border: none; padding: 0 6px; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @chip; }
QMenu { background: @card; color: @ink; border: 1px solid @border; padding: 5px 0; }
QMenu::item { padding: 5px 28px 5px 30px; }
QMenu::item:selected { background: @chip; color: @ink; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @edge; margin: 5px 0; }
QMenu::indicator { width: 14px; height: 14px; left: 9px; }
QToolTip { background: @card; color: @ink; border: 1px solid @border; padding: 4px 6px; }

QWidget#topbar { background: @chrome; border-bottom: 1px solid @edge; }
QLabel#fileName { font-weight: 600; }
QTabBar#boards { background: transparent; }
QTabBar#boards::tab { background: transparent; color: @muted; border: 1px solid transparent; padding: 5px 8px;
  margin: 0 1px; border-radius: 5px; }
QTabBar#boards::tab:selected { color: @ink; background: @chip; }
QTabBar#boards::tab:hover:!selected { color: @ink; }
QTabBar#boards::tab:focus { border-color: @selection; }
QTabBar#boards QToolButton { background: @chrome; border: none; }
QToolButton#addBoard { color: @muted; border: none; border-radius: 5px; padding: 3px 8px; font-size: 16px; }
QToolButton#addBoard:disabled { color: @edge; }
QToolButton#addBoard:hover { color: @ink; background: @chip; }
QPushButton#findField { background: @board; border: 1px solid @edge; border-radius: 6px; text-align: left; }
QPushButton#findField:hover { border-color: @muted; }
QLabel#fieldText { color: @muted; background: transparent; }
QToolButton#marking { border: none; border-radius: 4px; padding: 3px 8px; font-size: 11px; font-weight: 600; }

QToolBar#railbar { background: @chrome; border: none; border-right: 1px solid @edge; padding: 0; spacing: 0; }
QWidget#rail { background: @chrome; }
QToolButton#railButton { border: 1px solid transparent; border-radius: 6px; padding: 4px 0 2px 0; font-size: 11px;
  color: @muted; }
QToolButton#railButton:hover { background: @chip; color: @ink; }
QToolButton#railButton:pressed { background: @edge; }

QStatusBar { background: @chrome; border-top: 1px solid @edge; min-height: 27px; }
QStatusBar::item { border: none; }
QWidget#statusline QLabel { color: @muted; font-size: 12px; padding: 0 5px; }
QWidget#statusline QLabel#dot { padding: 0 3px; }
QPushButton[quiet="true"] { color: @muted; background: transparent; border: 1px solid transparent; border-radius: 4px;
  padding: 2px 4px; font-size: 12px; min-width: 0; }
QPushButton[quiet="true"]:hover:enabled { color: @ink; background: @chip; }
QPushButton[quiet="true"]:disabled { color: @muted; }
QPushButton#zoom { padding-right: 15px; }

QDockWidget { color: @muted; font-size: 12px; titlebar-close-icon: none; }
QDockWidget::title { background: @chrome; padding: 9px 16px 5px 16px; text-align: left; }
QDockWidget > QWidget { background: @chrome; }
QLabel#dockTitle { color: @muted; font-size: 11px; }
QToolButton#dockClose { border: none; border-radius: 4px; color: @muted; padding: 0 5px; font-size: 15px; }
QToolButton#dockClose:hover { background: @chip; color: @ink; }
QTabBar::tab { background: @chrome; color: @muted; border: none; padding: 6px 12px; }
QTabBar::tab:selected { color: @ink; border-bottom: 2px solid @ink; }
QScrollArea { border: none; background: transparent; }
QSlider::groove:horizontal { height: 4px; background: @muted; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @selection; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; margin: -5px 0; border-radius: 7px; background: @selection; }
QSlider::handle:horizontal:focus { border: 2px solid @ink; width: 10px; }

QFrame#banner { background: @chip; border: none; border-bottom: 1px solid @edge; }
QFrame#banner[alarm="true"] { background: @card; border-left: 4px solid @contradicts; }
QLabel#bannerMessage { background: transparent; }
QToolButton#bannerClose { border: none; border-radius: 4px; font-size: 17px; padding: 0 7px 2px 7px; color: @muted; }
QToolButton#bannerClose:hover { color: @ink; background: @edge; }

QFrame#nameStrip { background: @chip; border: none; border-bottom: 1px solid @edge; }
QFrame#nameStrip QLabel { background: transparent; }

QFrame#supposing { background: @scenario; border: none; }
QLabel#supposingSaid { background: transparent; color: @card; font-weight: 600; }
QFrame#supposing QPushButton { background: transparent; color: @card; border: 1px solid @card; }
QFrame#supposing QPushButton:hover { background: @card; color: @scenario; }
QWidget#board[supposing="true"] { background: @scenario; }

QFrame#past { background: @place; border: none; }
QFrame#past QLabel { background: transparent; color: @card; }
QLabel#pastSaid { font-weight: 600; }
QFrame#past QPushButton { background: transparent; color: @card; border: 1px solid @card; }
QFrame#past QPushButton:hover, QFrame#past QPushButton:focus { background: @card; color: @place; }
QFrame#past QPushButton:disabled { background: transparent; color: @edge; border-color: @edge; }
QFrame#past QSlider::groove:horizontal { background: @card; }
QFrame#past QSlider::sub-page:horizontal { background: @card; }
QFrame#past QSlider::handle:horizontal { background: @card; }
QWidget#board[past="true"] { background: @place; }

QPushButton { background: @card; color: @ink; border: 1px solid @border; border-radius: 5px; padding: 4px 12px; }
QPushButton:hover { border-color: @muted; }
QPushButton:pressed { background: @chip; }
QPushButton:checked { background: @chip; border-color: @ink; }
QPushButton:disabled { color: @muted; background: @chrome; }
QPushButton:default { border-color: @selection; }
QPushButton::menu-indicator { width: 8px; subcontrol-position: right center; right: 4px; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: @card; color: @ink;
  border: 1px solid @border; border-radius: 5px; padding: 4px 7px; selection-background-color: @selection;
  selection-color: @card; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QComboBox { padding-right: 24px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("@down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @card; color: @ink; border: 1px solid @border; }
QAbstractItemView { background: @chrome; color: @ink; border: none; outline: none; selection-background-color: @chip;
  selection-color: @ink; }
QTreeView::item { padding: 3px 0; }
QHeaderView::section { background: @chrome; color: @muted; border: none; border-bottom: 1px solid @edge; padding: 4px; }
QTableView#tableCells QHeaderView::section { padding: 4px 18px 4px 8px; }
QHeaderView::down-arrow { image: url("@down"); width: 12px; height: 12px;
  subcontrol-position: center right; right: 4px; }
QHeaderView::up-arrow { image: url("@up"); width: 12px; height: 12px;
  subcontrol-position: center right; right: 4px; }
QPushButton:focus, QToolButton:focus, QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus,
QSpinBox:focus, QDoubleSpinBox:focus, QAbstractItemView:focus { border: 1px solid @selection; }
QFrame#editor { background: @card; border: 1px solid @selection; border-radius: 4px; }
QPlainTextEdit#editorLines, QPlainTextEdit#editorLines:focus { background: transparent; border: none; padding: 0;
  border-radius: 0; }
QLabel#editorLabel { color: @muted; font-size: 11px; }
QLabel#editorLabel[alarm="true"], QLabel#saved[alarm="true"] { color: @contradicts; }

QFrame#legend { background: @card; border: 1px solid @border; border-radius: 8px; }
QPushButton#legendTitle { background: transparent; border: 1px solid transparent; border-radius: 4px; text-align: left;
  padding: 2px 20px 2px 5px; font-weight: 600; }
QPushButton#legendTitle:hover { background: @chip; }
QPushButton#legendTitle:focus { border-color: @selection; }
QPushButton#legendTitle::menu-indicator { image: url("@down"); width: 12px; height: 12px; }
QToolButton#legendFold, QToolButton#legendClose { border: 1px solid transparent; border-radius: 4px; color: @muted;
  padding: 1px 6px; font-size: 13px; }
QToolButton#legendFold:hover, QToolButton#legendClose:hover { background: @chip; color: @ink; }
QLabel#legendNote { color: @muted; font-size: 12px; padding: 2px 9px; }
QFrame#strip { background: @card; border: 1px solid @border; border-radius: 8px; }
QFrame#strip QLabel { background: transparent; }
QLabel#stripQuiet { color: @muted; padding-right: 8px; }
QFrame#strip QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 2px 7px; color: @muted; }
QFrame#strip QToolButton:hover { color: @ink; background: @chip; }
QFrame#strip QToolButton:checked { color: @ink; background: @chip; border-color: @muted; }

QFrame#trial { background: @card; border: 1px solid @border; border-radius: 8px; }
QFrame#trial QPushButton[quiet="true"] { padding: 4px 9px; }
QFrame#trial QPushButton[quiet="true"]:checked { color: @ink; background: @chip; }
QLabel#trialSaid { background: transparent; font-weight: 500; }
QProgressBar { background: @chip; border: none; border-radius: 3px; }
QProgressBar::chunk { background: @selection; border-radius: 3px; }

QFrame#palette { background: @card; border: 1px solid @border; border-radius: 8px; }
QFrame#palette QLineEdit { border: none; border-radius: 0; border-bottom: 1px solid @edge; padding: 12px 16px;
  font-size: 15px; background: transparent; }
QFrame#palette QListView { background: transparent; border: none; padding: 4px; }
QLabel#paletteEmpty { color: @muted; padding: 12px 16px; }
QLabel#welcomeTitle { font-size: 20px; font-weight: 600; }
QLabel#quiet { color: @muted; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def stylesheet(colours: Palette) -> str:
    """Return the stylesheet in these colours."""
    names = (
        "chrome",
        "edge",
        "card",
        "border",
        "ink",
        "muted",
        "chip",
        "selection",
        "board",
        "contradicts",
        "scenario",
        "place",
    )
    sheet = _SHEET
    for name in sorted(names, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", QColor(getattr(colours, name)).name())
    for name in ("down", "up"):
        sheet = sheet.replace(f"@{name}", resource("icons", f"{name}.svg").as_posix())
    return sheet
