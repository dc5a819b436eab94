"""The two commands of the README, from the second time on: what they say, what they write, what they leave alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMANDS = ("scripts/run", "scripts/test", ".ci/run")
# Without apt-get, so that no test installs anything.
TOOLS = ("bash", "cat", "cut", "dirname", "env", "grep", "id", "mktemp", "rm", "tail")


@pytest.fixture
def tree(tmp_path: Path, board_path: Path) -> Path:
    """Return a tree in which everything is installed already, in a folder with a space in its name."""
    made = tmp_path / "the board"
    for folder in ("scripts", ".ci"):
        shutil.copytree(ROOT / folder, made / folder)
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, made / name)
    shutil.copy(board_path, made / "sample_board.db")
    (made / ".venv/bin").mkdir(parents=True)
    for name, module in (("python", ""), ("evidenceboard", "-m evidenceboard")):
        program = made / ".venv/bin" / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n', "utf-8")
        program.chmod(0o755)
    hashed = hashlib.sha256((made / "pyproject.toml").read_bytes() + (made / "requirements.lock").read_bytes())
    (made / ".venv/installed").write_text(f"{hashed.hexdigest()} {made.resolve()}\n", "utf-8")
    return made


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Return a folder with the few programs that the commands use, and a system that calls itself Linux."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    (folder / "uname").write_text("#!/bin/sh\necho Linux\n", "utf-8")
    (folder / "uname").chmod(0o755)
    return folder


def run(command: Path, tools: Path, *words: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command where there is no screen."""
    kept = {key: value for key, value in os.environ.items() if key in ("EVIDENCEBOARD_CONFIG_DIR", "HOME", "LANG")}
    environment = {**kept, "PATH": str(tools), "PYTHONPATH": str(ROOT / "src"), **more}
    return subprocess.run([command, *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_commands_can_be_run_and_stop_at_the_first_failure(name: str) -> None:
    command = ROOT / name
    assert os.access(command, os.X_OK)
    assert command.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in command.read_text("utf-8")


@pytest.mark.qt
def test_without_a_screen_the_sample_is_written_as_pdf_and_picture_from_any_folder(
    tree: Path, tools: Path, tmp_path: Path
) -> None:
    before = (tree / "sample_board.db").read_bytes()
    for _ in range(2):
        done = run(tree / "scripts/run", tools, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "There is no screen here" in done.stdout
        assert done.stdout.splitlines()[-2:] == [f"{tree}/sample_board.pdf", f"{tree}/sample_board.png"]
        assert "Installing" not in done.stderr
    assert (tree / "sample_board.pdf").read_bytes().startswith(b"%PDF-")
    assert (tree / "sample_board.png").read_bytes().startswith(b"\x89PNG")
    assert (tree / "sample_board.db").read_bytes() == before


@pytest.mark.qt
def test_a_board_of_ones_own_is_named_from_where_one_stands(tree: Path, tools: Path, board_path: Path) -> None:
    done = run(tree / "scripts/run", tools, "board.db", cwd=board_path.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == ["board.pdf", "board.png"]
    assert (board_path.parent / "board.pdf").is_file()


def test_a_board_that_is_not_there_is_said_to_be_so_and_nothing_is_written(tree: Path, tools: Path) -> None:
    done = run(tree / "scripts/run", tools, "nowhere.db", cwd=tree)
    assert done.returncode == 1
    assert "There is no file at this place." in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tree.glob("nowhere*"))


def test_the_tests_are_started_with_the_words_given(tree: Path, tools: Path) -> None:
    for name in ("scripts/test", ".ci/run"):
        done = run(tree / name, tools, "--version", cwd=tree.parent)
        assert done.returncode == 0, done.stderr
        assert "pytest" in done.stdout + done.stderr


def test_without_a_python_that_is_new_enough_one_sentence_says_what_to_install(tree: Path, tools: Path) -> None:
    shutil.rmtree(tree / ".venv")
    done = run(tree / "scripts/run", tools, cwd=tree)
    assert done.returncode == 1
    assert "Python 3.11 or newer with its venv module is needed" in done.stderr
    assert done.stderr.count("\n") == 1
