"""Commenting in a whole window: a key, the bubble on the card, the legend, the name that is asked once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.render.board_paint import face_of
from evidenceboard.store import personal
from evidenceboard.ui.panels.comments import Comments
from evidenceboard.ui.window import Window, show_session


@pytest.fixture
def window(board_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.delenv(personal.NAMED)
    shown = show_session(Session.open(board_path))
    qtbot.waitExposed(shown)
    return shown


def say(window: Window, number: str, text: str) -> str:
    made = window.perform("Add a comment", lambda tx: commands.add_comment(tx, tx.document.entity(number).id, text))
    assert made is not None
    return made.id


def talk(window: Window, number: str) -> int:
    scene = window.board.surface.scene
    return face_of(window.document, scene, scene.slot_of_entity[window.document.entity(number).id])[0].talk


def test_the_key_opens_the_editor_for_what_is_selected_and_does_nothing_without(window: Window, qtbot: QtBot) -> None:
    assert not window.can("comment")
    window.show_entity(window.document.entity("C1").id)
    assert window.can("comment")
    window.run("comment")
    inspector = window.docks["inspector"].widget()
    qtbot.waitUntil(lambda: inspector.page.comments.editor is not None)
    qtbot.waitUntil(inspector.page.comments.editor.text.hasFocus)


def test_a_card_bears_a_bubble_while_comments_are_open_and_the_legend_says_so(window: Window, qtbot: QtBot) -> None:
    legend = window.board.legend
    legend.show_legend(True)
    comment = say(window, "C1", "Why?")
    assert talk(window, "C1") == 1
    assert legend.talk.isVisible()
    qtbot.waitUntil(window.board.surface.is_settled)
    before = window.board.surface.grab().toImage()
    window.perform("Resolve a comment", lambda tx: commands.resolve_comment(tx, comment))
    assert talk(window, "C1") == 0
    assert not legend.talk.isVisible()
    qtbot.waitUntil(window.board.surface.is_settled)
    assert window.board.surface.grab().toImage() != before


def test_the_name_is_asked_at_the_first_comment_and_whatever_is_answered_never_again(
    window: Window, qtbot: QtBot
) -> None:
    strip = window.name_strip
    assert not strip.isVisible()
    window.perform("Add a claim", lambda tx: commands.add_entity(tx, "claim", title="More"))
    assert not strip.isVisible()
    say(window, "C1", "Why?")
    assert strip.isVisible()
    assert strip.done.text() == "Without a name"
    say(window, "C1", "Nothing waits for it")
    qtbot.keyClicks(strip.name, "Lee (Seoul desk)")
    assert strip.done.text() == "Keep"
    qtbot.keyClick(strip.name, Qt.Key.Key_Return)
    assert not strip.isVisible()
    assert window.session.author_name(window.session.author_id) == "Lee (Seoul desk)"
    assert personal.author_name() == "Lee (Seoul desk)"
    say(window, "C1", "Once more")
    assert not strip.isVisible()


def test_no_name_is_an_answer_too(window: Window, qtbot: QtBot) -> None:
    say(window, "C1", "Why?")
    qtbot.mouseClick(window.name_strip.done, Qt.MouseButton.LeftButton)
    assert personal.author_name() == ""
    say(window, "C1", "Once more")
    assert not window.name_strip.isVisible()


def test_a_judgement_asks_for_the_name_as_well(window: Window) -> None:
    source = window.document.entity("S1").id
    window.perform("Judge", lambda tx: commands.set_fields(tx, source, reliability="C"))
    assert window.name_strip.isVisible()


def test_what_was_typed_is_kept_when_the_window_closes(window: Window, qtbot: QtBot, board_path: Path) -> None:
    window.show_entity(window.document.entity("C1").id)
    window.run("comment")
    inspector = window.docks["inspector"].widget()
    qtbot.waitUntil(lambda: inspector.page.comments.editor is not None)
    inspector.page.comments.editor.text.insertPlainText("Half a thought")
    window.close()
    with Session.open(board_path, read_only=True) as session:
        assert [one.text for one in session.document.table("comments").values()] == ["Half a thought"]  # type: ignore[attr-defined]


def test_an_answer_that_was_only_typed_in_the_panel_is_kept_as_well(window: Window, board_path: Path) -> None:
    say(window, "C1", "Why?")
    window.docks["comments"].bring()
    panel = window.docks["comments"].widget()
    assert isinstance(panel, Comments)
    panel.list.setCurrentIndex(panel.model.index(0))
    assert panel.whole is not None
    panel.whole.answer()
    assert panel.whole.editor is not None
    panel.whole.editor.text.insertPlainText("Because")
    window.close()
    with Session.open(board_path, read_only=True) as session:
        said = [one.text for one in session.document.table("comments").values()]  # type: ignore[attr-defined]
    assert said == ["Why?", "Because"]


def test_the_history_tells_comments_in_sentences(window: Window) -> None:
    from evidenceboard.ui.panels.history_words import Teller

    comment = say(window, "C1", "Why?")
    window.perform("Resolve a comment", lambda tx: commands.resolve_comment(tx, comment))
    window.perform("Open a comment again", lambda tx: commands.reopen_comment(tx, comment))
    window.perform("Answer a comment", lambda tx: commands.answer_comment(tx, comment, "Because."))
    told = []
    for header, _ in reversed(window.session.history(4)):
        operation = window.session.operation(header.id)
        told += [line.words for line in Teller(window.document, operation).lines(9)[0]]
    assert told == [
        "Comment on C1: Why?",
        "Resolved on C1: Why?",
        "Open again on C1: Why?",
        "Answer to a comment on C1: Because.",
    ]
    window.perform("Change a comment", lambda tx: commands.change_comment(tx, comment, "Why so?"))
    operation = window.session.operation(window.session.history(1)[0][0].id)
    told = [line.words for line in Teller(window.document, operation).lines(9)[0]]
    assert told == ["Comment on C1 in other words: Why? → Why so?"]
    window.perform("Remove a comment", lambda tx: commands.remove_comment(tx, comment))
    operation = window.session.operation(window.session.history(1)[0][0].id)
    told = [line.words for line in Teller(window.document, operation).lines(9)[0]]
    assert sorted(told) == ["Answer on C1 removed: Because.", "Comment on C1 removed: Why so?"]
