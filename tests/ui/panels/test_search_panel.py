"""Search as one types: hits, their emphasis, keys, and following what changes."""

from __future__ import annotations

import pytest
from desk import Desk, row_of
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.panels import search as panel
from evidenceboard.ui.panels.lines import hits
from evidenceboard.ui.panels.search import Search


@pytest.fixture
def search(desk: Desk, qtbot: QtBot) -> Search:
    made = Search(desk)
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def found(search: Search) -> list[str]:
    return sorted(hit.number for hit in search.hits.hits)


def test_hits_come_as_one_types_and_are_counted(search: Search, qtbot: QtBot) -> None:
    qtbot.keyClicks(search.field, "defec")
    qtbot.waitUntil(lambda: found(search) == ["A1", "S1"])
    assert search.said.words == "2 hits"
    qtbot.keyClicks(search.field, "zzz")
    qtbot.waitUntil(lambda: search.said.words.startswith("No hits"))
    assert not search.list.isVisible()
    qtbot.keyClick(search.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not search.said.isVisible())


@pytest.mark.parametrize(("typed", "number"), [("국정원", "S2"), ("полк", "C2"), ("Курс", "C2")])
def test_hangul_and_cyrillic_are_found(search: Search, typed: str, number: str) -> None:
    search.field.setText(typed)
    search.search()
    assert number in found(search)


def test_arrows_choose_a_hit_and_enter_flies_to_it(search: Search, desk: Desk, qtbot: QtBot) -> None:
    search.field.setText("defectors")
    search.search()
    first, second = (hit.entity_id for hit in search.hits.hits)
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert desk.went_to == [first]
    qtbot.keyClick(search.field, Qt.Key.Key_Down)
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert desk.went_to == [first, second]
    qtbot.keyClick(search.field, Qt.Key.Key_Up)
    assert search.list.currentIndex().row() == 0


def test_enter_right_after_the_last_key_does_not_go_to_an_older_hit(search: Search, desk: Desk, qtbot: QtBot) -> None:
    search.field.setText("defectors")
    search.search()
    search.field.setText("Ukraine")
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert desk.went_to == [desk.of("H1").id]


def test_a_click_goes_to_a_hit(search: Search, desk: Desk, qtbot: QtBot) -> None:
    search.field.setText("defectors")
    search.search()
    rect = search.list.visualRect(search.hits.index(1))
    qtbot.mouseClick(search.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert desk.went_to == [search.hits.hits[1].entity_id]


def test_notes_and_quotes_are_searched_and_shown_beneath(search: Search, desk: Desk) -> None:
    a1 = desk.of("A1").id
    desk.perform("Change", lambda tx: commands.set_fields(tx, a1, notes="Seen near the <b>Dnipro</b> in May"))
    search.field.setText("Dnipro")
    search.search()
    assert found(search) == ["A1"]
    assert "<b>Dnipro</b>" in search.hits.hits[0].snippet


def test_hits_follow_operations(search: Search, desk: Desk, qtbot: QtBot) -> None:
    search.field.setText("defectors")
    search.search()
    a1 = desk.of("A1").id
    desk.perform("Change", lambda tx: commands.set_fields(tx, a1, title="Soldiers"))
    qtbot.waitUntil(lambda: found(search) == ["S1"])
    desk.session.undo()
    qtbot.waitUntil(lambda: found(search) == ["A1", "S1"])


def test_words_are_marked_where_they_stand_whatever_their_case() -> None:
    assert hits("Lorries and LORRIES", ["lorr", "and"]) == [(0, 4), (8, 3), (12, 4)]
    assert hits("İstanbul is far", ["far"]) == [(12, 3)]
    assert hits("nothing", [""]) == []


def test_the_panel_stands_at_the_left(search: Search) -> None:
    assert row_of("search").area == "left" and search.objectName() == "search"
    assert search.focusProxy() is search.field


def ask(search: Search, text: str) -> list[str]:
    search.field.setText(text)
    search.search()
    return found(search)


def test_filters_stand_beside_the_words_and_what_was_understood_is_said(search: Search) -> None:
    assert ask(search, "type:source defec") == ["S1"]
    assert search.understood.words == "sources, with “defec”"
    assert not search.problems.isVisible()
    assert ask(search, "-type:source defec") == ["A1"]
    assert ask(search, "tag:north") == ["C1", "C2"]
    assert not search.hits.hits[0].snippet
    assert ask(search, "defec") == ["A1", "S1"]
    assert not search.understood.isVisible()


def test_a_filter_that_is_wrong_is_said_beneath_and_the_rest_counts(search: Search) -> None:
    assert ask(search, "grade:Z9 type:claim") == ["C1", "C2"]
    assert search.problems.isVisible()
    assert search.problems.words.startswith("“grade:Z9” is no grade; left out of the search.")
    assert ask(search, "grade:Z9") == []
    assert not search.said.isVisible()


def test_hits_shine_while_there_are_words_and_the_filter_leaves_the_rest_out(search: Search, desk: Desk) -> None:
    sight = desk.sight
    ask(search, "defec")
    assert sight._bright["search"].entities == {desk.of("A1").id, desk.of("S1").id}
    assert not sight.reasons()
    search.only.setChecked(True)
    assert sight._only["search"].entities == {desk.of("A1").id, desk.of("S1").id}
    assert "search" not in sight._bright
    assert sight.reasons() == ["filter: with “defec”"]
    ask(search, "")
    assert not sight.is_wished("search")


def test_nothing_recedes_where_nothing_is_found_but_the_filter_is_honest(search: Search, desk: Desk) -> None:
    ask(search, "zzz")
    assert not desk.sight.is_wished("search")
    search.only.setChecked(True)
    assert desk.sight._only["search"].entities == frozenset()


def test_a_filter_follows_operations_but_keeps_what_one_works_on(search: Search, desk: Desk, qtbot: QtBot) -> None:
    search.only.setChecked(True)
    ask(search, "defec")
    s1, a1 = desk.of("S1").id, desk.of("A1").id
    card = desk.document.card_on(desk.board_id, s1)
    assert card is not None
    desk.selection.set(cards=[card.id])
    for one in (s1, a1):
        desk.perform("Change", lambda tx, one=one: commands.set_fields(tx, one, title="Soldiers"))
    qtbot.waitUntil(lambda: found(search) == [])
    assert desk.sight._only["search"].entities == {s1}
    ask(search, "defect")
    assert desk.sight._only["search"].entities == frozenset()


def test_esc_on_the_board_ends_the_search_and_show_all_only_the_filter(search: Search, desk: Desk) -> None:
    search.only.setChecked(True)
    ask(search, "defec")
    desk.sight.show_all()
    assert not search.only.isChecked()
    assert search.field.text() == "defec"
    assert desk.sight.is_wished("search"), "the hits shine again"
    assert desk.sight.end_newest()
    assert not search.field.text()
    assert not desk.sight.is_wished("search")


def test_a_closed_panel_lets_nothing_shine_but_its_filter_stays(search: Search, desk: Desk) -> None:
    ask(search, "defec")
    search.hide()
    assert not desk.sight.is_wished("search")
    search.show()
    assert desk.sight.is_wished("search")
    search.only.setChecked(True)
    search.hide()
    assert desk.sight.reasons()


def test_all_hits_count_and_a_search_goes_on_in_turns(
    search: Search, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(tx: Transaction) -> None:
        for place in range(260):
            commands.add_entity(tx, "note", title=f"Harbour {place}")

    desk.perform("Add", many)
    monkeypatch.setattr(panel, "TURN", 0.0)
    search.field.setText("type:note harb")
    search.search()
    assert search.said.words == "Searching…"
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: search.said.words == "260 hits, the first 200 are listed")
    assert search.hits.rowCount() == 200
    assert len(desk.sight._bright["search"].entities) == 260
    assert desk.went_to == [search.hits.hits[0].entity_id], "Enter waits for the first hit"


def test_searches_are_kept_in_the_file_and_run_by_a_click(
    search: Search, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not search.saved.isVisible()
    names = iter(["From <b>north</b>", "North"])
    monkeypatch.setattr("evidenceboard.ui.dialogs.ask.line", lambda *args: next(names))
    ask(search, "tag:north")
    search.keep.click()
    ask(search, "")
    assert search.saved.isVisible()
    item = search.saved.list.item(0)
    assert item.text() == "From <b>north</b>"
    search.saved.list.setCurrentRow(0)
    qtbot.keyClick(search.saved.list, Qt.Key.Key_F2)
    assert search.saved.list.item(0).text() == "North"
    rect = search.saved.list.visualItemRect(search.saved.list.item(0))
    qtbot.mouseClick(search.saved.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert search.field.text() == "tag:north"
    assert found(search) == ["C1", "C2"]
    ask(search, "")
    search.saved.list.setCurrentRow(0)
    menu = search.saved.menu()
    assert [action.text() for action in menu.actions()] == ["Search", "Rename…", "Remove"]
    menu.close()
    qtbot.keyClick(search.saved.list, Qt.Key.Key_Delete)
    assert not search.saved.isVisible()
    desk.session.undo()
    assert search.saved.isVisible()


def test_tab_completes_filters_and_their_values_and_else_goes_on(search: Search, qtbot: QtBot) -> None:
    assert not search.hint.isVisible()
    qtbot.keyClicks(search.field, "typ")
    assert search.hint.words == "Tab: type:"
    qtbot.keyClick(search.field, Qt.Key.Key_Tab)
    assert search.field.text() == "type:"
    assert search.hint.words == "Tab: actor · or claim, source, scenario, event, place, …"
    qtbot.keyClicks(search.field, "s")
    qtbot.keyClick(search.field, Qt.Key.Key_Tab)
    assert search.field.text() == "type:source"
    assert not search.hint.isVisible()
    search.search()
    search.activateWindow()
    search.field.setFocus()
    qtbot.waitUntil(search.field.hasFocus)
    qtbot.keyClick(search.field, Qt.Key.Key_Tab)
    assert not search.field.hasFocus()
