"""The board in the window: the surface, and what floats over it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidenceboard.model.boxes import Box
from evidenceboard.model.changes import Change, Operation
from evidenceboard.ui import settings
from evidenceboard.ui.board import doings, offers, written
from evidenceboard.ui.board.chooser import Chooser
from evidenceboard.ui.board.editor import Editor
from evidenceboard.ui.board.focus import Focus
from evidenceboard.ui.board.paths import Paths
from evidenceboard.ui.board.strip import Strip
from evidenceboard.ui.board.surface import Surface
from evidenceboard.ui.board.written import Written
from evidenceboard.ui.legend import Legend
from evidenceboard.ui.minimap import ROOM, Minimap
from evidenceboard.ui.opening import is_camera
from evidenceboard.ui.shell import Shell

_MAP_PAUSE = 150
_BORDER = 4
"""How wide the border is that tells of a supposition, in pixels."""


class BoardView(QWidget):
    """Hold the surface with its editor, its chooser and its map; the focus goes to the surface."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setObjectName("board")
        self._shell = shell
        self._cameras: dict[str, Any] = dict(settings.place_of(shell.session.path).get("cameras") or {})
        self._placed = False
        self.surface = Surface(shell, self)
        self.chooser = Chooser(self.surface, shell)
        self.surface.chooser = self.chooser
        self.editor = Editor(self.surface)
        self.minimap = Minimap(self, self.surface)
        # Without this the panels around it may take all of a small window.
        self.setMinimumSize(ROOM)
        self.legend = Legend(self, self.surface, self.minimap)
        self.focus, self.paths = Focus(self.surface), Paths(self.surface)
        self.strip = Strip(self, self.surface, self.focus, self.paths)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.surface)
        self.setFocusProxy(self.surface)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = column
        shell.supposing.changed.connect(self._mark_supposing)
        self.surface.edit_wanted.connect(self._edit)
        self.surface.frame_edit_wanted.connect(self._edit_frame)
        self.surface.link_edit_wanted.connect(lambda link_id: self._write(written.link(self.surface, link_id)))
        self.surface.write_wanted.connect(self._write)
        self.surface.type_wanted.connect(self._ask_type)
        self.editor.next_card_wanted.connect(lambda card_id: doings.next_linked(self.surface, card_id))
        self._map_timer = QTimer(self)
        self._map_timer.setSingleShot(True)
        self._map_timer.setInterval(_MAP_PAUSE)
        self._map_timer.timeout.connect(self.minimap.outdate)
        self.surface.camera_changed.connect(self.minimap.follow)
        self.surface.brought.connect(self._settle_view)
        self.surface.styles.recoloured.connect(self._map_timer.start)
        shell.sight.changed.connect(self._map_timer.start)
        self.surface.trial.rearranged.connect(self._map_timer.start)
        shell.bridge.changed.connect(self._outdate_map)
        if (look_changed := getattr(shell, "look_changed", None)) is not None:
            look_changed.connect(self._dress)
        self.show_minimap(bool(settings.get("minimap", True)))

    # -- boards and where one stood ----------------------------------------------------------------------------

    def show_board(self, board_id: str) -> None:
        """Show another board, from where it was left or whole."""
        if not self.finish():
            return
        self.remember()
        self.focus.end()
        self.paths.end()
        self.surface.show_board(board_id, self._left_at(board_id))
        self.minimap.outdate()
        self._place()

    def stands(self) -> dict[str, Any]:
        """Return where all boards stand and what their cards are coloured by, to be found again."""
        return {"cameras": self.remember(), "styles": self.surface.styles.remember()}

    def remember(self) -> dict[str, Any]:
        """Note where the board that is shown stands, and return that of all boards."""
        board_id = self.surface.scene.board_id
        # Of a board that is still unknown nobody has chosen a place yet.
        if self._placed and (self.surface.is_whole or is_camera(self._cameras.get(board_id))):
            camera = self.surface.camera
            self._cameras[board_id] = [camera.zoom, camera.x, camera.y]
        return self._cameras

    def finish(self) -> bool:
        """Keep what is being written; False where that could not be saved."""
        self.chooser.close_without()
        self.surface.trial.back()
        return self.editor.finish()

    def _left_at(self, board_id: str) -> Box | None:
        """Return what is seen of a board where it was left, in board units; None where nobody has looked at it."""
        known = self._cameras.get(board_id)
        if not is_camera(known):
            return None
        zoom, left, top = known
        return (left, top, left + self.surface.width() / zoom, top + self.surface.height() / zoom)

    def _place(self) -> None:
        known = self._cameras.get(self.surface.scene.board_id)
        if is_camera(known):
            self.surface.put_camera(*known)
        else:
            self.surface.fit()

    def _settle_view(self) -> None:
        """Take in that all of a board is known now: one that nobody has looked at yet is shown whole."""
        self.minimap.outdate()
        if not is_camera(self._cameras.get(self.surface.scene.board_id)):
            self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._placed:
            self._settle()
            self._placed = True
            self.minimap.outdate()
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        self.minimap.settle()
        self.legend.settle()
        self.strip.settle()
        self.editor.settle()

    # -- what floats over it -----------------------------------------------------------------------------------

    def show_minimap(self, shown: bool) -> None:
        """Show the map of the board, or hide it; it is remembered."""
        settings.put(minimap=shown)
        self.minimap.wanted = shown
        self.minimap.follow()

    def _outdate_map(self, operation: Operation) -> None:
        if operation.is_bulk or any(_is_on_map(change) for change in operation.changes):
            self._map_timer.start()

    def _edit(self, card_id: str, group: str) -> None:
        self.surface.reveal(card_id)
        self._write(written.card(self.surface, card_id), group)

    def _edit_frame(self, frame_id: str, group: str) -> None:
        self._write(written.frame(self.surface, frame_id), group)

    def _write(self, wanted: Written | None, group: str = "") -> None:
        if doings.may_change(self.surface):
            self.editor.open(wanted, group=group)

    def _ask_type(self, at: QPointF) -> None:
        place = self.surface.to_board(at)

        def take(type_id: str | None) -> None:
            if type_id is not None:
                doings.new_card(self.surface, type_id, place.x(), place.y())

        offers.ask_type(self.surface, at, take)

    def _mark_supposing(self) -> None:
        """Put a coloured border around the board as long as something is supposed."""
        supposing = bool(self._shell.supposing)
        if supposing != bool(self.property("supposing")):
            self.setProperty("supposing", supposing)
            wide = _BORDER if supposing or self.property("past") else 0
            self._column.setContentsMargins(wide, wide, wide, wide)
            self.style().unpolish(self)
            self.style().polish(self)

    def mark_past(self) -> None:
        """Put a coloured border around the board for good: it shows what was."""
        self.setProperty("past", True)
        self._column.setContentsMargins(_BORDER, _BORDER, _BORDER, _BORDER)

    def _dress(self) -> None:
        self.surface.dress()
        self.legend.dress()
        self.minimap.outdate()


def _is_on_map(change: Change) -> bool:
    """Tell whether a change may be seen on the map: where cards and frames are, and of what type."""
    types = change.table == "entities" and "type" in {**(change.before or {}), **(change.after or {})}
    return types or change.table in ("cards", "frames", "boards")
