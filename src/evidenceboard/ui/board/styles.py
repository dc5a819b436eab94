"""The styling of each board of a window: chosen by the user, kept for the user, counted in slices."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.model.scene import Scene
from evidenceboard.model.styled import Styled
from evidenceboard.model.styling import TYPE, Styling, styling
from evidenceboard.ui import settings
from evidenceboard.ui.shell import Shell

_SHOWN_EVERY: Final = 0.3
"""Seconds between two pictures of a board that is still being counted."""


class Styles(QObject):
    """Hold the classes of the board that is shown.

    `recoloured`: cards of it are in another class, or another styling is chosen. `counted`: the counts may be others.
    `chosen_anew`: another styling, or another board.
    """

    recoloured = Signal()
    counted = Signal()
    chosen_anew = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        known = settings.place_of(shell.session.path).get("styles")
        self._chosen = {str(key): str(value) for key, value in known.items()} if isinstance(known, dict) else {}
        self._scene: Scene | None = None
        self._seen: Callable[[], Iterable[int]] = list
        self._made: Styled | None = None
        self._shown_at = 0.0
        self._owed = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)
        shell.supposing.changed.connect(self._suppose)
        shell.bridge.ready.connect(self._all_read)

    # -- what is chosen ----------------------------------------------------------------------------------------

    def chosen(self, board_id: str | None) -> str:
        """Return the id of the styling of a board."""
        return self._chosen.get(board_id or "", TYPE)

    def remember(self) -> dict[str, str]:
        """Return the stylings of all boards that have another one than by type."""
        return {board_id: found for board_id, found in self._chosen.items() if found != TYPE}

    @property
    def board_id(self) -> str:
        """Return the id of the board that is shown."""
        return self._scene.board_id if self._scene is not None else ""

    @property
    def styled(self) -> Styled:
        """Return the classes of the board that is shown."""
        if self._made is None:
            raise RuntimeError("no board is loaded")
        return self._made

    @property
    def styling(self) -> Styling:
        return self.styled.styling

    def choose(self, styling_id: str) -> None:
        """Show the board in another styling; it is kept for this board."""
        if self._scene is None or styling_id == self.chosen(self._scene.board_id):
            return
        self._chosen[self._scene.board_id] = styling_id
        self._begin()
        self.chosen_anew.emit()
        self.recoloured.emit()

    # -- counting ----------------------------------------------------------------------------------------------

    def load(self, scene: Scene, seen: Callable[[], Iterable[int]]) -> Styled:
        """Take another board; `seen` answers which slots are in view. Its classes are counted from now on."""
        known = self._scene.board_id if self._scene is not None else "", self._explained()
        self._scene, self._seen = scene, seen
        made = self._begin()
        if (scene.board_id, self._explained()) == known:
            self.counted.emit()  # the same board as it is after a large change: it is chosen as it was
        else:
            self.chosen_anew.emit()
        return made

    def _explained(self) -> object:
        """Return what the legend has to explain."""
        now = self._made.styling if self._made is not None else None
        return now and (now.id, now.title, now.classes)

    def _all_read(self) -> None:
        """Count what had to wait for the rest of a large file."""
        if self._scene is not None and self.chosen(self._scene.board_id) != TYPE:
            self._begin()
            self.chosen_anew.emit()
            self.recoloured.emit()

    def _begin(self) -> Styled:
        if self._scene is None:
            raise RuntimeError("no board is loaded")
        # While a large file is being read, the types are all that is known of its cards.
        wanted = TYPE if self._shell.session.reading is not None else self.chosen(self._scene.board_id)
        return self._count(styling(self._shell.document, wanted), self._scene)

    def _count(self, wanted: Styling, scene: Scene) -> Styled:
        """Count all cards in a styling, as they are or as they would be under what is supposed."""
        seen = () if wanted.is_plain else self._seen()
        self._made = Styled(wanted, self._shell.supposing.seen, scene, seen)
        self._made.work()
        self._go_on()
        return self._made

    def _suppose(self) -> None:
        if self._scene is not None and not self.styling.is_plain:
            self._count(self.styling, self._scene)
            self.recoloured.emit()

    def follow(self, operation: Operation) -> None:
        """Take in an operation that document and scene have taken in."""
        wanted = styling(self._shell.document, self.chosen(self.board_id))
        if (wanted.id, wanted.title, wanted.classes) != self._explained():
            # The scenario that cards are coloured by has another number or is gone, or the file another yardstick.
            self._begin()
            self.chosen_anew.emit()
            self.recoloured.emit()
            return
        if self._shell.supposing and self._scene is not None:
            # The file as it would be is made anew with each operation.
            self._count(self.styling, self._scene)
        else:
            self.styled.follow(operation)
            self._go_on()
        self.counted.emit()

    def _go_on(self) -> None:
        if self.styled.counting:
            self._shown_at = time.perf_counter()
            self._timer.start()

    def _work(self) -> None:
        self._owed |= self.styled.work()
        now = time.perf_counter()
        if not self.styled.counting:
            self._timer.stop()
        elif now - self._shown_at < _SHOWN_EVERY:
            return
        self._shown_at = now
        if self._owed:
            self._owed = False
            self.recoloured.emit()
        self.counted.emit()
