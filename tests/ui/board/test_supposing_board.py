"""Supposing in a real window: the band, the border, struck cards, figures that follow, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hands import ALT, CONTROL, Hand, Key, differing
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.ui.board import context_menu
from evidenceboard.ui.board.tools.tool import Pointer
from evidenceboard.ui.dialogs.export import Export
from evidenceboard.ui.suppose_band import SupposeBand
from evidenceboard.ui.window import Window


@pytest.fixture
def band(window: Window) -> SupposeBand:
    found = window.findChild(SupposeBand)
    assert found is not None
    return found


def suppose(hand: Hand, number: str, key: Key = Key.Key_0) -> None:
    """Click a card and suppose it false, or true with 1."""
    hand.click(hand.at(number))
    hand.key(key, CONTROL | ALT)


def test_a_supposition_marks_the_whole_window_and_ends_with_its_button_alone(
    hand: Hand, window: Window, band: SupposeBand, qtbot: QtBot
) -> None:
    hand.click(hand.at("S1"))
    window.selection.clear()
    plain = hand.settled()
    before = window.session.path.read_bytes()
    with hand.nothing_changes():
        suppose(hand, "S1")
        assert band.isVisible() and "supposing" in window.windowTitle()
        assert band.text() == (
            "Supposing S1 is false · 1 card falls · the order of scenarios stands · nothing is written"
        )
        assert window.board.property("supposing") and window.board.layout().contentsMargins().top() == 4
        hand.key(Key.Key_Escape)
        hand.key(Key.Key_Escape)
        assert band.isVisible()
        window.selection.clear()
        marked = hand.settled()
        band.end.click()
        assert not band.isVisible() and "supposing" not in window.windowTitle() and not band.text()
        window.selection.clear()
    assert marked.size() != plain.size()
    qtbot.waitUntil(lambda: hand.surface.size() == plain.size())
    assert differing(hand.settled(), plain) == 0
    assert window.session.path.read_bytes() == before


def test_cards_that_fall_are_struck_and_say_so_and_the_others_show_supposed_figures(hand: Hand, window: Window) -> None:
    suppose(hand, "S1")
    supposed = window.board.surface.picture.supposed
    assert supposed is not None
    assert set(window.document.numbers_of(list(supposed.falls))) == {"S1", "C1"}
    suppose(hand, "C1", Key.Key_1)
    assert window.board.surface.picture.supposed is window.supposing.supposed
    assert "C1 is true" in window.findChild(SupposeBand).text()
    assert set(window.document.numbers_of(list(window.supposing.supposed.falls))) == {"S1"}


@pytest.mark.parametrize("zoom", [0.05, 0.12, 0.4, 1.0])
def test_what_falls_looks_different_at_every_zoom(hand: Hand, window: Window, zoom: float) -> None:
    window.supposing.suppose([hand.of("C2").id], true=False)
    window.board.surface.put_camera(zoom, 0.0, 0.0)
    struck = hand.settled()
    window.supposing.take_back([hand.of("C2").id])
    window.supposing.suppose([hand.of("E1").id], true=False)
    assert differing(hand.settled(), struck, hand.surface.rect_of("C2").intersected(struck.rect())) > 0


def test_the_supposition_follows_operations_undo_and_removal(hand: Hand, window: Window, band: SupposeBand) -> None:
    suppose(hand, "S1")
    with hand.one_step():
        window.perform("Link", lambda tx: commands.link(tx, "depends on", hand.of("C2").id, hand.of("C1").id))
    assert "2 cards fall" in band.text()
    window.run("undo")
    assert "1 card falls" in band.text()
    window.run("redo")
    hand.click(hand.at("S1"))
    hand.key(Key.Key_Delete)
    assert not band.isVisible() and not window.supposing
    window.run("undo")
    assert not band.isVisible(), "what was removed has left the supposition"


def test_another_board_keeps_the_supposition(hand: Hand, window: Window, band: SupposeBand) -> None:
    suppose(hand, "C1")
    window.show_board(window.document.boards[1].id)
    assert band.isVisible() and window.board.surface.picture.supposed is window.supposing.supposed


def test_what_cannot_be_supposed_is_said_and_contradictions_are_told(
    hand: Hand, window: Window, band: SupposeBand
) -> None:
    suppose(hand, "H1")
    assert "H1 is a scenario, which is neither false nor true" in hand.said() and not window.supposing
    window.perform("Link", lambda tx: commands.link(tx, "contradicts", hand.of("C1").id, hand.of("C2").id))
    suppose(hand, "C1", Key.Key_1)
    suppose(hand, "C2", Key.Key_1)
    assert "C1 contradicts C2, and both are supposed true" in band.text()


def test_why_lists_what_falls_and_takes_a_supposition_back(hand: Hand, window: Window, band: SupposeBand) -> None:
    suppose(hand, "S1")
    menu = band.why_menu()
    items = {item.text(): item for item in menu.actions() if item.text()}
    assert list(items) == ["Suppose S1 false no longer", "C1 falls: only S1 states it, and S1 is supposed false."]
    items["C1 falls: only S1 states it, and S1 is supposed false."].trigger()
    assert hand.selected() == {"C1"}
    items["Suppose S1 false no longer"].trigger()
    assert not window.supposing
    menu.close()


def test_the_menu_of_a_card_offers_to_suppose_it(hand: Hand, window: Window) -> None:
    at = hand.at("C1")
    place = hand.surface.to_board(at.toPointF())
    menu = context_menu.make(hand.surface, Pointer(at.toPointF(), place.x(), place.y()))
    items = {item.objectName(): item for item in menu.actions()}
    assert items["suppose_false"].isEnabled() and not items["suppose_no_longer"].isEnabled()
    items["suppose_false"].trigger()
    assert window.supposing.supposed.supposition.false == {hand.of("C1").id}
    window.run("suppose_no_longer")
    assert not window.supposing
    window.run("suppose_true")
    window.run("end_supposing")
    assert not window.supposing
    menu.close()


def test_a_deception_twin_is_one_step_and_its_row_is_shown(hand: Hand, window: Window) -> None:
    hand.click(hand.at("C1"))
    with hand.one_step():
        window.run("add_deception_twin")
    assert not window.docks["matrix"].isHidden()
    twin = hand.of("C3")
    assert twin.title == "If C1 is deception" and twin.props["twin_of"] == [hand.of("C1").id]
    hand.click(hand.at("C1"))
    window.run("add_deception_twin")
    assert "has a deception twin already, C3" in hand.said()


def test_an_export_says_that_it_is_the_file(hand: Hand, window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = Export(window)
    qtbot.addWidget(dialog)
    assert "suppose" not in dialog.note.text()
    suppose(hand, "S1")
    supposing = Export(window)
    qtbot.addWidget(supposing)
    assert "What you suppose is left out" in supposing.note.text()
    supposing.what.setCurrentIndex(supposing.what.findText("JSON", Qt.MatchFlag.MatchContains))
    for made, name in ((supposing, "supposing.json"), (dialog, "plain.json")):
        made.what.setCurrentIndex(supposing.what.currentIndex())
        assert made.write_to(tmp_path / name)
    assert (tmp_path / "supposing.json").read_bytes() == (tmp_path / "plain.json").read_bytes()
    assert "What you suppose is left out" in hand.said()
