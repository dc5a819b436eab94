"""An open file with one of everything, and a shell around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, fill
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.session import Session
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.timeline import Timeline


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Desk]:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "config"))
    session = Session.create(tmp_path / "board.db", title="Winter")
    fill(session)
    made = Desk(session)
    yield made
    made.bridge.close()
    session.close()


@pytest.fixture
def inspector(desk: Desk, qtbot: QtBot) -> Inspector:
    made = Inspector(desk)
    made.begin()
    qtbot.addWidget(made)
    made.resize(300, 1600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def timeline(desk: Desk, qtbot: QtBot) -> Timeline:
    """Return a timeline of C1 (18 Oct 2024), C2, E1, E2 and S1 (published on 5 Nov 2024); S2 has no date."""
    with desk.session.transaction("Date them") as tx:
        for number, date in (("C1", "2024-10-18"), ("C2", "2024-10~")):
            commands.set_fields(tx, tx.document.entity(number).id, happened=date)
        commands.set_fields(tx, tx.document.entity("S1").id, published="2024-11-05")
        commands.add_entity(tx, "event", title="War", props={"happened": "2022-02-24/.."})
        commands.add_entity(tx, "event", title="Training", props={"happened": "../2024-09?"})
    made = Timeline(desk)
    qtbot.addWidget(made)
    made.resize(1100, 340)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made
