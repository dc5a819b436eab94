"""The hints under the words of a judgement: in the editor on the board, in the inspector, and in pasted text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from counting import calls
from evidenceboard.ui.long_text import LongText
from evidenceboard.ui.sentence_hints import SentenceHints

TOGETHER = "With high confidence they very likely stay."


@pytest.fixture
def text(qtbot: QtBot) -> LongText:
    made = LongText()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


def underlined(editor: LongText) -> list[str]:
    return [selection.cursor.selectedText() for selection in editor.extraSelections()]  # type: ignore[attr-defined]


def test_what_is_typed_is_underlined_after_a_moment_and_never_changed(text: LongText, qtbot: QtBot) -> None:
    hints = text.check_sentences()
    text.setPlainText(TOGETHER)
    text.document().setModified(False)
    qtbot.waitUntil(lambda: underlined(text) == ["high confidence", "very likely"])
    assert text.toPlainText() == TOGETHER and not text.document().isModified()
    with qtbot.waitSignal(hints.told) as told:
        text.setPlainText("They very likely stay. Our confidence is high.")
    assert told.args == [""] and underlined(text) == []


def test_letters_that_qt_counts_twice_do_not_shift_the_line(text: LongText, qtbot: QtBot) -> None:
    text.check_sentences()
    text.setPlainText("😀😀 우크라이나 😀\n😀 they may go 😀")
    qtbot.waitUntil(lambda: underlined(text) == ["may"])


def test_switched_off_nothing_is_underlined(text: LongText, qtbot: QtBot) -> None:
    text.setPlainText(TOGETHER)
    text.check_sentences()
    assert len(underlined(text)) == 2
    text.check_sentences(False)
    assert underlined(text) == []


def test_only_what_is_seen_is_looked_at_and_scrolling_goes_on(text: LongText, qtbot: QtBot) -> None:
    text.setPlainText("They may go.\n" * 10_000)
    hints = text.check_sentences()
    assert 0 < len(hints.found) < 100
    text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.waitUntil(lambda: bool(hints.found) and hints.found[-1][0] > 100_000)


@pytest.mark.parametrize("pasted", ["may " * 250_000, "They may go.\n" * 80_000, "x" * 999_999])
def test_a_long_text_that_is_pasted_does_not_hold_it_up(text: LongText, pasted: str) -> None:
    hints: SentenceHints = text.check_sentences()
    mime = QMimeData()
    mime.setText(pasted)
    text.insertFromMimeData(mime)
    text.verticalScrollBar().setValue(0)
    assert calls(hints.look) < 100_000, "only what shows is looked at, however long the text is"
