"""The outline: every entity of the file by type, filtered, in step with what is selected on the board."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidenceboard import commands
from evidenceboard.model.changes import Operation
from evidenceboard.model.records import Card, Frame
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import TYPES, entity_type
from evidenceboard.render.icons import icon
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.outline_lines import LINE, OutlineLines
from evidenceboard.ui.panels.outline_model import OPEN, TYPE, OutlineModel
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.row_list import row_list
from evidenceboard.ui.panels.sections import menu_at
from evidenceboard.ui.plain import plain_tip
from evidenceboard.ui.shell import Shell

PAUSE: Final = 60
"""Milliseconds after the last key before the list follows what is typed."""
_FOLLOWED: Final = 500
"""Selected cards that are marked in the outline; more would only cost time."""
_STEP: Final = 24.0


def _say(text: str) -> str:
    return QCoreApplication.translate("Outline", text)


class Outline(QWidget):
    """List, filter, choose, go to and place entities."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self._shell = shell
        self._following = False
        self._dressed: dict[str, tuple[QIcon, QColor]] = {}
        self.model = OutlineModel(lambda: shell.document, self._dress, self)
        self.model.show_board(shell.board_id)
        self.filter = QLineEdit(self)
        self.filter.setObjectName("outlineFilter")
        self.filter.setPlaceholderText(_say("Number or words of a title"))
        self.filter.setAccessibleName(_say("Filter the outline"))
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.setFocusProxy(self.filter)
        self.toggles = [self._toggle(kind.id) for kind in TYPES]
        self.empty = Prose("", self, quiet=True)
        self.list = self._list()
        self._arrange()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.narrow)
        self.filter.textChanged.connect(lambda: self._later.start())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE // 2)
        self._soon.timeout.connect(self.follow)
        shell.selection.changed.connect(self._soon.start)
        shell.bridge.changed.connect(self._changed)
        shown = getattr(shell, "board_shown", None)
        if shown is not None:
            shown.connect(self.model.show_board)
        on_look(shell, self._redress)
        self._tell_empty()
        self.follow()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(6)
        top.addWidget(self.filter)
        row = QHBoxLayout()
        row.setSpacing(2)
        for toggle in self.toggles:
            row.addWidget(toggle)
        row.addStretch(1)
        top.addLayout(row)
        top.addWidget(self.empty)
        column.addLayout(top)
        column.addWidget(self.list, 1)

    def _list(self) -> QTableView:
        view = row_list(self, "outlineList", _say("Entities by type"), self.model, high=LINE, least=LINE)
        view.setItemDelegate(OutlineLines(view))
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setDragEnabled(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        view.setDefaultDropAction(Qt.DropAction.CopyAction)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        view.selectionModel().selectionChanged.connect(self._chosen)
        view.clicked.connect(self._fold)
        view.doubleClicked.connect(self.go)
        view.installEventFilter(self)
        self.model.modelReset.connect(self._begin_anew)
        return view

    def _begin_anew(self) -> None:
        self._tell_empty()
        self.follow()

    # -- looks -------------------------------------------------------------------------------------------------

    def _dress(self, type_id: str) -> tuple[QIcon, QColor]:
        if type_id not in self._dressed:
            kind = entity_type(type_id)
            colour = self._shell.palette_.type_colour(kind.colour)
            self._dressed[type_id] = (icon(kind.glyph, colour), colour)
        return self._dressed[type_id]

    def _redress(self) -> None:
        self._dressed.clear()
        for toggle, kind in zip(self.toggles, TYPES, strict=True):
            toggle.setIcon(self._dress(kind.id)[0])
        self.list.viewport().update()

    def _toggle(self, type_id: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"only_{type_id}")
        button.setProperty("quiet", True)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setIcon(self._dress(type_id)[0])
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(28, 26)
        said = _say("Only {types}").format(types=entity_type(type_id).plural.lower())
        button.setAccessibleName(said)
        button.setToolTip(plain_tip(said))
        button.toggled.connect(self.narrow)
        return button

    def _tell_empty(self) -> None:
        narrowed = bool(self.filter.text().strip()) or any(toggle.isChecked() for toggle in self.toggles)
        said = _say("Nothing fits the filter.") if narrowed else _say("The file holds no entities yet.")
        self.empty.say(said)
        self.empty.setVisible(not self.model.listed())

    # -- filter and operations ---------------------------------------------------------------------------------

    def narrow(self) -> None:
        """List only what fits the filter."""
        chosen = frozenset(k.id for toggle, k in zip(self.toggles, TYPES, strict=True) if toggle.isChecked())
        self.model.choose(self.filter.text(), chosen)

    def _changed(self, operation: Operation) -> None:
        if operation.tables() & {"entities", "cards"}:
            self._following = True
            self.model.changed(operation)
            self._following = False
            self._tell_empty()

    # -- one selection -----------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Mark what is selected; what cannot be seen is marked when it is."""
        if self._following or not self.isVisible():
            return
        ids = self._shell.selection.entities(self._shell.document, most=_FOLLOWED)
        if set(ids) == set(self.chosen()):
            return
        wanted = QItemSelection()
        places = [place for entity_id in ids if (place := self.model.place_of(entity_id)).isValid()]
        for place in places:
            wanted.select(place, place)
        self._following = True
        self.list.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if len(places) == 1:
            self.list.selectionModel().setCurrentIndex(places[0], QItemSelectionModel.SelectionFlag.NoUpdate)
            self.list.scrollTo(places[0])
        self._following = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    def chosen(self) -> list[str]:
        """Return the ids of the entities that are marked."""
        return [found for index in self.list.selectionModel().selectedIndexes() if (found := self.model.id_of(index))]

    def _chosen(self) -> None:
        if self._following:
            return
        ids = self.chosen()
        document, board = self._shell.document, self._shell.board_id
        cards = [card.id for entity_id in ids if (card := document.card_on(board, entity_id))]
        loose = ids[0] if len(ids) == 1 and not cards else None
        self._following = True
        self._shell.selection.set(cards=cards, entity=loose)
        self._following = False

    def go(self, index: QModelIndex) -> None:
        """Fly to the entity at an index."""
        entity_id = self.model.id_of(index)
        if entity_id:
            self._shell.show_entity(entity_id)

    def _fold(self, index: QModelIndex) -> None:
        if not self.model.id_of(index):
            self.model.fold(str(index.data(TYPE) or ""))

    def _fold_by_key(self, open_: bool) -> None:
        """Open the heading that has the keyboard, or close the one that an entity stands under."""
        type_id = str(self.list.currentIndex().data(TYPE) or "")
        top = self.model.heading_of(type_id)
        if top.isValid() and bool(top.data(OPEN)) != open_:
            self.model.fold(type_id)
            self.list.setCurrentIndex(self.model.heading_of(type_id))

    # -- placing -----------------------------------------------------------------------------------------------

    def _menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not self.model.id_of(index):
            return
        offers: list[tuple[str, object]] = [(_say("Go to the card"), partial(self.go, index))]
        loose = self.loose()
        if loose and not self._shell.session.read_only:
            said = _say("Place on this board") if len(loose) == 1 else _say("Place {n} on this board")
            offers.append((said.format(n=len(loose)), self.place))
        menu_at(self, self.list.viewport().mapToGlobal(place), offers)

    def loose(self) -> list[str]:
        """Return the marked entities that have no card on the board that is shown."""
        document, board = self._shell.document, self._shell.board_id
        return [entity_id for entity_id in self.chosen() if not document.card_on(board, entity_id)]

    def place(self) -> None:
        """Put the marked entities that have no card here onto the board, below what stands there."""
        ids, board = self.loose(), self._shell.board_id

        def change(tx: Transaction) -> list[str]:
            there: list[Card | Frame] = [*tx.document.cards_on(board), *tx.document.frames_on(board)]
            x = left = min((thing.x for thing in there), default=0.0)
            y = max((thing.y + thing.h for thing in there), default=-2 * _STEP) + 2 * _STEP
            made, row = [], 0.0
            for number, entity_id in enumerate(ids):
                if number and number % 5 == 0:
                    x, y, row = left, y + row + _STEP, 0.0
                card = commands.place(tx, board, entity_id, x=x, y=y)
                x, row = x + card.w + _STEP, max(row, card.h)
                made.append(card.id)
            return made

        label = "Place a card" if len(ids) == 1 else "Place {n} cards"
        made = self._shell.perform(label, change, n=len(ids)) if ids else None
        if made:
            self._shell.show_entity(ids[0])
            self._shell.selection.set(cards=made)

    # -- keys --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if watched is self.filter:
            if key == Qt.Key.Key_Down:
                self._enter_list()
                return True
            if key == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter_list()
                self.go(self.list.currentIndex())
                return True
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.list.currentIndex()
            if self.model.id_of(index):
                self.go(index)
            else:
                self._fold(index)
            return True
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold_by_key(key == Qt.Key.Key_Right)
            return True
        return super().eventFilter(watched, event)

    def _enter_list(self) -> None:
        self.narrow()
        self.model.finish()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.model.id_of(self.list.currentIndex()) and self.model.listed():
            self.list.setCurrentIndex(self.model.index(1))


make: Final = Outline
