"""Whatever was done to a board: its arrays, lines and picture are those of a board that is shown for the first time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from deeds import DEEDS, pan, redo, undo
from hands import Hand, differing, records
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from two_boards import fill

from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.session import Session
from evidenceboard.ui.board.canvas import Canvas
from evidenceboard.ui.window import show_file

FACTORS = (1.0, 0.37, 0.41, 0.37)
"""Steps back: to where cards show their titles, then sketches, then blocks."""
SPECKS = 12
"""Pixels that may differ: how the ends of lines are smoothed depends on where the clip of a band cuts them."""
A_DEED = st.tuples(st.sampled_from(DEEDS), st.integers(0, 400), st.integers(0, 400))


@contextmanager
def a_hand(qtbot: QtBot) -> Iterator[Hand]:
    """Open a board of its own, and close it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.db"
        with Session.create(path) as session:
            fill(session)
        window = show_file(path)
        try:
            with qtbot.waitActive(window):
                window.activateWindow()
            window.resize(1300, 800)
            window.board.surface.put_camera(1.0, 0.0, 0.0)
            window.board.setFocus()
            yield Hand(window, qtbot)
        finally:
            window.close()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def cards_of(scene: Scene) -> dict[str, Any]:
    """Return what a scene holds of each card, by its id, wherever in the arrays that stands."""
    return {
        card_id: (
            scene.entity_ids[slot],
            *scene.box[:, slot].tolist(),
            int(scene.z[slot]),
            int(scene.type[slot]),
            bool(scene.hidden[slot]),
            scene.frames[scene.frame[slot]].id if scene.frame[slot] >= 0 else None,
            scene.frame_ids[slot],
        )
        for card_id, slot in scene.slot_of.items()
    }


def links_of(scene: Scene) -> dict[str, Any]:
    return {
        link_id: (
            *(scene.card_ids[slot] for slot in scene.ends[:, index].tolist()),
            int(scene.kind[index]),
            int(scene.tone[index]),
        )
        for link_id, index in scene.index_of.items()
    }


def check_arrays(hand: Hand) -> None:
    """Check that the scene of the surface says what one made anew says."""
    scene, fresh = hand.surface.scene, Scene(hand.document, hand.window.board_id)
    assert cards_of(scene) == cards_of(fresh)
    assert links_of(scene) == links_of(fresh)
    assert scene.frames == fresh.frames and scene.bounds() == fresh.bounds()
    assert [scene.card_ids[slot] for slot in scene.order()] == [fresh.card_ids[slot] for slot in fresh.order()]
    assert scene.slot_of_entity == {scene.entity_ids[slot]: slot for slot in scene.slot_of.values()}
    assert int(scene.alive.sum()) == fresh.n and int(scene.linked.sum()) == fresh.m
    routes = Routes(fresh)
    for link_id, index in scene.index_of.items():
        place = fresh.index_of[link_id]
        assert hand.surface.routes.shown[index] == routes.shown[place]
        if routes.shown[place]:
            assert np.allclose(hand.surface.routes.points[:, :, index], routes.points[:, :, place], atol=1e-6)


def painted_anew(hand: Hand) -> QImage:
    """Return the picture of a board that is shown for the first time at the same place."""
    surface = hand.surface
    fresh = Canvas(hand.window)
    try:
        fresh.resize(surface.size())
        fresh.grab()
        camera = surface.camera
        fresh.put_camera(camera.zoom, camera.x, camera.y)
        while not fresh.is_settled():
            fresh.backing.work()
        return fresh.grab().toImage()
    finally:
        fresh.deleteLater()
        QApplication.sendPostedEvents(fresh, QEvent.Type.DeferredDelete)


def check_picture(hand: Hand) -> None:
    """Check that the settled picture is the one that is painted anew."""
    hand.surface.cancel()
    hand.window.board.finish()
    hand.window.selection.clear()
    QApplication.sendEvent(hand.surface, QEvent(QEvent.Type.Leave))
    for factor in FACTORS:
        hand.surface.zoom_by(factor)
        hand.qtbot.waitUntil(lambda: hand.surface.is_settled() and not hand.surface.glowing)
        if hand.surface.scene.slot_of or hand.surface.scene.frames:
            shown, anew = hand.surface.grab().toImage(), painted_anew(hand)
            assert differing(shown, anew) <= SPECKS, hand.surface.zoom


@settings(max_examples=25)
@given(st.lists(A_DEED, min_size=1, max_size=12))
def test_after_any_deeds_the_board_is_as_if_it_were_shown_for_the_first_time(
    qtbot: QtBot, deeds: list[tuple[Any, int, int]]
) -> None:
    with a_hand(qtbot) as hand:
        for deed, a, b in deeds:
            deed(hand, a, b)
            check_arrays(hand)
        check_picture(hand)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400), st.booleans()), min_size=1, max_size=10))
def test_a_scrolled_picture_is_the_one_painted_fresh(qtbot: QtBot, ways: list[tuple[int, int, bool]]) -> None:
    with a_hand(qtbot) as hand:
        for a, b, rest in ways:
            pan(hand, a, b)
            if rest:
                hand.settled()
        check_picture(hand)


@settings(max_examples=15)
@given(st.lists(A_DEED, min_size=1, max_size=12))
def test_after_any_deeds_undo_leads_back_to_the_beginning_and_redo_to_the_end(
    qtbot: QtBot, deeds: list[tuple[Any, int, int]]
) -> None:
    with a_hand(qtbot) as hand:
        begin, label = records(hand.document), hand.window.session.undo_label()
        for deed, a, b in deeds:
            if deed is not undo and deed is not redo:
                deed(hand, a, b)
        hand.window.board.finish()
        end, steps = records(hand.document), 0
        while hand.window.session.undo_label() != label:
            hand.window.run("undo")
            steps += 1
        assert records(hand.document) == begin
        check_arrays(hand)
        for _ in range(steps):
            hand.window.run("redo")
        assert records(hand.document) == end
        check_arrays(hand)
        path = hand.window.session.path
        hand.window.close()
        with Session.open(path) as again:
            assert records(again.document) == end and not again.problems
