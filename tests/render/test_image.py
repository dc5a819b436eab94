"""A board as PNG and SVG: sizes that are said, text that is text, and nothing about this machine."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from paper_reading import Make
from PySide6.QtGui import QImage

from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.format import Written

pytestmark = pytest.mark.qt
SVG = "{http://www.w3.org/2000/svg}"


def image_of(written: Written) -> QImage:
    assert isinstance(written.data, bytes)
    return QImage.fromData(written.data)


def test_a_png_has_two_pixels_for_a_unit_or_as_many_as_are_asked_for(board_path: Path, made: Make) -> None:
    sizes = {scale: image_of(made(board_path, "png", scale=scale)).width() for scale in (None, 1.0, 0.5)}
    assert sizes[None] == pytest.approx(2 * sizes[1.0], abs=2)
    assert sizes[1.0] == pytest.approx(2 * sizes[0.5], abs=2)
    written = made(board_path, "png")
    assert written.not_expressed == ["text that can be searched"]
    image = image_of(written)
    assert len({image.pixelColor(x, y).name() for x in range(0, image.width(), 5) for y in range(0, 900, 5)}) > 20


def test_a_png_that_would_be_too_large_is_made_smaller_and_that_is_said(board_path: Path, made: Make) -> None:
    with Session.open(board_path) as session, session.transaction("Move") as tx:
        cards = tx.document.cards_on(tx.document.boards[0].id)
        commands.move_cards(tx, [cards[-1].id], 30_000, 9_000)
    written = made(board_path, "png")
    image = image_of(written)
    assert image.width() * image.height() <= 64_100_000 and image.width() <= 30_000
    assert any(said.startswith("2 pixels for one unit") for said in written.not_expressed)


@pytest.mark.parametrize("scale", [0.0, -1.0, 21.0, float("nan")])
def test_a_scale_that_cannot_be_is_refused(board_path: Path, made: Make, scale: float) -> None:
    with pytest.raises(EvidenceBoardError, match="nothing was written"):
        made(board_path, "png", scale=scale)


def test_an_svg_is_sound_xml_with_real_text_and_a_title(full: Path, made: Make) -> None:
    with Session.open(full) as session, session.transaction("Odd") as tx:
        commands.set_file(tx, title='A <b>title</b> & "more"')
        commands.set_fields(tx, tx.document.entity("N1").id, title="Less < more & “quotes” ]]> \x01 \u202e 🚀")
    written = made(full, "svg")
    assert isinstance(written.data, bytes)
    root = ElementTree.fromstring(written.data)
    title = root.find(f"{SVG}title")
    assert title is not None and title.text == 'A <b>title</b> & "more" · Main board'
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for words in (
        "Lorries carried 3,000 soldiers",
        "드론",
        "Міністерство оборони",
        "Less < more & “quotes”",
        "TLP:CLEAR",
    ):
        assert words in said
    assert "Folded away" not in said and "1 card in collapsed frames" in written.not_expressed
    assert not list(root.iter(f"{SVG}image"))
    for word in (str(full.parent), full.name, "file:", "Qt"):
        assert word.encode() not in written.data


def test_pictures_show_the_margins_of_a_page_and_stop_when_they_are_told_to(board_path: Path, made: Make) -> None:
    image = image_of(made(board_path, "png"))
    for x in range(0, image.width(), 7):
        assert image.pixelColor(x, 10).name() == image.pixelColor(x, image.height() - 10).name() == "#ffffff"
    for format_id in ("png", "svg"):
        with pytest.raises(EvidenceBoardError, match="stopped"):
            made(board_path, format_id, progress=lambda share: share < 0.6)


def test_an_svg_of_many_pieces_is_one_drawing_with_every_link_and_no_empty_group(tmp_path: Path, made: Make) -> None:
    path = tmp_path / "hub.db"
    with Session.create(path) as session, session.transaction("Make it up") as tx:
        board_id = session.document.boards[0].id
        middle = commands.add_entity(tx, "claim", title="What everybody says")
        commands.place(tx, board_id, middle.id, x=0, y=0)
        for number in range(900):
            source = commands.add_entity(tx, "source", title=f"Source {number}")
            commands.place(tx, board_id, source.id, x=300 + number % 30 * 300, y=number // 30 * 200)
            commands.link(tx, "states", source.id, middle.id)
    written = made(path, "svg")
    assert isinstance(written.data, bytes)
    root = ElementTree.fromstring(written.data)
    curves = [line for line in root.iter(f"{SVG}path") if "C" in line.get("d", "") and "Z" not in line.get("d", "")]
    assert len(curves) >= 900
    assert all(len(group) for group in root.iter(f"{SVG}g"))
    said = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert {f"Source {number}" for number in range(900)} <= set(said)
