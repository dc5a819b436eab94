"""The legend over the board: what the colours mean, how many cards are in each class; a click shows only those."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from evidenceboard.model.ach import entities_of
from evidenceboard.model.changes import Operation
from evidenceboard.model.comments import talked_about
from evidenceboard.model.face import TWO
from evidenceboard.model.style_classes import OUTSIDE
from evidenceboard.model.styling import SCENARIO, STYLINGS, Styling
from evidenceboard.model.types import TYPES
from evidenceboard.model.undecided import undecided
from evidenceboard.render.badges import badge_width
from evidenceboard.ui import settings
from evidenceboard.ui.board.canvas import Canvas
from evidenceboard.ui.legend_row import GLYPH, LegendRow, MarkRow
from evidenceboard.ui.legend_talk import TalkLine
from evidenceboard.ui.plain import menu_text, plain_label, plain_tip

GAP: Final = 12
WISH: Final = "legend"
_say = QCoreApplication.translate


class Legend(QFrame):
    """Explain the styling of the board that is shown. It stands at the lower left until it is dragged elsewhere."""

    def __init__(self, board: QWidget, canvas: Canvas, beside: QWidget) -> None:
        super().__init__(board)
        self.setObjectName("legend")
        self.setAccessibleName(_say("Legend", "Legend"))
        self._board, self._canvas, self._shell = board, canvas, canvas.shell
        self._beside = beside
        self._styles = canvas.styles
        self._isolated: set[str] = set()
        self._guests: set[str] = set()
        self._wished: tuple[object, ...] | None = None
        self._held: QPoint | None = None
        self._rows: list[LegendRow] = []
        self._explained: Styling | None = None
        """The styling that the lines are of."""
        self.wanted = bool(settings.get("legend", False))
        self.folded = bool(settings.get("legend_folded", False))
        self._build()
        self._styles.chosen_anew.connect(self._anew)
        self._styles.recoloured.connect(self.tell)
        self._styles.counted.connect(self.tell)
        self._shell.bridge.changed.connect(self._follow)
        self._shell.bridge.ready.connect(self.tell)
        self._shell.sight.changed.connect(self.tell)
        self._shell.sight.ended.connect(lambda name: self.end_isolation() if name == WISH else None)
        self._anew()

    # -- what stands where -------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = QPushButton(self)
        self.title.setObjectName("legendTitle")
        self.title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.title.setToolTip(_say("Legend", "What cards are coloured by"))
        menu = QMenu(self.title)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.title.setMenu(menu)
        self.fold = self._small("legendFold")
        self.fold.clicked.connect(lambda: self.set_folded(not self.folded))
        self.away = self._small("legendClose")
        self.away.setText("×")
        self.away.setAccessibleName(_say("Legend", "Close the legend"))
        self.away.setToolTip(_say("Legend", "Close the legend"))
        self.away.clicked.connect(lambda: self.show_legend(False))
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, 4, 0)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.fold)
        head.addWidget(self.away)
        self._body = QWidget(self)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.talk = TalkLine(self._shell, self._body)
        self.note = plain_label("", self._body, name="legendNote")
        self.undecided = MarkRow(TWO, self._shell.palette_.contradicts, self._body)
        self.select = QPushButton(self._body)
        self.select.setProperty("quiet", True)
        self.select.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.select.clicked.connect(lambda: self.select_classes(self._isolated))
        self.end = QPushButton(_say("Legend", "Show all"), self._body)
        self.end.setProperty("quiet", True)
        self.end.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.end.clicked.connect(self.end_isolation)
        foot = QHBoxLayout()
        foot.setContentsMargins(7, 0, 7, 0)
        foot.setSpacing(2)
        foot.addWidget(self.select)
        foot.addWidget(self.end)
        foot.addStretch(1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._lines)
        column.addWidget(self.undecided)
        column.addWidget(self.talk)
        column.addWidget(self.note)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3, 5, 3, 6)
        whole.setSpacing(2)
        whole.addLayout(head)
        whole.addWidget(self._body)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def _small(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        now = self._styles.styling
        choices = [(one.id, _say("Style", one.title)) for one in STYLINGS]
        scenarios = entities_of(self._shell.document, ("scenario",))
        numbers = [(f"{SCENARIO}:{one.id}", one.number) for one in scenarios]
        said = _say("Style", "For and against {number}")
        for place, (styling_id, words) in enumerate(
            [*choices, *((styling_id, said.format(number=number)) for styling_id, number in numbers)]
        ):
            if place == len(choices):
                menu.addSeparator()
            made = menu.addAction(menu_text(words))
            made.setCheckable(True)
            made.setChecked(styling_id == now.id)
            made.triggered.connect(lambda _=False, styling_id=styling_id: self._styles.choose(styling_id))

    def settle(self) -> None:
        """Stand where it was put, within the board and above its map rather than on it."""
        self.adjustSize()
        at = settings.get("legend_at", [])
        known = isinstance(at, list) and len(at) == 2 and all(isinstance(n, int) for n in at)
        left, below = at if known else (GAP, GAP)
        self._put(QPoint(left, self._board.height() - self.height() - below))

    def _put(self, corner: QPoint) -> None:
        left = max(0, min(corner.x(), self._board.width() - self.width()))
        top = max(0, min(corner.y(), self._board.height() - self.height()))
        self.move(left, top)
        if not self._beside.isHidden() and self.geometry().intersects(self._beside.geometry()):
            self.move(left, max(0, self._beside.y() - self.height() - GAP))
        self.raise_()

    # -- what is told ------------------------------------------------------------------------------------------

    def show_legend(self, shown: bool) -> None:
        """Open the legend, or close it and show all cards alike; it is remembered."""
        self.wanted = shown
        settings.put(legend=shown)
        if not shown:
            self.end_isolation()
        self.setVisible(shown)
        if shown:
            self.tell()

    def set_folded(self, folded: bool) -> None:
        """Show no more than the title, or all of it; it is remembered."""
        self.folded = folded
        settings.put(legend_folded=folded)
        self.tell()

    def _anew(self) -> None:
        """Make the lines of another styling; what was isolated is let go."""
        self._guests.clear()
        self._wish(set())
        self._make_rows()
        self.setVisible(self.wanted or not self._styles.styling.is_plain)
        self.tell()

    def _make_rows(self) -> None:
        styling, palette = self._styles.styling, self._shell.palette_
        self._explained = styling
        for row in self._rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        glyphs = [kind.glyph for kind in TYPES] if styling.is_plain else []
        self._rows = []
        room = max(GLYPH, *(badge_width(one.sign) for one in styling.classes))
        for place, one in enumerate(styling.classes):
            row = LegendRow(one, glyphs[place] if place < len(glyphs) else "", room, palette, self._body)
            row.isolate_wanted.connect(lambda adds, one=one: self.isolate(one.id, adds))
            row.select_wanted.connect(lambda one=one: self.select_classes({one.id}))
            self._lines.addWidget(row)
            self._rows.append(row)

    def dress(self) -> None:
        """Take the colours that the window has now."""
        self.undecided.colour = self._shell.palette_.contradicts
        self._make_rows()
        self.tell()

    def tell(self) -> None:
        """Say again what each class is and how many of the cards that show are in it."""
        if self._explained is not self._styles.styling:
            return
        self._wish(self._isolated)
        if self.isHidden():
            return
        styled = self._styles.styled
        plain = styled.styling.is_plain
        for row, count in zip(self._rows, styled.counts(), strict=True):
            row.setChecked(row.one.id in self._isolated)
            row.show_count(count)
            row.setVisible(bool(count) or row.isChecked() or not (plain or row.one.unknown or row.one.id == OUTSIDE))
        by_hand = styled.count_by_hand()
        hands = _say("Legend", "coloured by hand: {n}").format(n=f"{by_hand:,}") if by_hand else ""
        counting = _say("Legend", "counting…") if styled.counting else ""
        self.note.setText("  ·  ".join(said for said in (hands, counting) if said))
        self.note.setVisible(bool(hands or counting))
        self.undecided.say(self._undecided())
        self.talk.show_count(len(talked_about(self._shell.document) & self._canvas.scene.slot_of_entity.keys()))
        chosen = sum(row.count for row in self._rows if row.isChecked())
        self.select.setText(_say("Legend", "Select {n}").format(n=f"{chosen:,}"))
        for button in (self.select, self.end):
            button.setVisible(bool(self._isolated))
        self.title.setText(menu_text(_say("Style", styled.styling.title)))
        self._body.setVisible(not self.folded)
        self.fold.setText("▸" if self.folded else "▾")
        said = _say("Legend", "Unfold the legend") if self.folded else _say("Legend", "Fold the legend to its title")
        self.fold.setAccessibleName(said)
        self.fold.setToolTip(plain_tip(said))
        self._body.adjustSize()
        self.settle()

    def _undecided(self) -> str:
        """Explain the mark of what two copies differ in, where a card of this board has it."""
        found = [one for one in undecided(self._shell.document) if one in self._canvas.scene.slot_of_entity]
        said = _say("Legend", "not decided between two copies: {n}")
        return said.format(n=f"{len(found):,}") if found else ""

    # -- isolating and selecting -------------------------------------------------------------------------------

    def isolate(self, class_id: str, adds: bool = False) -> None:
        """Let all cards but those of a class recede; once more ends it. `adds`: beside the classes isolated."""
        alone = self._isolated == {class_id}
        wanted = self._isolated ^ {class_id} if adds else (set() if alone else {class_id})
        self._guests.clear()
        self._wish(wanted)
        self.tell()

    def end_isolation(self) -> None:
        """Show all cards alike."""
        self._guests.clear()
        if self._isolated:
            self._wish(set())
            self.tell()

    def _wish(self, class_ids: set[str]) -> None:
        styled, scene = self._styles.styled, self._canvas.scene
        self._isolated = set(class_ids)
        if not class_ids:
            if self._wished is not None:
                self._wished = None
                self._shell.sight.bright(WISH, None)
            return
        places = [place for place, one in enumerate(styled.styling.classes) if one.id in class_ids]
        slots = styled.slots_in(places)
        asked = (scene, slots.tobytes(), frozenset(self._guests))
        if asked != self._wished:
            self._wished = asked
            entities = {scene.entity_ids[slot] for slot in slots.tolist()} | self._guests
            self._shell.sight.bright(WISH, entities, _say("Legend", "a class of the legend"))

    def select_classes(self, class_ids: set[str]) -> None:
        """Select the cards of some classes that show on this board."""
        styled, scene = self._styles.styled, self._canvas.scene
        places = [place for place, one in enumerate(styled.styling.classes) if one.id in class_ids]
        slots = styled.slots_in(places)
        shown = slots[scene.shown[slots]] if len(slots) else np.zeros(0, np.intp)
        self._shell.selection.set(cards=scene.named(shown))

    def _follow(self, operation: Operation) -> None:
        if self._isolated and operation.kind == "do":
            # A card that is made now does not recede at once, whatever class it is in.
            self._guests.update(
                str((change.after or {}).get("entity_id", ""))
                for change in operation.changes
                if change.table == "cards" and change.before is None and not change.is_shift
            )
        self.tell()

    # -- under hand and key ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._put(self.mapToParent(event.position().toPoint()) - self._held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            settings.put(legend_at=[self.x(), self._board.height() - self.height() - self.y()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end_isolation()
            self._board.setFocus()
            return
        super().keyPressEvent(event)
