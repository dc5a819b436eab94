"""An editor of plain text that takes no more than there is room for, and stays quick however long a word in it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QMimeData, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from evidenceboard.model.records import TEXT_LIMIT, TITLE_LIMIT
from evidenceboard.ui.pasted import has_text, text_of

if TYPE_CHECKING:
    from evidenceboard.ui.sentence_hints import SentenceHints

# Looking for the end of a word takes Qt the square of its length: 100,000 letters without a blank took 5 s for each
# key, a million three minutes. Broken anywhere, they take 0.1 s.
_ENDLESS: Final = re.compile(r"\S{2000}")


def most_of(key: str) -> int:
    """Return how many characters a field takes."""
    return TITLE_LIMIT if key == "title" else TEXT_LIMIT


class LongText(QPlainTextEdit):
    """Edit plain text of at most `most` characters."""

    refused = Signal(str)
    """Why what was pasted or dropped is not taken, in words."""

    hinted = Signal(str)
    """What the first of the hints under the words says, or "" where there is none."""

    def __init__(self, parent: QWidget | None = None, most: int = TEXT_LIMIT) -> None:
        super().__init__(parent)
        self.most = most
        self._hints: SentenceHints | None = None

    def check_sentences(self, wanted: bool = True) -> SentenceHints:
        """Underline what is worth a second look in a judgement, or stop doing so; return what tells of it."""
        if self._hints is None:
            from evidenceboard.ui.sentence_hints import SentenceHints

            self._hints = SentenceHints(self)
            self._hints.told.connect(self.hinted)
        self._hints.turn(wanted)
        return self._hints

    def show_text(self, text: str) -> None:
        """Hold another text."""
        self._break_lines(text)
        self.setPlainText(text)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return has_text(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = text_of(source)
        chosen = len(self.textCursor().selectedText())
        long = self.document().characterCount() - 1 - chosen + len(text)
        if long > self.most:
            said = QCoreApplication.translate(
                "LongText",
                "With this the text would have {n} characters, and here there is room for {most}. It was not put in. "
                "Keep the full text as a file attached to the card.",
            )
            self.refused.emit(said.format(n=f"{long:,}", most=f"{self.most:,}"))
            return
        self._break_lines(text, also=self.wordWrapMode() == QTextOption.WrapMode.WrapAnywhere)
        plain = QMimeData()
        plain.setText(text)
        super().insertFromMimeData(plain)

    def _break_lines(self, text: str, also: bool = False) -> None:
        mode = QTextOption.WrapMode
        endless = also or _ENDLESS.search(text) is not None
        self.setWordWrapMode(mode.WrapAnywhere if endless else mode.WrapAtWordBoundaryOrAnywhere)
