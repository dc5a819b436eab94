"""Cut, copy, paste and duplicate: on one board, to another, to another file, from and to other programs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hands import CONTROL, SHIFT, Hand, Key
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from evidenceboard.session import Session
from evidenceboard.ui.window import show_file


def choose(hand: Hand, *numbers: str) -> None:
    hand.window.selection.set(cards=[hand.card(number).id for number in numbers])


def copy(hand: Hand, *numbers: str) -> None:
    choose(hand, *numbers)
    hand.key(Key.Key_C, CONTROL, to=hand.surface)


def paste(hand: Hand) -> None:
    hand.key(Key.Key_V, CONTROL, to=hand.surface)


def another(path: Path, qtbot: QtBot) -> Hand:
    """Return a hand on an empty board in a window of its own."""
    Session.create(path).close()
    other = Hand(show_file(path), qtbot)
    with qtbot.waitActive(other.window):
        other.window.activateWindow()
    other.window.board.setFocus()
    return other


def test_cut_and_paste_brings_the_same_entities_back_with_their_links(hand: Hand) -> None:
    links = {link.id for link in hand.document.links}
    ids = {hand.of(number).id for number in ("C1", "C2")}
    choose(hand, "C1", "C2")
    with hand.one_step():
        hand.key(Key.Key_X, CONTROL)
    assert hand.surface.rect_of("C1").isEmpty()
    assert "C1" in hand.numbers(), "cut takes off the board, not out of the file"
    with hand.one_step():
        paste(hand)
    assert {hand.of(number).id for number in ("C1", "C2")} == ids
    assert not hand.surface.rect_of("C1").isEmpty()
    assert {link.id for link in hand.document.links} == links
    assert hand.card("C2").y - hand.card("C1").y == 320


def test_copy_and_paste_on_the_same_board_makes_new_entities_with_numbers_and_links_of_their_own(hand: Hand) -> None:
    copy(hand, "C1", "C2")
    with hand.one_step():
        paste(hand)
        assert hand.selected() == {"C3", "C4"}
    assert hand.of("C3").title == hand.of("C1").title
    assert hand.link("C3", "C4").type == "supports"
    assert not hand.links("S1", "C3"), "only links among what was copied come along"
    assert (hand.card("C4").x - hand.card("C3").x, hand.card("C4").y - hand.card("C3").y) == (0, 320)


def test_pasted_on_another_board_of_the_file_the_entity_is_the_same(hand: Hand) -> None:
    copy(hand, "C1", "S1")
    first = hand.window.board_id
    hand.window.run("next_board")
    with hand.one_step():
        paste(hand)
    assert hand.window.board_id != first
    assert len(hand.document.cards_of(hand.of("C1").id)) == 2
    assert hand.numbers() == {"A1", "C1", "C2", "E1", "H1", "S1"}
    assert len(hand.links("S1", "C1")) == 1
    assert hand.surface.scene.linked.sum() == 1, "the link between them shows on this board too"


def test_pasted_into_another_file_it_is_a_new_entity_with_its_judgements_and_links(
    hand: Hand, tmp_path: Path, qtbot: QtBot
) -> None:
    copy(hand, "C1", "S1", "C2")
    other = another(tmp_path / "other.db", qtbot)
    with other.one_step():
        paste(other)
    assert other.numbers() == {"C1", "C2", "S1"}
    assert other.of("C1").id != hand.of("C1").id and other.of("C1").title == hand.of("C1").title
    link = other.link("S1", "C1")
    assert (link.type, other.document.judged(link.id, "credibility")) == ("states", "2")
    assert other.document.judged(other.of("S1").id, "reliability") == "B"
    assert other.link("C1", "C2").type == "supports"
    assert other.surface.visible_area().contains(other.card("C1").x, other.card("C1").y)


def test_a_frame_is_copied_with_the_cards_that_it_owns(hand: Hand) -> None:
    hand.window.selection.set(frames=[hand.frame().id])
    hand.key(Key.Key_C, CONTROL)
    with hand.one_step():
        paste(hand)
    copies = [frame for frame in hand.document.frames if frame.id != hand.frame().id]
    assert len(hand.document.frames) == 2 and copies[0].title == "Front"
    assert {hand.card(number).frame_id for number in ("A2", "E2")} == {copies[0].id} | set()
    hand.window.selection.set(frames=[copies[0].id])
    with hand.one_step():
        hand.key(Key.Key_X, CONTROL)
    assert len(hand.document.frames) == 1 and hand.surface.rect_of("A2").isEmpty()


def test_other_programs_get_lines_of_text_in_reading_order(hand: Hand) -> None:
    copy(hand, "C2", "S1", "C1")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split()[0] for line in lines] == ["C1", "S1", "C2"]
    assert lines[0].startswith("C1  Lorries carried 3,000 soldiers")
    assert "드론 부대가 도착했다" in lines[2]


def test_duplicate_puts_copies_a_step_beside(hand: Hand) -> None:
    choose(hand, "C1", "C2")
    with hand.one_step():
        hand.key(Key.Key_D, CONTROL)
        assert hand.selected() == {"C3", "C4"}
    assert (hand.card("C3").x - hand.card("C1").x, hand.card("C3").y - hand.card("C1").y) == (24, 24)
    assert hand.link("C3", "C4").type == "supports"


def test_pasted_cards_come_where_the_pointer_is(hand: Hand) -> None:
    copy(hand, "C1")
    place = QPoint(520, 660)
    hand.click(place)
    paste(hand)
    assert hand.surface.rect_of("C3").contains(place)


def test_copies_that_come_to_lie_in_a_frame_belong_to_it(hand: Hand) -> None:
    choose(hand, "A1")
    with hand.one_step():
        hand.key(Key.Key_D, CONTROL)
    assert hand.card("A2").frame_id == hand.frame().id
    copy(hand, "C1")
    hand.click(hand.spot(860, 320))
    paste(hand)
    assert hand.card("C3").frame_id == hand.frame().id


def test_pasted_text_becomes_a_claim_long_text_a_note_an_address_a_source(hand: Hand) -> None:
    clipboard = QGuiApplication.clipboard()
    for text, number in (
        ("  Trains\n left at night ", "C3"),
        ("word " * 200, "N1"),
        ("https://www.example.org/report?id=4", "S2"),
    ):
        clipboard.setText(text)
        with hand.one_step():
            paste(hand)
        assert not hand.surface.rect_of(number).isEmpty()
    assert hand.of("C3").title == "Trains left at night"
    assert hand.of("N1").notes == ("word " * 200).strip()
    assert hand.of("S2").props["url"] == "https://www.example.org/report?id=4"
    assert hand.of("S2").title == "www.example.org/report"


def test_pasted_html_becomes_plain_text_and_nothing_is_fetched(hand: Hand) -> None:
    mime = QMimeData()
    mime.setHtml('<b>Three</b> trains<img src="file:///etc/hostname">')
    mime.setText("Three trains")
    QGuiApplication.clipboard().setMimeData(mime)
    paste(hand)
    assert hand.of("C3").title == "Three trains"


def test_a_pasted_picture_is_kept_byte_for_byte_with_a_new_source(hand: Hand) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#2F6DB5"))
    QGuiApplication.clipboard().setImage(picture)
    with hand.one_step():
        paste(hand)
    (kept,) = hand.document.attachments_of(hand.of("S2").id)
    data = hand.window.session.attachment(kept.sha256)
    assert (kept.media_type, kept.size, kept.sha256) == ("image/png", len(data), hashlib.sha256(data).hexdigest())
    assert QImage.fromData(data).pixelColor(3, 3) == QColor("#2F6DB5")


def test_an_empty_clipboard_and_strange_data_get_a_sentence(hand: Hand) -> None:
    with hand.nothing_changes():
        paste(hand)
        assert "nothing on the clipboard" in hand.said()
        for data in (b"{", b"[1]", b'{"kind": "other"}', b"[" * 100_000, b'{"cards": [5]}', b'{"cards": 5}',
                     b'{"cards":[{"x":NaN,"y":0,"w":1e999,"h":1}]}',
                     b'{"kind": "evidenceboard cards", "cards": [{"x": 1}]}',
                     b'{"kind":"evidenceboard cards","cards":[{"id":"a","board_id":"b","entity_id":"c","x":0,"y":0,'
                     b'"w":10,"h":1e99}]}'):  # fmt: skip
            hand.window.notices.dismiss()
            mime = QMimeData()
            mime.setData("application/x-evidenceboard-cards", data)
            QGuiApplication.clipboard().setMimeData(mime)
            paste(hand)
            assert hand.said(), data


def test_attachments_whose_bytes_are_elsewhere_are_told(hand: Hand, tmp_path: Path, qtbot: QtBot) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(scan))])
    hand.drop(mime, hand.at("C1"))
    copy(hand, "C1")
    paste(hand)
    assert [one.name for one in hand.document.attachments_of(hand.of("C3").id)] == ["scan.pdf"]
    other = another(tmp_path / "other.db", qtbot)
    paste(other)
    assert "attachment" in other.said() and not other.document.attachments_of(other.of("C1").id)


def test_a_picture_of_the_selection_or_of_the_whole_board_is_copied(hand: Hand) -> None:
    hand.key(Key.Key_C, CONTROL | SHIFT)
    whole = QGuiApplication.clipboard().image()
    choose(hand, "C1")
    hand.key(Key.Key_C, CONTROL | SHIFT)
    one = QGuiApplication.clipboard().image()
    card = hand.card("C1")
    assert (one.width(), one.height()) == (round(card.w * 2) + 48, round(card.h * 2) + 48)
    assert whole.width() > one.width() * 3
    assert one.pixelColor(24 + 100, 24 + 10) == Qt.GlobalColor.white
    assert whole.pixelColor(2, 2) == hand.window.palette_.board
    assert "on the clipboard" in hand.said()
