"""Boards at the edge: far apart, on one spot, all at one card, a word that never ends. They show, answer and move."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.records import FARTHEST, TITLE_LIMIT
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.board.camera import LARGEST, SMALLEST
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt
MANY = 3000
HELD = 1.0
"""Seconds of work that the event loop may be held for here: a coarse guard, where the bar itself is a benchmark's."""


def far_apart(tx: Transaction, board_id: str) -> None:
    for x, y in ((-1, -1), (1, -1), (-1, 1), (1, 1), (0, 0)):
        claim = commands.add_entity(tx, "claim", title=f"At {x}, {y}")
        commands.place(tx, board_id, claim.id, x=x * (FARTHEST - 1000), y=y * (FARTHEST - 1000))
    claims = tx.document.entities
    for claim in claims[1:]:
        commands.link(tx, "supports", claims[0].id, claim.id)


def on_one_spot(tx: Transaction, board_id: str) -> None:
    for number in range(MANY):
        claim = commands.add_entity(tx, "claim", title=f"주장 {number}")
        commands.place(tx, board_id, claim.id, x=100, y=100)


def nearly_on_one_spot(tx: Transaction, board_id: str) -> None:
    chance = Random(1)
    for number in range(MANY):
        claim = commands.add_entity(tx, "claim", title=f"Claim {number}")
        commands.place(tx, board_id, claim.id, x=100 + chance.random() * 4, y=100 + chance.random() * 4)


def all_at_one(tx: Transaction, board_id: str) -> None:
    middle = commands.add_entity(tx, "claim", title="What everybody says")
    commands.place(tx, board_id, middle.id, x=0, y=0)
    for number in range(MANY):
        source = commands.add_entity(tx, "source", title=f"Source {number}")
        commands.place(tx, board_id, source.id, x=300 + number % 60 * 300, y=number // 60 * 200)
        commands.link(tx, "states", source.id, middle.id)


def one_endless_word(tx: Transaction, board_id: str) -> None:
    for type_id in ("claim", "source", "note"):
        entity = commands.add_entity(tx, type_id, title="Ж" * TITLE_LIMIT)
        commands.place(tx, board_id, entity.id, x=0, y=len(tx.document.cards) * 400)


BOARDS = {made.__name__: made for made in (far_apart, on_one_spot, nearly_on_one_spot, all_at_one, one_endless_word)}


class Heart:
    """Measure for how long the event loop is held by work of its own: other processes have the same processors."""

    def __init__(self, window: Window) -> None:
        self.longest, self._last = 0.0, time.thread_time()
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def _beat(self) -> None:
        now = time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now


@pytest.fixture(params=BOARDS)
def window(request: pytest.FixtureRequest, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    path = tmp_path / "board.db"
    with Session.create(path) as session, session.transaction("Make it up") as tx:
        BOARDS[request.param](tx, session.document.boards[0].id)
    shown = show_file(path)
    shown.resize(1000, 700)
    qtbot.waitUntil(lambda: shown.session.reading is None, timeout=60_000)
    qtbot.waitUntil(shown.board.surface.is_settled, timeout=30_000)
    yield shown
    shown.close()


def ink(window: Window) -> int:
    """Return how many pixels of the board differ from its ground."""
    image = window.board.surface.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    seen = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    ground = int(window.palette_.board.lstrip("#"), 16) | 0xFF000000
    return int(np.count_nonzero(seen[:, : image.width()] != ground))


def test_it_shows_at_every_zoom_answers_and_comes_back(window: Window, qtbot: QtBot) -> None:
    heart = Heart(window)
    surface, document = window.board.surface, window.document
    start = {card.id: (card.x, card.y) for card in document.cards}
    first = document.cards[0]
    surface.fit()
    qtbot.waitUntil(surface.is_settled, timeout=30_000)
    assert ink(window) > 0
    for zoom in (4.0, 1.0, 0.05):
        surface.put_camera(zoom, first.x - 20, first.y - 20)
        qtbot.waitUntil(surface.is_settled, timeout=30_000)
        assert ink(window) > 20
    surface.put_camera(1.0, first.x - 20, first.y - 20)
    qtbot.waitUntil(surface.is_settled, timeout=30_000)
    assert surface.slot_at(first.x + first.w / 2, first.y + 10) is not None
    window.selection.set(cards=[first.id])
    qtbot.waitUntil(surface.is_settled, timeout=30_000)
    window.run("select_all")
    assert len(window.selection.cards) == len(start)
    cards = window.selection.cards
    window.perform("Move {n} cards", lambda tx: commands.move_cards(tx, cards, 8, 8), n=len(cards))
    qtbot.waitUntil(surface.is_settled, timeout=30_000)
    assert {card.id: (card.x, card.y) for card in document.cards} == {
        card_id: (x + 8, y + 8) for card_id, (x, y) in start.items()
    }
    window.run("undo")
    assert {card.id: (card.x, card.y) for card in document.cards} == start
    window.selection.set()
    qtbot.waitUntil(surface.is_settled, timeout=30_000)
    assert heart.longest < HELD


@pytest.mark.parametrize("window", ["far_apart"], indirect=True)
def test_a_board_too_large_to_be_seen_whole_is_shown_where_cards_are_and_says_so(window: Window) -> None:
    window.run("zoom_fit")
    seen = window.board.surface.visible_area()
    assert any(seen.contains(card.x, card.y) for card in window.document.cards)
    assert "too far apart" in window.notices.text()


@pytest.mark.parametrize("window", ["on_one_spot"], indirect=True)
def test_a_board_that_is_seen_whole_is_shown_without_a_word(window: Window) -> None:
    window.run("zoom_fit")
    assert not window.notices.text()


@pytest.mark.parametrize("window", ["all_at_one"], indirect=True)
def test_a_card_that_all_others_are_linked_to_is_told_of_in_the_inspector_and_by_its_chain_and_focus(
    window: Window, qtbot: QtBot
) -> None:
    hub, other = window.document.cards[0], window.document.cards[-1]

    def said() -> str:
        inspector = window.docks["inspector"]
        parts = [*inspector.findChildren(Prose), *inspector.findChildren(ProseButton)]
        return " ".join(part.words for part in parts)

    window.selection.set(cards=[hub.id])
    qtbot.waitUntil(lambda: f"{MANY} reports: {MANY} not recorded" in said() and f"{MANY - 12} more" in said())
    window.run("chain")
    chain = window.board.surface.chain
    qtbot.waitUntil(lambda: chain.lineage is not None)
    assert chain.lines[0][0].startswith(f"C1 · {MANY} reports · {MANY} lineages not recorded (S1, S2")
    assert chain.absent() == []
    window.perform("Take a card away", lambda tx: commands.remove(tx, [other.id]))
    qtbot.waitUntil(lambda: chain.absent() == [other.entity_id])
    window.run("chain")
    window.run("focus")
    assert "1 more has no card here" in window.board.focus.said
    window.run("undo")
    assert "no card here" not in window.board.focus.said
    assert f"{MANY + 1:,} of {MANY + 1:,} cards" in window.board.focus.said


@pytest.mark.parametrize("size", [(200, 100), (2600, 1500)])
def test_zooming_to_both_ends_by_key_and_by_wheel_always_shows_something(
    window: Window, qtbot: QtBot, size: tuple[int, int]
) -> None:
    surface, first = window.board.surface, window.document.cards[0]
    window.resize(*size)
    surface.centre_on(QPointF(first.x + 20, first.y + 10))
    middle = QPointF(surface.width() / 2, surface.height() / 2)
    for turned, end in ((120, LARGEST), (-120, SMALLEST)):
        for _ in range(40):
            wheel = QWheelEvent(
                middle, surface.mapToGlobal(middle), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(surface, wheel)
        assert surface.zoom == end
        qtbot.waitUntil(surface.is_settled, timeout=30_000)
        assert ink(window) > 0
    for action, end in (("zoom_in", LARGEST), ("zoom_out", SMALLEST)):
        for _ in range(40):
            window.run(action)
        assert surface.zoom == end
        qtbot.waitUntil(surface.is_settled, timeout=30_000)
        assert ink(window) > 0
