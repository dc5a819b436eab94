"""The window that compares two copies: the board with marks, beside it the list, below that one difference in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.merge.overlaid import KINDS, MOVED, OTHER, Overlaid
from evidenceboard.model.values import dataclass
from evidenceboard.model.words_apart import words_apart
from evidenceboard.ui.compare.board import SIGNS, CompareBoard, Laid, laid
from evidenceboard.ui.compare.listing import Told, groups, words_of
from evidenceboard.ui.panels.folding import FoldingList
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.marked_prose import MarkedProse
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.plain import menu_text

if TYPE_CHECKING:
    from pathlib import Path

    from evidenceboard.ui.window import Window

_LIST: Final = 380
"""Pixels of width that the list has at first."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two copies laid over each other: a board of them, and everything that differs in words."""

    made: Overlaid
    board: Laid
    found: list[Told]


class CompareWindow(QDialog):
    """Show two copies over each other as they were when they were read; nothing here changes either."""

    def __init__(self, window: Window, compared: Compared, path: Path, name: str, said: str) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.setObjectName("compare")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._made, self._path = window, compared.made, path
        self.setWindowTitle(_say("Yours and {name}").format(name=name))
        self.resize(1240, 780)
        self._names = words_of(name)
        self._name = name
        self.found = compared.found
        self._by_id = {one.line.id: one for one in self.found}
        self.board = CompareBoard(window, compared.made, self._names, compared.board)
        self.board.pressed.connect(self._pressed)
        self.head = Prose(said, self, quiet=True)
        self.toggles: dict[str, QPushButton] = {}
        self.filter = QLineEdit(self)
        self.filter.setObjectName("compareFilter")
        self.filter.setPlaceholderText(_say("Filter"))
        self.filter.setAccessibleName(_say("Filter what differs"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._list)
        self.list = FoldingList(window, "compareList", _say("What differs"), self)
        self.list.model.folded = {MOVED}
        self.list.chosen.connect(self._tell)
        self.list.activated.connect(self.go)
        self.list.setMinimumHeight(160)
        self.same = Prose(_say("The two say the same."), self)
        self.same.setVisible(not self.found)
        self.told = QScrollArea(self)
        self.told.setObjectName("compareDetails")
        self.told.setWidgetResizable(True)
        self.told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told.viewport().setAutoFillBackground(False)
        self.boards = self._choice(self.board.scene.board_id)
        self._arrange()
        self._list()
        on_look(window, self.board.dress)
        self.list.setFocus()

    def _choice(self, board_id: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(_say("Board"))
        for board in self._made.document.boards:
            box.addItem(menu_text(board.title) or _say("Board"), board.id)
        box.setCurrentIndex(max(0, box.findData(board_id)))
        box.setVisible(box.count() > 1)
        box.currentIndexChanged.connect(lambda: self._show_board(str(box.currentData())))
        return box

    def _arrange(self) -> None:
        kinds = QHBoxLayout()
        kinds.setSpacing(6)
        kinds.addWidget(self.boards)
        counts = {kind: sum(one.kind == kind for one in self.found) for kind in KINDS}
        for kind in KINDS:
            button = QPushButton(f"{SIGNS[kind]} {menu_text(self._names[kind])} · {counts[kind]:,}", self)
            button.setObjectName(f"show_{kind}")
            button.setCheckable(True)
            button.setChecked(True)
            button.setEnabled(bool(counts[kind]))
            button.setAutoDefault(False)
            button.toggled.connect(lambda on, kind=kind: self._toggle(kind, on))
            self.toggles[kind] = button
            kinds.addWidget(button)
        kinds.addStretch(1)
        side = QWidget(self)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.filter)
        right.addWidget(self.same)
        split = QSplitter(Qt.Orientation.Vertical, side)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.told)
        split.setSizes([460, 200])
        right.addWidget(split, 1)
        row = QHBoxLayout()
        self.merge = QPushButton(_say("Merge in…"), side)
        self.merge.setAutoDefault(False)
        self.merge.setEnabled(not self._window.session.read_only)
        self.merge.clicked.connect(self._merge)
        close = QPushButton(_say("Close"), side)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        row.addStretch(1)
        row.addWidget(self.merge)
        row.addWidget(close)
        right.addLayout(row)
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        whole.setChildrenCollapsible(False)
        whole.addWidget(self.board)
        whole.addWidget(side)
        whole.setSizes([1240 - _LIST, _LIST])
        whole.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addLayout(kinds)
        column.addWidget(whole, 1)

    # -- what is listed ----------------------------------------------------------------------------------------

    def _list(self) -> None:
        shown = [one for one in self.found if one.kind in self.board.shown]
        self.list.model.take(groups(shown, self._names, self.filter.text()))
        self._tell()

    def _toggle(self, kind: str, on: bool) -> None:
        (self.board.shown.add if on else self.board.shown.discard)(kind)
        self.board.mark()
        self._list()

    def _show_board(self, board_id: str) -> None:
        if board_id != self.board.scene.board_id:
            made = self._made
            board = self._window.look_up(lambda tick: laid(made, board_id), _say("Showing the board…"))
            if board is not None:
                self.board.take(board)

    def _tell(self) -> None:
        line = self.list.line()
        one = self._by_id.get(line.id) if line else None
        holder = QWidget(self.told)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(4, 4, 8, 8)
        inside.setSpacing(3)
        for widget in self._details(one, holder) if one else ():
            inside.addWidget(widget)
        inside.addStretch(1)
        old = self.told.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.told.setWidget(holder)
        holder.setAutoFillBackground(False)
        holder.show()

    def _details(self, one: Told, parent: QWidget) -> list[QWidget]:
        head = " ".join(part for part in (one.line.number, one.line.title) if part)
        made: list[QWidget] = [Prose(head, parent, weight=QFont.Weight.DemiBold)]
        if one.kind != OTHER:
            made.append(Prose(f"{self._names[one.kind]} · {one.line.beneath}", parent, quiet=True))
            return made
        mine, theirs = words_apart(one.mine, one.theirs)
        label = one.line.beneath.partition(":")[0]
        made.append(Prose(_say("{field}, yours").format(field=label), parent, size=11, quiet=True))
        made.append(MarkedProse(one.mine, mine, parent))
        made.append(Prose(_say("{field}, {name}").format(field=label, name=self._name), parent, size=11, quiet=True))
        made.append(MarkedProse(one.theirs, theirs, parent))
        return made

    # -- going there -------------------------------------------------------------------------------------------

    def go(self, line_id: str) -> None:
        """Bring the card or link of a difference into view."""
        one = self._by_id.get(line_id)
        if one is None:
            return
        ends = self._made.document.find("links", one.link_id) if one.link_id else None
        entities = [end for end in (getattr(ends, "from_id", ""), getattr(ends, "to_id", "")) if end] or [one.entity_id]
        cards = [one.card_id] if one.card_id else []
        cards += [card.id for entity_id in entities if entity_id for card in self._made.document.cards_of(entity_id)]
        here = [card_id for card_id in cards if card_id in self.board.scene.slot_of]
        if not here and cards:
            place = self.boards.findData(getattr(self._made.document.find("cards", cards[0]), "board_id", ""))
            if place >= 0:
                self.boards.setCurrentIndex(place)
                here = [card_id for card_id in cards if card_id in self.board.scene.slot_of]
        if here:
            self.board.lead_to(here)

    def _pressed(self, record_id: str) -> None:
        wanted = [one for one in self.found if record_id in (one.link_id or one.entity_id, one.entity_id)]
        wanted = [one for one in wanted if one.kind in self.board.shown]
        if wanted:
            self.list.model.folded.discard(wanted[0].kind)
            self._list()
            self.list.choose(wanted[0].line.id)

    def _merge(self) -> None:
        from evidenceboard.ui import merging  # what writes is loaded when it is wanted

        window, path = self._window, self._path
        self.close()
        merging.take_in(window, path)
