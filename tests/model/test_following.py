"""What an update makes of the lines and arrays of a board equals what is made of the board anew."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a board with more links than go round cards, so that following an operation is worth it."""
    path = tmp_path_factory.mktemp("made") / "board.db"
    generated(path, cards=700, links=1500, seed=5)
    return path


def test_the_lines_after_moves_are_those_of_a_board_that_is_opened_anew(made: Path) -> None:
    chance = random.Random(1)
    with Session.open(made) as session:
        board = session.document.boards[0].id
        scene = Scene(session.document, board)
        routes = Routes(scene)
        followed = 0
        for count in (1, 1, 2, 5, 20, 400):
            with session.transaction("Move") as tx:
                cards = chance.sample([card.id for card in session.document.cards], count)
                commands.move_cards(tx, cards, chance.randrange(-900, 900), chance.randrange(-900, 900))
            touched = scene.update(session.operation(session.history(1)[0][0].id), session.document)
            if routes.follow(scene, touched.moved):
                followed += 1
            else:
                routes = Routes(scene, routes.detours)
            anew = Routes(Scene(session.document, board))
            for name in ("points", "boxes", "shift", "shown"):
                assert np.array_equal(getattr(routes, name), getattr(anew, name)), name
        assert followed >= 4, "a move of a few cards must not work out all lines"
        for _ in range(6):
            session.undo()


def test_the_slots_of_a_set_of_cards_are_right_after_every_change(made: Path) -> None:
    with Session.open(made) as session:
        scene = Scene(session.document, session.document.boards[0].id)
        asked = frozenset(scene.card_ids[10:13])
        assert sorted(scene.slots(asked)) == [10, 11, 12] == sorted(scene.slots(asked))
        entity = scene.entity_ids[11]
        with session.transaction("Remove") as tx:
            commands.remove(tx, [entity])
        scene.update(session.operation(session.history(1)[0][0].id), session.document)
        assert sorted(scene.slots(asked)) == [10, 12]
        session.undo()
        scene.update(session.operation(session.history(1)[0][0].id), session.document)
        assert len(scene.slots(asked)) == 3
        assert scene.slots(["no such card"]) == []
