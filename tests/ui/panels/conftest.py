"""An open file with one of everything, and a shell around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, fill
from pytestqt.qtbot import QtBot

from evidenceboard.session import Session
from evidenceboard.ui.panels.inspector import Inspector


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
    qtbot.addWidget(made)
    made.resize(300, 1600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made
