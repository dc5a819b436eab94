"""The index of the open file: filled while the window is alive, and told apart from one that is full."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.model.records import TABLES
from evidenceboard.store.searched_text import READS
from evidenceboard.ui import finder as finding
from evidenceboard.ui.bridge import Bridge
from evidenceboard.ui.finder import Finder

pytestmark = pytest.mark.qt


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a search find all that fits, however busy the machine is."""
    monkeypatch.setattr(finding, "ENOUGH", 60.0)


def test_the_index_says_that_it_is_ready_only_when_every_text_is_in_it(qtbot: QtBot, session: Session) -> None:
    finder = Finder(session, Bridge(session))
    assert not finder.ready
    finder.begin()
    qtbot.waitUntil(lambda: finder.ready)
    assert finder.search("lorries", 5)


def test_a_search_before_that_finds_what_comes_last_and_what_was_written_meanwhile(session: Session) -> None:
    finder = Finder(session, Bridge(session))
    with session.transaction("Add a claim") as tx:
        commands.add_entity(tx, "claim", title="A harbour was closed")
    assert [hit.entity_id for hit in finder.search("harbour", 5)] == [session.document.entities[-1].id]
    assert finder.ready


def test_texts_are_read_while_the_cards_of_a_large_file_are_on_their_way(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "board.db"
    generated(path, cards=900, links=900, seed=3)
    with Session.open(path, staged=True) as session:
        bridge = Bridge(session)
        finder = Finder(session, bridge)
        finder.begin()
        while not session.document.has(READS):
            assert session.read_on(0), "the cards come last"
        assert not session.document.has(("cards",))
        finder.begin()
        qtbot.waitUntil(lambda: finder.ready)
        assert session.reading is not None
        assert finder.search("C1", 5) == [], "nothing is shown of a file that is not there yet"
        session.read_on()
        bridge.ready.emit()
        assert finder.ready
        assert session.document.entity("C1").id == finder.search("C1", 5)[0].entity_id


def test_filling_never_reads_on_in_a_file_that_is_on_its_way(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "board.db"
    generated(path, cards=900, links=900, seed=3)
    with Session.open(path, staged=True) as session:
        finder = Finder(session, Bridge(session))
        while not session.document.has(READS):
            assert session.read_on(0)
            there = {table: session.document.has((table,)) for table in TABLES}
            finder.begin()
            qtbot.wait(5)
            assert {table: session.document.has((table,)) for table in TABLES} == there
        finder.begin()
        qtbot.waitUntil(lambda: finder.ready)
        assert not session.document.has(("cards",))


def test_a_comment_is_found_as_soon_as_it_is_made(qtbot: QtBot, session: Session) -> None:
    finder = Finder(session, Bridge(session))
    finder.begin()
    qtbot.waitUntil(lambda: finder.ready)
    entity = session.document.entities[0]
    with session.transaction("Comment") as tx:
        commands.add_comment(tx, entity.id, "Ask the harbourmaster")
    assert [hit.entity_id for hit in finder.search("harbourmaster", 5)] == [entity.id]
    session.undo()
    assert finder.search("harbourmaster", 5) == []


def test_what_a_large_operation_changed_is_read_anew_bit_by_bit_and_found_at_once_by_who_asks(
    qtbot: QtBot, session: Session
) -> None:
    finder = Finder(session, Bridge(session))
    finder.begin()
    qtbot.waitUntil(lambda: finder.ready)
    with session.transaction("Add many") as tx:
        made = [commands.add_entity(tx, "claim", title=f"Barge {n}") for n in range(300)]
    assert not finder.ready
    qtbot.waitUntil(lambda: finder.ready)
    assert len(finder.search("barge", 500)) == 300
    with session.transaction("Remove many") as tx:
        commands.remove(tx, [one.id for one in made[:250]])
    assert not finder.ready
    assert len(finder.search("barge", 500)) == 50
    assert finder.ready
    session.undo()
    assert len(finder.search("barge", 500)) == 300
