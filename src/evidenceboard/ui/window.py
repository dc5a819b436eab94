"""The window around one open file: it shows what the parts need and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStatusBar, QToolBar, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.board_marking import BoardMarking
from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.giving_way import go_first
from evidenceboard.model.markings import of_file
from evidenceboard.model.pace import Tick
from evidenceboard.model.records import Board, Entity
from evidenceboard.model.transaction import Transaction
from evidenceboard.session import Session
from evidenceboard.ui import beside, collecting, docks, dropped_boards, keeping, last_resort, menus, settings
from evidenceboard.ui.actions import Action
from evidenceboard.ui.board import doings
from evidenceboard.ui.board.view import BoardView
from evidenceboard.ui.bridge import Bridge
from evidenceboard.ui.dialogs import ask, marking
from evidenceboard.ui.finder import Finder
from evidenceboard.ui.going import go_to
from evidenceboard.ui.later import Later
from evidenceboard.ui.name_strip import NameStrip
from evidenceboard.ui.notices import Banner, Offer
from evidenceboard.ui.opening import is_large, read_on
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.rail import Rail
from evidenceboard.ui.registered import ACTIONS
from evidenceboard.ui.selection import Selection
from evidenceboard.ui.sight import Sight
from evidenceboard.ui.statusline import StatusLine
from evidenceboard.ui.suppose_band import SupposeBand
from evidenceboard.ui.supposing import Supposing
from evidenceboard.ui.theme import theme
from evidenceboard.ui.topbar import TopBar

if TYPE_CHECKING:
    from evidenceboard.ui.palette_box import PaletteBox

T = TypeVar("T")
HOLDER: Final = "another window of Evidenceboard"
_WINDOWS: Final[list[Window]] = []


def show_file(path: Path) -> Window:
    """Show a file in a window of its own; one that shows it already comes to the front. Raises `FileRefusedError`."""
    for window in _WINDOWS:
        if window.session.path == path.resolve() and window.watch.has_its_file:
            window.raise_()
            window.activateWindow()
            return window
    with collecting.held_off():
        return show_session(Session.open(path, holder=HOLDER, staged=is_large(path), look="later"))


def show_session(session: Session) -> Window:
    """Show an open file in a new window."""
    window = Window(session)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    settings.remember_file(session.path)
    window.show()
    return window


def windows() -> tuple[Window, ...]:
    """Return the open windows."""
    return tuple(_WINDOWS)


class Window(QMainWindow):
    """One file with its boards, panels and actions. It keeps the promises of `shell.Shell`."""

    look_changed = Signal()
    board_shown = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("window")
        self.session = session
        self.bridge = Bridge(session)
        self.finder = Finder(session, self.bridge, self)
        self.selection = Selection(self)
        self.sight = Sight(self)
        self.supposing = Supposing(session.document, self.bridge, self)
        self.palette_ = theme().palette_
        self.board_id = session.document.boards[0].id
        self._place = settings.place_of(session.path)
        if session.document.find("boards", str(self._place.get("board", ""))):
            self.board_id = str(self._place["board"])
        self._highest = BoardMarking(session.document, self.board_id)
        self._build()
        self.bridge.changed.connect(self._changed)
        self.sight.changed.connect(self._tell_counts)
        self.supposing.changed.connect(self._tell_title)
        theme().changed.connect(self._dress)
        self._tell_file()
        self.status.tell_saved(session)
        self._tell_counts()
        self._restore()
        self.watch = keeping.Watch(self)
        self.greet()
        _WINDOWS.append(self)
        QTimer.singleShot(0, self, lambda: self.board.setFocus())
        self._opening = read_on(self) if session.reading is not None else None

    # -- what stands where -------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.topbar = TopBar(self)
        self.menu_bar = menus.menu_bar(self)
        head = QWidget(self)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.menu_bar)
        column.addWidget(self.topbar)
        self.setMenuWidget(head)
        tabs = self.topbar.tabs
        tabs.chosen.connect(self.show_board)
        tabs.add_wanted.connect(lambda: self.run("add_board"))
        tabs.rename_wanted.connect(self.rename_board)
        tabs.remove_wanted.connect(self.remove_board)
        tabs.marking_wanted.connect(lambda board_id: marking.ask(self, self, [board_id]))
        self.topbar.find_wanted.connect(lambda: self.run("command_palette"))
        self.topbar.marking_wanted.connect(lambda: self.run("file_properties"))

        self.rail = Rail(self.palette_, self)
        self.rail.chosen.connect(self.add_card)
        bar = QToolBar(QCoreApplication.translate("Window", "Types of cards"), self)
        bar.setObjectName("railbar")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.toggleViewAction().setVisible(False)
        bar.addWidget(self.rail)
        if (layout := bar.layout()) is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, bar)

        self.notices = Banner(self)
        self.board = BoardView(self)
        if not self.board.objectName():
            self.board.setObjectName("board")
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        self.name_strip = NameStrip(self, middle)
        column.addWidget(self.name_strip)
        column.addWidget(SupposeBand(self, middle))
        column.addWidget(self.board, 1)
        self.setCentralWidget(middle)

        self.status = StatusLine(self)
        self.status.undo_wanted.connect(lambda: self.run("undo"))
        self.status.show_hidden_wanted.connect(lambda: self.run("show_hidden"))
        self.status.undecided_wanted.connect(lambda: docks.bring(self, "conflicts"))
        self.status.lines_wanted.connect(lambda: self.run("lines_rule"))
        self.status.zoom_wanted.connect(self._zoom)
        line = QStatusBar(self)
        line.setSizeGripEnabled(False)
        line.addWidget(self.status, 1)
        self.setStatusBar(line)
        surface = self.board.surface
        surface.zoom_changed.connect(self.status.set_zoom)
        surface.settled.connect(lambda: self.status.tell_lines(*surface.lines_drawn()))
        surface.hint.connect(self.status.set_hint)
        surface.hint.connect(self.finder.rest)
        surface.camera_changed.connect(self.finder.rest)
        surface.brought.connect(self.tell_state)
        surface.import_wanted.connect(lambda paths: dropped_boards.take_in(self, paths))
        surface.installEventFilter(self)

        self.later = Later(self)
        self.docks = docks.make(self)

    @cached_property
    def palette_box(self) -> PaletteBox:
        """Return the command palette, which the first frame does not wait for."""
        from evidenceboard.ui.palette_box import PaletteBox

        return PaletteBox(self)

    # -- the shell ---------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        return self.session.document

    def perform(
        self, label: str, command: Callable[[Transaction], T], *, group: str | None = None, **values: Any
    ) -> T | None:
        """Run a command as one operation of its own. A refusal becomes a banner and returns None."""
        return self.told(lambda: beside.perform(self, label, command, group, values))

    def look_up(self, read: Callable[[Tick], T], words: str) -> T | None:
        """Work something out beside the window. A refusal or a stop becomes a banner and returns None."""
        return self.told(lambda: beside.look_up(self, read, words))

    def told(self, work: Callable[[], T]) -> T | None:
        """Do something; a refusal becomes a banner and returns None."""
        try:
            go_first()
            return work()
        except EvidenceBoardError as error:
            self.watch.refused(error)
            return None

    def banner(self, message: str, hint: str = "", *, alarm: bool = False) -> None:
        """Show a sentence above the board, as plain text, until it is closed or outdated."""
        self.notices.say(message, hint, alarm=alarm)

    def offer(self, message: str, hint: str, *offers: Offer) -> None:
        """Show a sentence above the board with buttons for what can be done next."""
        self.notices.say(message, hint, offers=offers)

    def show_board(self, board_id: str) -> None:
        """Show another board of the file."""
        if board_id == self.board_id or not self.document.find("boards", board_id):
            return
        if not self.board.finish():
            # What is being written could not be saved: it stays where it is, and so does the board.
            self._tell_file()
            return
        self.board_id = board_id
        self._highest = BoardMarking(self.document, board_id)
        self.selection.clear()
        self.board.show_board(board_id)
        self._tell_file()
        self.tell_state()
        self.board_shown.emit(board_id)

    def show_entity(self, entity_id: str) -> None:
        """Select an entity and fly to its card, on this board or the first other that has one."""
        go_to(self, entity_id)

    def run(self, action_id: str) -> None:
        """Run a registered action by its id, where it can be run now."""
        action = ACTIONS[action_id]
        if not self.can(action_id):
            if action.writes and self.session.read_only:
                doings.refuse_read_only(self.board.surface)
            return
        self.told(lambda: action.run(self))

    # -- what actions and the palette ask ----------------------------------------------------------------------

    def can(self, action_id: str) -> bool:
        """Return whether an action can be run now."""
        return ACTIONS[action_id].can_run(self)

    def says(self, action: Action) -> str:
        """Return the text of an action as it stands now."""
        return action.says(self) if action.says else QCoreApplication.translate("Action", action.text)

    def find_entities(self, text: str, limit: int) -> list[Entity]:
        """Return the entities that fit what was typed, best first."""
        found = (self.document.find("entities", hit.entity_id) for hit in self.finder.search(text, limit))
        return [entity for entity in found if isinstance(entity, Entity)]

    def add_card(self, type_id: str) -> None:
        """Make a card of a type where the board is looked at."""
        self.run(f"add_{type_id}")

    def rename_board(self, board_id: str) -> None:
        """Ask for another title of a board."""
        board = self.document.get(Board, board_id)
        title = ask.line(self, self.tr("Rename board"), self.tr("Title of the board"), board.title)
        if title and title != board.title:
            self.perform("Rename a board", lambda tx: commands.rename_board(tx, board_id, title))

    def remove_board(self, board_id: str) -> None:
        """Remove a board; its entities stay in the file, and undo brings it back."""
        size = 1 + self.document.count("cards", "board_id", board_id)
        self.perform("Remove a board", lambda tx: commands.remove_board(tx, board_id), n=size)

    def open_path(self, path: Path) -> None:
        self.show_path(path)

    def show_path(self, path: Path) -> Window | None:
        """Open a file in a window of its own and return it; one that is refused is told here, and returns None."""
        return last_resort.attempt(path, show_file, self.notices)

    # -- what changes ------------------------------------------------------------------------------------------

    def _changed(self, operation: Operation) -> None:
        self.selection.prune(operation)
        self.notices.outdate()
        self.watch.changed()
        tables, before = operation.tables(), self._highest.words()
        self._highest.follow(operation)
        if not self.document.find("boards", self.board_id):
            self.show_board(self.document.boards[0].id)
        if tables & {"boards", "settings"} or self._highest.words() != before:
            self._tell_file()
        self.status.tell_saved(self.session)
        if operation.is_bulk or "frames" in tables or not all(one.is_edit for one in operation.changes):
            self._tell_counts()

    def _tell_file(self) -> None:
        path, words = self.session.path, [one_line(word, 40) for word in self._highest.words()]
        self.topbar.tabs.show_boards(self.document.boards, self.board_id)
        self.topbar.show_file(one_line(path.name), str(path), words, one_line(of_file(self.document), 40))
        self._tell_title()

    def _tell_title(self) -> None:
        name, words = one_line(self.session.path.name), [one_line(word, 40) for word in self._highest.words()]
        supposing = [self.tr("supposing")] if self.supposing else []
        self.setWindowTitle(" · ".join([name, *supposing, " ".join(words), "Evidenceboard"]))

    def tell_state(self) -> None:
        """Say in the line below how things stand."""
        self.status.tell_saved(self.session)
        self._tell_counts()

    def _tell_counts(self) -> None:
        if not self.board.surface.is_whole:
            known = self.session.reading is None  # else the whole picture tells it sooner than the file can be asked
            self.status.tell_cards(self.document.count("cards", "board_id", self.board_id) if known else None)
            return
        cards, links, hidden = self.board.surface.scene.counts()
        folded = sum(1 for frame in self.document.frames_on(self.board_id) if frame.collapsed)
        reasons = self.sight.reasons() + ([self.tr("collapsed frames")] if folded else [])
        self.status.tell_counts(cards, links, hidden, reasons)

    def _dress(self) -> None:
        self.palette_ = theme().palette_
        self.rail.set_palette(self.palette_)
        self.look_changed.emit()

    def greet(self) -> None:
        """Say what has to be known of the file before one begins."""
        keeping.greet(self)

    def _zoom(self, wanted: str) -> None:
        if wanted.isdigit():
            self.board.surface.zoom_by(int(wanted) / 100 / self.board.surface.zoom)
        else:
            self.run(wanted)

    # -- coming and going --------------------------------------------------------------------------------------

    def _restore(self) -> None:
        self.resize(1440, 900)
        geometry, state = settings.get("geometry", ""), settings.get("docks", "")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        if state:
            self.restoreState(QByteArray.fromBase64(state.encode()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        go_first()
        return dropped_boards.take(event, self) or super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # What is dropped beside the surface (on the bars) is taken like what is dropped onto it.
        go_first()
        return dropped_boards.take(event, self, imports=True) or super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.busy:
            event.ignore()  # the bar in front says what is being written, and stops it
            return
        if not self.board.finish():
            self.board.editor.give_up()  # the banner says why, and a second try closes all the same
            event.ignore()
            return
        if not self.watch.may_close():
            event.ignore()
            return
        if not self.session.is_past:
            settings.put(
                geometry=bytes(self.saveGeometry().toBase64().data()).decode(),
                docks=bytes(self.saveState().toBase64().data()).decode(),
            )
            settings.remember_place(self.session.path, {"board": self.board_id, **self.board.stands()})
        if self in _WINDOWS:
            _WINDOWS.remove(self)
            self.later.stop()
            self.finder.stop()
            self.watch.stop()
            if self._opening is not None:
                self._opening.stop()
            self.bridge.close()
            self.session.close(publish=False)
            collecting.let_go()
        event.accept()
