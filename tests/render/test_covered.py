"""Cards in a pile: only what can be seen is painted, and nothing that can be seen is left out."""

from __future__ import annotations

from collections import deque
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.render.board_paint import Picture, paint_board, paint_card, painting_ground
from evidenceboard.render.covered import FEW, topmost, uncovered
from evidenceboard.render.palette import LIGHT
from evidenceboard.render.sprites import BUDGET, Sprites
from evidenceboard.render.view import View

places = st.tuples(
    st.sampled_from([0.0, 8.0]), st.sampled_from([0.0, 8.0]), st.just(200.0), st.sampled_from([90.0, 92.0])
)
near = st.tuples(
    st.integers(-40, 90).map(float), st.integers(-40, 90).map(float), st.sampled_from([1.0, 60.0]), st.just(50.0)
)
PART = QRect(10, 5, 100, 60)


@given(st.lists(places, min_size=FEW + 1, max_size=FEW + 60), st.randoms())
def test_of_cards_with_one_and_the_same_box_the_last_one_is_painted(
    boxes: list[tuple[float, ...]], chance: object
) -> None:
    slots = np.arange(len(boxes), dtype=np.int32)
    chance.shuffle(slots)  # type: ignore[attr-defined]
    last = {boxes[slot]: slot for slot in slots.tolist()}
    wanted = [slot for slot in slots.tolist() if last[boxes[slot]] == slot]
    held = np.array(boxes, np.float32).T
    assert topmost(held, slots).tolist() == wanted
    assert uncovered(held, slots, View(1.0), QRect(0, 0, 400, 400)).tolist() == wanted


@given(st.lists(near, min_size=FEW + 1, max_size=FEW + 80), st.sampled_from([0.5, 1.0, 1.3]))
def test_no_card_is_left_out_that_has_a_pixel_which_no_later_one_covers(
    boxes: list[tuple[float, ...]], scale: float
) -> None:
    held, view = np.array(boxes).T, View(scale, 3, -2)
    slots = np.arange(len(boxes), dtype=np.int32)
    seen = set(uncovered(held, slots, view, PART).tolist())
    free = np.ones((PART.height(), PART.width()), np.bool_)
    for slot in reversed(slots.tolist()):
        rect = (view.snapped(*held[:, slot]) & PART).translated(-PART.topLeft())
        part = free[rect.top() : rect.top() + rect.height(), rect.left() : rect.left() + rect.width()]
        assert slot in seen or not part.any()
        if slot in seen:
            part[:] = False


def test_few_cards_are_all_painted() -> None:
    slots = np.zeros(FEW, np.int32)
    assert topmost(np.zeros((4, 1)), slots) is slots
    assert uncovered(np.zeros((4, 1)), slots, View(1.0), PART) is slots


@pytest.mark.parametrize(("scale", "budget"), [(1.0, BUDGET), (1.0, 1), (3.7, 1), (4.0, BUDGET)])
def test_a_pile_that_is_a_little_scattered_looks_as_if_each_card_had_been_painted(
    session: Session, qtbot: QtBot, scale: float, budget: int
) -> None:
    chance = Random(1)
    with session.transaction("Pile") as tx:
        board = commands.add_board(tx, "Pile").id
        ways = chance.sample([(x, y) for x in range(40) for y in range(30)], 600)
        for x, y in ways:
            claim = commands.add_entity(tx, "claim", title=f"At {x}, {y}")
            commands.place(tx, board, claim.id, x=x, y=y, w=120 + x, h=80)
    scene = Scene(session.document, board)
    picture = Picture(session.document, scene, Routes(scene), LIGHT, Sprites(budget))
    view, target = View(scale, 10, 10), QRect(0, 0, 240, 140)
    shown, each = (QImage(target.size(), QImage.Format.Format_RGB32) for _ in range(2))
    painter = QPainter(shown)
    for top in range(0, target.height(), 35):
        paint_board(painter, picture, view, QRect(0, top, target.width(), 35))
    painter.end()
    painter = QPainter(each)
    deque(painting_ground(painter, picture, view, target), maxlen=0)
    for slot in scene.order().tolist():
        paint_card(painter, picture, view, slot, view.detail)
    painter.end()
    assert len(uncovered(scene.box, scene.order(), view, target)) < 500
    assert shown == each
