"""The outline: order, filter, one selection with the board, placing what has no card."""

from __future__ import annotations

import pytest
from desk import Desk, row_of
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.numbers import natural
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.panels.outline import Outline
from evidenceboard.ui.panels.outline_model import COUNT, ID, MIME, NUMBER, OPEN, PLACED, OutlineModel


@pytest.fixture
def outline(desk: Desk, qtbot: QtBot) -> Outline:
    made = Outline(desk)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def listed(model: OutlineModel) -> dict[str, list[str]]:
    """Return the numbers under each heading."""
    found: dict[str, list[str]] = {}
    for row in range(model.rowCount()):
        place = model.index(row)
        if not place.data(ID):
            under = found.setdefault(str(place.data()), [])
            count = place.data(COUNT)
        else:
            under.append(str(place.data(NUMBER)))
            assert len(under) <= count
    return found


def place_of(outline: Outline, desk: Desk, number: str) -> QModelIndex:
    found = outline.model.place_of(desk.of(number).id)
    assert found.isValid()
    return found


def click(qtbot: QtBot, outline: Outline, place: QModelIndex, *, twice: bool = False) -> None:
    middle = outline.list.visualRect(place).center()
    press = qtbot.mouseDClick if twice else qtbot.mouseClick
    press(outline.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_entities_stand_under_their_types_in_the_order_of_their_numbers(outline: Outline, desk: Desk) -> None:
    def add(tx: Transaction) -> None:
        for place in range(10):
            commands.add_entity(tx, "claim", title=f"Claim {place}")

    desk.perform("Add", add)
    found = listed(outline.model)
    assert list(found) == ["Actors", "Claims", "Sources", "Scenarios"]
    assert found["Claims"] == [f"C{n}" for n in range(1, 13)]


def test_numbers_sort_as_people_read_them() -> None:
    assert sorted(["C10", "C3b", "C3", "C2", "S1", "x"], key=natural) == ["C2", "C3", "C3b", "C10", "S1", "x"]


def test_the_list_follows_operations_and_their_undo(outline: Outline, desk: Desk) -> None:
    before = listed(outline.model)
    desk.perform("Add", lambda tx: commands.add_entity(tx, "place", title="Kursk"))
    assert listed(outline.model)["Places"] == ["P1"]
    desk.perform("Add", lambda tx: commands.add_entity(tx, "claim", title="Third"))
    assert listed(outline.model)["Claims"] == ["C1", "C2", "C3"]
    c1 = desk.of("C1").id
    desk.perform("Remove", lambda tx: commands.remove(tx, [c1]))
    assert listed(outline.model)["Claims"] == ["C2", "C3"]
    for _ in range(3):
        desk.session.undo()
    assert listed(outline.model) == before


def test_many_entities_added_at_once_are_listed(outline: Outline, desk: Desk) -> None:
    def add(tx: Transaction) -> None:
        for place in range(500):
            commands.add_entity(tx, "actor", title=f"Actor {place}")

    desk.perform("Add", add)
    assert len(listed(outline.model)["Actors"]) == 501


def test_the_filter_looks_for_plain_text_in_number_and_title(outline: Outline, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(outline.filter, "<B>TO")
    qtbot.waitUntil(lambda: listed(outline.model) == {"Claims": ["C1"]})
    outline.filter.setText("ПОЛК")
    qtbot.waitUntil(lambda: listed(outline.model) == {"Claims": ["C2"]})
    outline.filter.setText("s2")
    qtbot.waitUntil(lambda: listed(outline.model) == {"Sources": ["S2"]})
    outline.filter.setText("nothing at all")
    qtbot.waitUntil(lambda: outline.empty.isVisible() and "fits the filter" in outline.empty.words)
    qtbot.keyClick(outline.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(listed(outline.model)) == 4)


def test_an_edit_takes_a_title_into_the_filtered_list_and_out_of_it(outline: Outline, desk: Desk) -> None:
    outline.filter.setText("defectors")
    outline.narrow()
    assert listed(outline.model) == {"Actors": ["A1"], "Sources": ["S1"]}
    s1, s2 = desk.of("S1").id, desk.of("S2").id
    desk.perform("Change", lambda tx: commands.set_fields(tx, s2, title="Other defectors"))
    assert listed(outline.model)["Sources"] == ["S1", "S2"]
    desk.perform("Change", lambda tx: commands.set_fields(tx, s1, title="Request"))
    assert listed(outline.model)["Sources"] == ["S2"]


def test_only_chosen_types_are_listed(outline: Outline, qtbot: QtBot) -> None:
    by_name = {toggle.accessibleName(): toggle for toggle in outline.toggles}
    qtbot.mouseClick(by_name["Only claims"], Qt.MouseButton.LeftButton)
    assert list(listed(outline.model)) == ["Claims"]
    qtbot.mouseClick(by_name["Only actors"], Qt.MouseButton.LeftButton)
    assert list(listed(outline.model)) == ["Actors", "Claims"]
    for name in ("Only claims", "Only actors"):
        qtbot.mouseClick(by_name[name], Qt.MouseButton.LeftButton)
    assert len(listed(outline.model)) == 4


def test_a_click_selects_the_card_and_a_selected_card_is_marked(outline: Outline, desk: Desk, qtbot: QtBot) -> None:
    click(qtbot, outline, place_of(outline, desk, "C1"))
    card = desk.document.card_on(desk.board_id, desk.of("C1").id)
    assert card is not None and desk.selection.cards == frozenset({card.id})
    other = desk.document.card_on(desk.board_id, desk.of("S2").id)
    assert other is not None
    desk.selection.set(cards=[other.id])
    qtbot.waitUntil(lambda: outline.chosen() == [desk.of("S2").id])
    desk.selection.clear()
    qtbot.waitUntil(lambda: outline.chosen() == [])


def test_what_has_no_card_here_is_muted_and_can_still_be_chosen(outline: Outline, desk: Desk, qtbot: QtBot) -> None:
    place = place_of(outline, desk, "A1")
    assert place.data(PLACED) is False and place_of(outline, desk, "C1").data(PLACED) is True
    click(qtbot, outline, place)
    assert desk.selection.entity == desk.of("A1").id and not desk.selection.cards


def test_a_double_click_and_enter_fly_to_the_card(outline: Outline, desk: Desk, qtbot: QtBot) -> None:
    click(qtbot, outline, place_of(outline, desk, "S1"))
    click(qtbot, outline, place_of(outline, desk, "S1"), twice=True)
    assert desk.went_to == [desk.of("S1").id]
    outline.list.setCurrentIndex(place_of(outline, desk, "C2"))
    qtbot.keyClick(outline.list, Qt.Key.Key_Return)
    assert desk.went_to[-1] == desk.of("C2").id


def test_enter_in_the_filter_goes_to_the_first_that_fits(outline: Outline, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(outline.filter, "s2")
    qtbot.keyClick(outline.filter, Qt.Key.Key_Return)
    assert desk.went_to == [desk.of("S2").id]


def test_what_has_no_card_is_placed_below_the_others_in_one_operation(
    outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    outline.list.selectionModel().clearSelection()
    for number in ("A1", "H2"):
        place = place_of(outline, desk, number)
        outline.list.selectionModel().select(place, outline.list.selectionModel().SelectionFlag.Select)
    assert len(outline.loose()) == 2
    there = [card.y + card.h for card in desk.document.cards]
    before = desk.session.operation_count()
    outline.place()
    assert desk.session.operation_count() == before + 1 and desk.newest().label == "Place 2 cards"
    made = [desk.document.card_on(desk.board_id, desk.of(number).id) for number in ("A1", "H2")]
    assert all(card is not None and card.y > max(there) for card in made)
    assert place_of(outline, desk, "A1").data(PLACED) is True
    assert desk.selection.cards == frozenset(card.id for card in made if card)


def test_ids_are_dragged_for_the_board_and_titles_for_others(outline: Outline, desk: Desk) -> None:
    places = [place_of(outline, desk, number) for number in ("C1", "A1")]
    data = outline.model.mimeData(places)
    assert bytes(data.data(MIME).data()).decode().split("\n") == [desk.of("C1").id, desk.of("A1").id]
    assert data.text().split("\n")[1] == "A1 200 defectors"
    assert outline.model.flags(places[0]) & Qt.ItemFlag.ItemIsDragEnabled
    assert not outline.model.flags(outline.model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_another_board_mutes_what_is_not_on_it(outline: Outline, desk: Desk) -> None:
    made = desk.perform("Add a board", lambda tx: commands.add_board(tx, "Second"))
    assert made is not None
    desk.show_board(made.id)
    assert place_of(outline, desk, "C1").data(PLACED) is False


def test_a_heading_folds_with_a_click_and_by_keys(outline: Outline, desk: Desk, qtbot: QtBot) -> None:
    top = outline.model.heading_of("claim")
    click(qtbot, outline, top)
    assert top.data(OPEN) is False and listed(outline.model)["Claims"] == []
    desk.perform("Add", lambda tx: commands.add_entity(tx, "claim", title="Third"))
    assert outline.model.heading_of("claim").data(COUNT) == 3
    outline.list.setCurrentIndex(outline.model.heading_of("claim"))
    qtbot.keyClick(outline.list, Qt.Key.Key_Return)
    assert listed(outline.model)["Claims"] == ["C1", "C2", "C3"]
    outline.list.setCurrentIndex(place_of(outline, desk, "C2"))
    qtbot.keyClick(outline.list, Qt.Key.Key_Left)
    assert listed(outline.model)["Claims"] == []
    qtbot.keyClick(outline.list, Qt.Key.Key_Right)
    assert listed(outline.model)["Claims"] == ["C1", "C2", "C3"]


NO_GRAB = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


@NO_GRAB
def test_the_menu_offers_to_place_what_has_no_card(outline: Outline, desk: Desk, qtbot: QtBot) -> None:
    click(qtbot, outline, place_of(outline, desk, "A1"))
    middle: QPoint = outline.list.visualRect(place_of(outline, desk, "A1")).center()
    outline.list.customContextMenuRequested.emit(middle)
    menu = next(menu for menu in outline.findChildren(QMenu) if menu.isVisible())
    choice = next(act for act in menu.actions() if act.text() == "Place on this board")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(choice).center())
    assert desk.document.card_on(desk.board_id, desk.of("A1").id) is not None


def test_the_panel_stands_at_the_left(desk: Desk, qtbot: QtBot) -> None:
    made = row_of("outline").make(desk)
    qtbot.addWidget(made)
    assert made.objectName() == "outline" and row_of("outline").area == "left" and not row_of("outline").shown_at_first
