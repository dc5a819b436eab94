"""The verb share: what it answers, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands


@pytest.fixture
def marked(board_path: Path) -> Path:
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        commands.set_fields(tx, tx.document.entity("C1").id, marking="RED", notes="told by Wintermute")
        commands.set_fields(tx, tx.document.entity("S1").id, notes="known to Wintermute as well")
    return board_path


def test_share_says_what_stayed_and_what_was_searched(run: Any, marked: Path) -> None:
    done = run("share", str(marked), "clean.db", "--at-most", "green", "--keep", "notes,attachments", "--json")
    assert done.code == 0, done.err
    told = done.json
    assert told["ok"] and told["out"] == "clean.db"
    assert told["withheld"] == 6  # the claim, its card, two links, a judgement of each
    assert told["checked"]["found"] == 0 and told["checked"]["strings"] > 0
    assert run("check", "clean.db").code == 0
    again = run("share", str(marked), "clean2.db", "--at-most", "GREEN")
    assert "Withheld: 1 entity" in again.out and "none is in it" in again.out
    assert b"Wintermute" not in Path("clean2.db").read_bytes()


def test_share_keeps_its_hands_off_what_is_there(run: Any, marked: Path) -> None:
    before = marked.read_bytes()
    for out in (str(marked), "there.txt"):
        Path("there.txt").write_text("mine")
        done = run("share", str(marked), out, "--json")
        assert done.code == 1 and not done.json["ok"] and "already" in done.json["error"]
    assert marked.read_bytes() == before and Path("there.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--at-most", "PURPLE"], "--at-most"),
        (["--keep", "everything"], "history, authors, notes, attachments"),
        (["--types", "claims"], "actor, claim"),
        (["--boards", "No such board"], "board"),
        (["--alias", "A99=Nobody"], "A99"),
        (["--alias", "A1"], "A3=Source 7"),
    ],
)
def test_share_says_what_it_takes(run: Any, marked: Path, words: list[str], said: str) -> None:
    done = run("share", str(marked), "clean.db", *words)
    assert done.code == 1 and said in done.err
    assert not Path("clean.db").exists()


def test_share_gives_names_that_are_asked_for(run: Any, marked: Path) -> None:
    assert run("share", str(marked), "clean.db", "--alias", "sources", "--alias", "A1=The ministry").code == 0
    with Session.open("clean.db") as session:
        assert session.document.entity("S1").title == "Source 1"
        assert session.document.entity("A1").title == "The ministry"


def test_every_export_says_what_was_searched(run: Any, marked: Path) -> None:
    for ending in ("json", "csv", "md"):
        told = run("export", str(marked), f"out.{ending}", "--at-most", "GREEN", "--json").json
        assert told["withheld"] and told["checked"]["found"] == 0 and told["checked"]["strings"] > 0
