"""The verbs that change a file: each is one operation that undo takes back, and bad words change nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.model.records import Card
from evidenceboard.model.types import TYPES

Ask = Callable[..., Any]


def test_a_board_is_made_worked_on_and_taken_back_step_by_step(ask: Ask, run: Any, tmp_path: Path) -> None:
    assert ask("new", "winter.db", "--title", "Winter") == {"ok": True, "file": "winter.db"}
    source = ask("add", "winter.db", "source", "--title", "Weekly report", "--set", "reliability=B")
    assert (source["number"], source["reliability"]) == ("S1", "B")
    claim = ask("add", "winter.db", "claim", "--title", "Lorries", "--at", "400,-20.5", "--set", "in_matrix=yes")
    assert (claim["number"], claim["in_matrix"]) == ("C1", True)
    made = ask("link", "winter.db", "S1", "states", "C1", "--set", "credibility=2", "--set", "quote=about = 3,000")
    assert (made["from"], made["to"], made["props"]) == ("S1", "C1", {"quote": "about = 3,000", "credibility": "2"})
    set_ = ask("set", "winter.db", "C1", "likelihood=likely", "tags=troops; transport", "notes=Two\nlines")
    assert set_["operation"]["label"] == "Change fields"
    shown = ask("show", "winter.db", "C1")
    assert (shown["likelihood"], shown["tags"], shown["notes"]) == ("likely", ["troops", "transport"], "Two\nlines")
    assert ask("set", "winter.db", made["id"], "credibility=3")["operation"]["id"]
    assert ask("show", "winter.db", "C1")["grades"] == ["B3"]
    assert ask("set", "winter.db", "C1", "likelihood=likely")["operation"] is None
    with Session.open(tmp_path / "winter.db", read_only=True) as session:
        card = session.document.cards_of(claim["id"])[0]
        assert (card.x, card.y) == (400, -20.5)
        before = session.operation_count()
    assert ask("remove", "winter.db", "S1")["operation"]
    assert ask("info", "winter.db")["links"] == {}
    assert ask("undo", "winter.db")["operation"]["label"] == "Remove a thing"
    assert ask("info", "winter.db")["links"] == {"states": 1}
    assert ask("redo", "winter.db")["operation"]
    assert ask("info", "winter.db")["operations"] == before + 3
    for _ in range(6):
        assert ask("undo", "winter.db")["ok"]
    assert ask("list", "winter.db") == []
    ran = run("undo", "winter.db", "--json")
    assert (ran.code, ran.json["ok"], ran.err) == (1, False, "There is nothing to undo; nothing was changed.\n")


def test_a_card_without_a_place_lies_in_no_frame_and_on_no_card_however_large_they_are(
    ask: Ask, tmp_path: Path
) -> None:
    ask("new", "winter.db")
    with Session.open(tmp_path / "winter.db") as session, session.transaction("Frame") as tx:
        board = tx.document.boards[0].id
        commands.add_frame(tx, board, title="Left", x=-500, y=-500, w=1100, h=900)
        commands.add_frame(tx, board, title="Vast", x=640, y=-4e8, w=9e8, h=9e8)
        wide = commands.add_entity(tx, "note", title="wide")
        commands.place(tx, board, wide.id, x=-9e8, y=480, w=9.5e8 - 5e7 + 300, h=90)
    made = [ask("add", "winter.db", "claim", "--title", "Lorries")["id"] for _ in range(3)]
    with Session.open(tmp_path / "winter.db", read_only=True) as session:
        places = [(card.x, card.y) for one in made for card in session.document.cards_of(one)]
        assert places == [(320, 400), (0, 600), (320, 600)]
        assert all(card.frame_id is None for card in session.document.cards)


def test_every_type_can_be_added_and_cards_without_a_place_do_not_cover_each_other(ask: Ask, tmp_path: Path) -> None:
    ask("new", "winter.db")
    for kind in TYPES:
        for _ in range(2):
            ask("add", "winter.db", kind.id, "--title", f"A {kind.word} with a title that takes more than one line")
    with Session.open(tmp_path / "winter.db", read_only=True) as session:
        cards = session.document.cards
        assert len(cards) == 2 * len(TYPES)
        for at, one in enumerate(cards):
            for other in cards[:at]:
                apart = (
                    one.x >= other.x + other.w or other.x >= one.x + one.w
                    or one.y >= other.y + other.h or other.y >= one.y + one.h
                )  # fmt: skip
                assert apart


def test_a_card_goes_onto_the_board_that_is_named(ask: Ask, run: Any, board_path: Path) -> None:
    from evidenceboard import commands

    with Session.open(board_path) as session, session.transaction("Add a board") as tx:
        commands.add_board(tx, "East")
    ask("add", "board.db", "claim", "--title", "There", "--board", "East")
    assert [board["cards"] for board in ask("info", "board.db")["boards"]] == [5, 1]
    ran = run("add", "board.db", "claim", "--title", "There", "--board", "West")
    assert ran.code == 1
    assert "no board of this name" in ran.err


WRONG = [
    (["add", "board.db", "vessel", "--title", "x"], "There is no type “vessel”", "actor, claim, source"),
    (["add", "board.db", "claim", "--title", "x", "--set", "colour=red"], "no field “colour”", "happened, where"),
    (["add", "board.db", "claim", "--title", "x", "--set", "id=5"], "“id” cannot be set", ""),
    (["add", "board.db", "source", "--title", "x", "--set", "reliability=G"], "“reliability”", "A, B, C, D, E, F"),
    (["add", "board.db", "claim", "--title", "x", "--set", "likelihood=maybe"], "“likelihood”", "almost certain"),
    (["add", "board.db", "claim", "--title", "x", "--set", "in_matrix=perhaps"], "“in_matrix”", "yes or no"),
    (["add", "board.db", "claim", "--title", "x", "--set", "marking=PINK"], "“marking”", "TLP:RED"),
    (["add", "board.db", "claim", "--title", "x", "--at", "nan,0"], "ordinary number", ""),
    (["add", "board.db", "claim", "--title", "x", "--at", "inf,0"], "ordinary number", ""),
    (["add", "board.db", "claim", "--title", "x", "--at", "1e30,0"], "ordinary number", ""),
    (["add", "board.db", "claim", "--title", "x" * 100_001], "100,000 characters", ""),
    (["link", "board.db", "S1", "states", "C99"], "There is no C99", ""),
    (["link", "board.db", "C1", "states", "S1"], "does not lead from a claim to a source", "related"),
    (["link", "board.db", "S1", "denies", "C1", "--set", "credibility=7"], "“credibility”", "1, 2, 3, 4, 5, 6"),
    (["link", "board.db", "C1", "bears on", "H1"], "bears on H1 already", ""),
    (["link", "board.db", "S1", "independent of", "S1"], "said of two", "related"),
    (["link", "board.db", "C1", "bears on", "H1", "--set", "consistency=X"], "“consistency”", "CC, C, N, NA, I, II"),
    (["set", "board.db", "C99", "title=x"], "There is no C99", ""),
    (["set", "board.db", "C1", "weight=heavy"], "“weight”", "high, medium, low"),
    (["set", "board.db", "C1", "tx=1"], "“tx” cannot be set", ""),
    (["remove", "board.db", "C99"], "There is no C99", ""),
    (["set", "nowhere.db", "C1", "title=x"], "There is no file", ""),
    (["list", "board.db", "--type", "ship"], "There is no type “ship”", "actor, claim"),
    (["new", "board.db"], "There is a file at this place already", ""),
    (["new", "no/where.db"], "No file can be made at this place", ""),
]


@pytest.mark.parametrize(("words", "said", "allowed"), WRONG, ids=[" ".join(row[0])[:60] for row in WRONG])
def test_what_does_not_fit_is_said_in_one_line_with_what_does_and_changes_nothing(
    run: Any, board_path: Path, words: list[str], said: str, allowed: str
) -> None:
    before = board_path.read_bytes()
    ran = run(*words, "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    assert said in ran.err
    assert allowed in ran.err
    assert ran.json["error"] in ran.err
    assert len(ran.err.splitlines()) == 1
    assert board_path.read_bytes() == before
    assert [path.name for path in board_path.parent.iterdir()] == ["board.db"]


def test_a_thing_that_was_removed_is_not_there_any_more(ask: Ask, run: Any, board_path: Path) -> None:
    link = ask("show", "board.db", "S1")["links"][0]["id"]
    ask("remove", "board.db", "S1")
    for words in (["show", "S1"], ["set", "S1", "title=x"], ["remove", "S1"], ["set", link, "quote=x"]):
        ran = run(words[0], "board.db", *words[1:])
        assert ran.code == 1
        assert len(ran.err.splitlines()) == 1
    assert ask("add", "board.db", "source", "--title", "A number is never given twice")["number"] == "S2"


def test_a_board_that_is_open_elsewhere_is_not_written_to_and_the_holder_is_named(run: Any, board_path: Path) -> None:
    with Session.open(board_path, holder="a window"):
        before = board_path.read_bytes()
        ran = run("add", "board.db", "claim", "--title", "x")
        assert ran.code == 1
        assert "open in a window" in ran.err
        assert run("list", "board.db").code == 0
        assert board_path.read_bytes() == before


def test_a_full_disk_is_said_and_the_file_is_as_it_was(board_path: Path) -> None:
    before = board_path.read_bytes()
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before)}, resource.RLIM_INFINITY))\n"
        "from evidenceboard.__main__ import main\n"
        "sys.exit(main())\n"
    )
    notes = "x" * 100_000
    words = ["set", str(board_path), "C1", f"notes={notes}"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not saved" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert board_path.read_bytes() == before


def test_a_marking_is_lowered_with_a_reason_and_show_says_where_each_comes_from(
    ask: Ask, run: Any, board_path: Path
) -> None:
    with Session.open(board_path) as session, session.transaction("Prepare") as tx:
        kept = commands.attach(tx, tx.document.entity("C1").id, "list.txt", b"names").id
        board = tx.document.boards[0].id
    ask("set", "board.db", "S1", "marking=RED")
    shown = ask("show", "board.db", "C1")
    link = next(one for one in shown["links"] if one["type"] == "states")
    assert link["marked"] == {"marking": "TLP:RED", "because": "from S1"} and link["marking"] == ""
    refused = run("set", "board.db", link["id"], "marking=GREEN")
    assert refused.code == 1
    assert "This link is TLP:RED by S1; lowering it needs a reason" in refused.err
    ask("set", "board.db", link["id"], "marking=GREEN", "marking_reason=names nobody")
    ask("set", "board.db", kept, "marking=AMBER")
    ask("set", "board.db", board, "marking=GREEN")
    shown = ask("show", "board.db", "C1")
    link = next(one for one in shown["links"] if one["type"] == "states")
    assert link["marked"]["because"] == "lowered from TLP:RED because names nobody"
    assert shown["attachments"][0]["marked"]["marking"] == "TLP:AMBER"
    assert shown["marked"] == {"marking": "TLP:CLEAR", "because": "of the file"}
    assert "TLP:CLEAR, of the file" in run("show", "board.db", "C1").out
    assert run("remove", "board.db", board).code == 1


def test_a_board_is_laid_out_as_one_operation_that_undo_takes_back(ask: Ask, run: Any, tmp_path: Path) -> None:
    ask("new", "winter.db")
    for n in range(5):
        ask("add", "winter.db", "claim", "--title", str(n), "--at", "0,0", *(["--set", "happened=2024"] if n else []))
    pinned = ask("add", "winter.db", "source", "--title", "s", "--at", "900,7")
    with Session.open(tmp_path / "winter.db") as session, session.transaction("Pin") as tx:
        card = tx.document.cards_of(pinned["id"])[0]
        commands.pin(tx, [card.id])
        card = tx.document.get(Card, card.id)
    for method in ("layered", "force", "grid", "time"):
        made = ask("layout", "winter.db", "--board", "Main board", "--method", method)
        assert made["ok"] and 0 < made["moved"] <= 5, method
        assert made["operation"]["label"].startswith("Lay out 6 cards")
        with Session.open(tmp_path / "winter.db", read_only=True) as session:
            cards = session.document.cards
            assert session.document.get(Card, card.id) == card
            assert len({(one.x, one.y) for one in cards}) == 6
        assert ask("undo", "winter.db")["operation"]["label"] == made["operation"]["label"]
        with Session.open(tmp_path / "winter.db", read_only=True) as session:
            assert {(one.x, one.y) for one in session.document.cards} == {(0.0, 0.0), (900.0, 7.0)}
    assert run("layout", "winter.db", "--method", "circle").code == 2
    ran = run("layout", "winter.db", "--board", "No such", "--method", "grid", "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    ask("new", "empty.db")
    assert ask("layout", "empty.db", "--method", "force") == {"ok": True, "moved": 0, "beside": 0, "operation": None}
