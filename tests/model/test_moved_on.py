"""A scene that follows moves of cards and frames equals the one of the board opened anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.model.cards_at import CardsAt
from evidenceboard.model.rearranged import moved_on
from evidenceboard.model.scene import Scene
from evidenceboard.model.transaction import Transaction

FAR = st.integers(-9000, 9000).map(lambda eighths: eighths / 8)
WHICH = st.sets(st.integers(0, 59), max_size=12)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    path = tmp_path_factory.mktemp("moved") / "board.db"
    generated(path, cards=60, links=90, seed=3)
    with Session.open(path) as session:
        board_id = session.document.boards[0].id
        with session.transaction("Make frames") as tx:
            cards = [card.id for card in session.document.cards]
            for place in range(3):
                some = cards[place * 5 : place * 5 + 5]
                frame = commands.add_frame(tx, board_id, title="", x=place * 300, y=0, w=200, h=200, cards=some)
                commands.collapse_frame(tx, frame.id, place == 1)
        yield session


def told(scene: Scene) -> dict[str, Any]:
    """Return what a scene says, by id."""
    cards = {
        one: (*scene.box[:, slot].tolist(), bool(scene.hidden[slot]), int(scene.frame[slot]), scene.entity_ids[slot])
        for slot, one in enumerate(scene.card_ids)
    }
    ends = [[scene.card_ids[slot] for slot in end] for end in scene.ends[:, : scene.m].tolist()]
    links = dict(zip(scene.link_ids, zip(*ends, strict=True), strict=True))
    order = [scene.card_ids[slot] for slot in scene.cards_in((-1e9, -1e9, 1e9, 1e9)).tolist()]
    return {"cards": cards, "links": links, "frames": scene.frames, "around": scene.bounds(), "order": order}


def after(session: Session, scene: Scene) -> Scene | None:
    """Return what follows on a scene by what was done last."""
    return moved_on(scene, session.operation(session.history(1)[0][0].id).changes, session.document)


@settings(max_examples=40, deadline=None)
@given(cards=WHICH, frames=st.sets(st.integers(0, 2)), dx=FAR, dy=FAR)
def test_after_a_move_and_its_way_back(board: Session, cards: set[int], frames: set[int], dx: float, dy: float) -> None:
    board_id, before = board.document.boards[0].id, len(board.history(99)[0])
    scene = Scene(board.document, board_id)
    was = told(scene)
    ids = [scene.card_ids[slot] for slot in cards]
    with board.transaction("Move") as tx:
        commands.move_frames(tx, [scene.frames[place].id for place in frames], dx, dy, also=ids)
    if len(board.history(99)[0]) == before:
        return
    made = after(board, scene)
    assert made is not None and told(made) == told(Scene(board.document, board_id)) != was
    assert told(scene) == was, "who looks at what was before still sees that"
    chosen = CardsAt(scene, np.array(sorted(cards), np.intp))
    assert chosen.slots_in(made) is not None, "what is selected is told by the same places"
    board.undo()
    back = after(board, made)
    assert back is not None and told(back) == told(Scene(board.document, board_id)) == was


def test_whoever_does_anything_else_has_the_board_looked_at_anew(board: Session) -> None:
    scene = Scene(board.document, board.document.boards[0].id)
    card, frame = board.document.cards[0], board.document.frames[0]

    def grow(tx: Transaction) -> None:
        commands.resize_card(tx, card.id, x=card.x, y=card.y, w=card.w + 80, h=card.h)

    def leave(tx: Transaction) -> None:
        commands.move_cards(tx, [card.id], 8.0, 8.0)
        commands.put_into_frame(tx, [card.id], None)

    def fold(tx: Transaction) -> None:
        commands.collapse_frame(tx, frame.id, True)

    def retype(tx: Transaction) -> None:
        commands.set_fields(tx, card.entity_id, title="Another")

    def drop(tx: Transaction) -> None:
        commands.take_off(tx, [card.id])

    for deed in (grow, leave, fold, retype, drop):
        with board.transaction("Do") as tx:
            deed(tx)
        assert after(board, scene) is None, deed.__name__
        board.undo()
        assert after(board, scene) is None, deed.__name__
