"""What is seen of a board while its picture is being painted."""

from __future__ import annotations

from hands import Hand
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from evidenceboard.ui.board.backing import Backing, on_widget
from evidenceboard.ui.board.canvas import Canvas


def _corners(image: QImage) -> set[str]:
    right, bottom = image.width() - 1, image.height() - 1
    places = (QPoint(0, 0), QPoint(right, 0), QPoint(0, bottom), QPoint(right, bottom))
    return {image.pixelColor(place).name() for place in places}


def _shown(backing: Backing, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    backing.draw(painter, image.rect())
    painter.end()
    return image


def test_a_board_that_is_not_painted_yet_shows_its_ground_also_where_the_window_has_grown(hand: Hand) -> None:
    fresh = Canvas(hand.window)
    ground = hand.window.palette_.board
    for size in (QSize(300, 200), QSize(500, 400)):
        fresh.backing.resize(size)
        assert _corners(_shown(fresh.backing, size)) == {QColor(ground).name()}
    fresh.deleteLater()


def test_only_what_was_painted_of_a_first_picture_is_shown_anew(hand: Hand) -> None:
    fresh = Canvas(hand.window)
    size, whole = QSize(1200, 900), QRect(0, 0, 1200, 900)
    fresh.backing.resize(size)
    before = _shown(fresh.backing, size)
    seen, parts = QRegion(), 0
    while not fresh.backing.settled:
        changed = fresh.backing.work(0.0001)
        after = _shown(fresh.backing, size)
        for y in range(0, 900, 7):
            if not changed.intersects(QRect(0, y, 1200, 1)):
                assert all(before.pixel(x, y) == after.pixel(x, y) for x in range(0, 1200, 31)), y
        parts += changed.boundingRect() != whole
        seen, before = seen + changed, after
    assert parts > 5 and seen.boundingRect() == whole
    assert fresh.backing.work().isEmpty()
    fresh.deleteLater()


def test_what_changed_is_shown_whole_where_a_pixel_of_the_window_has_several_of_the_screen() -> None:
    changed = QRegion(QRect(10, 10, 15, 15)) + QRect(40, 100, 1, 1)
    assert on_widget(changed, 1.0) == changed
    for ratio in (1.25, 1.5, 2.0):
        shown = on_widget(changed, ratio).boundingRect()
        assert shown.left() * ratio <= 10 and shown.top() * ratio <= 10
        assert (shown.right() + 1) * ratio >= 41 and (shown.bottom() + 1) * ratio >= 101
    assert on_widget(QRegion(), 1.5).isEmpty()
