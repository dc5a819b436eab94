"""Copies that several people work on and merge by chance say the same in the end, and nothing is lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from benchmarks.promises import merged


@pytest.mark.parametrize("seed", range(8))
def test_copies_converge_in_every_order_and_nothing_is_lost(tmp_path: Path, seed: int) -> None:
    assert merged._broken(tmp_path / "copies", random.Random(seed)) == ""
