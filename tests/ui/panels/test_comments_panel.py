"""The comments panel: what is open is listed first, found by words, answered and resolved in place."""

from __future__ import annotations

import pytest
from desk import Desk
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.comments import threads
from evidenceboard.model.records import Comment
from evidenceboard.ui.panels.comments import Comments


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> Comments:
    """Return the panel over three threads: on C1, on its likelihood, and a resolved one on a link."""
    with desk.session.transaction("Add comments") as tx:
        claim, link = tx.document.entity("C1"), tx.document.links[0]
        for at, subject, field, text in (
            ("2024-10-18", claim.id, "", "Which day?"),
            ("2024-10-19", claim.id, "likelihood", "왜 그렇게?"),
            ("2024-10-20", link.id, "", "Page checked"),
        ):
            made = tx.make(Comment, subject_id=subject, field=field, author_id="kim", text=text, at=at)
        commands.resolve_comment(tx, made.id)
    made_panel = Comments(desk)
    qtbot.addWidget(made_panel)
    made_panel.resize(300, 800)
    made_panel.show()
    qtbot.waitExposed(made_panel)
    made_panel.activateWindow()
    return made_panel


def said(panel: Comments) -> list[str]:
    return [row.words for row in panel.model.rows]


def test_open_threads_are_listed_the_newest_first_and_resolved_ones_when_asked_for(panel: Comments) -> None:
    assert said(panel) == ["왜 그렇게?", "Which day?"]
    assert panel.model.rows[0].number == "C1 · Likelihood"
    panel.state.setCurrentIndex(panel.state.findData("resolved"))
    assert said(panel) == ["Page checked"]
    panel.state.setCurrentIndex(panel.state.findData("all"))
    assert len(said(panel)) == 3


@pytest.mark.parametrize(
    ("typed", "found"), [("day", 1), ("c1", 2), ("another analyst", 2), ("likelihood", 1), ("nothing", 0)]
)
def test_words_find_the_card_the_author_and_what_is_said(panel: Comments, qtbot: QtBot, typed: str, found: int) -> None:
    panel.sought.setText(typed)
    qtbot.waitUntil(lambda: panel.model.words == typed)
    assert len(panel.model.rows) == found
    assert panel.empty.isVisible() == (not found)


def test_keys_go_to_the_card_and_answer_in_place(panel: Comments, desk: Desk, qtbot: QtBot) -> None:
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(1))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert desk.went_to == [desk.document.entity("C1").id]
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert panel.whole is not None and panel.whole.editor is not None
    qtbot.waitUntil(panel.whole.editor.text.hasFocus)
    qtbot.keyClicks(panel.whole.editor.text, "The 18th")
    qtbot.keyClick(panel.whole.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    claim = desk.document.entity("C1").id
    assert [one.text for thread in threads(desk.document, claim) for one in thread.answers] == ["The 18th"]
    qtbot.waitUntil(lambda: "1 answer" in panel.model.rows[1].beneath)


def test_what_is_resolved_leaves_the_list_and_the_next_is_chosen(panel: Comments, desk: Desk, qtbot: QtBot) -> None:
    panel.list.setCurrentIndex(panel.model.index(0))
    first = panel.model.rows[0].thread.first
    with desk.session.transaction("Resolve a comment") as tx:
        commands.resolve_comment(tx, first.id)
    qtbot.waitUntil(lambda: said(panel) == ["Which day?"])
    assert panel.chosen() is not None
    with desk.session.transaction("Resolve a comment") as tx:
        commands.resolve_comment(tx, panel.model.rows[0].thread.first.id)
    qtbot.waitUntil(lambda: panel.empty.words == "All comments are resolved.")
