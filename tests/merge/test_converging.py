"""Copies that several people work on and merge by chance say the same in the end, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.promises import merged

ONCE_BROKEN = (6207, 10232, 10392, 10491, 11001, 12549, 12565, 13420, 13753, 13785, 15859, 15992, 30738)
"""Histories in which copies once came to differ, or a merge was refused, or left a file that nobody could open."""


@pytest.mark.parametrize("number", [*range(8), *ONCE_BROKEN])
def test_copies_converge_in_every_order_and_nothing_is_lost(tmp_path: Path, number: int) -> None:
    assert merged.broken(tmp_path / "copies", number) == ""
