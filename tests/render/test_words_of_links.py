"""Where the words of links stand on the screen: beside what would cover them, where there is room."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.model.geometry import FOLLOWED
from evidenceboard.model.label_places import label_places
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.render.board_paint import Picture
from evidenceboard.render.frame_paint import title_boxes
from evidenceboard.render.labels import settle_labels
from evidenceboard.render.link_paint import LABEL_PATCH, label_room
from evidenceboard.render.palette import LIGHT

pytestmark = pytest.mark.qt


def words(session: Session) -> tuple[Picture, int, tuple[float, float]]:
    """Return a picture of the board, the link that states, and the middle of its words."""
    scene = Scene(session.document, session.document.boards[0].id)
    picture = Picture(session.document, scene, Routes(scene), LIGHT)
    settle_labels(picture)
    stated = next(link.id for link in session.document.links if link.type == "states")
    index = scene.index_of[stated]
    return picture, index, picture.routes.label_at(index)


@pytest.mark.parametrize("long", [1, 6])
def test_the_title_of_a_frame_covers_no_words_that_can_stand_elsewhere(session: Session, long: int) -> None:
    before = words(session)[2]
    with session.transaction("Frame") as tx:
        board = session.document.boards[0]
        title = "Who decides " * long
        commands.add_frame(tx, board.id, title=title, x=before[0] - 40, y=before[1] - 18, w=900, h=400)
    picture, index, (x, y) = words(session)
    half = label_room(picture, index) / 2 + LABEL_PATCH
    (left,), (top,), (wide,), (high,) = title_boxes(picture)
    assert left < before[0] < left + wide and top < before[1] < top + high, "it would have been covered"
    beside = x + half <= left or x - half >= left + wide
    assert beside or y + 8 <= top or y - 8 >= top + high


def test_a_title_is_held_to_be_as_wide_as_it_is_painted(session: Session) -> None:
    with session.transaction("Frames") as tx:
        board = session.document.boards[0].id
        for place, title in enumerate(("a", "a longer title", "a title that does not fit " * 9)):
            commands.add_frame(tx, board, title=title, x=-2000.0, y=place * 400.0, w=300, h=300)
    scene = Scene(session.document, board)
    _, _, wide, _ = title_boxes(Picture(session.document, scene, Routes(scene), LIGHT))
    assert wide[0] < wide[1] < wide[2] <= 300


@pytest.mark.parametrize("more", [0, 1])
def test_the_words_of_more_links_than_can_be_followed_keep_to_the_middle(tmp_path: Path, more: int) -> None:
    generated(tmp_path / "many.db", cards=600, links=FOLLOWED + more, seed=2)
    with Session.open(tmp_path / "many.db", read_only=True) as session:
        scene = Scene(session.document, session.document.boards[0].id)
        routes = Routes(scene)
        half, own = np.full(scene.m, 40.0), np.zeros(scene.m, np.bool_)
        t = label_places(scene, routes.points, routes.shown, half, own)
        assert scene.m == FOLLOWED + more
        assert bool((t == 0.5).all()) is bool(more)
