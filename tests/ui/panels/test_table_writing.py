"""Writing in the table: in place, into many rows, filled, emptied, copied and pasted, each one undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_table import cell, column, numbers, show, shown, sort

from evidenceboard import commands
from evidenceboard.session import Session
from evidenceboard.ui.panels.editors import Choice, Line, Lines
from evidenceboard.ui.panels.reason_line import ReasonLine
from evidenceboard.ui.panels.table import Table
from evidenceboard.ui.panels.table_question import Question

ENTER, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Delete
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(desk: Desk, qtbot: QtBot) -> Table:
    made = shown(desk, qtbot)
    made.view.setFocus()
    return made


def go_to(table: Table, number: str, key: str) -> None:
    table.view.setCurrentIndex(cell(table, number, key))


def select(table: Table, key: str, *rows: int) -> None:
    table.view.select_rows(list(rows), column(table, key), current=rows[0])


def clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def paste(table: Table, qtbot: QtBot, text: str) -> None:
    clipboard(text)
    qtbot.keyClick(table.view, Qt.Key.Key_V, CONTROL)
    table.deeds.finish()


def question(table: Table) -> Question:
    assert isinstance(table.question, Question)
    return table.question


def why(asked: Question) -> str:
    return "\n".join(line.words for line in asked.lines)


def operations(desk: Desk) -> int:
    return desk.session.operation_count()


def test_enter_opens_the_editor_and_enter_keeps_and_goes_down(table: Table, desk: Desk, qtbot: QtBot) -> None:
    go_to(table, "C1", "where")
    qtbot.keyClick(table.view, ENTER)
    made = table.editing.editor
    assert isinstance(made, Line) and made.accessibleName() == "C1, Where"
    qtbot.keyClicks(made, "Kursk")
    qtbot.keyClick(made, ENTER)
    assert desk.of("C1").props["where"] == "Kursk" and table.editing.editor is None
    assert table.view.currentIndex() == cell(table, "C2", "where") and table.view.hasFocus()
    assert desk.newest().label == "Change Where"


def test_typing_takes_the_place_of_what_stands_there_and_tab_goes_on(table: Table, desk: Desk, qtbot: QtBot) -> None:
    go_to(table, "C1", "title")
    qtbot.keyClick(table.view, "N")
    made = table.editing.editor
    assert isinstance(made, Lines) and made.value() == "N"
    qtbot.keyClicks(made, "ew")
    qtbot.keyClick(made, Qt.Key.Key_Tab)
    assert desk.of("C1").title == "New"
    assert table.view.currentIndex() == cell(table, "C1", "standing")


def test_escape_puts_back(table: Table, desk: Desk, qtbot: QtBot) -> None:
    before = operations(desk)
    go_to(table, "C1", "where")
    qtbot.keyClick(table.view, "x")
    assert table.editing.editor is not None
    qtbot.keyClick(table.editing.editor, Qt.Key.Key_Escape)
    assert table.editing.editor is None and operations(desk) == before


def test_a_date_says_how_it_is_understood_and_a_wrong_one_stays_with_why(
    table: Table, desk: Desk, qtbot: QtBot
) -> None:
    go_to(table, "C1", "happened")
    qtbot.keyClick(table.view, Qt.Key.Key_F2)
    made = table.editing.editor
    assert isinstance(made, Line)
    qtbot.keyClicks(made, "blue moon")
    qtbot.keyClick(made, ENTER)
    assert table.editing.editor is made and made.value() == "blue moon" and table.said.words
    assert "happened" not in desk.of("C1").props
    qtbot.keyClick(made, ENTER)
    assert table.editing.editor is made
    made.selectAll()
    qtbot.keyClicks(made, "mid Oct 2024")
    assert "Understood as" in table.said.words
    qtbot.keyClick(made, ENTER)
    assert desk.of("C1").props["happened"] and table.editing.editor is None


def test_a_judgement_is_chosen_and_a_changed_one_asks_why(table: Table, desk: Desk, qtbot: QtBot) -> None:
    show(table, "source")
    go_to(table, "S1", "reliability")
    qtbot.keyClick(table.view, "B")
    made = table.editing.editor
    assert isinstance(made, Choice) and made.value() == "B"
    qtbot.keyClick(made, ENTER)
    assert desk.document.judged(desk.of("S1").id, "reliability") == "B"
    line = table.question
    assert isinstance(line, ReasonLine) and "Why B instead of C?" in line.question.words
    qtbot.waitUntil(lambda: line.line.hasFocus())
    qtbot.keyClicks(line.line, "Seen twice")
    qtbot.keyClick(line.line, ENTER)
    assert [one.reason for one in desk.document.assessments_of(desk.of("S1").id)] == ["Seen twice"]
    assert table.question is None
    desk.session.undo()
    assert desk.document.judged(desk.of("S1").id, "reliability") == "C"


def test_what_is_written_goes_to_all_selected_rows_as_one_step(table: Table, desk: Desk, qtbot: QtBot) -> None:
    select(table, "tags", 0, 1)
    assert "all 2 selected rows" in table.said.words
    before = operations(desk)
    qtbot.keyClick(table.view, Qt.Key.Key_F2)
    made = table.editing.editor
    assert isinstance(made, Line)
    made.selectAll()
    qtbot.keyClicks(made, "one; two")
    qtbot.keyClick(made, ENTER)
    assert desk.of("C1").tags == desk.of("C2").tags == ("one", "two")
    assert operations(desk) == before + 1 and desk.newest().label == "Change Tags of 2 things"
    desk.session.undo()
    assert desk.of("C1").tags == ("troops", "north") and desk.of("C2").tags == ("north",)


def test_judgements_of_many_rows_are_given_one_reason(table: Table, desk: Desk, qtbot: QtBot) -> None:
    for number, word in (("C1", "likely"), ("C2", "unlikely")):
        desk.perform("Judge", lambda tx, n=number, w=word: commands.set_fields(tx, desk.of(n).id, likelihood=w))
    select(table, "likelihood", 0, 1)
    qtbot.keyClick(table.view, Qt.Key.Key_F2)
    made = table.editing.editor
    assert isinstance(made, Choice)
    made.choose("very likely")
    table.editing.keep()
    line = table.question
    assert isinstance(line, ReasonLine) and "2 judgements" in line.question.words
    qtbot.keyClicks(line.line, "New photographs")
    qtbot.keyClick(line.line, ENTER)
    for number in ("C1", "C2"):
        (made_,) = desk.document.assessments_of(desk.of(number).id)
        assert (made_.value, made_.reason) == ("very likely", "New photographs")


def test_a_lower_marking_asks_in_its_dialog(table: Table, desk: Desk, qtbot: QtBot) -> None:
    desk.perform("Mark", lambda tx: commands.set_file(tx, marking="TLP:AMBER"))
    go_to(table, "C1", "marking")
    qtbot.keyClick(table.view, Qt.Key.Key_F2)
    made = table.editing.editor
    assert isinstance(made, Choice)
    made.choose("TLP:GREEN")
    table.editing.keep()
    assert desk.of("C1").marking == ""
    dialog = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "markingDialog")
    dialog.close()


def test_control_d_fills_down_and_delete_empties(table: Table, desk: Desk, qtbot: QtBot) -> None:
    desk.perform("Where", lambda tx: commands.set_fields(tx, desk.of("C1").id, where="Kursk"))
    select(table, "where", 0, 1)
    qtbot.keyClick(table.view, Qt.Key.Key_D, CONTROL)
    assert desk.of("C2").props["where"] == "Kursk"
    qtbot.keyClick(table.view, DELETE)
    assert not desk.of("C1").props["where"] and not desk.of("C2").props["where"]
    desk.session.undo()
    assert desk.of("C1").props["where"] == desk.of("C2").props["where"] == "Kursk"
    go_to(table, "C1", "standing")
    qtbot.keyClick(table.view, DELETE)
    assert "nothing here to empty" in table.said.words


def test_everything_copied_and_pasted_where_it_was_changes_nothing(table: Table, desk: Desk, qtbot: QtBot) -> None:
    hard = '=1+1 "quoted"\n\tand\r more'
    desk.perform("Write", lambda tx: commands.set_fields(tx, desk.of("C1").id, title=hard, happened="2024-10~"))
    before = operations(desk)
    for type_id in ("claim", "source", ""):
        show(table, type_id)
        table.view.selectAll()
        qtbot.keyClick(table.view, Qt.Key.Key_C, CONTROL)
        table.deeds.finish()
        text = QGuiApplication.clipboard().text()
        paste(table, qtbot, text)
        assert table.question is None and table.said.words == "Nothing was to be changed."
    assert operations(desk) == before


def test_a_block_from_a_spreadsheet_fills_cells_from_the_current_one_on(table: Table, desk: Desk, qtbot: QtBot) -> None:
    before = operations(desk)
    go_to(table, "C1", "happened")
    paste(table, qtbot, "18 Oct 2024\tKursk\tlikely\n2024-11\tMoscow\tunlikely\n")
    assert desk.of("C1").props["happened"] == "2024-10-18" and desk.of("C2").props["where"] == "Moscow"
    assert desk.document.judged(desk.of("C2").id, "likelihood") == "unlikely"
    assert operations(desk) == before + 1 and desk.newest().label == "Paste 6 cells"
    desk.session.undo()
    assert "where" not in desk.of("C1").props


def test_what_does_not_fit_is_named_and_what_fits_is_offered(table: Table, desk: Desk, qtbot: QtBot) -> None:
    go_to(table, "C1", "happened")
    before = operations(desk)
    paste(table, qtbot, "blue moon\tKursk\tperhaps\n2024\tMoscow\tlikely\tlow\thigh\tyes\tx\ty\tz\tq\tr")
    asked = question(table)
    assert operations(desk) == before
    assert "do not fit" in asked.said.words
    assert "C1 Happened “blue moon”: It takes dates" in why(asked)
    assert "C1 Likelihood “perhaps”: It takes one of" in why(asked) and "more columns" in why(asked)
    qtbot.mouseClick(asked.do, Qt.MouseButton.LeftButton)
    assert desk.of("C1").props == {"where": "Kursk"} | {k: v for k, v in desk.of("C1").props.items() if k != "where"}
    assert "happened" not in desk.of("C1").props and desk.of("C2").props["happened"] == "2024"
    assert operations(desk) == before + 1 and table.question is None


def test_escape_leaves_a_paste(table: Table, desk: Desk, qtbot: QtBot) -> None:
    before = operations(desk)
    go_to(table, "C1", "happened")
    paste(table, qtbot, "blue moon\tKursk")
    asked = question(table)
    qtbot.waitUntil(asked.do.hasFocus)
    qtbot.keyClick(asked.do, Qt.Key.Key_Escape)
    assert table.question is None and operations(desk) == before and table.view.hasFocus()


def test_below_the_last_row_a_paste_makes_new_entities_after_saying_so(table: Table, desk: Desk, qtbot: QtBot) -> None:
    go_to(table, "C2", "title")
    before = operations(desk)
    paste(table, qtbot, "Second\r\nThird\r\nFourth")
    asked = question(table)
    assert "2 new claims" in asked.said.words and asked.do.text() == "Write 3 cells"
    qtbot.mouseClick(asked.do, Qt.MouseButton.LeftButton)
    assert numbers(table) == ["C1", "C2", "C3", "C4"] and desk.of("C4").title == "Fourth"
    assert desk.document.card_on(desk.board_id, desk.of("C3").id) is not None
    assert operations(desk) == before + 1
    desk.session.undo()
    assert numbers(table) == ["C1", "C2"] and desk.of("C2").title != "Second"


def test_where_no_type_is_chosen_a_paste_makes_nothing_new(table: Table, desk: Desk, qtbot: QtBot) -> None:
    show(table, "")
    last = numbers(table)[-1]
    go_to(table, last, "title")
    paste(table, qtbot, "One\nTwo")
    assert "choose a type" in why(question(table))


def test_one_value_is_pasted_into_all_selected_cells(table: Table, desk: Desk, qtbot: QtBot) -> None:
    select(table, "where", 0, 1)
    paste(table, qtbot, "Kursk")
    assert desk.of("C1").props["where"] == desk.of("C2").props["where"] == "Kursk"


def test_a_computed_cell_takes_no_paste_and_that_is_said(table: Table, desk: Desk, qtbot: QtBot) -> None:
    go_to(table, "C1", "standing")
    paste(table, qtbot, "corroborated")
    assert isinstance(table.question, Question) and "computed" in why(table.question)
    assert not table.question.do.isVisible()


def test_a_title_longer_than_the_file_takes_is_refused_in_words(table: Table, desk: Desk, qtbot: QtBot) -> None:
    go_to(table, "C1", "title")
    paste(table, qtbot, "x" * 100_001)
    assert "100,000 characters" in why(question(table))
    question(table).leave.click()
    paste(table, qtbot, "y" * 100_000)
    assert len(desk.of("C1").title) == 100_000
    qtbot.keyClick(table.view, Qt.Key.Key_F2)
    assert table.editing.editor is not None and len(table.editing.editor.value()) == 100_000
    table.editing.put_back()


def test_a_row_that_was_removed_meanwhile_keeps_what_was_typed(table: Table, desk: Desk, qtbot: QtBot) -> None:
    go_to(table, "C2", "where")
    qtbot.keyClick(table.view, "K")
    c2 = desk.of("C2").id
    desk.perform("Remove", lambda tx: commands.remove(tx, [c2]))
    made = table.editing.editor
    assert made is not None
    qtbot.keyClick(made, ENTER)
    assert table.editing.editor is made and "no longer in the file" in table.said.words
    assert "where" not in desk.of("C1").props
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert table.editing.editor is None


def test_what_is_typed_goes_to_the_row_it_was_opened_for(table: Table, desk: Desk, qtbot: QtBot) -> None:
    sort(table, "title")
    go_to(table, "C1", "where")
    qtbot.keyClick(table.view, "K")
    desk.perform("Rename", lambda tx: commands.set_fields(tx, desk.of("C1").id, title="яяя"))
    assert numbers(table) == ["C2", "C1"] and table.editing.editor is not None
    qtbot.keyClick(table.editing.editor, ENTER)
    assert desk.of("C1").props["where"] == "K" and "where" not in desk.of("C2").props


def test_a_file_for_reading_only_is_copied_from_and_not_written_into(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "closed.db"
    desk.session.save_copy(path)
    with Session.open(path, read_only=True) as session:
        closed = Desk(session)
        table = shown(closed, qtbot)
        table.view.setFocus()
        go_to(table, "C1", "where")
        qtbot.keyClick(table.view, ENTER)
        qtbot.keyClick(table.view, DELETE)
        paste(table, qtbot, "Kursk")
        assert table.editing.editor is None and len(closed.banners) == 3
        assert all("reading only" in said for said in closed.banners)
        qtbot.keyClick(table.view, Qt.Key.Key_C, CONTROL)
        closed.bridge.close()
