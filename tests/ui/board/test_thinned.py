"""A board with more links than there is room for: what is drawn, what is said of it, and what can be hit."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import numpy as np
import pytest
from hands import differing
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.commands.generate import generated
from evidenceboard.render.board_paint import Picture
from evidenceboard.render.line_pieces import have_ready
from evidenceboard.session import Session
from evidenceboard.ui.board.canvas import Canvas
from evidenceboard.ui.board.surface import Surface
from evidenceboard.ui.window import Window, show_file

SPECKS = 0.0005
"""Share of the pixels that may differ: which ones a thin line takes depends on where the clip of a band cuts it."""


@pytest.fixture(scope="module")
def star(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a board with one card in the middle that all others are linked to."""
    path = tmp_path_factory.mktemp("star") / "board.db"
    generated(path, cards=901, links=900, seed=3)
    with Session.open(path) as session, session.transaction("Link") as tx:
        hub, *others = sorted(session.document.cards, key=lambda card: abs(card.x - 5000) + abs(card.y - 3500))
        for other in others:
            commands.link(tx, "related", hub.entity_id, other.entity_id)
    return path


@pytest.fixture
def window(star: Path, tmp_path: Path, qtbot: QtBot) -> Window:
    path = tmp_path / "board.db"
    path.write_bytes(star.read_bytes())
    shown = show_file(path)
    shown.resize(1300, 850)
    qtbot.waitExposed(shown)
    return shown


def hub(surface: Surface) -> int:
    return int(np.argmax(np.bincount(surface.scene.ends[:, : surface.scene.m].reshape(-1))))


def stand(window: Window, qtbot: QtBot, zoom: float) -> Surface:
    """Look at the card in the middle, and wait until all is sharp."""
    surface = window.board.surface
    x, y, w, h = surface.scene.box[:, hub(surface)]
    surface.put_camera(zoom, x + w / 2 - surface.width() / zoom / 2, y + h / 2 - surface.height() / zoom / 2)
    qtbot.waitUntil(surface.is_settled)
    return surface


def painted_anew(surface: Surface) -> QImage:
    fresh = Canvas(surface.shell)
    fresh.resize(surface.size())
    fresh.grab()
    fresh.put_camera(surface.camera.zoom, surface.camera.x, surface.camera.y)
    while not fresh.is_settled():
        fresh.backing.work()
    image = fresh.grab().toImage()
    fresh.deleteLater()
    return image


@pytest.mark.parametrize("zoom", (0.03, 0.1, 0.3, 1.0))
def test_a_crowded_picture_that_was_scrolled_is_the_one_painted_fresh(
    window: Window, qtbot: QtBot, zoom: float
) -> None:
    surface = stand(window, qtbot, zoom)
    for dx, dy in ((-70, 30), (45, -61), (0, 90), (-133, -7)):
        surface.pan_by(dx, dy)
        surface.repaint()
    qtbot.waitUntil(surface.is_settled)
    picture = surface.grab().toImage()
    assert differing(picture, painted_anew(surface)) <= SPECKS * picture.width() * picture.height()


def test_the_line_below_says_how_many_links_are_drawn_and_by_what_rule(window: Window, qtbot: QtBot) -> None:
    surface, said = stand(window, qtbot, 0.05), window.status.lines
    few = surface.lines_drawn()[0]
    assert 0 < few < 1800 and said.isVisible()
    assert said.text() == f"{few:,} of 1,800 links drawn"
    assert "some stand for all" in said.toolTip()
    said.click()
    assert "some stand for all" in window.notices.text()
    surface = stand(window, qtbot, 2.0)
    assert said.text() == f"{surface.lines_drawn()[0]:,} of 1,800 links drawn, long ones faint"


def test_of_a_selected_card_all_links_are_drawn(window: Window, qtbot: QtBot) -> None:
    surface = stand(window, qtbot, 0.05)
    slot = hub(surface)
    before = surface.lines_drawn()[0]
    window.selection.set(cards=[surface.scene.card_ids[slot]])
    qtbot.waitUntil(surface.is_settled)
    assert surface.picture.pieces is not None
    shown = set(surface.picture.pieces.links.tolist())
    assert shown >= set(surface.scene.links_at([slot]).tolist())
    assert surface.lines_drawn()[0] >= before + 700
    window.selection.clear()
    qtbot.waitUntil(surface.is_settled)
    assert surface.lines_drawn()[0] == before


def test_what_is_not_drawn_is_not_hit(window: Window, qtbot: QtBot) -> None:
    surface = stand(window, qtbot, 0.3)
    thinning = surface.picture.thinning
    assert thinning is not None and thinning.not_drawn(0.3)
    for ready in (True, False):
        if not ready:
            surface.picture.pieces = None
        spots = (surface.to_board(QPointF(x, y)) for x in range(0, 1100, 23) for y in range(0, 700, 19))
        hit = {found for spot in spots if (found := surface.link_at(spot.x(), spot.y())) is not None}
        indexes = np.array([surface.scene.index_of[link_id] for link_id in hit])
        assert len(indexes) > 20 and thinning.drawn(indexes, 0.3).all()


def test_a_picture_that_leaves_the_window_has_all_links(window: Window, qtbot: QtBot) -> None:
    surface = stand(window, qtbot, 0.05)
    everywhere, known = (-1e6, -1e6, 1e6, 1e6), surface.picture
    for complete in (True, False):
        picture = Picture(known.document, known.scene, known.routes, known.palette, complete=complete)
        deque(have_ready(picture, 0.05, everywhere), maxlen=0)
        assert picture.pieces is not None
        assert (len(picture.pieces.links) == 1800) is complete


def test_nothing_is_said_where_every_link_is_drawn(window: Window, qtbot: QtBot) -> None:
    window.status.tell_lines(5, 5, False)
    assert not window.status.lines.isVisible() and not window.status.lines.text()
    window.status.tell_lines(5, 5, True)
    assert window.status.lines.text() == "long links faint"
