"""Markings of links on paper and on the screen: beside their words, in the letters of TLP 2.0, only where above."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_reading import Make, reader_of, text_of
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from evidenceboard import Session, commands
from evidenceboard.model.records import Entity
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.transaction import Transaction
from evidenceboard.render.board_paint import Picture, paint_board
from evidenceboard.render.labels import settle_labels
from evidenceboard.render.link_paint import label_of
from evidenceboard.render.palette import LIGHT, MARKINGS
from evidenceboard.render.view import View

pytestmark = pytest.mark.qt


def marked(path: Path, *steps: tuple[str, str, str]) -> Path:
    """Mark things of a board: number, or “link” for the one that states, marking, reason."""

    def of(tx: Transaction, name: str) -> str:
        if name == "link":
            return next(link.id for link in tx.document.links if link.type == "states")
        return tx.document.entity(name).id

    with Session.open(path) as session, session.transaction("Mark") as tx:
        for name, word, reason in steps:
            commands.set_marking(tx, of(tx, name), word, reason)
    return path


def test_a_link_prints_the_marking_of_its_highest_end_and_every_page_bears_it_twice(
    board_path: Path, made: Make
) -> None:
    marked(board_path, ("S1", "RED", ""))
    written = made(board_path)
    # On both edges, on the card of the source, and on the link that it states the claim with.
    assert text_of(written).count("TLP:RED") == 4
    for page in reader_of(made(board_path, product="atlas")).pages:
        assert page.extract_text().count("TLP:RED") >= 2


def test_a_lowered_link_prints_its_own_marking_and_one_that_has_no_reason_does_not(
    board_path: Path, made: Make
) -> None:
    marked(board_path, ("S1", "RED", ""), ("link", "GREEN", "names nobody"))
    said = text_of(made(board_path))
    assert said.count("TLP:RED") == 3 and said.count("TLP:GREEN") == 1
    with Session.open(board_path) as session, session.transaction("Take the reason away") as tx:
        link = next(link for link in tx.document.links if link.type == "states")
        tx.change(link, marking_reason="")
    said = text_of(made(board_path))
    assert said.count("TLP:RED") == 4 and said.count("TLP:GREEN") == 0


@pytest.mark.parametrize("format_id", ["svg", "png"])
def test_pictures_bear_the_marking_as_well(board_path: Path, made: Make, format_id: str) -> None:
    plain = made(board_path, format_id).data
    data = made(marked(board_path, ("C1", "RED", "")), format_id).data
    assert data != plain
    if format_id == "svg":
        assert isinstance(data, bytes) and data.count(b"TLP:RED") == 5
    else:
        picture = QImage.fromData(data)
        high = picture.height() // 6
        for top in (0, picture.height() - high):
            found = colours(picture, top, high)
            assert {"#000000", MARKINGS["TLP:RED"].lower()} <= found


def colours(image: QImage, top: int, high: int) -> set[str]:
    """Return the colours at the right end of a band of a picture, where the marking stands."""
    wide = image.width()
    return {image.pixelColor(x, y).name() for y in range(top, top + high) for x in range(wide - wide // 8, wide)}


def test_the_screen_paints_the_marking_beside_the_words_in_its_colour_on_black(session: Session) -> None:
    with session.transaction("Mark") as tx:
        commands.set_marking(tx, tx.document.entity("S1").id, "GREEN")
    board = session.document.boards[0].id
    scene = Scene(session.document, board)
    picture = Picture(session.document, scene, Routes(scene), LIGHT, dots=False)
    settle_labels(picture)
    index = next(i for i in range(scene.m) if label_of(picture, i)[1])
    assert label_of(picture, index) == ("states", "TLP:GREEN")
    x, y = picture.routes.label_at(index)
    image = QImage(300, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    painter = QPainter(image)
    paint_board(painter, picture, View(2.0, 150 - round(x * 2), 30 - round(y * 2)), QRect(0, 0, 300, 60))
    painter.end()
    found = {image.pixelColor(x, y).name() for x in range(300) for y in range(60)}
    assert "#000000" in found
    green = [name for name in found if QColor(name).green() > 180 and QColor(name).red() < 90]
    assert green, "the letters of the marking"
    assert isinstance(session.document.entity("S1"), Entity)
