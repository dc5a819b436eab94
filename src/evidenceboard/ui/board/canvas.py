"""The painted board as a picture: what is shown, where it stands, and what is held above it."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from evidenceboard.model.boxes import Box
from evidenceboard.model.changes import BULK, Operation
from evidenceboard.model.geometry import Geometry
from evidenceboard.model.giving_way import go_first
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.thinning import WHOLE, Thinning
from evidenceboard.render.board_paint import Picture, painting
from evidenceboard.render.labels import settle_labels
from evidenceboard.render.line_pieces import Keeper, have_ready
from evidenceboard.render.sprites import Sprites
from evidenceboard.render.view import View
from evidenceboard.ui import turn
from evidenceboard.ui.board import motion
from evidenceboard.ui.board.backing import SLICE, Backing, on_widget
from evidenceboard.ui.board.bringing import Bringing
from evidenceboard.ui.board.camera import Camera
from evidenceboard.ui.board.layer import LIFTED, Layer
from evidenceboard.ui.board.looking import Looking
from evidenceboard.ui.board.settling import Settling
from evidenceboard.ui.board.styles import Styles
from evidenceboard.ui.opening import first_geometry
from evidenceboard.ui.shell import Shell

_BAND: Final = 24
"""Pixels from which on a part that is as wide as the view is one of many; what comes in at a pan is less high."""
SPEAKING: Final = frozenset({"boards", "entities", "links", "assessments", "attachments", "settings", "conflicts"})
"""Tables that cards tell something of, also of what has no card on this board."""


class Canvas(Looking):
    """Show one board from arrays: a backing picture, a layer of what a hand holds, and an overlay."""

    zoom_changed = Signal(float)
    camera_changed = Signal()
    settled = Signal()
    brought = Signal()
    """All of the board that is shown is known now."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.shell = shell
        self.camera = Camera()
        self.pointed_link: str | None = None
        """The link under the pointer."""
        self.forward: tuple[int, ...] = ()
        """The indexes of links that are drawn above the others, as those of a path."""
        self.top_taken = 0
        """Pixels at the upper edge where a strip stands, which nothing should be said beneath."""
        self._layer = None
        self.settling = Settling(self)
        self._coming: tuple[Scene, Routes, Thinning] | None = None
        self.backing = Backing(self._paint_part, self._ground)
        self._worker = QTimer(self)
        self._worker.setInterval(0)
        self._worker.timeout.connect(self._work)
        self._keeper = Keeper()
        self._keeping = QTimer(self)
        self._keeping.setInterval(0)
        self._keeping.timeout.connect(self._keep)
        self.styles = Styles(shell, self)
        self._bringing = Bringing(shell.document, self)
        self._bringing.near.connect(self._take_near)
        self._bringing.whole.connect(self.complete)
        if shell.session.is_past:
            Canvas.show_board(self, shell.board_id)  # all of it is in memory, however large it is
        else:
            self._load(shell.board_id)
        self.styles.recoloured.connect(self._recoloured)
        shell.bridge.changed.connect(self.follow)
        shell.selection.changed.connect(self._selection_changed)
        shell.sight.changed.connect(self._sight_changed)
        shell.supposing.changed.connect(self._suppose)

    # -- what is shown -----------------------------------------------------------------------------------------

    def _load(self, board_id: str, geometry: Geometry | None = None) -> None:
        if geometry is None:
            geometry = first_geometry(self.shell.session, board_id)
        self.is_whole = geometry is None or geometry.whole
        scene = Scene(self.shell.document, board_id, geometry)
        self._take(scene, Routes(scene))

    def _take_near(self, scene: Scene) -> None:
        self._take(scene, Routes(scene))
        self.refresh()

    def complete(self, scene: Scene, routes: Routes, thinning: Thinning | None = None) -> None:
        """Show all of a board of which at most the part in view was known, and tell so."""
        self.take(scene, routes, thinning)
        self.brought.emit()
        flight, self._flight = self._flight, ()
        if flight:
            self.fly_to(flight)

    def take(self, scene: Scene, routes: Routes, thinning: Thinning | None = None) -> None:
        """Show all of a board as it was worked out elsewhere, also the same board in another arrangement."""
        self._bringing.stop()
        self._layer = None
        self.is_whole = True
        self._take(scene, routes)
        self.picture.thinning = thinning
        self._emphasise()
        self.refresh()

    def _take(self, scene: Scene, routes: Routes) -> None:
        self.scene = scene
        self.glowing: frozenset[int] = frozenset()
        self.picture = Picture(self.shell.document, scene, routes, self.shell.palette_, Sprites())
        self._take_supposed()
        self.picture.styled = self.styles.load(self.scene, self._seen)
        self._look()
        settle_labels(self.picture)

    def _take_supposed(self) -> None:
        supposing = self.shell.supposing
        self.picture.supposed = supposing.supposed if supposing else None

    def _suppose(self) -> None:
        """Show what is supposed, and what follows for every card."""
        self._take_supposed()
        if self.picture.sprites is not None:
            self.picture.sprites.doubt()
        self.refresh()

    def _look(self) -> bool:
        """Leave out and let recede what the window wishes; return whether that is another picture."""
        receding = self.shell.sight.receding(self.scene)
        changed = self.scene.leave_out(self.shell.sight.left_out(self.scene))
        if changed:
            self.routes.look(self.scene)
        before, self.picture.receding = self.picture.receding, receding
        if (before is None) != (receding is None):
            return True
        return changed or (before is not None and receding is not None and not np.array_equal(before, receding))

    def _sight_changed(self) -> None:
        before = self.scene.left_out[: self.scene.n].copy()
        if self._look():
            if not np.array_equal(before, self.scene.left_out[: self.scene.n]):
                # Where words stand depends on what is there, not on what recedes: that can change with each move.
                self.shell.selection.let_go_of_left_out(self.scene)
                settle_labels(self.picture)
                self._emphasise()
            self.refresh()

    def show_board(self, board_id: str, box: Box | None = None) -> None:
        """Show another board, a large one bit by bit: what touches `box` first, and nothing of it until then."""
        self._layer, self._flight = None, ()
        self._bringing.stop()
        large = self.shell.document.count("cards", "board_id", board_id) > BULK
        if large and self.shell.session.reading is None:
            self._load(board_id, Geometry(whole=False))
            self._bringing.start(board_id, box)
        else:
            self._load(board_id)
        self.refresh()

    def expect(self, scene: Scene, routes: Routes, thinning: Thinning) -> None:
        """Take what the next operation makes of the board as it was worked out beside the window."""
        self._coming = scene, routes, thinning

    def follow(self, operation: Operation) -> None:
        """Take in an operation that the document has taken in."""
        coming, self._coming = self._coming, None
        if coming is not None and coming[0].board_id == self.scene.board_id:
            self.shell.sight.welcome(operation)
            self.take(*coming)
            return
        if operation.is_bulk:
            if self.shell.document.find("boards", self.scene.board_id) is not None:
                Canvas.show_board(self, self.scene.board_id)
            return
        self._bringing.again()
        touched = self.scene.update(operation, self.shell.document)
        self._take_supposed()
        self.shell.sight.welcome(operation)
        self.styles.follow(operation)
        looked = self._look()
        speaks = bool(operation.tables() & SPEAKING)
        if not (touched.moved or touched.faces or touched.lines or touched.everything or speaks or looked):
            return
        if self.picture.sprites is not None:
            self.picture.sprites.forget(touched.faces)
            if speaks:
                self.picture.sprites.doubt()
        hung = touched.moved | touched.lines
        if hung or touched.everything:
            self.picture.lines.note(self.scene, None if touched.everything else hung)
        self.picture.labels.clear()
        settle_labels(self.picture)
        self._emphasise()
        self.refresh()

    def dress(self) -> None:
        """Take the colours that the window has now."""
        self.picture.palette = self.shell.palette_
        self.refresh()

    def _seen(self) -> list[int]:
        """Return the slots of the cards in view."""
        seen = self.camera.visible()
        found: list[int] = self.scene.cards_in((seen.left(), seen.top(), seen.right(), seen.bottom())).tolist()
        return found

    def _recoloured(self) -> None:
        self.picture.styled = self.styles.styled
        if self.picture.sprites is not None:
            self.picture.sprites.doubt()
        self.refresh()

    def refresh(self) -> None:
        """Paint the board anew in slices; the old picture stays until that is done."""
        self.backing.refresh()
        self._worker.start()
        self.update()

    def update_overlay(self) -> None:
        """Paint anew only what lies above the board."""
        self.update()

    def is_settled(self) -> bool:
        """Return whether the picture is sharp and nothing moves."""
        moving = motion.is_moving(self) or self.settling.is_under_way
        return self.backing.settled and self._layer is None and not moving

    def _paint_part(self, painter: QPainter, view: View, rect: QRect) -> Iterator[None]:
        window = self._window()
        if rect.height() >= _BAND and rect.width() * 2 >= window.width():
            yield from have_ready(self.picture, view.scale, view.area(window))
        yield from painting(painter, self.picture, view, rect)

    def _ground(self) -> QColor:
        return QColor(self.shell.palette_.board)

    def _work(self) -> None:
        with turn.share(SLICE, first=True) as end:
            if self._layer is not None and self._is_held and not self._layer.is_ready:
                # The picture without the cards that are held waits until they are seen in the hand.
                self._layer.work(end)
                self.update()
            if time.perf_counter() < end:
                # Showing all of the window takes half as long as painting a part of it.
                self.update(on_widget(self.backing.work(end - time.perf_counter()), self.camera.ratio))
            if self.backing.settled and self._layer is not None and self._is_held and self._layer.work(end):
                return
        if self.backing.settled:
            self._worker.stop()
            if self._layer is not None and not self._is_held:
                self._layer = None
                self.update()
            view = self.camera.view()
            if self._keeper.look(self.picture, view.scale, view.area(self._window())):
                self._keeping.start()
            self.settled.emit()

    def _keep(self) -> None:
        """Make ready what moving the view needs, a little at each turn of the event loop."""
        go_first()
        if not self._keeper.work(self.picture):
            self._keeping.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())  # without a rectangle that clips them Qt draws thin lines the slow way
        ratio = self.camera.ratio
        painter.scale(1 / ratio, 1 / ratio)
        area = QRectF(QPointF(event.rect().topLeft()) * ratio, QSizeF(event.rect().size()) * ratio).toAlignedRect()
        window = self._window()
        self.backing.draw(painter, area.intersected(window))
        view = self.camera.view()
        if self._layer is not None and not self._layer.fits(view, window):
            # What was dropped already is not where it was lifted from, so it cannot be lifted anew.
            held, layer, self._layer = self._is_held, self._layer, None
            if held:
                self._lift(layer.slots, layer.frames, layer.dx, layer.dy, within=math.inf)
        if self._layer is not None:
            self._layer.draw(painter, view, window)
        self.settling.paint(painter, window)
        painter.resetTransform()
        self.paint_above(painter)
        painter.end()
        if not self.backing.settled and not self._worker.isActive():
            self._worker.start()

    def paint_above(self, painter: QPainter) -> None:
        """Paint what lies above the board, in pixels of the widget."""

    # -- moving the view ---------------------------------------------------------------------------------------

    def _camera_moved(self, zoomed: bool) -> None:
        self.pointed_link = None  # what lies under the pointer now shows when it moves
        self.backing.look(self.camera.view())
        if not self.backing.settled:
            self._worker.start()
        if zoomed:
            self.zoom_changed.emit(self.zoom)
        self.camera_changed.emit()
        self.update()

    # -- what a hand holds -------------------------------------------------------------------------------------

    def preview(self, card_ids: Iterable[str], dx: float, dy: float, frame_ids: Iterable[str] = ()) -> None:
        """Show cards (and frames) somewhere else; document and disk stay as they are. dx, dy in board units."""
        slots = self.scene.slots_as_array(card_ids)
        frames = frozenset(frame_ids)
        layer = self._layer
        if layer is None or layer.frames != frames or not np.array_equal(layer.slots, slots):
            layer = self._lift(slots, frames, dx, dy)
            self.picture.lifted, self.picture.lifted_frames = layer.lifted, frames
            self.refresh()
        layer.dx, layer.dy = dx, dy
        self.update()

    def _lift(
        self, slots: NDArray[np.intp], frames: frozenset[str], dx: float, dy: float, within: float = LIFTED
    ) -> Layer:
        self._layer = Layer(self.picture, self.camera.view(), self._window(), slots, frames, dx, dy, within=within)
        self._worker.start()
        return self._layer

    def preview_shift(self) -> tuple[float, float]:
        """Return how far what is held is from where the document has it, in board units."""
        layer = self._layer
        return (layer.dx, layer.dy) if layer is not None and self._is_held else (0.0, 0.0)

    @property
    def _is_held(self) -> bool:
        return self.picture.lifted is not None

    def end_preview(self, *, dropped: bool = False) -> None:
        """Let go: back to where the document has them, or (`dropped`) a transaction follows that moves them there."""
        self.picture.lifted, self.picture.lifted_frames = None, frozenset()
        if not dropped:
            self._layer = None
            self.refresh()

    # -- selection ---------------------------------------------------------------------------------------------

    def _selection_changed(self) -> None:
        if self._emphasise():
            self.refresh()
        self.update()

    def _emphasise(self) -> bool:
        few = len(self.shell.selection.cards) <= WHOLE
        slots = frozenset(self.selected_slots() if few else ())
        wanted = slots if 0 < len(slots) <= WHOLE else frozenset()
        changed = wanted != self.picture.emphasis
        self.picture.emphasis = wanted
        return changed

    # -- size --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized()

    def _window(self) -> QRect:
        """Return the widget in device pixels."""
        ratio = self.camera.ratio
        return QRect(0, 0, math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))

    def _resized(self) -> None:
        self.camera.ratio = self.devicePixelRatioF()
        self.camera.size = QSizeF(self.size())
        self.backing.resize(self._window().size())
        self._camera_moved(False)
