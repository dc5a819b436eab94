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
from evidenceboard.model.touched import Touched
from evidenceboard.model.transaction import Transaction


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a board with more links than go round cards, so that following an operation is worth it."""
    path = tmp_path_factory.mktemp("made") / "board.db"
    generated(path, cards=700, links=1500, seed=5)
    return path


def some_moved(session: Session, scene: Scene, chance: random.Random, count: int) -> Touched:
    """Move some cards somewhere, and let the scene follow."""
    with session.transaction("Move") as tx:
        cards = chance.sample([card.id for card in session.document.cards], count)
        commands.move_cards(tx, cards, chance.randrange(-900, 900), chance.randrange(-900, 900))
    return scene.update(session.operation(session.history(1)[0][0].id), session.document)


def test_the_lines_after_moves_are_those_of_a_board_that_is_opened_anew(made: Path) -> None:
    chance = random.Random(1)
    with Session.open(made) as session:
        board = session.document.boards[0].id
        scene = Scene(session.document, board)
        routes = Routes(scene)
        followed = 0
        for count in (1, 1, 2, 5, 20, 400):
            touched = some_moved(session, scene, chance, count)
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


def test_lines_that_are_asked_for_after_several_steps_are_those_of_a_board_that_is_opened_anew(made: Path) -> None:
    chance = random.Random(2)
    with Session.open(made) as session:
        board = session.document.boards[0].id
        scene = Scene(session.document, board)
        routes = Routes(scene)
        for steps in (1, 3, 2):
            for step in range(steps):
                touched = some_moved(session, scene, chance, 2)
                routes.note(scene, None if steps == 3 and step == 1 else touched.moved)
            version = routes.version
            anew = Routes(Scene(session.document, board))
            for name in ("points", "boxes", "shift", "shown"):
                assert np.array_equal(getattr(routes.caught_up(), name), getattr(anew, name)), name
            assert routes.version > version, "what was worked out of the lines before would be taken for true"
            assert routes.caught_up().version == routes.version
        for _ in range(6):
            session.undo()


def lines(scene: Scene, routes: Routes) -> dict[str, bytes]:
    """Return what is known of the line of each link that shows."""
    return {
        scene.link_ids[index]: routes.points[:, :, index].tobytes() + routes.boxes[:, index].tobytes()
        for index in np.flatnonzero(routes.shown).tolist()
    }


def test_the_lines_after_cards_and_links_came_and_went_are_those_of_a_board_that_is_opened_anew(made: Path) -> None:
    chance = random.Random(4)
    with Session.open(made) as session:
        board = session.document.boards[0].id
        scene = Scene(session.document, board)
        routes = Routes(scene)
        document = session.document
        entities = [card.entity_id for card in document.cards_on(board)]

        def join(tx: Transaction) -> None:
            for _ in range(6):
                commands.link(tx, "related", *chance.sample(entities, 2))

        def add(tx: Transaction) -> None:
            made = commands.add_entity(tx, "note", title="New")
            commands.place(tx, board, made.id, x=chance.uniform(0, 4000), y=chance.uniform(0, 4000))
            commands.link(tx, "related", made.id, chance.choice(entities))

        def part(tx: Transaction) -> None:
            commands.remove(tx, [link.id for link in chance.sample(document.links, 5)])

        def drop(tx: Transaction) -> None:
            commands.remove(tx, [entities.pop(chance.randrange(len(entities)))])

        def take_off(tx: Transaction) -> None:
            commands.take_off(tx, [document.card_on(board, entities.pop(7)).id])

        def frame(tx: Transaction) -> None:
            commands.put_into_frame(tx, [card.id for card in document.cards[5:9]], document.frames[0].id)

        followed = 0
        count = session.operation_count()
        for work in (join, add, part, drop, take_off, frame, join, add, None, None, None, add, part, None):
            if work is None:
                session.undo()
            else:
                with session.transaction("Change") as tx:
                    work(tx)
            touched = scene.update(session.operation(session.history(1)[0][0].id), document)
            if not touched.everything and routes.follow(scene, touched.moved | touched.lines):
                followed += 1
            else:
                routes = Routes(scene, routes.detours)
            fresh = Scene(document, board)
            assert lines(scene, routes) == lines(fresh, Routes(fresh)), work
            assert {scene.card_ids[slot] for slot in scene.order()} == {fresh.card_ids[slot] for slot in fresh.order()}
            for card_id, slot in scene.slot_of.items():
                other = fresh.slot_of[card_id]
                assert scene.hidden[slot] == fresh.hidden[other]
                assert scene.frame[slot] == fresh.frame[other]
            assert scene.counts() == fresh.counts()
        assert followed == 14, "what comes and goes must not work out all lines"
        while session.operation_count() > count and session.undo_label() == "Change":
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
