"""A window in use: no socket but the display's, no text of a card in any file of the user, each for one reader."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands

pytestmark = pytest.mark.qt
ROOT = Path(__file__).parents[2]
SECRET = "Quizzaciously planted wombat"


def used(folder: Path, path: Path) -> tuple[Any, list[str]]:
    """Use a window in a process of its own; return what Python heard of sockets, and which ones the system made."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "EVIDENCEBOARD_CONFIG_DIR": str(folder / "config")}
    env |= {"TMPDIR": str(folder / "temp"), "HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "cache")}
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), *sys.path])
    for name in ("temp", "home", "cache"):
        (folder / name).mkdir()
    traced = folder / "traced"
    watch = ["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(traced)] if shutil.which("strace") else []
    command = [*watch, sys.executable, str(Path(__file__).with_name("used_window.py")), str(path), SECRET]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr
    sockets = re.findall(r"socket\((\w+)", traced.read_text("utf-8", "replace")) if traced.exists() else []
    return json.loads(done.stdout.splitlines()[-1]), sockets


def test_a_window_in_use_talks_to_nobody_and_writes_no_text_of_a_card_but_into_the_board(tmp_path: Path) -> None:
    path = tmp_path / "board.db"
    with Session.create(path, title=SECRET) as made, made.transaction("Add cards") as tx:
        board = made.document.boards[0].id
        commands.rename_board(tx, board, SECRET)
        for place, kind in enumerate(("claim", "source", "actor", "scenario")):
            entity = commands.add_entity(tx, kind, title=f"{SECRET} {place}", notes=SECRET)
            commands.place(tx, board, entity.id, x=place * 320, y=0)
            commands.attach(tx, entity.id, f"{SECRET}.txt", SECRET.encode())
    heard, sockets = used(tmp_path, path)
    assert heard == []
    assert set(sockets) <= {"AF_UNIX"}, "a display or a screen reader is asked over a socket of this machine alone"
    words = [SECRET.encode(code) for code in ("utf-8", "utf-16-le")] + [b"wombat"]
    files = [one for name in ("config", "temp", "home", "cache") for one in (tmp_path / name).rglob("*")]
    assert (tmp_path / "config" / "settings.json") in files
    for one in files:
        if one.is_file():
            assert not [word for word in words if word in one.read_bytes()], f"{one.name} holds text of a card"
        if os.name == "posix" and (tmp_path / "config") in one.parents:
            allowed = 0o600 if one.is_file() else 0o700
            assert stat.S_IMODE(one.stat().st_mode) & ~allowed == 0, f"{one.name} can be read by others"
    assert stat.S_IMODE((tmp_path / "config").stat().st_mode) == 0o700 or os.name != "posix"
