"""Comments in the inspector: written, answered, resolved where they stand, with a bubble beside their field."""

from __future__ import annotations

from desk import Desk
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.comments import comments_on, threads
from evidenceboard.model.records import Comment
from evidenceboard.ui.panels.comment_list import MOST, CommentList, keep_drafts
from evidenceboard.ui.panels.comment_mark import CommentMark
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.prose import Prose, ProseButton


def shown(desk: Desk, inspector: Inspector, number: str = "C1") -> CommentList:
    desk.show_entity(desk.document.entity(number).id)
    inspector.show_selected()
    found = inspector.page.findChild(CommentList, "comments_of_record")  # type: ignore[union-attr]
    assert isinstance(found, CommentList)
    return found


def say(desk: Desk, text: str, field: str = "", number: str = "C1") -> Comment:
    with desk.session.transaction("Add a comment") as tx:
        return commands.add_comment(tx, tx.document.entity(number).id, text, field)


def press(inside: QWidget, name: str, qtbot: QtBot) -> None:
    QCoreApplication.processEvents()
    button = next(one for one in inside.findChildren(ProseButton, name) if one.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write(list_: CommentList, words: str, qtbot: QtBot) -> None:
    editor = list_.editor
    assert editor is not None
    qtbot.waitUntil(editor.text.hasFocus)
    qtbot.keyClicks(editor.text, words)
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def words(inside: QWidget) -> str:
    QCoreApplication.processEvents()
    return "\n".join(one.words for one in inside.findChildren(Prose) if one.isVisible())


def test_a_comment_is_written_answered_and_resolved_with_the_hands(
    desk: Desk, inspector: Inspector, qtbot: QtBot
) -> None:
    here = shown(desk, inspector)
    claim = desk.document.entity("C1").id
    press(here, "writeComment", qtbot)
    qtbot.waitUntil(lambda: here.editor is not None and here.editor.text.hasFocus())
    qtbot.keyClicks(here.editor.text, "Which day")  # type: ignore[union-attr]
    qtbot.keyClick(here.editor.text, Qt.Key.Key_Return)  # type: ignore[union-attr]
    write(here, "exactly?", qtbot)
    assert [one.text for one in comments_on(desk.document, claim)] == ["Which day\nexactly?"]
    assert "Which day\nexactly?" in words(here)
    press(here, "answerComment", qtbot)
    write(here, "The 18th", qtbot)
    (thread,) = threads(desk.document, claim)
    assert [one.text for one in thread.answers] == ["The 18th"]
    press(here, "resolveComment", qtbot)
    assert "The 18th" not in words(here)
    press(here, "resolvedComments", qtbot)
    assert "Resolved by you" in words(here)
    press(here, "reopenComment", qtbot)
    assert threads(desk.document, claim)[0].is_open
    desk.session.undo()
    assert not threads(desk.document, claim)[0].is_open


def test_ones_own_words_are_changed_and_removed_and_others_only_answered(
    desk: Desk, inspector: Inspector, qtbot: QtBot
) -> None:
    own = say(desk, "Mine")
    with desk.session.transaction("Put") as tx:
        tx.make(Comment, subject_id=own.subject_id, field="", author_id="kim", text="Kim's", at="2030-01-01")
    here = shown(desk, inspector)
    QCoreApplication.processEvents()
    assert len([one for one in here.findChildren(ProseButton, "changeComment") if one.isVisible()]) == 1
    press(here, "changeComment", qtbot)
    write(here, ", better", qtbot)
    assert "Mine, better" in words(here)
    press(here, "removeComment", qtbot)
    assert [one.text for one in comments_on(desk.document, own.subject_id)] == ["Kim's"]


def test_a_field_that_is_talked_about_bears_a_bubble_with_the_number(desk: Desk, inspector: Inspector) -> None:
    here = shown(desk, inspector)
    say(desk, "Why?", "likelihood")
    QCoreApplication.processEvents()
    row = inspector.page.form.row("likelihood")  # type: ignore[union-attr]
    assert row is not None
    mark = row.findChild(CommentMark)
    assert isinstance(mark, CommentMark) and mark.isVisible() and mark.count == 1
    assert mark.accessibleName() == "Likelihood: 1 open comment"
    assert "on Likelihood" in words(here)
    desk.session.undo()
    assert not mark.isVisible()


def test_the_field_with_the_keyboard_is_what_a_new_comment_is_about(
    desk: Desk, inspector: Inspector, qtbot: QtBot
) -> None:
    here = shown(desk, inspector)
    inspector.page.form.row("where").value.setFocus()  # type: ignore[union-attr]
    inspector.comment()
    write(here, "Which town?", qtbot)
    assert [one.field for one in comments_on(desk.document, here.subject_id)] == ["where"]


def test_what_is_only_typed_is_still_there_after_esc_and_after_another_card(
    desk: Desk, inspector: Inspector, qtbot: QtBot
) -> None:
    here = shown(desk, inspector)
    here.write()
    qtbot.waitUntil(here.editor.text.hasFocus)  # type: ignore[union-attr]
    qtbot.keyClicks(here.editor.text, "Half a thought")  # type: ignore[union-attr]
    qtbot.keyClick(here.editor.text, Qt.Key.Key_Escape)  # type: ignore[union-attr]
    assert here.editor is None
    shown(desk, inspector, "C2")
    assert "C1" in inspector.unsaved.words
    here = shown(desk, inspector)
    assert here.editor is not None and here.editor.text.value() == "Half a thought"
    keep_drafts(desk, inspector.drafts)
    assert [one.text for one in comments_on(desk.document, here.subject_id)] == ["Half a thought"]
    assert not inspector.drafts.held


def test_very_many_comments_are_shown_the_newest_first_and_more_when_asked_for(
    desk: Desk, inspector: Inspector, qtbot: QtBot
) -> None:
    with desk.session.transaction("Add comments") as tx:
        claim = tx.document.entity("C1").id
        for number in range(MOST + 5):
            tx.make(Comment, subject_id=claim, field="", author_id="kim", text=f"N{number}.", at=f"2030-01-{number:02}")
    here = shown(desk, inspector)
    assert "N24." in words(here) and "N4." not in words(here)
    assert "25 open" in words(here)
    press(here, "earlierComments", qtbot)
    assert "N4." in words(here)


def test_links_have_comments_too(desk: Desk, inspector: Inspector, qtbot: QtBot) -> None:
    link = desk.document.links[0]
    desk.selection.set(links=[link.id])
    inspector.show_selected()
    here = inspector.page.comments  # type: ignore[union-attr]
    press(here, "writeComment", qtbot)
    write(here, "Which page?", qtbot)
    assert [one.text for one in comments_on(desk.document, link.id)] == ["Which page?"]
