"""The index of the open file: filled while the window is alive, and told apart from one that is full."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.ui.bridge import Bridge
from evidenceboard.ui.finder import Finder

pytestmark = pytest.mark.qt


def test_the_index_says_that_it_is_ready_only_when_every_text_is_in_it(qtbot: QtBot, session: Session) -> None:
    finder = Finder(session, Bridge(session))
    assert not finder.ready
    qtbot.waitUntil(lambda: finder.ready)
    assert finder.search("lorries", 5)


def test_a_search_before_that_finds_what_comes_last_and_what_was_written_meanwhile(session: Session) -> None:
    finder = Finder(session, Bridge(session))
    with session.transaction("Add a claim") as tx:
        commands.add_entity(tx, "claim", title="A harbour was closed")
    assert [hit.entity_id for hit in finder.search("harbour", 5)] == [session.document.entities[-1].id]
    assert finder.ready
