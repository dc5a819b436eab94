"""docs/architecture.md against the tree: what it names is there, and every room is named."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "evidenceboard"
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_every_module_and_folder_that_is_named_is_there() -> None:
    named = re.findall(r"[`\s]((?:[a-z_]+/)*[a-z_]+(?:\.py|/))(?=[`\s])", TEXT)
    assert len(named) > 30
    missing = [name for name in named if not (SOURCE / name).exists() and not (ROOT / name).exists()]
    assert not missing


def test_every_room_is_named_and_says_what_lives_in_it() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.name not in ("__init__.py", "__pycache__", "py.typed")}
    for room in rooms - {"__main__.py"}:
        word = room if room.endswith(".py") else f"{room}/"
        assert re.search(rf"^\| `{re.escape(word)}` \| \w", TEXT, flags=re.MULTILINE), word
    assert "`__main__.py`" in TEXT


def test_the_rooms_stand_in_the_order_that_is_enforced() -> None:
    listed = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", TEXT, flags=re.MULTILINE)
    enforced = re.findall(r'^  "([\w :()]+)",$', (ROOT / "pyproject.toml").read_text("utf-8"), flags=re.MULTILINE)
    order = [word.strip(" ()") for layer in enforced for word in layer.split(":")]
    assert listed == [room for room in order if room in listed]
