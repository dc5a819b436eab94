"""What the first frame waits for, seen from a fresh process, and what is there soon after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from evidenceboard.commands.generate import generated
from evidenceboard.ui.later import PARTS

pytestmark = pytest.mark.qt

START = """
import json, sys
from pathlib import Path
from evidenceboard.ui import program
from evidenceboard.ui.later import PARTS

app = program.application()
window = program.start(Path(sys.argv[1]))
inspector = window.docks["inspector"]
first = []
window.board.surface.settled.connect(lambda: first.append((sorted(sys.modules), inspector.widget().page is not None)))
while not first:
    app.processEvents()
while not (set(PARTS) <= set(sys.modules) and window.finder.ready):
    app.processEvents()
there = inspector.isVisible() and inspector.widget().page is not None
window.close()
print(json.dumps({"first": first[0][0], "filled": [first[0][1], there]}))
"""
MOVED = """
import sys
from pathlib import Path
from evidenceboard.model.records import Card
from evidenceboard.ui import program

app = program.application()
window = program.start(Path(sys.argv[1]))
surface = window.board.surface
while not surface.is_settled():
    app.processEvents()
while "pydantic" not in sys.modules or hasattr(Card.__init__, "is_waiting"):
    surface.camera_changed.emit()
    app.processEvents()
print("evidenceboard.ui.dialogs.about" in sys.modules)
window.close()
"""
HEAVY = ("pydantic", "pydantic_core", "sqlite_utils", "click", "rich", "pypdf", "importlib.metadata")
LATE = ("evidenceboard.ui.panels.", "evidenceboard.formats", "evidenceboard.render.pdf", "evidenceboard.cli")
EARLY = ("inspector", "saving", "prose", "look", "fields")
"""The inspector stands beside the board from the start, still without a page."""
DIALOGS = ("export", "file_properties", "keys", "about", "preview", "printing")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what a fresh process has loaded at its first frame, and whether the inspector was there then and later."""
    folder = tmp_path_factory.mktemp("start")
    generated(folder / "board.db", cards=40, links=60, seed=1)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "EVIDENCEBOARD_CONFIG_DIR": str(folder / "config")}
    said = {}
    for what, script in (("start", START), ("moved", MOVED)):
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder / "board.db")],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=120,
        )
        said[what] = done.stdout.splitlines()[-1]
    return {**json.loads(said["start"]), "moved": said["moved"]}


def test_the_first_frame_waits_for_nothing_that_it_does_not_show(seen: Any) -> None:
    loaded = set(seen["first"])
    assert not loaded & set(HEAVY)
    assert not [
        name for name in loaded - {f"evidenceboard.ui.panels.{name}" for name in EARLY} if name.startswith(LATE)
    ]
    assert not loaded & {f"evidenceboard.ui.dialogs.{name}" for name in DIALOGS}
    assert loaded & set(PARTS) <= {"evidenceboard.ui.panels.inspector"}


def test_panels_that_stand_open_are_filled_soon_after_it(seen: Any) -> None:
    assert seen["filled"] == [False, True]


def test_a_hand_that_moves_the_board_keeps_back_all_but_what_its_first_change_needs(seen: Any) -> None:
    assert seen["moved"] == "False"
