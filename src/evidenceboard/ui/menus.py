"""The menus, made from the registry of actions; shortcuts work from here, letters from the board."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar

from evidenceboard.ui import settings
from evidenceboard.ui.actions import ACTIONS, MENUS, Action
from evidenceboard.ui.plain import menu_text, one_line

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

SEPARATED: Final = frozenset(
    {
        "save",
        "import",
        "send",
        "file_properties",
        "close",
        "find",
        "panel_inspector",
        "zoom_in",
        "minimap",
        "focus",
        "look_system",
        "next_board",
        "suppose_false",
        "about",
        "layout_layered",
        "pin",
    }
)
"""Actions that start a group of their own in their menu."""
SECOND_KEYS: Final = {"Ctrl+Y": "redo", "Ctrl+=": "zoom_in"}
"""Keys that people bring along from other programs."""


def menu_bar(window: Window) -> QMenuBar:
    """Return a menu bar with every registered action, and give the window their shortcuts."""
    bar = QMenuBar(window)
    bar.setNativeMenuBar(False)
    for title in MENUS:
        menu = bar.addMenu(QCoreApplication.translate("Menu", title))
        made = [_add(window, menu, action) for action in ACTIONS.values() if action.menu == title]
        menu.aboutToShow.connect(lambda made=made: _refresh(window, made))
        menu.aboutToHide.connect(lambda made=made: _free(made))
        menu.menuAction().setVisible(bool(made))
    for keys, action_id in SECOND_KEYS.items():
        QShortcut(QKeySequence(keys), window, partial(window.run, action_id))
    return bar


def recent_menu(window: Window, menu: QMenu) -> None:
    """Fill a menu with the files opened last."""
    menu.clear()
    say = QCoreApplication.translate
    for path in settings.recent_files():
        if path != window.session.path:
            shown = menu_text(f"{path.name}  ·  {path.parent}")
            menu.addAction(shown, partial(window.open_path, path))
    if menu.isEmpty():
        menu.addAction(say("Menu", "No other file was opened yet")).setEnabled(False)
        return
    menu.addSeparator()
    menu.addAction(say("Menu", "Empty this list"), lambda: settings.put(recent=[]))


def _add(window: Window, menu: QMenu, action: Action) -> tuple[Action, QAction]:
    if action.id in SEPARATED:
        menu.addSeparator()
    if action.id == "open_recent":
        recent = menu.addMenu(menu_text(action.text))
        recent.aboutToShow.connect(lambda: recent_menu(window, recent))
        return action, recent.menuAction()
    if action.group:
        menu = _submenu(menu, action.group)
    made = QAction(_text(action, window.says(action)), menu)
    made.setObjectName(action.id)
    if action.shortcut and not action.letter:
        made.setShortcut(QKeySequence(action.shortcut))
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    made.setCheckable(action.checked is not None)
    made.setStatusTip(one_line(action.help))
    made.triggered.connect(lambda: window.run(action.id))
    menu.addAction(made)
    return action, made


def _submenu(menu: QMenu, title: str) -> QMenu:
    """Return the submenu of a title, made at the first action that stands in it."""
    said = QCoreApplication.translate("Menu", title)
    for item in menu.actions():
        found = item.menu()
        if isinstance(found, QMenu) and found.title() == menu_text(said):
            return found
    return menu.addMenu(menu_text(said))


def _text(action: Action, said: str) -> str:
    keys = f"\t{action.shortcut}" if action.letter and action.shortcut else ""
    return menu_text(said) + keys


def _refresh(window: Window, made: list[tuple[Action, QAction]]) -> None:
    for action, item in made:
        item.setEnabled(window.can(action.id))
        if action.checked is not None:
            item.setChecked(bool(action.checked(window)))
        if action.says is not None:
            item.setText(_text(action, action.says(window)))


def _free(made: list[tuple[Action, QAction]]) -> None:
    # A disabled item would swallow its shortcut later, when it may well be possible: `run` asks again.
    for _, item in made:
        item.setEnabled(True)
