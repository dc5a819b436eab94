"""The shapes of standings: on the card, in words that fit, and told in the legend."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from evidenceboard import Session, commands
from evidenceboard.model import face
from evidenceboard.model.card_size import text_width
from evidenceboard.model.face import Chip
from evidenceboard.model.origins import CONTESTED, CORROBORATED, SEVERAL, STANDINGS, Standing
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.types.claim import MARKS, origins_said
from evidenceboard.render import chips, legend
from evidenceboard.render.board_paint import Picture
from evidenceboard.render.palette import DARK, LIGHT

pytestmark = pytest.mark.qt
SHAPES = (face.SPLIT, face.EMPTY, face.OPEN, face.DOT, face.APART, face.JOINED)


def drawn(mark: str, scale: float = 1.0) -> np.ndarray:
    image = QImage(int(24 * scale), int(16 * scale), QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    chips.paint_mark(painter, mark, QPointF(2, 8), QColor("#000000"))
    painter.end()
    pixels = np.array(image.constBits(), np.int16).reshape(image.height(), image.bytesPerLine())
    return pixels[:, : image.width()]


def test_each_standing_has_a_shape_of_its_own() -> None:
    assert set(MARKS) == set(STANDINGS)
    assert sorted(MARKS.values()) == sorted(SHAPES)
    for one, other in combinations(SHAPES, 2):
        assert int((np.abs(drawn(one) - drawn(other)) > 60).sum()) >= 4, (one, other)


def test_a_shape_stays_inside_the_room_that_the_chip_leaves_for_it() -> None:
    for mark in SHAPES:
        dark = np.argwhere(drawn(mark, 4.0) < 128)
        assert len(dark)
        assert dark[:, 1].min() >= 2 * 4 - 1
        assert dark[:, 1].max() <= (2 + chips.mark_width(mark)) * 4 + 1
        assert chips.width_of(Chip("x", mark=mark)) > chips.width_of(Chip("x")) + chips.mark_width(mark)
    assert chips.mark_width("") == 0


def test_a_chip_too_long_for_its_line_keeps_its_shape_and_goes_on_in_the_next_row() -> None:
    long = Chip("several origins whose independence nobody has established so far", "plain", face.APART)
    rows = chips.rows([long], 120)
    assert len(rows) > 1
    first, *others = [chip.mark for row in rows for chip in row]
    assert first == face.APART
    assert not any(others)
    assert all(chips.width_of(chip) <= 121 for row in rows for chip in row)
    ((chip, box),) = chips.places((long,), QRectF(0, 0, 120, 20))
    assert chip.mark == face.APART
    assert chip.text.endswith("…")
    assert box.right() <= 120


def test_the_badge_fits_beside_a_grade_on_a_card_of_the_usual_width() -> None:
    found = Standing(12, 3, 4, 1, [], CORROBORATED, ["B2"], None)
    assert origins_said(found) == "12 reports · 3 independent"
    line = QRectF(0, 0, text_width(250), 20)
    shown = chips.places((Chip("B2"), Chip(origins_said(found), "plain", MARKS[CORROBORATED])), line)
    assert [chip.text for chip, _ in shown] == ["B2", "12 reports · 3 independent"]


def test_the_legend_explains_the_shapes_that_occur(board_path: Path) -> None:
    with Session.open(board_path) as session:
        with session.transaction("Deny") as tx:
            source = commands.add_entity(tx, "source", title="Another")
            commands.link(tx, "denies", source.id, tx.document.entity("C1").id)
        board = session.document.boards[0].id
        scene = Scene(session.document, board)
        for palette in (LIGHT, DARK):
            made = legend.made(Picture(session.document, scene, Routes(scene), palette), 500.0)
            assert {CONTESTED, "unsourced"} <= set(made.words)
            assert SEVERAL not in made.words
            image = QImage(520, 200, QImage.Format.Format_RGB32)
            painter = QPainter(image)
            made.paint(painter, 4, 4)
            painter.end()
