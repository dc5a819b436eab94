"""Two copies of the small board, and the people who work on them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from evidenceboard import Session

Opened = Callable[[str], AbstractContextManager[Session]]


@pytest.fixture
def copies(board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Return what opens the copy of a person by name, made when it is asked for first, as that person."""

    @contextmanager
    def opened(name: str) -> Iterator[Session]:
        path = tmp_path / f"{name}.db"
        if not path.exists():
            shutil.copy(board_path, path)
        monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / f"of {name}"))
        with Session.open(path) as session:
            yield session

    return opened
