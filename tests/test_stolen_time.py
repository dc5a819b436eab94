"""The clock of the benchmarks stands still while the host of a machine has taken its processors away."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from benchmarks.stolen import Clock

TICK = 0.01
"""Seconds of a tick, as Linux tells them to programs."""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    path = tmp_path / "stat"
    tell(path, 100)
    return path


def tell(path: Path, stolen: int) -> None:
    path.write_text(f"cpu  4307982 619230 530944 6966056 111604 0 22929 {stolen} 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n")


def asleep(clock: Clock, path: Path, stolen: int) -> tuple[float, float]:
    """Return the seconds by the clock, and those that went by, of a sleep in which so many ticks are stolen."""
    begun = time.perf_counter()
    clock.start()
    time.sleep(0.06)
    tell(path, stolen)
    return clock.seconds(), time.perf_counter() - begun


def test_what_was_taken_away_is_taken_off(told: Path) -> None:
    seconds, went_by = asleep(Clock(str(told)), told, 105)
    assert seconds <= went_by - 5 * TICK + 1e-6
    assert seconds >= 0


def test_where_nothing_or_hardly_anything_was_taken_away_it_is_the_clock_on_the_wall(
    told: Path, tmp_path: Path
) -> None:
    for clock, stolen in ((Clock(str(told)), 100), (Clock(str(told)), 102), (Clock(str(tmp_path / "none")), 900)):
        seconds, went_by = asleep(clock, told, stolen)
        assert 0.06 <= seconds <= went_by
        tell(told, 100)


def test_what_this_thread_worked_is_never_taken_off(told: Path) -> None:
    clock = Clock(str(told))
    begun = time.thread_time()
    while time.thread_time() - begun < 0.04:
        pass
    tell(told, 10_000)
    assert clock.seconds() >= 0.04
    assert clock.share() > 0


def test_it_begins_anew_when_it_is_started(told: Path) -> None:
    clock = Clock(str(told))
    time.sleep(0.05)
    clock.start()
    assert clock.seconds() < 0.05
