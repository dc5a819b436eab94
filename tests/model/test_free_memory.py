"""What is free is told as the system has it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evidenceboard.model.free_memory import free_memory


def test_something_is_free_and_not_more_than_there_can_be() -> None:
    assert 1 << 20 < free_memory() < 1 << 50


@pytest.mark.parametrize("said", ["", "MemAvailable:", "MemAvailable: much kB", "MemFree: 5 kB"])
def test_where_nobody_tells_some_is_taken_for_free(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "said").write_text(said)
    monkeypatch.setattr(sys, "platform", "linux")
    assert free_memory(tmp_path / "said") == free_memory(tmp_path / "none") == 1 << 30
