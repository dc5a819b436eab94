"""Search: hits as one types, in all text of the file and by filters; they shine on the board, Enter flies to one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.model.changes import Operation
from evidenceboard.model.query import Query, completions, read
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.search_hits import Hit, HitLines, HitList
from evidenceboard.ui.panels.search_saved import SavedSearches
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

PAUSE: Final = 60
"""Milliseconds after the last key before the search begins."""
REST: Final = 500
"""Milliseconds after an operation before a search that takes long is done again."""
LONG: Final = 0.15
"""Seconds from which on a search takes long."""
TURN: Final = 0.008
"""Seconds of searching in one turn of the event loop."""
STEPS: Final = 20
"""Entities that are looked at without a glance at the clock."""
LIMIT: Final = 200
"""Hits that are listed; all of them count and shine."""
MANY: Final = 5000
"""Hits from which on the list is shown a moment before the board shows them."""
NAMED: Final = 6
"""Ways to go on with what is typed that are named."""
NAME: Final = "search"
_TABLES: Final = frozenset({"entities", "links", "attachments", "assessments", "cards", "settings"})


def _say(text: str) -> str:
    return QCoreApplication.translate("Search", text)


class Search(QWidget):
    """A field and what it finds in the file."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._shell = shell
        self._query = Query("")
        self._looking: Iterator[str | None] | None = None
        self._ids: list[str] = []
        self._took = 0.0
        self._asked = ""
        self._fly = False
        self.field = QLineEdit(self)
        self.field.setObjectName("searchField")
        self.field.setPlaceholderText(_say("Words, or filters such as type:claim"))
        self.field.setAccessibleName(_say("Find in this file"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self.understood = Prose("", self, size=12, quiet=True)
        self.understood.setObjectName("searchUnderstood")
        self.hint = Prose("", self, size=12, quiet=True)
        self.hint.setObjectName("searchHint")
        self.problems = Prose("", self, size=12)
        self.problems.setObjectName("searchProblems")
        self.said = Prose("", self, size=12, quiet=True)
        self.said.setObjectName("searchSaid")
        self.only = QPushButton(_say("Only these on the board"), self)
        self.only.setCheckable(True)
        self.only.setObjectName("searchOnly")
        self.keep = QPushButton(_say("Save…"), self)
        self.keep.setToolTip(_say("Keep this search in the file, under a name"))
        self.keep.setObjectName("searchSave")
        self.keep.setProperty("quiet", True)
        self.saved = SavedSearches(shell, self)
        self.hits = HitList(self)
        self.list = QListView(self)
        self._lines = HitLines(self.list, shell, self.hits)
        self._dress_list()
        self._arrange()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.search)
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._turn)
        self._connect()
        self._offer()
        self.search()

    def _dress_list(self) -> None:
        self.list.setObjectName("searchHits")
        self.list.setAccessibleName(_say("Hits"))
        self.list.setModel(self.hits)
        self.list.setItemDelegate(self._lines)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.installEventFilter(self)

    def _connect(self) -> None:
        shell = self._shell
        self.list.clicked.connect(self.go)
        self.field.textChanged.connect(lambda: self._later.start(PAUSE))
        self.field.cursorPositionChanged.connect(lambda: self._offer())
        self.only.toggled.connect(lambda: self._show_on_board(anew=True))
        self.keep.clicked.connect(lambda: self.saved.save(self.field.text().strip()))
        self.saved.wanted.connect(self.ask)
        shell.bridge.changed.connect(self._changed)
        shell.sight.ended.connect(self._ended)
        shell.sight.left.connect(self._left)
        on_look(shell, self._redress)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(6)
        top.addWidget(self.field)
        indented = QVBoxLayout()
        indented.setContentsMargins(4, 0, 4, 0)
        indented.setSpacing(4)
        indented.addWidget(self.hint)
        indented.addWidget(self.understood)
        indented.addWidget(self.problems)
        indented.addWidget(self.said)
        deeds = QHBoxLayout()
        deeds.addWidget(self.only)
        deeds.addStretch(1)
        deeds.addWidget(self.keep)
        indented.addLayout(deeds)
        top.addLayout(indented)
        column.addLayout(top)
        column.addWidget(self.saved)
        column.addWidget(self.list, 1)
        # Without hits the field stays where it is.
        policy = self.list.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.list.setSizePolicy(policy)

    def _redress(self) -> None:
        self._lines.glyphs.clear()
        self.list.viewport().update()

    # -- completing what is typed -------------------------------------------------------------------------------

    def _offered(self) -> list[tuple[str, str]]:
        """Return how the word before the cursor may go on, where nothing follows it."""
        text, at = self.field.text(), self.field.cursorPosition()
        return completions(text, self._shell.document) if text and at == len(text) else []

    def _offer(self) -> None:
        offered = [one_line(one) for one, _ in self._offered()]
        said = _say("Tab: {first}") if len(offered) < 2 else _say("Tab: {first} · or {more}")
        more = ", ".join(offered[1:NAMED]) + (", …" if len(offered) > NAMED else "")
        self.hint.say(said.format(first=offered[0], more=more) if offered else "")
        self.hint.setVisible(bool(offered))

    def _complete(self) -> bool:
        """Take the first that is offered; return whether there was one."""
        offered = self._offered()
        if offered:
            self.field.setText(offered[0][1])
        return bool(offered)

    # -- finding -----------------------------------------------------------------------------------------------

    def ask(self, text: str, *, only: bool | None = None) -> None:
        """Search for other words; `only`: whether the board shows nothing else."""
        if only is not None:
            self.only.setChecked(only)
        self.field.setText(text)
        self.search()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Show what fits the text in the field, the chosen hit staying chosen where it is still there.

        What takes long goes on in the next turns of the event loop.
        """
        self._later.stop()
        text = self.field.text().strip()
        self._query = read(text, self._shell.document)
        self.understood.say(self._query.said if self._query.filters else "")
        self.problems.say(" ".join(self._query.problems))
        for line in (self.understood, self.problems):
            line.setVisible(bool(line.words))
        self.saved.setVisible(self.saved.list.count() > 0 and not text)
        self.keep.setVisible(bool(self._query) and not self._shell.session.read_only)
        self.only.setVisible(bool(text) or self.only.isChecked())
        self._ids, self._took = [], 0.0
        self._looking = self._shell.finder.looking(self._query)
        self._turn()

    def _turn(self) -> None:
        """Look for more hits for a moment."""
        start = now = time.perf_counter()
        while self._looking is not None:
            for _ in range(STEPS):
                found = next(self._looking, "")
                if found == "":
                    self._looking = None
                    break
                if found is not None:
                    self._ids.append(found)
            now = time.perf_counter()
            if now - start >= TURN:
                break
        self._took += now - start
        if self._looking is None:
            self._turns.stop()
            self._finish()
        elif not self._turns.isActive():
            self._turns.start()
            self.said.say(_say("Searching…"))
            self.said.setVisible(True)

    def _finish(self) -> None:
        was = self._chosen_id()
        found = self._listed()
        words = [word for word in self._query.words.replace('"', " ").split() if word]
        self.hits.show(found, words)
        self.list.setVisible(bool(found))
        self._tell(len(self._ids))
        if found:
            row = next((row for row, hit in enumerate(found) if hit.entity_id == was), 0)
            self.list.setCurrentIndex(self.hits.index(row, 0))
        text = self.field.text().strip()
        anew, self._asked = text != self._asked, text
        if len(self._ids) < MANY:
            self._show_on_board(anew=anew)
        else:
            # Listing them and showing them on the board are two turns of the event loop.
            QTimer.singleShot(0, self, lambda: self._show_on_board(anew=anew))
        if self._fly:
            self._fly = False
            self.go(self.list.currentIndex())

    def _listed(self) -> list[Hit]:
        document = self._shell.document
        made = []
        for entity_id in self._ids[:LIMIT]:
            entity = document.find("entities", entity_id)
            if isinstance(entity, Entity):
                title = one_line(entity.title) or entity_type(entity.type).word
                snippet = one_line(self._shell.finder.snippet(entity_id, self._query)) if self._query.words else ""
                bare = snippet.strip("… ")
                made.append(Hit(entity.id, entity.type, entity.number, title, "" if bare in title else snippet))
        return made

    def _tell(self, n: int) -> None:
        if not self._query:
            said = ""
        elif not n:
            said = _say("No hits. Fewer letters, or another word, may find it.")
            if self._query.filters:
                said = _say("No hits. Fewer filters or words may find it.")
        elif n == 1:
            said = _say("1 hit")
        elif n > LIMIT:
            said = _say("{n} hits, the first {shown} are listed")
        else:
            said = _say("{n} hits")
        self.said.say(said.format(n=f"{n:,}", shown=LIMIT))
        self.said.setVisible(bool(said))

    def _changed(self, operation: Operation) -> None:
        tables = operation.tables()
        if "settings" in tables:
            self.saved.fill()
            self.saved.setVisible(self.saved.list.count() > 0 and not self.field.text().strip())
        if tables & _TABLES and self.field.text().strip():
            # What was being looked for is looked for anew, in what there is now.
            self._turns.stop()
            self._looking = None
            self._later.start(REST if self._took > LONG else PAUSE)

    # -- on the board ------------------------------------------------------------------------------------------

    def _show_on_board(self, *, anew: bool) -> None:
        """Let the hits shine and the rest recede, or leave the rest out. What one works on does not go meanwhile."""
        sight, ids = self._shell.sight, self._ids
        if not anew and sight.is_wished(NAME):
            ids = [*ids, *self._shell.selection.entities(self._shell.document)]
        if self.only.isChecked() and self._query:
            sight.only(NAME, ids, _say("filter: {what}").format(what=self._query.said), anew=anew)
            sight.bright(NAME, None)
            return
        shines = bool(self._query) and bool(ids) and self.isVisible()
        sight.bright(NAME, ids if shines else None, anew=anew and shines)
        sight.only(NAME, None)

    def _ended(self, name: str) -> None:
        if name == NAME:
            self._let_go()
            self.field.clear()
            self.search()

    def _left(self) -> None:
        self._let_go()
        self._show_on_board(anew=True)

    def _let_go(self) -> None:
        self.only.blockSignals(True)
        self.only.setChecked(False)
        self.only.blockSignals(False)
        self.only.setVisible(bool(self.field.text().strip()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_on_board(anew=False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            # A filter stays, and is counted below; that something shines without its words would be a riddle.
            self._shell.sight.bright(NAME, None)

    # -- going -------------------------------------------------------------------------------------------------

    def _chosen_id(self) -> str:
        hit = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return hit.entity_id if isinstance(hit, Hit) else ""

    def go(self, index: QModelIndex) -> None:
        """Fly to a hit."""
        hit = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit):
            self._shell.show_entity(hit.entity_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key, rows = event.key(), self.hits.rowCount()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._later.isActive():
                self.search()
            if self._looking is not None:
                self._fly = True
            else:
                self.go(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape and self.field.text():
            self._let_go()
            self.field.clear()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if key == Qt.Key.Key_Tab and watched is self.field and self._complete():
            return True
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if watched is self.field and rows and key in steps:
            row = max(0, min(rows - 1, self.list.currentIndex().row() + steps[Qt.Key(key)]))
            self.list.setCurrentIndex(self.hits.index(row, 0))
            return True
        return super().eventFilter(watched, event)


make: Final = Search
