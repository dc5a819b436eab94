"""Every kind of hostile or broken file: named by `check` as it should be, and nothing of it or beside it touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks.promises.hostile import KINDS

from evidenceboard.cli.checking import checked


def stands(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return what lies in a folder: how each file stands, and the bytes of those that are not large."""
    found = {}
    for entry in os.scandir(folder):
        about = entry.stat(follow_symlinks=False)
        plain = entry.is_file(follow_symlinks=False) and about.st_size < 50_000_000
        found[entry.name] = (about.st_size, about.st_mtime_ns, Path(entry.path).read_bytes() if plain else b"")
    return found


def test_there_are_many_kinds_and_each_code_is_met() -> None:
    codes = {"missing", "not-a-file", "empty", "truncated", "not-sqlite", "encrypted", "not-ours", "newer"}
    assert len(KINDS) > 100
    assert {kind.expected for kind in KINDS.values()} == codes | {
        "alien-schema",
        "damaged",
        "too-big",
        "problems",
        "ok",
    }


@pytest.mark.parametrize("name", KINDS)
def test_check_names_it_and_touches_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / "board.db"
    KINDS[name].make(path)
    before = stands(tmp_path)
    told = checked(path)
    assert stands(tmp_path) == before
    assert (told["refused"] or ("ok" if told["ok"] else "problems")) == KINDS[name].expected, told
    assert told["ok"] is (KINDS[name].expected == "ok")
    for problem in told["problems"]:
        assert problem["where"] and problem["what"]
        assert problem["what"].isprintable() and len(problem["what"]) < 400
    if told["refused"]:
        (problem,) = told["problems"]
        assert problem["what"].endswith((".", ")")) and " " in told["error"]
    beside = {entry for entry in before if entry.startswith("board.db-")}
    assert set(told["sidecars"]) == (beside if not told["refused"] else set())
