"""Laying out as a command: one operation, small in the log, and undo brings everything back exactly."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.layouts import METHODS
from evidenceboard.model.packing import sealed
from evidenceboard.model.records import TABLES, Card

METHOD_IDS = [method.id for method in METHODS]


def records(session: Session) -> dict[str, dict[str, Any]]:
    return {table: dict(session.document.table(table)) for table in TABLES}


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """Return a made-up board of 300 cards, all of them in a frame."""
    generated(tmp_path / "made_up.db", cards=300, links=500, seed=7)
    return tmp_path / "made_up.db"


@pytest.mark.parametrize("method", METHOD_IDS)
def test_a_whole_board_is_one_operation_with_one_row_and_comes_back_exactly(made_up: Path, method: str) -> None:
    with Session.open(made_up) as session:
        board = session.document.boards[0].id
        with session.transaction("Free the cards") as tx:
            for frame in tx.document.frames_on(board):
                commands.remove_frame(tx, frame.id)
        before, steps = records(session), session.operation_count()
        with session.transaction("Lay out {n} cards", n=300) as tx:
            made = commands.layout(tx, board, method)
        assert len(made.card_ids) > 250 and session.operation_count() == steps + 1
        operation = session.operation(session.history(1)[0][0].id)
        assert [change.is_shift for change in operation.changes] == [True]
        assert sealed(operation).hash == operation.hash
        after = records(session)
        session.undo()
        assert records(session) == before
        session.redo()
        assert records(session) == after
    with Session.open(made_up) as session:
        assert records(session) == after


def test_a_hundred_thousand_moves_are_less_than_ten_megabytes_of_log() -> None:
    chance = random.Random(3)
    ids = [f"{chance.getrandbits(128):032x}" for _ in range(1000)]
    by = [[chance.randrange(-8 * 60_000, 8 * 60_000) / 8 for _ in ids] for _ in range(2)]
    assert len(json.dumps({"ids": ids, "dx": by[0], "dy": by[1]}, separators=(",", ":"))) * 100 < 10_000_000


@given(st.randoms(use_true_random=False))
def test_undo_after_any_layouts_of_any_parts_restores_every_card(board_path: Path, chance: random.Random) -> None:
    with Session.open(board_path) as session:
        board, start, done = session.document.boards[0].id, records(session), 0
        for _ in range(chance.randint(1, 4)):
            cards = [card.id for card in session.document.cards]
            chosen = chance.sample(cards, chance.randint(0, len(cards))) if chance.random() < 0.5 else None
            count = session.operation_count()
            with session.transaction("Lay out") as tx:
                if chance.random() < 0.3:
                    commands.pin(tx, chance.sample(cards, 1))
                commands.layout(tx, board, chance.choice(METHOD_IDS), card_ids=chosen, pinned=chance.sample(cards, 1))
            done += session.operation_count() - count
        for _ in range(done):
            session.undo()
        assert records(session) == start


def test_pinned_for_once_or_for_good(session: Session) -> None:
    board, cards = session.document.boards[0].id, session.document.cards
    with session.transaction("Pin") as tx:
        commands.pin(tx, [cards[0].id])
        commands.layout(tx, board, "grid", pinned=[cards[1].id])
    for card in cards[:2]:
        now = session.document.get(Card, card.id)
        assert (now.x, now.y) == (card.x, card.y)
    assert session.document.get(Card, cards[0].id).pinned and not session.document.get(Card, cards[1].id).pinned
    with session.transaction("Unpin") as tx:
        commands.pin(tx, [cards[0].id], pinned=False)
        commands.layout(tx, board, "grid")
    assert session.document.get(Card, cards[0].id).x != cards[0].x or session.document.get(Card, cards[1].id).x


def test_a_frame_that_is_laid_out_grows_and_shrinks_to_what_it_holds(session: Session) -> None:
    board, cards = session.document.boards[0].id, session.document.cards
    with session.transaction("Frame") as tx:
        frame = commands.add_frame(
            tx, board, title="Wide", x=-900, y=-900, w=5000, h=40, cards=[card.id for card in cards[:3]]
        )
        commands.layout(tx, board, "layered", frame_id=frame.id)
    made = session.document.frames[0]
    assert made.w < 5000 and made.h > 40
    for card in cards[:3]:
        now = session.document.get(Card, card.id)
        assert made.x < now.x and now.x + now.w < made.x + made.w and made.y < now.y and now.y + now.h < made.y + made.h


def test_links_to_things_on_other_boards_are_left_out_of_account(session: Session) -> None:
    with session.transaction("Second board") as tx:
        second = commands.add_board(tx, "Second")
        claim = session.document.entity("C1")
        commands.place(tx, second.id, claim.id, x=0, y=0)
        other = commands.add_entity(tx, "claim", title="elsewhere")
        commands.link(tx, "supports", claim.id, other.id)
        commands.link(tx, "related", claim.id, claim.id)
    for method in METHOD_IDS:
        with session.transaction("Lay out") as tx:
            assert not commands.layout(tx, second.id, method).changes


def test_what_is_not_there_changes_nothing(session: Session) -> None:
    board, before = session.document.boards[0].id, records(session)
    for error, ask in (
        (InvalidValueError, {"method": "circle"}),
        (NotFoundError, {"board_id": "gone"}),
        (NotFoundError, {"frame_id": "gone"}),
        (NotFoundError, {"card_ids": ["gone", "too"]}),
    ):
        with pytest.raises(error, match="nothing was changed"), session.transaction("Lay out") as tx:
            commands.layout(tx, **{"board_id": board, "method": "grid", **ask})
    assert records(session) == before
