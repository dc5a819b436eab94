"""An open file with one of everything, and a shell around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, fill
from pytestqt.qtbot import QtBot

from evidenceboard.session import Session


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Desk]:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "config"))
    session = Session.create(tmp_path / "board.db", title="Winter")
    fill(session)
    made = Desk(session)
    yield made
    made.bridge.close()
    session.close()
