"""A text to be read in which some stretches are marked, as the words that another text does not have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QWidget

from evidenceboard.model.words_apart import Stretch
from evidenceboard.ui.panels.prose import Prose, Typeset, letters, shown_text


class MarkedProse(Prose):
    """Text with stretches in heavy, underlined letters; `struck`: they are struck through as well."""

    def __init__(
        self, text: str, marks: Sequence[Stretch] = (), parent: QWidget | None = None, *, struck: bool = False,
        size: int = 13,
    ) -> None:  # fmt: skip
        super().__init__("", parent, size=size)
        # What nobody sees is shown by marks of other lengths, after which places would no longer agree.
        shown = shown_text(text)
        self.words = shown
        self._typeset = _Marked(shown, letters(self, size), marks if shown == text else (), struck)
        self.setAccessibleName(shown)
        self.updateGeometry()


class _Marked(Typeset):
    dressed = True

    def __init__(self, text: str, font: QFont, marks: Sequence[Stretch], struck: bool) -> None:
        super().__init__(text, font)
        self._marks, self._struck = _joined(text, marks), struck

    def _dress(self, layout: QTextLayout, start: int) -> None:
        """Mark what lies in a paragraph that begins at a place of the text."""
        made = []
        for at, length in self._marks:
            low, high = max(at - start, 0), min(at + length - start, len(layout.text()))
            if low < high:
                mark = QTextLayout.FormatRange()
                mark.start, mark.length = low, high - low
                look = QTextCharFormat()
                look.setFontWeight(QFont.Weight.DemiBold)
                look.setFontUnderline(True)
                look.setFontStrikeOut(self._struck)
                mark.format = look
                made.append(mark)
        layout.setFormats(made)


def _joined(text: str, marks: Sequence[Stretch]) -> list[Stretch]:
    """Return stretches with those as one between which only blanks stand."""
    made: list[Stretch] = []
    for at, length in marks:
        if made and not text[sum(made[-1]) : at].strip():
            at, length = made[-1][0], at + length - made.pop()[0]
        made.append((at, length))
    return made
