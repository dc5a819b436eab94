"""Running verbs as the shell does, without the cost of a new interpreter for each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evidenceboard.cli import run as run_verb


@dataclass(frozen=True)
class Ran:
    """What a verb came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a verb in the folder of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def work(*words: str) -> Ran:
        capsys.readouterr()
        code = run_verb(words, lambda path: 70 if path is None else 71)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return work


@pytest.fixture
def ask(run: Run) -> Callable[..., Any]:
    """Return what runs a verb with --json, which must do its work, and reads its answer."""

    def work(*words: str) -> Any:
        ran = run(*words, "--json")
        assert (ran.code, ran.err) == (0, ""), ran
        return ran.json

    return work
