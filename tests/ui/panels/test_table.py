"""The table: rows and their order, one selection with the board, the filter, columns, and following operations."""

from __future__ import annotations

import pytest
from desk import Desk
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.records import Entity
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui import settings
from evidenceboard.ui.panels import PANELS
from evidenceboard.ui.panels.table import Table
from evidenceboard.ui.panels.table_sharing import KEPT


@pytest.fixture
def table(desk: Desk, qtbot: QtBot) -> Table:
    return shown(desk, qtbot)


def shown(desk: Desk, qtbot: QtBot) -> Table:
    made = Table(desk)
    qtbot.addWidget(made)
    made.resize(1500, 500)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def show(table: Table, type_id: str) -> None:
    table.kind.setCurrentIndex(table.kind.findData(type_id))
    table.choose()
    table.model.finish()


def column(table: Table, key: str) -> int:
    return [one.key for one in table.model.columns].index(key)


def cell(table: Table, number: str, key: str) -> QModelIndex:
    entity = next(one for one in table._shell.document.entities if one.number == number)
    row = table.model.order.row_of(entity.id)
    assert row >= 0
    return table.model.index(row, column(table, key))


def numbers(table: Table) -> list[str]:
    return [str(table.model.index(row, 0).data()) for row in range(table.model.rowCount())]


def sort(table: Table, key: str, *, down: bool = False) -> None:
    order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
    table.view.horizontalHeader().setSortIndicator(column(table, key), order)
    table.model.finish()


def test_it_lists_the_claims_of_the_file_at_first_with_what_is_computed_of_them(table: Table) -> None:
    assert numbers(table) == ["C1", "C2"]
    labels = [one.label for one in table.model.columns]
    assert labels[:4] == ["Number", "Title", "Standing", "Best grade"] and "Likelihood" in labels
    assert cell(table, "C1", "grade").data() == "C3"
    assert cell(table, "C2", "standing").data() == "unsourced"
    assert cell(table, "C1", "links").data() == "5"


def test_another_type_has_other_rows_and_columns_and_is_there_again_next_time(
    table: Table, desk: Desk, qtbot: QtBot
) -> None:
    show(table, "source")
    assert numbers(table) == ["S1", "S2"]
    assert cell(table, "S1", "reliability").data() == "C · fairly reliable"
    assert cell(table, "S2", "known_through").data() == "S1"
    show(table, "")
    assert numbers(table) == ["A1", "C1", "C2", "H1", "H2", "S1", "S2"]
    assert cell(table, "H1", "type").data() == "Scenario"
    show(table, "scenario")
    assert cell(table, "H1", "against").data() == "1 of 1"
    assert numbers(shown(desk, qtbot)) == ["H1", "H2"]


def test_a_type_without_entities_says_so(table: Table) -> None:
    show(table, "place")
    assert table.model.rowCount() == 0 and table.said.words == "There are no places in this file yet."


def test_rows_are_sorted_as_people_read_and_empty_ones_come_last(table: Table, desk: Desk) -> None:
    def add(tx: Transaction) -> None:
        for place in range(9):
            commands.add_entity(tx, "claim", title=f"Claim {place}")
        for number, date in (("C10", "2024-10-18"), ("C9", "2024-10~"), ("C2", "2023"), ("C4", "some day")):
            entity = tx.document.entity(number)
            tx.put(Entity(entity.id, "claim", number, "x", props={"happened": date}))
        for number, word in (("C1", "unlikely"), ("C3", "almost certain"), ("C5", "likely")):
            commands.set_fields(tx, tx.document.entity(number).id, likelihood=word)

    desk.perform("Add", add)
    assert numbers(table)[:3] == ["C1", "C2", "C3"] and numbers(table)[-2:] == ["C10", "C11"]
    sort(table, "number", down=True)
    assert numbers(table)[:2] == ["C11", "C10"]
    sort(table, "happened")
    assert numbers(table)[:5] == ["C2", "C9", "C10", "C4", "C1"]
    sort(table, "happened", down=True)
    assert numbers(table)[:5] == ["C4", "C10", "C9", "C2", "C1"]
    sort(table, "likelihood")
    assert numbers(table)[:4] == ["C1", "C5", "C3", "C2"]


def test_a_row_moves_where_its_new_value_belongs_and_stays_selected(table: Table, desk: Desk) -> None:
    desk.perform("Add", lambda tx: [commands.add_entity(tx, "claim", title=f"M{n}") for n in range(5)])
    sort(table, "title")
    assert numbers(table) == ["C1", "C3", "C4", "C5", "C6", "C7", "C2"]
    table.view.setCurrentIndex(cell(table, "C3", "title"))
    c3 = desk.of("C3").id
    desk.perform("Change", lambda tx: commands.set_fields(tx, c3, title="zz"))
    assert numbers(table) == ["C1", "C4", "C5", "C6", "C7", "C3", "C2"]
    assert table.chosen() == [c3] and table.view.currentIndex() == cell(table, "C3", "title")
    desk.perform("Change", lambda tx: commands.set_fields(tx, c3, title="0"))
    assert numbers(table)[0] == "C3"
    desk.perform("Remove", lambda tx: commands.remove(tx, [c3]))
    assert numbers(table) == ["C1", "C4", "C5", "C6", "C7", "C2"]
    desk.session.undo()
    assert numbers(table)[0] == "C3"


def test_what_is_computed_follows_changes_far_away(table: Table, desk: Desk) -> None:
    sort(table, "grade")
    states = next(link for link in desk.document.links_into(desk.of("C1").id) if link.type == "states")
    desk.perform("Grade", lambda tx: commands.set_fields(tx, states.id, credibility="2"))
    assert cell(table, "C1", "grade").data() == "C2"
    desk.perform("Grade", lambda tx: commands.set_fields(tx, desk.of("S1").id, reliability="A"))
    assert cell(table, "C1", "grade").data() == "A2"


def test_many_things_changed_at_once_are_listed_anew(table: Table, desk: Desk, qtbot: QtBot) -> None:
    def add(tx: Transaction) -> None:
        for place in range(2500):
            commands.add_entity(tx, "claim", title=f"Claim {place}")

    desk.perform("Add", add)
    assert table.model.reading and "Reading" in table.said.words
    qtbot.waitUntil(lambda: table.model.rowCount() == 2502)
    assert numbers(table)[-1] == "C2502" and table.said.words == "2,502 claims"


def test_the_filter_takes_words_and_filters_as_the_search_does(table: Table, desk: Desk, qtbot: QtBot) -> None:
    table.filter.setText("tag:troops")
    qtbot.waitUntil(lambda: numbers(table) == ["C1"])
    c2 = desk.of("C2").id
    desk.perform("Tag", lambda tx: commands.set_fields(tx, c2, tags="troops"))
    assert numbers(table) == ["C1", "C2"]
    table.filter.setText("полк")
    qtbot.waitUntil(lambda: numbers(table) == ["C2"])
    desk.perform("Change", lambda tx: commands.set_fields(tx, c2, title="Nothing"))
    qtbot.waitUntil(lambda: numbers(table) == [])
    assert "No claims fit" in table.said.words
    table.filter.setText("standing:nonsense")
    qtbot.waitUntil(lambda: "left out" in table.said.words)
    qtbot.keyClick(table.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: numbers(table) == ["C1", "C2"])


def test_only_what_has_a_card_on_this_board_is_listed_where_that_is_wanted(table: Table, desk: Desk) -> None:
    show(table, "scenario")
    table.here.setChecked(True)
    table.model.finish()
    assert numbers(table) == ["H1"]
    h2 = desk.of("H2").id
    card = desk.perform("Place", lambda tx: commands.place(tx, desk.board_id, h2, x=0, y=0))
    assert numbers(table) == ["H1", "H2"] and card is not None
    desk.perform("Take off", lambda tx: commands.take_off(tx, [card.id]))
    assert numbers(table) == ["H1"]


def test_table_and_board_share_one_selection(table: Table, desk: Desk, qtbot: QtBot) -> None:
    table.view.setFocus()
    table.view.setCurrentIndex(cell(table, "C1", "title"))
    card = desk.document.card_on(desk.board_id, desk.of("C1").id)
    assert card is not None and desk.selection.cards == frozenset({card.id})
    other = desk.document.card_on(desk.board_id, desk.of("C2").id)
    assert other is not None
    desk.selection.set(cards=[other.id])
    qtbot.waitUntil(lambda: table.chosen() == [desk.of("C2").id])
    assert table.view.currentIndex() == cell(table, "C2", "title")
    table.view.selectAll()
    assert desk.selection.cards == frozenset({card.id, other.id})


def test_rows_without_a_card_stay_selected(table: Table, desk: Desk, qtbot: QtBot) -> None:
    show(table, "scenario")
    table.view.setFocus()
    table.view.select_rows([0, 1], 1, current=0)
    assert len(desk.selection.cards) == 1
    qtbot.wait(60)
    assert table.chosen() == [desk.of("H1").id, desk.of("H2").id]


def test_control_enter_and_a_double_click_on_the_number_fly_to_the_card(table: Table, desk: Desk, qtbot: QtBot) -> None:
    table.view.setFocus()
    table.view.setCurrentIndex(cell(table, "C2", "title"))
    qtbot.keyClick(table.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.went_to == [desk.of("C2").id]
    middle = table.view.visualRect(cell(table, "C1", "number")).center()
    qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert desk.went_to[-1] == desk.of("C1").id


def test_a_computed_cell_leads_to_what_it_was_computed_from(table: Table, desk: Desk, qtbot: QtBot) -> None:
    table.view.setFocus()
    table.view.setCurrentIndex(cell(table, "C1", "standing"))
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert desk.went_to == [desk.of("C1").id] and desk.ran == ["chain"]
    qtbot.keyClick(table.view, "x")
    assert table.editing.editor is None and "Nothing is written here" in table.said.words


def test_columns_are_hidden_moved_and_widened_for_each_type_and_remembered(
    table: Table, desk: Desk, qtbot: QtBot
) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    table.layout_.fill_menu(menu)
    next(item for item in menu.actions() if item.text() == "Where").trigger()
    head = table.view.horizontalHeader()
    head.moveSection(head.visualIndex(column(table, "tags")), 1)
    table.view.setColumnWidth(column(table, "title"), 456)
    sort(table, "title", down=True)
    show(table, "source")
    assert not any(table.view.isColumnHidden(at) for at in range(len(table.model.columns)))
    again = shown(desk, qtbot)
    show(again, "claim")
    assert again.view.isColumnHidden(column(again, "where"))
    assert again.view.shown_columns()[1] == column(again, "tags")
    assert again.view.columnWidth(column(again, "title")) == 456
    assert numbers(again) == ["C2", "C1"]
    again.layout_.reset()
    assert not again.view.isColumnHidden(column(again, "where")) and "claim" not in settings.get("table", {})


def test_the_last_column_cannot_be_hidden(table: Table) -> None:
    for at in range(len(table.model.columns)):
        table.layout_.turn(at, False)
    assert len(table.view.shown_columns()) == 1


def test_settings_that_are_nonsense_do_no_harm(desk: Desk, qtbot: QtBot) -> None:
    settings.put(
        table={"claim": {"order": [3, "x"], "hidden": "all", "widths": {"title": -5}, "sort": 7}}, table_kind=3
    )
    table = shown(desk, qtbot)
    show(table, "claim")
    assert numbers(table) == ["C1", "C2"]


def test_a_screen_reader_hears_the_number_the_column_and_the_value(table: Table) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert cell(table, "C1", "grade").data(role) == "C1, Best grade: C3"
    assert cell(table, "C1", "where").data(role) == "C1, Where: empty"


def test_it_says_that_it_shows_facts_while_something_is_supposed(table: Table, desk: Desk) -> None:
    desk.supposing.suppose([desk.of("S1").id], true=False)
    assert "not what is supposed" in table.said.words
    assert cell(table, "C1", "reports").data() == "2"


def test_the_first_column_stays_in_sight_while_others_are_scrolled_sideways(
    table: Table, desk: Desk, qtbot: QtBot
) -> None:
    view, first = table.view, table.view.first
    table.resize(700, 400)
    assert first.isHidden()
    view.setFocus()
    view.setCurrentIndex(cell(table, "C1", "tags"))
    assert first.isVisible() and view.horizontalScrollBar().value()
    there = view.horizontalScrollBar().value()
    middle = first.visualRect(cell(table, "C2", "number")).center()
    qtbot.mouseClick(first.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert table.chosen() == [desk.of("C2").id] and view.hasFocus() and view.horizontalScrollBar().value() == there
    qtbot.mouseDClick(first.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert desk.went_to == [desk.of("C2").id]
    view.setCurrentIndex(cell(table, "C1", "standing"))
    assert view.visualRect(cell(table, "C1", "standing")).left() >= first.width_over() > 0
    show(table, "source")
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert [first.isColumnHidden(at) for at in range(len(table.model.columns))].count(False) == 1
    view.horizontalScrollBar().setValue(0)
    assert first.isHidden()


def test_the_panel_docks_below() -> None:
    assert [panel.area for panel in PANELS if panel.id == "table"] == ["bottom"]


@pytest.fixture
def long(desk: Desk, table: Table) -> Table:
    def build(tx: Transaction) -> None:
        for number in range(KEPT + 300):
            commands.add_entity(tx, "note", title=f"{number * 7919 % 2311:05}")

    desk.perform("Build", build)
    show(table, "note")
    return table


def titles(table: Table) -> list[str]:
    found = (table._shell.document.find("entities", one) for one in table.chosen())
    return [one.title for one in found if isinstance(one, Entity)]


@pytest.mark.parametrize("many", (3, 700, KEPT))
def test_rows_that_are_selected_stay_so_where_they_are_sorted_anew(long: Table, many: int) -> None:
    at = column(long, "title")
    long.view.select_rows(list(range(many)), at)
    before = titles(long)
    sort(long, "title")
    assert titles(long) == sorted(before)
    sort(long, "title", down=True)
    assert titles(long) == sorted(before, reverse=True)


def test_all_rows_stay_selected_and_of_too_many_it_is_said_that_they_do_not(long: Table) -> None:
    rows = list(range(long.model.rowCount()))
    long.view.select_rows(rows, column(long, "title"))
    sort(long, "title")
    assert len(titles(long)) == len(rows)
    show(long, "")
    assert not titles(long), "other rows are selected than before"
    show(long, "note")
    long.view.select_rows(rows[: KEPT + 1], column(long, "title"))
    sort(long, "title", down=True)
    assert not titles(long)
    assert f"{KEPT + 1:,} rows were selected" in long.said.words
