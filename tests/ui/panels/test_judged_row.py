"""Judgements in the inspector: who, when and why beneath, the history in place, and the asking for a reason."""

from __future__ import annotations

from desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reading import click, row, show, type_into

from evidenceboard import commands
from evidenceboard.model.records import Link
from evidenceboard.ui.panels.editors import Choice
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.judged_row import JudgedRow
from evidenceboard.ui.panels.prose import Prose


def judged(inspector: Inspector, key: str) -> JudgedRow:
    found = row(inspector, key)
    assert isinstance(found, JudgedRow)
    return found


def choose(qtbot: QtBot, field: JudgedRow, value: str) -> None:
    """Pick a value from the list of a judgement."""
    field.open()
    assert isinstance(field.editor, Choice)
    field.editor.choose(value)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)


def show_link(inspector: Inspector, desk: Desk, qtbot: QtBot) -> Link:
    link = next(one for one in desk.document.links_from(desk.of("S1").id) if one.type == "states")
    desk.selection.set(links=[link.id])
    inspector.show_selected()
    return link


def type_reason(field: JudgedRow, qtbot: QtBot, text: str) -> None:
    assert field.asking is not None
    qtbot.waitUntil(lambda: field.asking is not None and field.asking.line.hasFocus())
    QTest.keyClicks(field.asking.line, text)
    QTest.keyClick(field.asking.line, Qt.Key.Key_Return)


def earlier(field: JudgedRow) -> list[str]:
    assert field._earlier is not None
    return [line.words for line in field._earlier.findChildren(Prose)]


def test_beneath_a_judgement_stands_who_made_it_when_and_why(inspector: Inspector, desk: Desk) -> None:
    source = desk.of("S1").id
    desk.perform("Grade", lambda tx: commands.set_fields(tx, source, reliability="D", reason="was <b>wrong</b> twice"))
    show(inspector, desk, "S1")
    said = judged(inspector, "reliability").beneath.words.split(" · ")
    assert said[0] == "you" and said[2] == "was <b>wrong</b> twice"
    assert judged(inspector, "reliability").value.toolTip().count("AJP-2.1") == 1


def test_a_first_judgement_asks_nothing_and_a_changed_one_asks_why(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    field = judged(inspector, "likelihood")
    choose(qtbot, field, "likely")
    assert field.asking is None and desk.document.judged(desk.of("C1").id, "likelihood") == "likely"
    assert field.value.words == "likely · 55–80 %"
    choose(qtbot, field, "very likely")
    assert desk.document.judged(desk.of("C1").id, "likelihood") == "very likely"
    type_reason(field, qtbot, "two more ships")
    assert field.asking is None and field.beneath.words.endswith("two more ships")
    assert desk.document.assessments_of(desk.of("C1").id)[0].reason == "two more ships"
    desk.session.undo()
    assert desk.document.judged(desk.of("C1").id, "likelihood") == "likely"


def test_enter_on_an_empty_line_keeps_the_value_and_says_that_there_is_no_reason(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "S1")
    field = judged(inspector, "reliability")
    choose(qtbot, field, "D")
    type_reason(field, qtbot, "")
    assert desk.document.judged(desk.of("S1").id, "reliability") == "D"
    assert field.beneath.words.endswith("no reason given")
    click(qtbot, field.saying_why)
    type_reason(field, qtbot, "was wrong twice")
    assert field.beneath.words.endswith("was wrong twice")


def test_going_elsewhere_keeps_the_reason_that_was_being_typed(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "S1")
    field = judged(inspector, "reliability")
    choose(qtbot, field, "D")
    assert field.asking is not None
    field.asking.line.setText("half a reason")
    show(inspector, desk, "S2")
    assert desk.document.assessments_of(desk.of("S1").id)[0].reason == "half a reason"


def test_the_history_opens_in_place_newest_first(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    source = desk.of("S1").id
    desk.perform("Grade", lambda tx: commands.set_fields(tx, source, reliability="D", reason="was wrong"))
    desk.perform("Grade", lambda tx: commands.set_fields(tx, source, reliability="B"))
    desk.session.undo()
    show(inspector, desk, "S1")
    field = judged(inspector, "reliability")
    click(qtbot, field.history)
    lines = earlier(field)
    assert [line.split(" · ")[2] for line in lines] == ["B → D", "D → B", "C → D", "C"]
    assert "undone" in lines[0] and lines[2].endswith("was wrong") and lines[1].endswith("no reason given")
    desk.session.redo()
    assert len(earlier(field)) == 5
    click(qtbot, field.history)
    assert field._earlier is None


def test_a_judgement_that_was_taken_back_still_has_its_history(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    source = desk.of("S1").id
    desk.perform("Grade", lambda tx: commands.set_fields(tx, source, reliability=""))
    show(inspector, desk, "S1")
    field = judged(inspector, "reliability")
    assert field.value.words == "not judged yet" and field.history.isVisible()
    click(qtbot, field.history)
    assert "C taken back" in earlier(field)[0]
    show(inspector, desk, "S2")
    assert not judged(inspector, "reliability").history.isVisible()


def test_where_analysts_differ_it_is_said_which_value_counts_and_why(inspector: Inspector, desk: Desk) -> None:
    source, mine = desk.of("S1").id, desk.session.author_id
    desk.session.author_id = "b" * 32
    desk.perform("Grade", lambda tx: commands.set_fields(tx, source, reliability="A"))
    show(inspector, desk, "S1")
    field = judged(inspector, "reliability")
    assert field.beneath.words.endswith("C counts: the more cautious one.")
    desk.perform("Choose", lambda tx: commands.set_file(tx, assessor="b" * 32))
    field.refresh()
    assert field.value.words.startswith("A ·") and "goes by that analyst" in field.beneath.words
    desk.session.author_id = mine


def test_choosing_confirmed_asks_by_whom_and_writes_nothing_before(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    link = show_link(inspector, desk, qtbot)
    field, count = judged(inspector, "credibility"), desk.session.operation_count()
    choose(qtbot, field, "1")
    assert field.asking is not None and "by whom" in field.asking.question.words
    assert desk.session.operation_count() == count
    type_reason(field, qtbot, "")
    assert field.asking is not None and "choose 2" in field.asking.trouble.words
    type_reason(field, qtbot, "two ministries")
    assert desk.document.judged(link.id, "credibility") == "1"
    assert desk.document.assessments_of(link.id)[0].reason == "two ministries"
    assert desk.session.operation_count() == count + 1


def test_confirmed_can_become_probably_true_instead(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    link = show_link(inspector, desk, qtbot)
    field = judged(inspector, "credibility")
    choose(qtbot, field, "1")
    assert field.asking is not None
    click(qtbot, field.asking.buttons[0])
    assert desk.document.judged(link.id, "credibility") == "2"
    assert field.asking is not None and "Why 2 instead of 3" in field.asking.question.words
    QTest.keyClick(field.asking.line, Qt.Key.Key_Escape)
    assert field.asking is None


def test_esc_on_the_question_leaves_everything_as_it_was(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    link = show_link(inspector, desk, qtbot)
    field, count = judged(inspector, "credibility"), desk.session.operation_count()
    choose(qtbot, field, "1")
    qtbot.waitUntil(lambda: field.asking is not None and field.asking.line.hasFocus())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert field.asking is None and desk.session.operation_count() == count
    assert desk.document.judged(link.id, "credibility") == "3"


def test_a_likelihood_is_shown_as_a_range_and_offered_in_the_words_of_the_file(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    scenario = desk.of("H1").id
    desk.perform("Judge", lambda tx: commands.set_fields(tx, scenario, likelihood="very likely"))
    show(inspector, desk, "H1")
    field = judged(inspector, "likelihood")
    assert field.range.isVisible() and field.range.accessibleName() == "From 80 to 95 per cent"
    desk.perform("Choose", lambda tx: commands.set_file(tx, yardstick="phia"))
    inspector._remake_if_outgrown()
    field = judged(inspector, "likelihood")
    assert field.value.words == "very likely · 80–95 % · from another yardstick, ICD 203"
    assert "realistic possibility · 40–50 %" in [words for _, words in field.field.choices]
    field.open()
    assert isinstance(field.editor, Choice) and field.editor.value() == "very likely"


def test_likelihood_and_confidence_in_one_sentence_are_hinted_at_and_kept(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "H1")
    field = row(inspector, "statement")
    type_into(qtbot, field, "They likely stay, with high confidence")
    qtbot.waitUntil(lambda: "ICD 203" in field.beneath.words)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.of("H1").props["statement"] == "They likely stay, with high confidence"
