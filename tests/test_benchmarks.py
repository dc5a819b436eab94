"""The benchmarks run from start to end and print what they promise; how quick anything is, is not asked here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from benchmarks.bars import GESTURES, ROWS, THERE, ZOOMS
from benchmarks.machine import slower
from benchmarks.soak import PROMISES

pytestmark = pytest.mark.qt
ROOT = Path(__file__).parents[1]


def run(*words: str) -> Any:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_a_run_measures_every_row_of_the_table() -> None:
    said = run("benchmarks", "--cards", "200", "--rounds", "1", "--json")
    assert set(said) == {"cards", "machine", "bars"}
    assert said["cards"] == 200
    assert {"cores", "python", "qt"} <= set(said["machine"])
    assert [bar["name"] for bar in said["bars"]] == [row.name for row in ROWS]
    for bar in said["bars"]:
        assert set(bar) == {"name", "value", "unit", "limit", "bar", "holds"}
        assert isinstance(bar["value"], float), f"{bar['name']} was not measured"
        assert bar["limit"] is None or bar["limit"] > 0
        assert bar["holds"] == (bar["bar"] is None or bar["value"] <= bar["bar"])


def test_the_soak_tries_every_promise_and_finds_none_broken() -> None:
    said = run("benchmarks.soak", "--times", "0.0005", "--json")
    assert set(said) >= {"promises", "machine"}
    assert [promise["name"] for promise in said["promises"]] == [promise.name for promise in PROMISES]
    for promise in said["promises"]:
        assert set(promise) >= {"name", "n", "failures", "holds", "skipped"}
        assert promise["n"] >= 1 or promise["skipped"]
        assert promise["failures"] == 0, promise["name"]
        assert promise["holds"] is True


def test_frames_are_told_for_every_gesture_at_every_zoom() -> None:
    frames = [row.name for row in ROWS if row.name.startswith("frame p95")]
    assert len(frames) == len(GESTURES) * len(ZOOMS) == 12
    assert all(any(what in name and zoom in name for name in frames) for what in GESTURES for zoom in ZOOMS)


def test_a_board_is_held_to_the_bars_of_the_smallest_column_that_is_as_large() -> None:
    frame = next(row for row in ROWS if row.name == "frame p95: pan, overview")
    assert [frame.bar(cards, 0.2) for cards in (200, 1000, 1001, 10_000, 60_000, 500_000, 2_000_000)] == [
        6.0, 6.0, 16.0, 16.0, 8.0, 16.0, 33.0,
    ]  # fmt: skip
    first = next(row for row in ROWS if row.name == "first sharp frame of the last view")
    assert first.bar(10_000, 0.25) == 1.25
    assert first.bar(100_000, 0.25) == 0.5
    loaded = next(row for row in ROWS if row.name == "everything loaded and a sharp overview")
    assert loaded.bar(1000, 0.1) is None
    assert loaded.bar(100_000, 0.4) == 0.4
    assert loaded.bar(100_000, None) is None


def test_what_could_not_be_measured_does_not_hold() -> None:
    entry = ROWS[0].entry(1000, None, None)
    assert entry["value"] is None
    assert entry["holds"] is False


def test_a_machine_is_told_to_be_as_slow_as_it_is_at_what_programs_are_made_of() -> None:
    rows = [row for row in ROWS if row.name in THERE]
    assert len(rows) == len(THERE) > 3
    here = [
        row.entry(1000, THERE[row.name] * times, THERE[row.name])
        for row, times in zip(rows, (1, 4, 2, 2, 2), strict=True)
    ]
    assert slower([*here, ROWS[0].entry(1000, 900.0, 1.0)]) == 2.0
    assert slower([ROWS[0].entry(1000, 900.0, 1.0), rows[0].entry(1000, None, None)]) is None


def test_a_board_that_is_there_is_measured_in_a_copy() -> None:
    sample = ROOT / "sample_board.db"
    before = sample.read_bytes()
    said = run("benchmarks", "--board", str(sample), "--rounds", "1", "--only", "hits", "--json")
    assert said["cards"] == 94
    assert all(isinstance(bar["value"], float) for bar in said["bars"])
    assert sample.read_bytes() == before
