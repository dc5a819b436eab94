"""Search as one types: hits, their emphasis, keys, and following what changes."""

from __future__ import annotations

import pytest
from desk import Desk
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.ui.panels.lines import hits
from evidenceboard.ui.panels.search import PANEL, Search


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
    assert PANEL.area == "left" and search.objectName() == "search"
    assert search.focusProxy() is search.field
