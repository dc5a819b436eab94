"""The linter, the formatter and the type checker, over everything that is written in Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = [name for name in ("src", "tests", "scripts", "benchmarks") if (ROOT / name).is_dir()]


@pytest.mark.parametrize(
    "words",
    [["ruff", "check", *FOLDERS], ["ruff", "format", "--check", *FOLDERS], ["mypy"]],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_the_checker_finds_nothing(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(words)} says:\n{done.stdout[-6000:]}"
