"""Hints under the words while a judgement is written: likelihood and confidence in one sentence, and bare “may”."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from evidenceboard.model.sentences import BARE, Hint, hints
from evidenceboard.ui.plain import one_line, plain_tip
from evidenceboard.ui.theme import theme

PAUSE: Final = 150
"""Milliseconds after the last key before the words are looked at."""
MOST: Final = 20_000
"""Characters of one paragraph that are looked at: nobody writes a judgement as long, but one may be pasted."""

MARKED: Final = 200
"""Hints that are underlined at once."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Sentences", text)


def why(hint: Hint) -> str:
    """Return what a hint says."""
    if hint.why == BARE:
        said = _say("“{word}” does not say how likely: a word such as “likely” or “unlikely” would.")
        return said.format(word=one_line(hint.word, 40))
    return _say("How likely and how sure stand in one sentence here; they read better in two (ICD 203).")


class SentenceHints(QObject):
    """Underline what is worth a second look in the part of an editor that is seen; never more than a hint."""

    told = Signal(str)
    """What the first of the hints says, or "" where there is none."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.on = True
        self.found: list[tuple[int, int, Hint]] = []
        """Where each hint begins and ends, as Qt counts, and the hint."""
        self._said = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.look)
        editor.textChanged.connect(self._soon.start)
        editor.updateRequest.connect(self._scrolled)
        editor.viewport().installEventFilter(self)
        self._soon.start()

    def _scrolled(self, _: QRect, by: int) -> None:
        if by:
            self._soon.start()

    def turn(self, on: bool) -> None:
        """Look at the words, or leave them alone."""
        self.on = on
        self.look()

    def look(self) -> None:
        """Look at the paragraphs that are seen."""
        self._soon.stop()
        self.found = list(self._seen()) if self.on else []
        self._editor.setExtraSelections([self._underlined(start, end) for start, end, _ in self.found])
        said = why(self.found[0][2]) if self.found else ""
        if said != self._said:
            self._said = said
            self.told.emit(said)

    def _seen(self) -> list[tuple[int, int, Hint]]:
        found: list[tuple[int, int, Hint]] = []
        editor = self._editor
        block = editor.firstVisibleBlock()
        top = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).top()
        while block.isValid() and top <= editor.viewport().height() and len(found) < MARKED:
            text = block.text()[:MOST]
            at = units = 0
            for hint in hints(text)[: MARKED - len(found)]:
                units += _units(text[at : hint.start])
                at = hint.start
                start = block.position() + units
                found.append((start, start + _units(hint.word), hint))
            top += editor.blockBoundingRect(block).height()
            block = block.next()
        return found

    def _underlined(self, start: int, end: int) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(QColor(theme().palette_.claim))
        made.cursor, made.format = cursor, shape
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._soon.start()
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent) or not self.found:
            return super().eventFilter(watched, event)
        at = self._editor.cursorForPosition(event.pos()).position()
        said = next((why(hint) for start, end, hint in self.found if start <= at <= end), "")
        QToolTip.showText(event.globalPos(), plain_tip(said) if said else "", self._editor)
        return True


def _units(text: str) -> int:
    """Return how long Qt counts a text: letters outside the first plane of Unicode are two."""
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)
