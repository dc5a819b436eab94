"""Graphviz beside the program: used where it is there, done without where it is not or does badly."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from laid_boards import after, made, overlaps

from evidenceboard.model.layouts import graphviz, method
from evidenceboard.model.layouts.laying import Wish, laid
from evidenceboard.model.layouts.things import silent

N = graphviz.LEAST + 1
ENDS = np.array([[n // 2 for n in range(1, N)], list(range(1, N))])
SIZE = np.tile([[250.0], [90.0]], N)
GOOD = """
import re, sys
asked = sys.stdin.read()
assert "-Goverlap=prism" in sys.argv and "-Tplain" in sys.argv
count = len(re.findall(r"^[0-9]+\\[width=3.4722 height=1.2500\\]$", asked, flags=re.MULTILINE))
print("graph 1 9 9")
for n in range(count):
    print("node", n, n % 20 * 5.0, n // 20 * 3.0, "1 1 x solid box black grey")
print("stop")
"""
BROKEN = {
    "it fails": "import sys; sys.exit(1)",
    "it says nothing": "pass",
    "it says nonsense": "print('node 0 far away')\nprint('node 1 1')",
    "it leaves one out": GOOD.replace("range(count)", "range(1, count)"),
    "it gives no number": GOOD.replace("n // 20 * 3.0", "'nan'"),
}


def put_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Put a program called sfdp on the path, with nothing else on it."""
    (folder / "sfdp.py").write_text(code)
    program = folder / "sfdp"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{folder / "sfdp.py"}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_without_it_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert graphviz.rested(N, ENDS, SIZE, 0, silent) is None


def test_small_groups_are_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(tmp_path, monkeypatch, GOOD)
    assert graphviz.rested(3, np.array([[0, 1], [1, 2]]), SIZE[:, :3], 0, silent) is None


def test_its_places_are_taken_the_right_way_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(tmp_path, monkeypatch, GOOD)
    found = graphviz.rested(N, ENDS, SIZE, 0, silent)
    assert found is not None
    assert found[:, 0].tolist() == [0.0, 0.0] and found[:, 21].tolist() == [360.0, -216.0]


@pytest.mark.parametrize("how", BROKEN)
def test_where_it_does_badly_ours_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    put_on_path(tmp_path, monkeypatch, BROKEN[how])
    assert graphviz.rested(N, ENDS, SIZE, 0, silent) is None
    found = made([("claim", 0.0, 0.0, 250.0, 90.0)] * N, [(a, "supports", b) for a, b in ENDS.T.tolist()])
    assert not overlaps(after(found, laid(found, Wish(method("force")))))


def test_it_ends_when_the_work_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(
        tmp_path,
        monkeypatch,
        f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)",
    )

    def stop(share: float) -> None:
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            raise TimeoutError

    start = time.monotonic()
    with pytest.raises(TimeoutError):
        graphviz.rested(N, ENDS, SIZE, 0, stop)
    assert time.monotonic() - start < 20
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_with_or_without_it_here_nothing_overlaps() -> None:
    found = made([("claim", 0.0, 0.0, 250.0, 90.0)] * N, [(a, "supports", b) for a, b in ENDS.T.tolist()])
    boxes = after(found, laid(found, Wish(method("force"))))
    assert not overlaps(boxes)
    linked = np.mean([abs(boxes[f"k{a}"][0] - boxes[f"k{b}"][0]) for a, b in ENDS.T.tolist()])
    assert linked * 3 < max(box[0] for box in boxes.values()) - min(box[0] for box in boxes.values())
