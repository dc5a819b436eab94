"""docs/adding.md, followed to the letter on a copy of the program."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "adding.md").read_text("utf-8")
BLOCKS = {
    block.partition("\n")[0].removeprefix("# "): block.partition("\n")[2]
    for block in re.findall(r"^```py(?:thon)?\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)
}


class Copy:
    """A copy of the program that the document's examples are put into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("src", "resources"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        for path, code in BLOCKS.items():
            if path.startswith("src/"):
                assert not (folder / path).exists(), f"{path} is there already: the document needs another example"
                (folder / path).write_text(code, "utf-8")

    def edit(self, path: str, pattern: str, replacement: str) -> None:
        """Replace what a pattern matches, which must be there once."""
        file = self.folder / "src/evidenceboard" / path
        text, count = re.subn(pattern, replacement, file.read_text("utf-8"), flags=re.DOTALL)
        assert count == 1, f"{path} no longer reads as docs/adding.md takes it to"
        file.write_text(text, "utf-8")

    def run(self, *words: str, code: int = 0) -> str:
        """Run Python with the copy in place of the program; return what it prints."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "src"), "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr[-3000:]
        return done.stdout

    def read(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.run("-m", "evidenceboard", *words, "--json", code=code))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Return a copy of the program that has the document's types, command and links."""
    made = Copy(tmp_path / "copy")
    made.edit("model/types/__init__.py", r"(TYPES: .*?= \([^)]*)\)", r"\1, VEHICLE)")
    made.edit(
        "model/types/__init__.py",
        r"(from evidenceboard\.model\.types\.source import SOURCE\n)",
        r"\1from evidenceboard.model.types.vehicle import VEHICLE\n",
    )
    row = BLOCKS["a row of LINK_TYPES"].strip()
    made.edit("model/link_types.py", r'(    LinkType\("related",)', rf"    {row},\n\1")
    made.edit(
        "commands/__init__.py",
        r"\n__all__ = \[",
        '\nfrom evidenceboard.commands.markings import mark\n\n__all__ = ["mark",',
    )
    return made


def test_the_new_type_of_entity_is_added_listed_shown_and_linked(copy: Copy) -> None:
    copy.read("new", "board.db", "--title", "Lorries")
    shown = [shlex.split(line)[1:] for line in re.findall(r"^evidenceboard .*", TEXT, flags=re.MULTILINE)]
    answers = [copy.read(*words) for words in shown]
    assert answers[0]["number"] == "V1"
    assert [(entity["number"], entity["title"]) for entity in answers[1]] == [("V1", "Grey lorry")]
    copy.read("add", "board.db", "place", "--title", "Border crossing")
    copy.read("link", "board.db", "V1", "seen at", "P1")
    links = copy.read("show", "board.db", "V1")["links"]
    assert [link["type"] for link in links] == ["seen at"]
    face = copy.run(
        "-c",
        "from evidenceboard import Session\n"
        "from evidenceboard.model.types import entity_type\n"
        "with Session.open('board.db') as session:\n"
        "    vehicle = session.document.entity('V1')\n"
        "    face = entity_type('vehicle').face(vehicle, session.document)\n"
        "    print(face.word, face.number, face.title, face.second_line, vehicle.props['armoured'], sep='|')\n",
    )
    assert face == "Vehicle|V1|Grey lorry|AB-12?4|True\n"


def test_the_new_command_changes_a_file_and_can_be_undone(copy: Copy) -> None:
    copy.run(
        "-c",
        "from evidenceboard import Session, commands\n"
        "with Session.create('board.db') as session, session.transaction('Add claims') as tx:\n"
        "    for title in ('One', 'Two'):\n"
        "        commands.add_entity(tx, 'claim', title=title)\n",
    )
    used = "from evidenceboard import Session, commands\n" + BLOCKS["using the command"]
    printed = copy.run(
        "-c",
        used + "with Session.open('board.db') as session:\n"
        "    print([claim.marking for claim in session.document.entities], session.undo_label())\n"
        "    session.undo()\n"
        "    print([claim.marking for claim in session.document.entities])\n",
    )
    assert printed == "['TLP:GREEN', 'TLP:GREEN'] Mark 2 things\n['', '']\n"


def test_the_new_format_is_listed_written_and_read_and_a_bad_line_stops_all_of_it(copy: Copy) -> None:
    copy.edit("formats/__init__.py", r"import csv, json, markdown", "import csv, json, lines, markdown")
    row = BLOCKS["a row of FORMATS"].strip()
    copy.edit("formats/__init__.py", r"(FORMATS: .*?= \(\n.*?)\n\)", rf"\1\n    {row},\n)")
    assert "lines" in [known["id"] for known in copy.read("formats") if known["reads"] and known["writes"]]
    (copy.folder / "claims.txt").write_text("드론 부대가 도착했다\n\nLorries were seen\n", "utf-8")
    taken = copy.read("import", "board.db", "claims.txt")
    assert (taken["created"], taken["cards"], taken["problems"]) == ({"claim": 2}, 2, [])
    written = copy.read("export", "board.db", "again.txt")
    assert written["not_expressed"] == ["all but the claims"]
    assert (copy.folder / "again.txt").read_text("utf-8") == "드론 부대가 도착했다\nLorries were seen\n"
    before = (copy.folder / "board.db").read_bytes()
    (copy.folder / "broken.txt").write_bytes(b"Sound\n\xff\xfe broken\n")
    refused = copy.read("import", "board.db", "broken.txt", code=1)
    assert refused["problems"] == [{"where": "line 2", "what": "this is not UTF-8 text"}]
    assert (copy.folder / "board.db").read_bytes() == before


WINDOW = """
import sys
from evidenceboard import Session, commands
from evidenceboard.ui import program
from evidenceboard.ui.actions import ACTIONS
from evidenceboard.ui.window import show_file

with Session.create("board.db") as session, session.transaction("Add cards") as tx:
    for kind, title in (("claim", "Stands alone"), ("vehicle", "Grey lorry")):
        made = commands.add_entity(tx, kind, title=title)
        commands.place(tx, session.document.boards[0].id, made.id, x=0, y=300 * (kind == "claim"))
app = program.application()
window = show_file(__import__("pathlib").Path("board.db"))
window.docks["unsourced"].bring()
listed = window.docks["unsourced"].widget()
print([listed.item(row).text() for row in range(listed.count())])
window.selection.set(cards=[card.id for card in window.document.cards])
window.run("mark_green")
print(sorted(entity.marking for entity in window.document.entities), ACTIONS["panel_unsourced"].text)
window.perform("Remove a claim", lambda tx: commands.remove(tx, [window.document.entity("C1").id]))
print(listed.count())
window.grab()
window.close()
"""


@pytest.mark.qt
def test_the_new_panel_and_the_new_action_work_in_the_window(copy: Copy) -> None:
    row = BLOCKS["a row of PANELS"].strip()
    copy.edit("ui/panels/__init__.py", r"(PANELS: .*?= \(\n.*?)\n\)", rf"\1\n    {row},\n)")
    edit = copy.folder / "src/evidenceboard/ui/do_edit.py"
    code = BLOCKS["at the end of src/evidenceboard/ui/do_edit.py"]
    edit.write_text(
        edit.read_text("utf-8").replace(
            "from evidenceboard.ui.actions import action",
            "from evidenceboard import commands\nfrom evidenceboard.ui.actions import action",
        )
        + "\n\n"
        + code,
        "utf-8",
    )
    assert copy.run("-c", WINDOW).splitlines() == [
        "['C1  Stands alone']",
        "['TLP:GREEN', 'TLP:GREEN'] Claims without a source",
        "0",
    ]
