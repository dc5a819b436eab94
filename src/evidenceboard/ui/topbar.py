"""The top bar: the file's name, its boards as tabs, one field that finds and commands, the marking."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QTabBar, QToolButton, QWidget

from evidenceboard.model.records import Board
from evidenceboard.render.palette import MARKINGS
from evidenceboard.ui.plain import menu_text, plain_label, plain_tip

WIDEST_TAB = 180


class BoardTabs(QTabBar):
    """The boards of the file. Tells what is wanted; shows what is."""

    chosen = Signal(str)
    rename_wanted = Signal(str)
    remove_wanted = Signal(str)
    marking_wanted = Signal(str)
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("boards")
        self.only_shows = False
        """Whether boards can be gone to and not changed."""
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setAccessibleName(QCoreApplication.translate("BoardTabs", "Boards"))
        self.currentChanged.connect(self._tell)

    def show_boards(self, boards: list[Board], current: str) -> None:
        """Show these boards, one of them as chosen."""
        self.blockSignals(True)
        while self.count() > len(boards):
            self.removeTab(self.count() - 1)
        for place, board in enumerate(boards):
            text = menu_text(board.title) or QCoreApplication.translate("BoardTabs", "Untitled board")
            if place == self.count():
                self.addTab(text)
            elif self.tabText(place) != text:
                self.setTabText(place, text)
            self.setTabData(place, board.id)
            self.setTabToolTip(place, plain_tip(board.title))
            if board.id == current:
                self.setCurrentIndex(place)
        self.blockSignals(False)

    def tabSizeHint(self, index: int) -> QSize:
        wanted = super().tabSizeHint(index)
        return QSize(min(wanted.width(), WIDEST_TAB), wanted.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        # Rather scroll than shrink a title to two letters.
        return self.tabSizeHint(index)

    def _tell(self, place: int) -> None:
        if place >= 0 and (board_id := self.tabData(place)):
            self.chosen.emit(str(board_id))

    def _board_at(self, point: QPoint) -> str:
        place = self.tabAt(point)
        return str(self.tabData(place)) if place >= 0 else ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        board_id = "" if self.only_shows else self._board_at(event.position().toPoint())
        if board_id:
            self.rename_wanted.emit(board_id)
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        board_id = self._board_at(event.pos())
        menu = self.menu_for(board_id)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu_for(self, board_id: str) -> QMenu:
        """Return what can be done with a board, or with none."""
        say = QCoreApplication.translate
        menu = QMenu(self)
        if board_id:
            menu.addAction(say("BoardTabs", "Rename…"), lambda: self.rename_wanted.emit(board_id))
            menu.addAction(say("BoardTabs", "Marking…"), lambda: self.marking_wanted.emit(board_id))
            remove = menu.addAction(say("BoardTabs", "Remove this board"), lambda: self.remove_wanted.emit(board_id))
            remove.setEnabled(self.count() > 1)
            menu.addSeparator()
        menu.addAction(say("BoardTabs", "Add a board"), self.add_wanted.emit)
        if self.only_shows:
            for one in menu.actions():
                one.setEnabled(False)
        return menu


class TopBar(QWidget):
    """Name, tabs, field, marking."""

    HEIGHT = 44
    find_wanted = Signal()
    marking_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(self.HEIGHT)
        say = QCoreApplication.translate
        self.name = plain_label("", self, name="fileName")
        self.tabs = BoardTabs(self)
        self.add = QToolButton(self)
        self.add.setObjectName("addBoard")
        self.add.setText("+")
        self.add.setToolTip(say("TopBar", "Add a board"))
        self.add.setAccessibleName(say("TopBar", "Add a board"))
        self.add.clicked.connect(self.tabs.add_wanted)
        self.field = QPushButton(self)
        self.field.setObjectName("findField")
        self.field.setAccessibleName(say("TopBar", "Find, or type a command"))
        self.field.setCursor(Qt.CursorShape.IBeamCursor)
        self.field.clicked.connect(self.find_wanted)
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(12, 0, 10, 0)
        for text in (say("TopBar", "Find, or type a command"), "", "Ctrl K"):
            if text:
                label = plain_label(text, self.field, name="fieldText")
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                inside.addWidget(label)
            else:
                inside.addStretch(1)
        self.marking = QToolButton(self)
        self.marking.setObjectName("marking")
        self.marking.clicked.connect(self.marking_wanted)
        self._dot = plain_label("·", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        row.addWidget(self.name)
        row.addWidget(self._dot)
        row.addWidget(self.tabs)
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.marking)

    def only_shows(self, why: str) -> None:
        """Offer nothing that would change the boards; `why` is told where one would add one."""
        self.tabs.only_shows = True
        self.add.setEnabled(False)
        self.add.setToolTip(plain_tip(why))

    def show_file(self, name: str, path: str, markings: list[str], of_file: str) -> None:
        """Show the file's name, where it lies, and the highest marking on the board in the colours of TLP 2.0."""
        self.name.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 260))
        self.name.setToolTip(plain_tip(path))
        shown = " ".join(markings)
        self.marking.setText(menu_text(shown))
        self.marking.setAccessibleName(shown)
        tip = QCoreApplication.translate(
            "TopBar", "The highest marking on this board. The file: {marking}; click to change it"
        )
        self.marking.setToolTip(plain_tip(tip.format(marking=of_file)))
        colour = MARKINGS.get(markings[0], "#FFFFFF")
        self.marking.setStyleSheet(f"QToolButton#marking {{ color: {colour}; background: #000000; }}")
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        # The field stands in the middle of the window, not of what is left over, as long as the tabs let it.
        width = max(200, min(420, self.width() // 3))
        right = self.width() - self.marking.sizeHint().width() - 32
        room = max(120, right - width - 8 - self.name.sizeHint().width() - 90)
        self.tabs.setMaximumWidth(room)
        taken = 16 + self.name.sizeHint().width() + 24 + min(self.tabs.sizeHint().width(), room) + 44
        left = max((self.width() - width) // 2, taken)
        self.field.setGeometry(left, 8, min(width, right - left), 28)
        self.field.raise_()
