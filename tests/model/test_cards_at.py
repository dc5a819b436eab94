"""A set of cards that is told by their slots is the set of their ids, whatever becomes of the scene."""

from __future__ import annotations

from operator import and_, or_, sub, xor
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.changes import Operation
from evidenceboard.model.scene import Scene

STEP = st.tuples(st.sampled_from(["add", "off", "undo", "redo", "pick"]), st.integers(0, 63))
HOWS: tuple[Any, ...] = (or_, and_, sub, xor)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(STEP, max_size=16))
def test_it_is_the_set_of_the_ids_that_it_was_made_of(tmp_path: Path, steps: list[tuple[str, int]]) -> None:
    path = tmp_path / "board.db"
    path.unlink(missing_ok=True)
    with Session.create(path) as session:
        board = session.document.boards[0].id
        with session.transaction("Fill") as tx:
            for _ in range(5):
                commands.place(tx, board, commands.add_entity(tx, "claim").id, x=0.0, y=0.0)
        scene = Scene(session.document, board)

        def follow(operation: Operation) -> None:
            scene.update(operation, session.document)

        session.subscribe(follow)
        kept = [_picked(scene, 7)]
        for step, which in steps:
            cards = session.document.cards
            if step == "add":
                with session.transaction("Add") as tx:
                    commands.place(tx, board, commands.add_entity(tx, "event").id, x=0.0, y=0.0)
            elif step == "off" and cards:
                with session.transaction("Take off") as tx:
                    commands.take_off(tx, [cards[which % len(cards)].id])
            elif step == "undo" and session.undo_label() != "Fill":
                session.undo()
            elif step == "redo":
                session.redo()
            elif step == "pick":
                kept.append(_picked(scene, which))
            _agree(scene, kept)


def _picked(scene: Scene, which: int) -> tuple[Any, frozenset[str]]:
    """Return the cards that the bits of a number mean, told by slots and written out."""
    slots = np.array([slot for slot in range(scene.n) if scene.alive[slot] and which >> slot % 6 & 1], np.intp)
    return scene.named(slots), frozenset(scene.card_ids[slot] for slot in slots)


def _agree(scene: Scene, kept: list[tuple[Any, frozenset[str]]]) -> None:
    for told, written in kept:
        assert len(told) == len(written)
        assert set(told) == written
        assert told == written
        assert hash(told) == hash(written)
        assert [one in told for one in scene.card_ids] == [one in written for one in scene.card_ids]
        assert set(scene.slots_as_array(told)) == set(scene.slots_as_array(written))
        for other_told, other_written in kept:
            assert (told == other_told) == (written == other_written)
            assert told.isdisjoint(other_told) == written.isdisjoint(other_written)
            assert (told <= other_told) == (written <= other_written)
            for how in HOWS:
                for made in (how(told, other_told), how(told, other_written), how(written, other_told)):
                    assert frozenset(made) == how(written, other_written)
                    assert len(made) == len(how(written, other_written))


def test_nothing_of_it_equals_what_is_no_set(tmp_path: Path) -> None:
    with Session.create(tmp_path / "board.db") as session:
        none = Scene(session.document, session.document.boards[0].id).named(np.zeros(0, np.intp))
        assert not none
        assert none == frozenset()
        assert none != []
        assert "" not in none
        assert 5 not in none
