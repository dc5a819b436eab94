"""The matrix panel: judging by keys, weights, reasons, order, row by row, linchpins, one selection."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, row_of
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.ach import cell_link
from evidenceboard.model.records import Assessment
from evidenceboard.model.transaction import Transaction
from evidenceboard.render.palette import DARK, HIGH_CONTRAST, LIGHT, Palette, contrast
from evidenceboard.ui.board import physical
from evidenceboard.ui.panels.matrix import MatrixPanel
from evidenceboard.ui.panels.matrix_look import cell_colours
from evidenceboard.ui.panels.matrix_model import SEVERAL, WHY

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> MatrixPanel:
    """C1 is I against H1; C2 is in the matrix and blank; H2 has nothing."""
    desk.perform("Put in", lambda tx: commands.put_into_matrix(tx, [desk.of("C2").id]))
    made = MatrixPanel(desk)
    qtbot.addWidget(made)
    made.resize(1100, 420)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.table.setFocus()
    qtbot.waitUntil(made.table.hasFocus)
    return made


def at(panel: MatrixPanel, desk: Desk, row: str, scenario: str = "") -> QModelIndex:
    return panel.model.place(desk.of(row).id, desk.of(scenario).id if scenario else "")


def values(panel: MatrixPanel) -> list[list[str]]:
    """Return what each row shows, in the order in which it is drawn."""
    model = panel.model
    return [
        [str(model.index(row, column).data()) for column in range(1, model.last)] for row in range(model.rowCount())
    ]


def press(qtbot: QtBot, panel: MatrixPanel, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(panel.table, key)


def marks(panel: MatrixPanel) -> dict[str, tuple[float, int]]:
    return {one.entity.number: (one.weighted, one.not_assessed) for one in panel.model.scores}


def test_a_key_judges_the_current_cell_as_one_step_that_undo_takes_back(
    panel: MatrixPanel, desk: Desk, qtbot: QtBot
) -> None:
    assert values(panel) == [["I", ""], ["", ""]]
    panel.table.go(at(panel, desk, "C2", "H1"))
    before = desk.session.operation_count()
    for place, (key, shift, value) in enumerate((
        (Qt.Key.Key_C, False, "C"), (Qt.Key.Key_C, True, "CC"), (Qt.Key.Key_N, False, "N"), (Qt.Key.Key_A, False, "NA"),
        (Qt.Key.Key_I, False, "I"), (Qt.Key.Key_I, True, "II"), (Qt.Key.Key_1, False, "CC"), (Qt.Key.Key_2, False, "C"),
        (Qt.Key.Key_3, False, "N"), (Qt.Key.Key_4, False, "NA"), (Qt.Key.Key_5, False, "I"),
        (Qt.Key.Key_6, False, "II"),
    ), start=1):  # fmt: skip
        qtbot.keyClick(panel.table, key, SHIFT if shift else Qt.KeyboardModifier.NoModifier)
        assert values(panel)[1] == [value, ""]
        assert desk.session.operation_count() == before + place and desk.newest().label == "Judge a cell"
    press(qtbot, panel, Qt.Key.Key_Backspace)
    assert values(panel)[1] == ["", ""] and desk.newest().label == "Clear a cell"
    desk.session.undo()
    assert values(panel)[1] == ["II", ""]
    assert not desk.banners


def code_of(letter: str) -> int:
    """Return the code of the key that bears a letter on a Latin keyboard of this system."""
    return next(code for code, known in physical._LETTERS.items() if known == letter)


def test_letters_judge_by_the_place_of_their_key_under_other_scripts(panel: MatrixPanel, desk: Desk) -> None:
    panel.table.go(at(panel, desk, "C2", "H1"))
    for letter, code, held, value in (
        ("ш", code_of("I"), "", "I"),
        ("Ш", code_of("I"), "shift", "II"),
        ("ㅜ", code_of("N"), "", "N"),
        ("с", code_of("C"), "", "C"),
    ):
        modifiers = SHIFT if held else Qt.KeyboardModifier.NoModifier
        key = ord(letter.upper())
        QApplication.sendEvent(panel.table, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, code, code, 0, letter))
        assert values(panel)[1] == [value, ""]


def test_clearing_a_blank_cell_and_judging_it_as_it_is_write_nothing(
    panel: MatrixPanel, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.session.operation_count()
    panel.table.go(at(panel, desk, "C2", "H2"))
    press(qtbot, panel, Qt.Key.Key_Backspace, Qt.Key.Key_X, Qt.Key.Key_7)
    panel.table.go(at(panel, desk, "C1", "H1"))
    press(qtbot, panel, Qt.Key.Key_I)
    assert desk.session.operation_count() == before
    assert panel.table.currentIndex() == at(panel, desk, "C1", "H1")


def test_arrows_move_and_the_figures_follow_each_judgement(panel: MatrixPanel, desk: Desk, qtbot: QtBot) -> None:
    assert marks(panel) == {"H1": (1, 1), "H2": (0, 2)}
    panel.table.go(at(panel, desk, "C1", "H1"))
    press(qtbot, panel, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_6)
    assert values(panel) == [["I", ""], ["", "II"]]
    assert marks(panel) == {"H1": (1, 1), "H2": (2, 1)}
    head = panel.model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert str(head).startswith("H2 ") and "2 = C2 II 2. Not assessed: C1" in str(head)


def test_a_weight_is_changed_in_place_by_key_and_by_menu(panel: MatrixPanel, desk: Desk, qtbot: QtBot) -> None:
    panel.table.go(at(panel, desk, "C1"))
    press(qtbot, panel, Qt.Key.Key_H)
    assert panel.table.currentIndex().data() == "high" and marks(panel)["H1"] == (2, 1)
    assert desk.newest().label == "Weigh a row"
    assert "C1 I 1×2" in panel.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    press(qtbot, panel, Qt.Key.Key_Return)
    pick(qtbot, panel, "low · counts half")
    assert marks(panel)["H1"] == (0.5, 1)
    press(qtbot, panel, Qt.Key.Key_Backspace)
    assert panel.table.currentIndex().data() == "medium"
    assert not [one for one in desk.document.assessments_of(desk.of("C1").id) if one.field == "weight"]


def pick(qtbot: QtBot, panel: MatrixPanel, text: str) -> None:
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    choice = next(act for act in menu.actions() if act.text() == text)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(choice).center())


NO_GRAB = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


@NO_GRAB
def test_a_mouse_judges_by_a_menu_on_the_cell(panel: MatrixPanel, desk: Desk, qtbot: QtBot) -> None:
    middle = panel.table.visualRect(at(panel, desk, "C2", "H2")).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    panel.table.customContextMenuRequested.emit(middle)
    pick(qtbot, panel, "II · very inconsistent")
    assert values(panel)[1] == ["", "II"]


def test_enter_asks_for_the_reason_and_keeps_it_with_the_judgement(
    panel: MatrixPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.table.go(at(panel, desk, "C1", "H1"))
    press(qtbot, panel, Qt.Key.Key_Return)
    row = panel.side.reason
    assert row is not None and row.editor is not None
    editor = row.editor
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, "Seen by nobody else")
    before = desk.session.operation_count()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.table.hasFocus)
    assert desk.session.operation_count() == before + 1
    link = cell_link(desk.document, desk.of("C1").id, desk.of("H1").id)
    assert link is not None and link.props["reason"] == "Seen by nobody else"
    assert [one.reason for one in desk.document.assessments_of(link.id)] == ["Seen by nobody else"]
    assert at(panel, desk, "C1", "H1").data(WHY) is True and at(panel, desk, "C2", "H1").data(WHY) is False
    press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.side.reason is not None and panel.side.reason.editor is not None
    qtbot.keyClicks(panel.side.reason.editor, " at all")
    qtbot.keyClick(panel.side.reason.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(panel.table.hasFocus)
    assert desk.session.operation_count() == before + 1


def test_rank_order_is_drawn_on_demand_and_the_hand_stays_on_its_cell(
    panel: MatrixPanel, desk: Desk, qtbot: QtBot
) -> None:
    def more(tx: Transaction) -> None:
        for scenario, value in (("H1", "II"), ("H2", "CC")):
            commands.rate(tx, desk.of("C2").id, desk.of(scenario).id, value)

    desk.perform("Judge", more)
    assert [one.entity.number for one in panel.model.scores] == ["H1", "H2"]
    panel.table.go(at(panel, desk, "C1", "H1"))
    qtbot.mouseClick(panel.by_rank, Qt.MouseButton.LeftButton)
    assert [one.entity.number for one in panel.model.scores] == ["H2", "H1"]
    assert [one.entity.number for one in panel.model.rows] == ["C2", "C1"]
    here = panel.table.currentIndex()
    assert here == at(panel, desk, "C1", "H1") and (here.row(), here.column()) == (1, 2)
    # C1 goes first now: what is judged moves, and the hand with it.
    panel.table.setFocus()
    press(qtbot, panel, Qt.Key.Key_Left, Qt.Key.Key_6, Qt.Key.Key_6)
    assert panel.table.currentIndex() == at(panel, desk, "C1", "H2")
    qtbot.mouseClick(panel.by_rank, Qt.MouseButton.LeftButton)
    assert [one.entity.number for one in panel.model.rows] == ["C1", "C2"]


def test_row_by_row_hides_every_figure_and_goes_on_by_itself(panel: MatrixPanel, desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.by_rank, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.row_by_row, Qt.MouseButton.LeftButton)
    model = panel.model
    assert [one.entity.number for one in model.scores] == ["H1", "H2"]
    heads = [model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) for n in (1, 2)]
    assert not any("not assessed" in str(head).lower() for head in heads)
    assert {model.index(row, model.last).data() for row in range(2)} == {""}
    qtbot.waitUntil(lambda: not panel.side.linchpins and "hidden" in panel.side.none.words)
    assert panel.side.terms.isHidden()
    panel.table.setFocus()
    panel.table.go(at(panel, desk, "C1", "H1"))
    press(qtbot, panel, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_6, Qt.Key.Key_1)
    assert values(panel) == [["C", "N"], ["II", "CC"]]
    assert panel.table.currentIndex() == at(panel, desk, "C2", "H2")
    panel.table.go(at(panel, desk, "C2", "H1"))
    press(qtbot, panel, Qt.Key.Key_Left)
    assert panel.table.currentIndex() == at(panel, desk, "C1", "H2")
    qtbot.mouseClick(panel.row_by_row, Qt.MouseButton.LeftButton)
    assert model.index(0, model.last).data() == "2.00"


def rested_on(widget: QWidget) -> str:
    """Return what is told to a pointer that rests on a widget."""
    middle = widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, middle, widget.mapToGlobal(middle)))
    return widget.toolTip()


def test_linchpins_are_told_in_words_and_lead_to_their_card(panel: MatrixPanel, desk: Desk, qtbot: QtBot) -> None:
    said = [f"If {one} is wrong, nothing is left to tell the scenarios apart." for one in ("C1", "S1")]
    qtbot.waitUntil(lambda: [line.words for line in panel.side.linchpins] == said)
    qtbot.mouseClick(panel.side.linchpins[0], Qt.MouseButton.LeftButton)
    assert desk.went_to == [desk.of("C1").id]
    panel.table.go(at(panel, desk, "C2", "H2"))
    panel.table.setFocus()
    press(qtbot, panel, Qt.Key.Key_5)
    said = ["If C1 is wrong, H1 gets ahead of H2.", "If C2 is wrong, H2 gets ahead of H1."]
    qtbot.waitUntil(lambda: [line.words for line in panel.side.linchpins][:2] == said)
    assert "H1 0, H2 1" in rested_on(panel.side.linchpins[0])


def test_figures_open_their_terms_beside_the_table(panel: MatrixPanel, desk: Desk) -> None:
    panel.table.go(at(panel, desk, "C1", "H1"))
    assert panel.side.head.words == "C1 against H1: inconsistent"
    assert panel.side.terms.words == "H1: 1 = C1 I 1. Not assessed: C2"
    panel.table.go(panel.model.index(0, panel.model.last))
    assert panel.side.head.words == "C1 tells nothing apart: 0.00"
    assert panel.side.terms.words == "The standard deviation of H1 I 2"


def test_where_analysts_differ_the_cell_is_marked_and_it_is_said_what_counts(panel: MatrixPanel, desk: Desk) -> None:
    link = cell_link(desk.document, desk.of("C1").id, desk.of("H1").id)
    assert link is not None

    def other(tx: Transaction) -> None:
        tx.make(Assessment, subject_id=link.id, field="consistency", author_id="somebody", value="CC")

    desk.perform("Another analyst", other)
    here = at(panel, desk, "C1", "H1")
    panel.table.go(here)
    assert here.data() == "I" and here.data(SEVERAL) is True
    assert panel.side.others.words == "you: I · another analyst: CC. The more cautious counts."
    desk.perform("Choose", lambda tx: commands.set_file(tx, assessor="somebody"))
    assert at(panel, desk, "C1", "H1").data() == "CC"
    assert panel.side.others.words.endswith("What another analyst judged counts.")


def test_a_click_on_a_head_goes_to_the_card_and_a_selected_card_is_marked(
    panel: MatrixPanel, desk: Desk, qtbot: QtBot
) -> None:
    claims, scenarios = panel.table.claims, panel.table.scenarios
    down = claims.sectionViewportPosition(1) + 10
    qtbot.mouseClick(claims.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, down))
    across = scenarios.sectionViewportPosition(2) + 30
    qtbot.mouseClick(scenarios.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(across, 20))
    assert desk.went_to == [desk.of("C2").id, desk.of("H2").id]
    card = desk.document.card_on(desk.board_id, desk.of("C1").id)
    assert card is not None
    desk.selection.set(cards=[card.id])
    qtbot.waitUntil(lambda: panel.table.currentIndex().row() == 0)
    assert claims.marked == frozenset({desk.of("C1").id})


def test_the_current_cell_and_the_selected_link_are_one(panel: MatrixPanel, desk: Desk, qtbot: QtBot) -> None:
    link = cell_link(desk.document, desk.of("C1").id, desk.of("H1").id)
    assert link is not None and not desk.selection
    panel.table.go(at(panel, desk, "C2", "H2"))
    desk.selection.set(links=[link.id])
    qtbot.waitUntil(lambda: panel.table.currentIndex() == at(panel, desk, "C1", "H1"))
    press(qtbot, panel, Qt.Key.Key_Down)
    card = desk.document.card_on(desk.board_id, desk.of("C2").id)
    assert card is not None
    qtbot.waitUntil(lambda: desk.selection.cards == frozenset({card.id}))
    press(qtbot, panel, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: desk.selection.links == frozenset({link.id}))


@NO_GRAB
def test_selected_cards_are_put_in_and_a_row_is_taken_out_again(panel: MatrixPanel, desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.put_in, Qt.MouseButton.LeftButton)
    assert desk.banners == ["Select claims or events on the board first; they become rows of the matrix."]
    made = desk.perform("Add", lambda tx: commands.add_entity(tx, "event", title="Arrival"))
    assert made is not None
    desk.selection.set(entity=made.id)
    qtbot.mouseClick(panel.put_in, Qt.MouseButton.LeftButton)
    assert [row.entity.number for row in panel.model.rows] == ["C1", "C2", "E1"]
    panel.table.claims.customContextMenuRequested.emit(QPoint(60, 10))
    pick(qtbot, panel, "Take out of the matrix with its cells")
    assert [row.entity.number for row in panel.model.rows] == ["C2", "E1"]
    desk.session.undo()
    assert values(panel) == [["I", ""], ["", ""], ["", ""]]


def test_rows_and_scenarios_that_come_and_go_are_followed(panel: MatrixPanel, desk: Desk) -> None:
    panel.table.go(at(panel, desk, "C2", "H2"))
    desk.perform("Remove", lambda tx: commands.remove(tx, [desk.of("H1").id]))
    assert values(panel) == [[""]] and panel.table.currentIndex() == at(panel, desk, "C2", "H2")
    desk.perform("Remove", lambda tx: commands.remove(tx, [desk.of("C2").id]))
    assert panel.empty.isVisible() and "No claim or event is in the matrix yet" in panel.empty.words
    desk.perform("Remove", lambda tx: commands.remove(tx, [desk.of("H2").id]))
    assert "There is no scenario yet" in panel.empty.words and not panel.table.isVisible()
    for _ in range(3):
        desk.session.undo()
    assert values(panel) == [["I", ""], ["", ""]] and panel.empty.isHidden()


def test_figures_of_before_are_said_to_be_so_until_a_large_matrix_is_weighed_anew(
    panel: MatrixPanel, desk: Desk, qtbot: QtBot
) -> None:
    def fill(tx: Transaction) -> None:
        made = [commands.add_entity(tx, "claim", title=f"Claim {number}").id for number in range(3_000)]
        commands.put_into_matrix(tx, made)

    desk.perform("Fill", fill)
    panel.finish()
    assert "probability" in panel.caution.words
    desk.perform("Judge", lambda tx: commands.rate(tx, desk.of("C2").id, desk.of("H1").id, "II"))
    assert "before the last change" in panel.caution.words
    panel.by_rank.toggle()
    assert "before the last change" in panel.caution.words
    qtbot.waitUntil(lambda: "probability" in panel.caution.words, timeout=20_000)
    assert marks(panel)["H1"][0] > 0


def test_a_board_for_reading_only_says_so_and_stays_as_it_is(
    tmp_path: Path, desk: Desk, qtbot: QtBot, panel: MatrixPanel
) -> None:
    path = desk.session.path
    with Session.open(path, read_only=True) as session:
        reading = Desk(session)
        made = MatrixPanel(reading)
        qtbot.addWidget(made)
        made.show()
        made.table.go(made.model.index(0, 1))
        qtbot.keyClick(made.table, Qt.Key.Key_C)
        assert "reading only" in reading.banners[0] and values(made)[0][0] == "I"
        qtbot.keyClick(made.table, Qt.Key.Key_Return)
        assert made.side.reason is not None and made.side.reason.editor is None
        reading.bridge.close()


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda one: one.name)
def test_letters_can_be_read_on_the_ground_of_their_cell(colours: Palette) -> None:
    for value in ("CC", "C", "N", "NA", "I", "II", ""):
        ground, ink = cell_colours(colours, value)
        assert contrast(ink, ground) >= 4.5, value
    grounds = {cell_colours(colours, value)[0].name() for value in ("CC", "C", "N", "I", "II")}
    assert len(grounds) == 5 and QColor(colours.chrome).name() not in grounds


def test_the_panel_stands_below_and_says_its_keys(desk: Desk, qtbot: QtBot) -> None:
    made = row_of("matrix").make(desk)
    qtbot.addWidget(made)
    assert isinstance(made, MatrixPanel) and made.objectName() == "matrix" and row_of("matrix").area == "bottom"
    assert "Fewest contradictions first: this is not a probability." in made.caution.words
    assert "1 CC" in made.keys.words and "Enter" in made.keys.words
    names = {button.objectName() for button in made.findChildren(QPushButton)}
    assert {"matrixByRank", "matrixRowByRow", "matrixPutIn"} <= names
