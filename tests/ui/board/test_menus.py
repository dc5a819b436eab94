"""The menus of the right button: what they offer on a card, a link, a frame and the board, and that it is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hands import CONTROL, SHIFT, Hand, Key, differing
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from evidenceboard.model.types import TYPES
from evidenceboard.ui.actions import ACTIONS
from evidenceboard.ui.board import context_menu

EMPTY = QPoint(300, 680)


@pytest.fixture(autouse=True)
def no_menu_stays(hand: Hand) -> Iterator[None]:
    yield
    for menu in hand.surface.findChildren(QMenu, "contextMenu"):
        menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def menu_at(hand: Hand, at: QPoint) -> QMenu:
    return context_menu.make(hand.surface, hand.surface.pointer(QPointF(at)))


def offered(menu: QMenu) -> list[str]:
    """Return the ids (or words) of what can be chosen, those of menus within it too."""
    found = []
    for item in menu.actions():
        within = item.menu()
        if isinstance(within, QMenu):
            found += offered(within)
        elif not item.isSeparator() and item.isEnabled():
            found.append(item.objectName() or item.text().partition("\t")[0])
    return found


def choose(menu: QMenu, what: str) -> None:
    """Choose an entry by its id or words, at any depth."""
    for item in menu.actions():
        within = item.menu()
        if isinstance(within, QMenu):
            choose(within, what)
        elif what in (item.objectName(), item.text().partition("\t")[0]):
            item.trigger()


def test_a_card_offers_what_can_be_done_with_it_and_becomes_the_selection(hand: Hand) -> None:
    hand.click(hand.at("S1"))
    menu = menu_at(hand, hand.at("C1"))
    assert hand.selected() == {"C1"}
    found = offered(menu)
    assert {"edit_title", "select_linked", "cut", "copy", "duplicate", "frame_selection", "take_off", "delete"} <= set(
        found
    )
    assert "link_selected" not in found and "align_left" not in found, "that takes two cards"
    with hand.one_step():
        choose(menu, "delete")
    assert "C1" not in hand.numbers()


def test_on_one_of_several_selected_cards_the_menu_is_for_all_of_them(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    hand.click(hand.at("S1"), SHIFT)
    menu = menu_at(hand, hand.at("C1"))
    assert hand.selected() == {"C1", "S1"}
    assert {"link_selected", "align_left"} <= set(offered(menu))
    with hand.one_step():
        choose(menu, "align_left")
    assert hand.card("C1").x == hand.card("S1").x


def test_a_card_gets_a_colour_and_the_colour_of_its_type_again(hand: Hand) -> None:
    hand.move(EMPTY)
    before = hand.settled()
    with hand.one_step():
        choose(menu_at(hand, hand.at("C1")), "Event")
    assert hand.card("C1").colour == "event"
    rect = hand.surface.rect_of("C1")
    stripe = QPoint(rect.left() + 2, rect.center().y())
    assert hand.settled().pixelColor(stripe).name() == hand.window.palette_.type_colour("event").name()
    choose(menu_at(hand, hand.at("C1")), "As its type")
    hand.window.selection.clear()
    assert differing(hand.settled(), before) == 0


def test_a_link_offers_to_say_something_else_to_turn_and_to_go(hand: Hand) -> None:
    link = hand.link("C1", "C2")
    menu = menu_at(hand, hand.middle_of(link))
    assert hand.window.selection.links == {link.id}
    assert {"edit_title", "turn_link", "delete", "supports", "contradicts", "depends on", "related"} <= set(
        offered(menu)
    )
    with hand.one_step():
        choose(menu, "contradicts")
        assert hand.window.selection.links == {hand.link("C1", "C2").id}
    assert hand.link("C1", "C2").type == "contradicts"


def test_a_link_that_bears_on_a_scenario_can_say_something_else_too(hand: Hand) -> None:
    with hand.one_step():
        choose(menu_at(hand, hand.middle_of(hand.link("C2", "H1"))), "related")
    (link,) = hand.links("C2", "H1")
    assert link.type == "related"


def test_a_frame_offers_to_fold_to_choose_its_cards_and_to_make_cards_in_it(hand: Hand) -> None:
    frame = hand.frame()
    menu = menu_at(hand, hand.spot(frame.x + 150, frame.y + 250))
    assert hand.window.selection.frames == {frame.id}
    assert {"edit_title", "collapse", "select_in_frame", "duplicate", "delete", "paste"} <= set(offered(menu))
    with hand.one_step():
        choose(menu, "collapse")
    assert hand.frame().collapsed
    menu = menu_at(hand, hand.spot(frame.x + 150, frame.y + 12))
    words = [item.text() for item in menu.actions() if item.objectName() == "collapse"]
    assert words[0].startswith("Open the frame")


def test_the_board_offers_each_type_of_card_here_and_what_is_done_with_boards(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    menu = menu_at(hand, EMPTY)
    assert not hand.window.selection
    found = offered(menu)
    assert {kind.word for kind in TYPES} | {"paste", "select_all", "zoom_fit", "add_board", "copy_picture"} <= set(
        found
    )
    with hand.one_step():
        choose(menu, "Question")
        hand.type("Who paid?")
        hand.key(Key.Key_Return)
    assert hand.of("Q1").title == "Who paid?"
    assert hand.surface.rect_of("Q1").contains(EMPTY)


def test_menus_paste_where_they_were_opened(hand: Hand) -> None:
    QGuiApplication.clipboard().setText("Dropped by menu")
    hand.surface.last_pointer = None
    choose(menu_at(hand, EMPTY), "paste")
    assert hand.surface.rect_of("C3").contains(EMPTY)


def test_every_entry_names_an_action_and_shows_its_key(hand: Hand) -> None:
    menu = menu_at(hand, hand.at("C1"))
    for item in menu.actions():
        if item.objectName():
            assert item.objectName() in ACTIONS
            assert item.text().partition("\t")[2] == ACTIONS[item.objectName()].shortcut


def test_the_right_button_opens_the_menu_and_the_menu_key_the_one_of_the_selected_card(hand: Hand) -> None:
    def opened(reason: QContextMenuEvent.Reason, at: QPoint) -> list[str]:
        event = QContextMenuEvent(reason, at, hand.surface.mapToGlobal(at))
        QApplication.sendEvent(hand.surface, event)
        (menu,) = [menu for menu in hand.surface.findChildren(QMenu, "contextMenu") if menu.isVisible()]
        found = offered(menu)
        menu.close()
        return found

    assert "take_off" in opened(QContextMenuEvent.Reason.Mouse, hand.at("S1"))
    assert hand.selected() == {"S1"}
    hand.click(hand.at("C1"))
    assert "take_off" in opened(QContextMenuEvent.Reason.Keyboard, hand.surface.rect().center())
    assert hand.selected() == {"C1"}
    link, frame = hand.link("A1", "C1"), hand.frame()
    hand.window.selection.set(links=[link.id])
    assert "turn_link" in opened(QContextMenuEvent.Reason.Keyboard, EMPTY)
    hand.window.selection.set(frames=[frame.id])
    assert "collapse" in opened(QContextMenuEvent.Reason.Keyboard, EMPTY)
    hand.window.selection.clear()
    assert "add_board" in opened(QContextMenuEvent.Reason.Keyboard, EMPTY)


def test_ctrl_s_says_that_it_is_saved_already(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.key(Key.Key_S, CONTROL)
    assert hand.said().startswith("Saved already, at ")
