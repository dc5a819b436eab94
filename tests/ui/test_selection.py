"""The one selection of a window: it knows entities, and lets go of what an operation took away."""

from __future__ import annotations

import gc
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.records import Card
from evidenceboard.ui.selection import MANY, Selection


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["add", "off", "gone", "undo", "redo"]), st.integers(0, 9)), max_size=20))
def test_after_any_operations_it_holds_what_a_look_at_the_file_would_leave(
    qtbot: QtBot, tmp_path: Path, steps: list[tuple[str, int]]
) -> None:
    path = tmp_path / "board.db"
    path.unlink(missing_ok=True)
    with Session.create(path) as session:
        selection, document = Selection(), session.document
        session.subscribe(selection.prune)
        board = document.boards[0].id
        with session.transaction("Fill") as tx:
            for _ in range(4):
                commands.place(tx, board, commands.add_entity(tx, "claim").id, x=0.0, y=0.0)
        for step, which in steps:
            cards = document.cards
            selection.set(cards=[card.id for card in cards][: which + 1])
            held = selection.cards
            if step == "add":
                with session.transaction("Add") as tx:
                    commands.place(tx, board, commands.add_entity(tx, "event").id, x=0.0, y=0.0)
            elif step in ("off", "gone") and cards:
                card = cards[which % len(cards)]
                with session.transaction("Remove") as tx:
                    if step == "off":
                        commands.take_off(tx, [card.id])
                    else:
                        commands.remove(tx, [card.entity_id])
            elif step == "undo" and session.undo_label() != "Make a new board":
                session.undo()
            elif step == "redo":
                session.redo()
            assert selection.cards == {one for one in held if document.find("cards", one)}
            found = {document.get(Card, one).entity_id for one in selection.cards}
            assert set(selection.entities(document)) == found


def test_an_entity_without_a_card_is_let_go_when_it_is_removed(qtbot: QtBot, tmp_path: Path) -> None:
    with Session.create(tmp_path / "board.db") as session:
        selection, told = Selection(), list[bool]()
        session.subscribe(selection.prune)
        selection.changed.connect(lambda: told.append(True))
        with session.transaction("Fill") as tx:
            one, other = (commands.add_entity(tx, "claim").id for _ in range(2))
        selection.set(entity=one)
        with session.transaction("Remove") as tx:
            commands.remove(tx, [other])
        assert (selection.entities(session.document), len(told)) == ([one], 1)
        with session.transaction("Remove") as tx:
            commands.remove(tx, [one])
        assert (selection.entity, selection.entities(session.document), len(told)) == (None, [], 2)


def test_no_look_for_garbage_walks_through_a_very_large_selection(qtbot: QtBot) -> None:
    selection = Selection()
    selection.set(cards=[f"c{n}" for n in range(MANY + 1)])
    assert len(selection.cards) == MANY + 1
    assert not any(one is selection.cards for one in gc.get_objects())
