"""A layout on trial: the board is shown as it would be, and nothing is written until it is kept."""

from __future__ import annotations

from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.layouts import method
from evidenceboard.model.rearranged import snapshot
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.board import motion
from evidenceboard.ui.board.laying_work import Arrangement, LayingWork
from evidenceboard.ui.board.trial_strip import TrialStrip

if TYPE_CHECKING:
    from evidenceboard.model.layouts.laying import Laid, Wish
    from evidenceboard.ui.board.surface import Surface

_ROOM: Final = 56
"""Pixels at the top of the board that the strip stands on."""
_LOOK: Final = 15
"""Milliseconds between two looks at the work."""


class Trial(QObject):
    """Work layouts out beside the window, show them, and keep the one that is wanted."""

    rearranged = Signal()
    """The cards are shown elsewhere than the document has them, or no longer so."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._work: LayingWork | None = None
        self._shown: tuple[Wish, Laid] | None = None
        self._wish: Wish | None = None
        self._own: tuple[Scene, Routes] | None = None
        """What the document says, while another arrangement is shown."""
        self._before: tuple[float, float, float] | None = None
        self._looked_at: tuple[float, float, float] | None = None
        self.strip = TrialStrip(surface)
        self.strip.keep_wanted.connect(self.keep)
        self.strip.back_wanted.connect(self.back)
        self.strip.method_wanted.connect(self.change)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._look)

    @property
    def can_begin(self) -> bool:
        """Tell whether there are cards to lay out, all of them known."""
        surface = self._surface
        return surface.is_whole and surface.shell.document.is_whole and surface.scene.has_cards

    @property
    def is_open(self) -> bool:
        """Tell whether a layout is worked out or looked at."""
        return self._wish is not None

    @property
    def is_shown(self) -> bool:
        """Tell whether a layout is looked at."""
        return self._shown is not None and self._work is None

    @property
    def scene(self) -> Scene:
        """Return what the document says, also while another arrangement is shown."""
        return self._own[0] if self._own else self._surface.scene

    def begin(self, method_id: str) -> None:
        """Lay out the selected cards where there are several, else the selected frame, else the whole board."""
        selection = self._surface.shell.selection
        cards = frozenset(selection.cards) if len(selection.cards) > 1 else None
        frame = next(iter(selection.frames)) if cards is None and len(selection.frames) == 1 else None
        self._start(method_id, cards, frame)

    def change(self, method_id: str) -> None:
        """Lay the same out in another way."""
        if self._wish is not None:
            self._start(method_id, self._wish.card_ids, self._wish.frame_id)

    def _start(self, method_id: str, cards: frozenset[str] | None, frame: str | None) -> None:
        from evidenceboard.model.layouts.gathering import held
        from evidenceboard.model.layouts.laying import Wish

        wish = Wish(method(method_id), cards, frame)
        surface = self._surface
        self._stop_work()
        if self._before is None:
            self._before = _camera(surface)
        self._wish = wish
        gather = held(surface.shell.document, surface.scene.board_id)
        self._work = LayingWork(gather, wish, snapshot(self.scene))
        self.strip.say_working(wish.method.id, 0.0)
        self.strip.setFocus()
        self._timer.start()

    def _look(self) -> None:
        work = self._work
        if work is None:
            self._timer.stop()
        elif not work.is_done:
            self.strip.say_working(work.wish.method.id, work.share)
        else:
            self._work = None
            self._timer.stop()
            try:
                self._show(work.wish, work.result())
            except (EvidenceBoardError, CancelledError) as error:
                self.back()
                if isinstance(error, EvidenceBoardError):
                    self._surface.shell.banner(error.message, error.hint, alarm=True)

    def _show(self, wish: Wish, made: Arrangement) -> None:
        surface = self._surface
        self._shown = (wish, made.laid)
        self._own = self._own or (surface.scene, surface.routes)
        self._wear(made.scene, made.routes)
        bounds = made.scene.bounds()
        if bounds is not None:
            left, top, right, bottom = bounds
            area = surface.visible_area().adjusted(0, _ROOM / surface.zoom, 0, 0)
            if not area.contains(QRectF(left, top, right - left, bottom - top)):
                zoom = surface.camera.fitting(bounds)[0]
                self._looked_at = surface.camera.fitting((left, top - _ROOM / zoom, right, bottom))
                motion.fly(surface, *self._looked_at)
        self.strip.say_laid(wish.method.id, made.laid.cards, made.laid.beside, changes=made.laid.changes)

    def _wear(self, scene: Scene, routes: Routes) -> None:
        surface = self._surface
        old = surface.scene.box[:, : surface.scene.n]
        surface.take(scene, routes)
        surface.settling.begin(old)
        self.rearranged.emit()

    def keep(self) -> None:
        """Write what is shown, as one step."""
        if not self.is_shown or self._shown is None:
            return
        (wish, made), surface = self._shown, self._surface
        self._looked_at = None  # one stays where one is
        if not made.changes:
            self.back()
            return

        def put(tx: Transaction) -> bool:
            commands.put_laid(tx, made)
            return True

        surface.shell.perform(wish.method.label, put, n=made.cards)
        self.back()

    def back(self) -> bool:
        """Show the board as it is; return whether it was not so."""
        if not self.is_open:
            return False
        self._stop_work()
        surface = self._surface
        self._shown = self._wish = None
        if self._own is not None:
            own, self._own = self._own, None
            self._wear(*own)
        # Where the view was moved by hand meanwhile it stays.
        untouched = motion.is_moving(surface) or _camera(surface) == self._looked_at
        if self._looked_at is not None and self._before is not None and untouched:
            motion.stop(surface)
            surface.put_camera(*self._before)
        self._before = self._looked_at = None
        focus = surface.window().focusWidget()
        self.strip.hide()
        if focus is not None and (focus is self.strip or self.strip.isAncestorOf(focus)):
            surface.setFocus()
        return True

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key on the board is for while a layout is on trial; return whether it is for that."""
        return self.is_open and self.strip.press(event)

    def _stop_work(self) -> None:
        self._timer.stop()
        if self._work is not None:
            self._work.stop()
            self._work = None


def _camera(surface: Surface) -> tuple[float, float, float]:
    return surface.camera.zoom, surface.camera.x, surface.camera.y
