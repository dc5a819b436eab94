"""Copies that several people work on and merge by chance say the same in the end, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.promises import merged


@pytest.mark.parametrize("number", range(8))
def test_copies_converge_in_every_order_and_nothing_is_lost(tmp_path: Path, number: int) -> None:
    assert merged.broken(tmp_path / "copies", number) == ""
