"""Random boards with planted words are shared and exported, and the trial finds a copy that is made carelessly."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from benchmarks.promises import shared
from benchmarks.promises.outcome import Tried

from evidenceboard.sharing import cleaned, copying

pytestmark = pytest.mark.qt


def test_nothing_is_found_that_was_to_stay_behind(tmp_path: Path) -> None:
    assert shared.failures(tmp_path, 8) == Tried(8, 0)


def test_the_program_itself_finds_a_column_that_was_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaned._Cleaning, "_note", lambda self, text, what="notes": text)
    found = [shared.broken(tmp_path / str(number), random.Random(number)) for number in range(4)]
    assert any("leak of its own" in one for one in found)


def test_the_trial_finds_what_a_program_that_does_not_look_lets_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaned._Cleaning, "_note", lambda self, text, what="notes": text)
    monkeypatch.setattr(copying, "check", lambda *given: copying.Checked())
    found = [shared.broken(tmp_path / str(number), random.Random(number)) for number in range(4)]
    assert any("came out" in one for one in found)
