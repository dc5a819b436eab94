"""What is dropped from outside becomes the right card where it was dropped, or one clear sentence says why not."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hands import Hand
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton

from evidenceboard.model.records import TEXT_LIMIT, Entity
from evidenceboard.ui.board import drops
from evidenceboard.ui.window import windows

EMPTY = QPoint(300, 680)


def text(said: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(said)
    return mime


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def dropped(hand: Hand, mime: QMimeData, at: QPoint = EMPTY) -> Entity:
    """Drop something as one step; return the one new entity, which lies where it was dropped."""
    before = hand.numbers()
    with hand.one_step():
        assert hand.drop(mime, at)
        (made,) = hand.numbers() - before
        assert hand.selected() == {made}
    assert hand.surface.rect_of(made).contains(at)
    return hand.of(made)


def refused(hand: Hand, mime: QMimeData, at: QPoint = EMPTY) -> str:
    """Drop something that cannot be kept; return the sentence that says why."""
    with hand.nothing_changes():
        hand.drop(mime, at)
    said = hand.said()
    assert said.endswith("Nothing was changed.") or "Nothing was changed. " in said
    assert ".." not in said and said.count(". ") <= 2
    return said


def test_a_sentence_becomes_a_claim(hand: Hand) -> None:
    made = dropped(hand, text("Trains left\n  for the coast"))
    assert (made.type, made.title) == ("claim", "Trains left for the coast")


def test_long_text_becomes_a_note_that_holds_all_of_it(hand: Hand) -> None:
    said = "\n".join(f"Line {place} of the long report." for place in range(40))
    made = dropped(hand, text(said))
    assert (made.type, made.notes) == ("note", said)
    assert made.title.startswith("Line 0") and made.title.endswith("…")


def test_text_that_no_note_holds_is_refused_in_words(hand: Hand) -> None:
    assert "1,000,001 characters" in refused(hand, text("x" * (TEXT_LIMIT + 1)))


def test_text_with_characters_that_no_record_holds_is_kept_without_them(hand: Hand) -> None:
    assert dropped(hand, text("Trains\x00 left")).title == "Trains left"


def test_an_address_becomes_a_source_with_the_title_of_the_page(hand: Hand) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/report")])
    mime.setData("text/x-moz-url", QByteArray("https://example.org/report\nThe <b>report</b>".encode("utf-16-le")))
    made = dropped(hand, mime)
    assert (made.type, made.title) == ("source", "The <b>report</b>")
    assert made.props == {"url": "https://example.org/report", "reach": "not kept yet"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/x", "file://host/share"])
def test_an_address_of_another_kind_is_text_or_nothing_and_is_never_opened(hand: Hand, address: str) -> None:
    before = hand.numbers()
    hand.drop(text(address), EMPTY)
    (made,) = hand.numbers() - before
    assert (hand.of(made).type, hand.of(made).title) == ("claim", address)


def test_a_picture_becomes_a_source_that_keeps_it(hand: Hand) -> None:
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(QColor("#9E5907"))
    mime = QMimeData()
    mime.setImageData(picture)
    made = dropped(hand, mime)
    (kept,) = hand.document.attachments_of(made.id)
    data = hand.window.session.attachment(kept.sha256)
    assert (made.type, made.props["kind"], kept.media_type) == ("source", "picture", "image/png")
    assert QImage.fromData(data).pixelColor(1, 1) == QColor("#9E5907")


@pytest.mark.parametrize(
    ("name", "kind"), [("Фото 1.PNG", "picture"), ("보고서.pdf", "document"), ("no ending", "document")]
)
def test_any_file_is_kept_byte_for_byte_with_a_new_source(hand: Hand, tmp_path: Path, name: str, kind: str) -> None:
    path, data = tmp_path / name, os.urandom(3000)
    path.write_bytes(data)
    made = dropped(hand, files(path))
    (kept,) = hand.document.attachments_of(made.id)
    assert (made.type, made.title, made.props["kind"]) == ("source", Path(name).stem, kind)
    assert (kept.name, kept.size, kept.sha256) == (name, 3000, hashlib.sha256(data).hexdigest())
    assert hand.window.session.attachment(kept.sha256) == data
    assert kept.captured_at and path.read_bytes() == data


def test_an_empty_file_is_a_file(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    made = dropped(hand, files(tmp_path / "empty.txt"))
    assert [one.size for one in hand.document.attachments_of(made.id)] == [0]


def test_several_files_become_as_many_cards_that_do_not_lie_on_each_other(hand: Hand, tmp_path: Path) -> None:
    paths = [tmp_path / f"page {place}.txt" for place in range(4)]
    for path in paths:
        path.write_text(path.name)
    with hand.one_step():
        hand.drop(files(*paths), QPoint(300, 60))
    rects = [hand.surface.rect_of(f"S{place}") for place in range(1, 6)]
    assert not any(a.intersects(b) for place, a in enumerate(rects) for b in rects[:place])
    assert [hand.of(f"S{place}").title for place in range(2, 6)] == [path.stem for path in paths]


def test_more_files_than_there_is_room_for_near_by_are_all_placed(hand: Hand, tmp_path: Path) -> None:
    paths = [tmp_path / f"{place}.txt" for place in range(400)]
    for path in paths:
        path.write_text(path.name)
    with hand.one_step():
        hand.drop(files(*paths), EMPTY)
    x, y, w, h = hand.surface.scene.box[:, hand.surface.scene.order()]
    across = (x[:, None] < x + w) & (x < (x + w)[:, None])
    along = (y[:, None] < y + h) & (y < (y + h)[:, None])
    assert (across & along).sum() == len(x) == 406, "no card lies on another"


def test_a_file_dropped_onto_a_card_is_kept_with_it(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4 scan")
    before = hand.numbers()
    with hand.one_step():
        assert hand.drop(files(path), hand.at("C1"))
        assert "C1" in hand.said() and "byte for byte" in hand.said()
    assert hand.numbers() == before
    assert [one.name for one in hand.document.attachments_of(hand.of("C1").id)] == ["scan.pdf"]
    with hand.nothing_changes():
        hand.drop(files(path), hand.at("C1"))


def test_what_is_dropped_on_a_frame_belongs_to_it(hand: Hand) -> None:
    made = dropped(hand, text("In the south"), hand.spot(860, 300))
    assert hand.card(made.number).frame_id == hand.frame().id


def test_a_folder_is_refused(hand: Hand, tmp_path: Path) -> None:
    assert "folder" in refused(hand, files(tmp_path))


def test_a_file_that_is_gone_is_refused_and_with_it_those_dropped_together(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "here.txt").write_text("here")
    refused(hand, files(tmp_path / "here.txt", tmp_path / "gone.txt"))


def test_a_file_that_may_not_be_read_is_refused(hand: Hand, tmp_path: Path) -> None:
    loop = tmp_path / "secret.txt"
    loop.symlink_to(loop)
    assert "could not be read" in refused(hand, files(loop))


def test_a_pipe_is_refused_and_never_waited_for(hand: Hand, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no ordinary file" in refused(hand, files(tmp_path / "pipe"))


def test_a_file_that_is_too_large_is_refused(hand: Hand, tmp_path: Path) -> None:
    with (tmp_path / "large.bin").open("wb") as out:
        out.truncate(513 * 1024 * 1024)
    assert "512 MB" in refused(hand, files(tmp_path / "large.bin"))


def test_while_something_is_dragged_in_the_status_line_says_what_would_become_of_it(hand: Hand) -> None:
    said: list[str] = []
    hand.surface.hint.connect(said.append)
    hand.drop(text("Trains left"), EMPTY)
    assert said[0] == drops.preview(text("Trains left")) and said[-1] == ""


def test_nothing_is_not_taken(hand: Hand) -> None:
    with hand.nothing_changes():
        assert not hand.drop(QMimeData(), EMPTY)
        assert not hand.drop(text("  \n "), EMPTY)


def test_a_board_dropped_onto_the_window_opens_in_a_window_of_its_own(hand: Hand, tmp_path: Path) -> None:
    from evidenceboard.session import Session

    Session.create(tmp_path / "other.db").close()
    with hand.nothing_changes():
        hand.drop(files(tmp_path / "other.db"), EMPTY)
        buttons = hand.window.notices.findChildren(QPushButton)
        next(button for button in buttons if button.text() == "Open").click()
    assert {window.session.path.name for window in windows()} == {"board.db", "other.db"}
