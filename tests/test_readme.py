"""Every command line and every piece of Python in README.md and docs/, run as a reader would."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(document: Path, *languages: str) -> list[tuple[str, str]]:
    """Return (language, text) of the fenced blocks in these languages, in their order."""
    found = re.findall(r"^```(\w+)\n(.*?)^```$", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [(language, text) for language, text in found if language in languages]


def command_lines(text: str) -> list[str]:
    """Return what stands after each `$ ` that calls the program; a backslash at the end joins lines."""
    return re.findall(r"^\$ (evidenceboard .*)$", text.replace("\\\n", " "), flags=re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_every_command_and_every_piece_of_python_in_a_document_works(document: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "sample_board.db", tmp_path)
    for language, text in blocks(document, "console", "bash", "python"):
        if language == "python":
            runs = [[sys.executable, "-c", text]]
        else:
            runs = [[sys.executable, "-m", "evidenceboard", *shlex.split(line)[1:]] for line in command_lines(text)]
        for words in runs:
            done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
            assert done.returncode == 0, f"{shlex.join(words[1:])}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def test_every_verb_is_shown_in_the_readme() -> None:
    said = " ".join(line for _, text in blocks(ROOT / "README.md", "console") for line in command_lines(text))
    listed = subprocess.run(
        [sys.executable, "-m", "evidenceboard", "--help"], capture_output=True, text=True, check=True
    ).stdout.partition("Commands:")[2]
    verbs = re.findall(r"^  (\w[\w-]*)", listed, flags=re.MULTILINE)
    assert verbs
    assert [verb for verb in verbs if f"evidenceboard {verb}" not in said] == []


def test_every_link_and_picture_in_a_document_leads_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_key_of_the_window_is_in_the_readme() -> None:
    from evidenceboard.ui import window
    from evidenceboard.ui.actions import ACTIONS

    assert window
    text = (ROOT / "README.md").read_text("utf-8")
    missing = {
        action.id: action.shortcut
        for action in ACTIONS.values()
        if action.shortcut and f"`{action.shortcut}`" not in text
    }
    assert not missing
