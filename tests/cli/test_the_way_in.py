"""The way in: what goes to the window, what is a verb, what is called wrongly, what `--help` must not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidenceboard.cli.verbs import VERBS

NAMES = sorted(str(verb.name) for verb in VERBS)


def program(*words: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evidenceboard", *words],
        cwd=cwd,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_or_a_path_goes_to_the_window(run: Any, board_path: Path) -> None:
    assert run().code == 70
    assert run("board.db").code == 71
    assert run("a board that is not there.db").code == 71


@pytest.mark.parametrize(
    ("word", "verb"), [("serch", "search"), ("lst", "list"), ("Exprt", "export"), ("shwo", "show")]
)
def test_a_mistyped_verb_is_no_file_and_the_nearest_one_is_named(run: Any, word: str, verb: str) -> None:
    for words in ([word], [word, "board.db"]):
        ran = run(*words)
        assert (ran.code, ran.out) == (2, "")
        assert f"Did you mean `{verb}`?" in ran.err
        assert len(ran.err.splitlines()) == 1


def test_several_words_that_begin_with_no_verb_are_called_wrongly(run: Any, board_path: Path) -> None:
    for words in (["xyzzy", "board.db"], ["board.db", "board.db"], ["--colour", "board.db"]):
        ran = run(*words)
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["show", "board.db"],
        ["show"],
        ["add", "board.db", "claim"],
        ["add", "board.db", "claim", "--title", "x", "--at", "here"],
        ["add", "board.db", "claim", "--title", "x", "--at", "1,2,3"],
        ["set", "board.db", "C1"],
        ["set", "board.db", "C1", "title"],
        ["set", "board.db", "C1", "=x"],
        ["search", "board.db", "x", "--limit", "-1"],
        ["history", "board.db", "--limit", "many"],
        ["export", "board.db", "x.pdf", "--product", "book"],
        ["generate", "x.db", "--cards", "0", "--links", "0"],
        ["info", "board.db", "--colour"],
    ],
)
def test_wrong_usage_leaves_with_2_and_one_line(run: Any, board_path: Path, words: list[str]) -> None:
    before = board_path.read_bytes()
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert f"`evidenceboard {words[0]} --help`" in ran.err
    ran = run(*words, "--json")
    assert (ran.code, ran.json["ok"]) == (2, False)
    assert ran.json["error"]
    assert board_path.read_bytes() == before


@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_has_help_with_an_example_and_json(run: Any, verb: str) -> None:
    ran = run(verb, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Example: evidenceboard {verb}" in ran.out
    assert "--json" in ran.out


def test_every_option_says_what_it_is_for() -> None:
    for verb in VERBS:
        for option in verb.params:
            if option.param_type_name == "option":
                assert getattr(option, "help", ""), f"{verb.name} {option.name}"


def test_help_loads_neither_qt_nor_the_records_nor_the_store(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from evidenceboard.cli import run\n"
        "assert run(['--help'], lambda path: 1) == 0\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'PySide6', 'pydantic', 'numpy', 'sqlite3', 'sqlite_utils', 'rich', 'pypdf'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "[]"
    assert all(f"\n  {verb} " in done.stdout for verb in NAMES)


def test_the_program_answers_like_the_verbs_and_writes_utf_8_wherever_it_runs(board_path: Path) -> None:
    done = program("list", "board.db", "--json", cwd=board_path.parent, LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert {one["title"] for one in json.loads(done.stdout)} >= {"드론 부대가 도착했다", "Міністерство оборони"}
    done = program("show", "board.db", "C99", cwd=board_path.parent)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no C99 in this file; nothing was changed. `list` shows every number.\n"
    assert program("--version", cwd=board_path.parent).stdout.startswith("evidenceboard, version ")


def test_without_a_screen_the_window_is_refused_in_one_line(board_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept["QT_QPA_PLATFORM"] = ""
    done = subprocess.run(
        [sys.executable, "-m", "evidenceboard", str(board_path)], env=kept, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "no screen" in done.stderr


def test_a_reader_that_has_enough_gets_no_traceback(board_path: Path) -> None:
    line = f'"{sys.executable}" -m evidenceboard list board.db | true'
    done = subprocess.run(["/bin/sh", "-c", line], cwd=board_path.parent, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_bug_of_ours_is_told_in_one_line_without_text_of_a_record(board_path: Path) -> None:
    code = (
        "import sys\n"
        "from evidenceboard.session import Session\n"
        "Session.open = lambda *words, **more: {}['Lorries carried 3,000 soldiers']\n"
        "from evidenceboard.__main__ import main\n"
        "sys.argv[1:] = ['info', 'board.db']\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=board_path.parent, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Something in this program went wrong (KeyError at" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Lorries" not in done.stderr
