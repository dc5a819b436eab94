"""When the disk refuses: a gesture goes back, typed text stays in its editor, marked as not saved, and is retried."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from hands import Hand, Key, differing, records
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from evidenceboard.session import Session
from evidenceboard.ui.board import editor as writing
from evidenceboard.ui.window import windows

EMPTY = QPoint(300, 680)


@contextmanager
def no_file(hand: Hand) -> Iterator[None]:
    """Let the file be gone from its place for a while, as a sync client or a mover of files does it."""
    path = hand.window.session.path
    away = path.with_name("away.db")
    path.rename(away)
    yield
    away.rename(path)


def title_on_disk(hand: Hand, number: str) -> str:
    with Session.open(hand.window.session.path, read_only=True) as other:
        return other.document.entity(number).title


def test_text_that_cannot_be_saved_stays_is_marked_and_is_saved_as_soon_as_that_works(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    with no_file(hand):
        hand.type("Must not be lost")
        hand.key(Key.Key_Return)
        assert hand.editor.isVisible()
        assert hand.editor.lines.toPlainText() == "Must not be lost"
        assert hand.editor.label.isVisible() and "Not saved yet" in hand.editor.label.text()
        assert hand.editor.label.property("alarm") is True
        assert hand.said()
        assert hand.of("C1").title.startswith("Lorries")
        hand.type(", and goes on")
    hand.qtbot.waitUntil(lambda: hand.of("C1").title == "Must not be lost, and goes on", timeout=writing.RETRY + 2000)
    assert "Not saved" not in hand.editor.label.text()
    assert title_on_disk(hand, "C1") == "Must not be lost, and goes on"
    hand.window.run("undo")
    assert hand.of("C1").title.startswith("Lorries")


def test_without_another_key_it_is_tried_again_too(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    holder = sqlite3.connect(hand.window.session.path, isolation_level=None)
    holder.execute("begin exclusive")
    hand.type("Tried again")
    hand.key(Key.Key_Return)
    assert "Not saved yet" in hand.editor.label.text()
    holder.execute("rollback")
    holder.close()
    hand.qtbot.waitUntil(lambda: hand.of("C1").title == "Tried again", timeout=writing.RETRY + 2000)


def test_a_click_elsewhere_another_board_and_another_title_do_not_throw_unsaved_text_away(hand: Hand) -> None:
    first = hand.window.board_id
    hand.double_click(hand.at("C1"))
    with no_file(hand):
        hand.type("Still here")
        hand.click(EMPTY)
        assert hand.editor.isVisible()
        hand.double_click(hand.at("S1"))
        assert hand.editor.lines.toPlainText() == "Still here"
        hand.window.topbar.tabs.setCurrentIndex(1)
        assert hand.window.board_id == first == hand.surface.scene.board_id
        assert hand.window.topbar.tabs.currentIndex() == 0
        hand.key(Key.Key_N, to=hand.surface)
        assert hand.editor.lines.toPlainText() == "Still here"
    hand.editor.lines.setFocus()
    hand.key(Key.Key_Return)
    assert hand.of("C1").title == "Still here"
    assert "N1" not in hand.numbers()


def test_a_window_closes_over_unsaved_text_only_at_the_second_try(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    with no_file(hand):
        hand.type("Still here")
        hand.window.close()
        assert hand.window in windows() and hand.said()
        hand.type("!")
        hand.window.close()
        assert hand.window in windows(), "what was typed since was not told"
        hand.window.close()
        assert hand.window not in windows()


def test_gestures_go_back_and_say_so(hand: Hand) -> None:
    before = hand.settled()
    held = records(hand.document)
    with no_file(hand):
        for gesture in (
            lambda: hand.drag(hand.at("C1"), hand.at("C1") + QPoint(0, 160)),
            lambda: hand.key(Key.Key_Delete),
            lambda: hand.key(Key.Key_N),
            lambda: hand.window.run("undo"),
        ):
            hand.window.notices.dismiss()
            gesture()
            assert records(hand.document) == held
            assert hand.said(), "nothing was said"
            assert not hand.editor.isVisible()
    hand.window.notices.dismiss()
    hand.window.selection.clear()
    hand.move(EMPTY)
    QTest.qWait(50)
    assert differing(hand.settled(), before) == 0
    hand.drag(hand.at("C1"), hand.at("C1") + QPoint(0, 160))
    assert hand.card("C1").y == 240


def test_a_file_that_was_replaced_meanwhile_is_left_alone_and_the_text_stays_to_be_copied(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    strange = hand.window.session.path.read_bytes() + b"\x00" * 4096
    hand.window.session.path.write_bytes(strange)
    hand.type("Written after that")
    hand.key(Key.Key_Return)
    assert hand.editor.isVisible() and hand.editor.lines.toPlainText() == "Written after that"
    assert "Not saved yet" in hand.editor.label.text()
    assert "changed" in hand.said() or "replaced" in hand.said()
    assert hand.window.session.path.read_bytes() == strange
