"""Files: new, open, copies, named states, boards of the file, its title and marking, printing, leaving."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu

from evidenceboard import commands
from evidenceboard.model.records import Snapshot
from evidenceboard.session import Session
from evidenceboard.ui import docks
from evidenceboard.ui.actions import action
from evidenceboard.ui.dialogs import ask
from evidenceboard.ui.name_strip import asked_before, take_name, who_sees
from evidenceboard.ui.plain import ask_line
from evidenceboard.ui.statusline import saved_at

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate


def _writable(window: Window) -> bool:
    return not window.session.read_only


@action("new", "New board file…", "File", shortcut="Ctrl+N")
def new(window: Window) -> None:
    path = ask.place_for_new(window)
    if path:
        make_new(window, path)


def make_new(window: Window, path: Path) -> None:
    """Make a board file and open it in a window of its own."""
    Session.create(path).close()
    window.open_path(path)


@action("open", "Open…", "File", shortcut="Ctrl+O")
def open_file(window: Window) -> None:
    path = ask.file_to_open(window)
    if path:
        window.open_path(path)


@action("open_recent", "Open recent", "File")
def open_recent(window: Window) -> None:
    from evidenceboard.ui.menus import recent_menu

    menu = QMenu(window)
    recent_menu(window, menu)
    menu.popup(QCursor.pos())


@action("save", "Save", "File", shortcut="Ctrl+S", help="Everything is saved already: this says since when")
def save(window: Window) -> None:
    if window.session.read_only:
        message = _say("File", "There is nothing to save: this board is open for reading only.")
        window.offer(message, "", (_say("File", "Save a copy…"), lambda: window.run("save_copy")))
        return
    window.watch.look()
    if not window.board.editor.keep() or window.watch.lost is not None:
        return  # the line above the board says why, and what can be done
    publisher = window.watch.publisher
    if publisher is not None and not publisher.publish_now():
        return
    window.offer(
        _say("File", "Saved already, at {time}.").format(time=saved_at(window.session)),
        _say("File", "Every step is kept as you make it.") if publisher is None else publisher.said(),
        (_say("File", "Name this state…"), lambda: window.run("name_state")),
        (_say("File", "Save a copy…"), lambda: window.run("save_copy")),
    )


def _can_name(window: Window) -> bool:
    return not window.session.now.read_only


@action("name_state", "Name this state…", "File", enabled=_can_name, help="Find this state again in the history")
def name_state(window: Window) -> None:
    from evidenceboard.ui.past_window import of_now

    name = ask.line(window, _say("File", "Name this state"), _say("File", "Its name in the history"), "")
    shown = window.session.operation_id
    if name and shown:
        of_now(window).perform("Name this state", lambda tx: commands.name_snapshot(tx, name, shown))


def _names(window: Window) -> list[Snapshot]:
    """Return the names of the state that is chosen in the history."""
    from evidenceboard.ui.panels.history import History

    dock = window.docks["history"]
    shown = dock.fill() if not dock.isHidden() else None
    chosen = shown.chosen() if isinstance(shown, History) else ""
    return [one for one in window.document.snapshots if chosen and one.operation_id == chosen]


@action("rename_state", "Rename this state…", "File", enabled=lambda window: _writable(window) and bool(_names(window)))
def rename_state(window: Window) -> None:
    state = _names(window)[-1]
    name = ask.line(window, _say("File", "Rename this state"), _say("File", "Its name in the history"), state.name)
    if name and name != state.name:
        window.perform("Rename a state", lambda tx: commands.rename_snapshot(tx, state.id, name))


@action(
    "unname_state",
    "Remove the name of this state",
    "File",
    enabled=lambda window: _writable(window) and bool(_names(window)),
    help="The state itself stays in the history",
)
def unname_state(window: Window) -> None:
    state = _names(window)[-1]
    window.perform("Remove the name of a state", lambda tx: commands.remove_snapshot(tx, state.id))


@action("save_copy", "Save a copy…", "File", shortcut="Ctrl+Shift+S", help="The whole file, its history included")
def save_copy(window: Window) -> None:
    path = ask.place_for_copy(window, window.session.path)
    if path:
        save_copy_to(window, path)


def save_copy_to(window: Window, path: Path) -> None:
    """Write the whole file to another place and offer to open it."""
    window.session.save_copy(path)
    if window.session.is_past:
        said = _say("File", "This state was written as a board of its own: {name}.")
        hint = _say("File", "Its history begins with it; what came later is not in it.")
    else:
        said = _say("File", "A copy with the whole history was written: {name}.")
        hint = _say("File", "You still work on the file you had open.")
    window.offer(
        said.format(name=path.name),
        hint,
        (_say("File", "Open the copy"), lambda: window.open_path(path)),
    )


def _look_over_says(window: Window) -> str:
    entry = window.session.hold.entry
    goes_on = entry.waits and not entry.left_off
    return _say("File", "Stop looking the file over") if goes_on else _say("File", "Look the file over now")


@action(
    "look_over",
    "Look the file over now",
    "File",
    enabled=lambda window: window.session.hold.entry.waits,
    says=_look_over_says,
    help="A file that this program did not leave so is looked over before it can be changed",
)
def look_over(window: Window) -> None:
    looked_over = window.watch.looked_over
    if looked_over is not None:
        (looked_over.again if window.session.hold.entry.left_off else looked_over.leave_off)()


@action("snapshots", "Snapshots and restore…", "File", help="Whole copies made while you work, and named states")
def snapshots(window: Window) -> None:
    from evidenceboard.ui.dialogs.snapshots import Snapshots

    Snapshots(window).ask()


@action("import", "Import…", "File", writes=True, help="CSV or JSON as cards and links: one step, one undo")
def import_(window: Window) -> None:
    from evidenceboard.ui import imports

    path = ask.file_to_import(window, imports.endings())
    if path:
        imports.take_in(window, path)


@action("compare", "Compare with another copy…", "File", help="What is only here, only there, or different")
def compare(window: Window) -> None:
    from evidenceboard.ui import comparing

    comparing.choose(window)


@action(
    "merge_in", "Merge in another copy…", "File", writes=True, help="Take in what a colleague did: one step, one undo"
)
def merge_in(window: Window) -> None:
    from evidenceboard.ui import merging

    merging.choose(window)


@action(
    "show_conflicts",
    "Decide what two copies differ in…",
    "File",
    enabled=lambda window: bool(window.document.size("conflicts")),
    help="The fields of which several values stand since a merge",
)
def show_conflicts(window: Window) -> None:
    docks.bring(window, "conflicts")


@action("export", "Export as PDF, PNG or SVG…", "File", shortcut="Ctrl+E")
def export(window: Window) -> None:
    from evidenceboard.ui.dialogs import export as dialog

    dialog.ask(window)


@action("print", "Print…", "File", shortcut="Ctrl+P")
def print_board(window: Window) -> None:
    from evidenceboard.ui.dialogs import export as dialog

    dialog.ask_print(window)


@action("send", "Send…", "File", help="What is in this file, deleted text included, and a copy of it as it is")
def send(window: Window) -> None:
    from evidenceboard.ui.dialogs import send as dialog

    if window.board.finish() and asked_before(window):
        dialog.ask(window)


@action("share", "Share a clean copy…", "File", help="A new file of what you choose, searched for all that stays")
def share(window: Window) -> None:
    from evidenceboard.ui.dialogs import share as dialog

    if window.board.finish():
        dialog.ask(window)


@action("file_properties", "Title, marking, yardstick…", "File", enabled=_writable)
def file_properties(window: Window) -> None:
    from evidenceboard.ui.dialogs.file_properties import FileProperties

    dialog = FileProperties(window, window.document)
    if dialog.exec():
        values = dialog.values()
        window.perform("Change title, marking or yardstick", lambda tx: commands.set_file(tx, **values))


@action(
    "author_name", "Your name in this file…", "File", help="A name or pseudonym beside your judgements and comments"
)
def author_name(window: Window) -> None:
    known = window.session.signs_as or window.session.author_name(window.session.author_id)
    typed = ask_line(window, _say("AuthorName", "Your name"), who_sees(), known)
    if typed is not None:
        window.name_strip.hide()
        take_name(window, typed)


@action("close", "Close this file", "File", shortcut="Ctrl+W")
def close(window: Window) -> None:
    window.close()


@action("quit", "Quit", "File", shortcut="Ctrl+Q")
def leave(window: Window) -> None:
    QApplication.closeAllWindows()


@action("add_board", "Add a board…", "Board", enabled=_writable)
def add_board(window: Window) -> None:
    title = ask.line(window, _say("File", "Add a board"), _say("File", "Title of the board"), "")
    if title:
        made = window.perform("Add a board", lambda tx: commands.add_board(tx, title))
        if made is not None:
            window.show_board(made.id)


@action("rename_board", "Rename this board…", "Board", enabled=_writable)
def rename_board(window: Window) -> None:
    window.rename_board(window.board_id)


@action(
    "remove_board",
    "Remove this board",
    "Board",
    enabled=lambda window: _writable(window) and len(window.document.boards) > 1,
    help="Its cards go, their entities stay in the file; undo brings it back",
)
def remove_board(window: Window) -> None:
    window.remove_board(window.board_id)
