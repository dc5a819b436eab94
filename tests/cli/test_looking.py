"""The verbs that look: info, list, show, search, history, check, formats. None of them changes a byte."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.merge.taking_in import merge_file

Ask = Callable[..., Any]
Run = Callable[..., Any]


def test_info_counts_what_is_in_a_file(ask: Ask, board_path: Path) -> None:
    with Session.open(board_path) as session:
        board = session.document.boards[0]
        with session.transaction("Add a frame") as tx:
            commands.add_frame(tx, board.id, title="East", x=0, y=0, w=900, h=500)
            commands.attach(tx, tx.document.entity("S1").id, "report.txt", b"words")
    assert ask("info", "board.db") == {
        "ok": True,
        "file": "board.db",
        "format": 1,
        "title": "Winter",
        "marking": "TLP:CLEAR",
        "yardstick": "icd203",
        "boards": [{"id": board.id, "title": "Main board", "cards": 5, "frames": 1}],
        "entities": {"actor": 1, "claim": 2, "source": 1, "scenario": 1},
        "links": {"asserts": 1, "bears on": 1, "states": 1},
        "attachments": 1,
        "operations": 3,
    }


def test_list_goes_by_type_and_number_and_can_be_limited_to_a_type(ask: Ask, board_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Add claims") as tx:
        for _ in range(10):
            commands.add_entity(tx, "claim", title="One more")
    listed = ask("list", "board.db")
    assert [one["number"] for one in listed] == ["A1", *(f"C{n}" for n in range(1, 13)), "S1", "H1"]
    assert listed[0]["title"] == "Міністерство оборони"
    assert {one["type"] for one in ask("list", "board.db", "--type", "source")} == {"source"}
    assert ask("list", "board.db", "--type", "question") == []


def test_show_gives_the_fields_the_links_and_what_a_claim_stands_on(ask: Ask, board_path: Path) -> None:
    claim = ask("show", "board.db", "C1")
    assert (claim["number"], claim["type"], claim["title"]) == ("C1", "claim", "Lorries carried 3,000 soldiers")
    links = [(link["type"], link["direction"], link["other"], link["props"]) for link in claim["links"]]
    assert links == [
        ("bears on", "out", "H1", {"consistency": "C"}),
        ("states", "in", "S1", {"credibility": "2"}),
    ]
    assert (claim["reports"], claim["grades"], claim["cycles"], claim["known_through"]) == (1, ["B2"], [], None)
    assert set(claim["origins"]) == {"established", "recorded", "unrecorded"}
    assert claim["standing"]
    assert ask("show", "board.db", "C2")["standing"] == "unsourced"
    assert ask("show", "board.db", claim["id"]) == claim
    source = ask("show", "board.db", "s1")
    assert (source["reliability"], source["props"]) == ("B", {"reliability": "B"})
    assert "reports" not in source


def test_show_tells_which_origins_are_independent_after_the_command_line_judged_them(
    ask: Ask, board_path: Path
) -> None:
    ask("add", "board.db", "source", "--title", "A witness", "--set", "first_hand=yes")
    for source in ("S1", "S2"):
        ask("link", "board.db", source, "states", "C1", "--set", "basis=own")
    assert ask("show", "board.db", "C1")["standing"] == "several origins, independence not established"
    made = ask("link", "board.db", "S2", "independent of", "S1", "--set", "independent=yes", "--set", "reason=Apart")
    assert made["props"] == {"reason": "Apart", "independent": "yes"}
    claim = ask("show", "board.db", "C1")
    assert claim["origins"] == {"established": 2, "recorded": 0, "unrecorded": 0}
    assert (claim["independent"], claim["independent_exact"], claim["standing"]) == (["S1", "S2"], True, "corroborated")


def test_show_names_other_entities_by_their_numbers_and_says_a_circle(ask: Ask, board_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Cite in a circle") as tx:
        first = tx.document.entity("S1")
        second = commands.add_entity(tx, "source", title="Echo", props={"known_through": ["S1"]})
        commands.link(tx, "cites", first.id, second.id)
        commands.link(tx, "cites", second.id, first.id)
        commands.set_fields(tx, tx.document.links_into(tx.document.entity("C1").id)[0].id, basis="as cited")
    assert ask("show", "board.db", "S2")["known_through"] == ["S1"]
    assert [sorted(circle) for circle in ask("show", "board.db", "C1")["cycles"]] == [["S1", "S2"]]


def test_search_finds_words_in_three_scripts_the_last_one_only_begun(ask: Ask, board_path: Path) -> None:
    for query, number in (("lorries sold", "C1"), ("드론", "C2"), ("міністер", "A1")):
        found = ask("search", "board.db", query)
        assert [hit["number"] for hit in found] == [number]
        assert set(found[0]) == {"number", "type", "title", "snippet"}
    assert ask("search", "board.db", "nowhere at all") == []
    assert len(ask("search", "board.db", "c", "--limit", "1")) <= 1


def test_search_reads_filters_beside_the_words_and_says_on_the_other_stream_what_it_left_out(
    ask: Ask, run: Run, board_path: Path
) -> None:
    assert [one["number"] for one in ask("search", "board.db", "type:claim grade:<=C3 lorr")] == ["C1"]
    assert [one["number"] for one in ask("search", "board.db", "-type:claim,source")] == ["A1", "H1"]
    assert [one["number"] for one in ask("search", "board.db", "-lorries type:claim", "--limit", "1")] == ["C2"]
    assert ask("search", "board.db", "type:claim ) OR title NEAR(*") == []
    wrong = run("search", "board.db", "grade:Z9 lorr", "--json")
    assert [one["number"] for one in wrong.json] == ["C1"]
    assert (wrong.code, wrong.err.count("\n")) == (0, 1)
    assert "“grade:Z9” is no grade" in wrong.err


def test_history_tells_what_was_done_newest_first(ask: Ask, board_path: Path) -> None:
    told = ask("history", "board.db")
    assert [(one["label"], one["kind"]) for one in told] == [("Add cards", "do"), ("Make a new board", "create")]
    assert told[0]["changes"] > 10
    assert set(told[0]) == {"id", "at", "author", "label", "kind", "changes", "came_with"}
    assert ask("history", "board.db", "--limit", "1") == told[:1]


def test_history_is_narrowed_by_author_card_and_day(ask: Ask, run: Run, board_path: Path) -> None:
    with Session.open(board_path) as session:
        claim, card = session.document.entity("C1").id, session.document.cards[0].id
        with session.transaction("Change a claim") as tx:
            commands.set_fields(tx, claim, notes="x")
        with session.transaction("Move a card") as tx:
            commands.move_cards(tx, [card], 8, 8)
        author = session.author_id
    about = ask("history", "board.db", "--card", "C1")
    assert [one["label"] for one in about] == ["Change a claim", "Add cards"]
    assert [one["label"] for one in ask("history", "board.db", "--card", "A1", "--limit", "1")] == ["Move a card"]
    assert len(ask("history", "board.db", "--author", author, "--since", "2024-10")) == 4
    assert ask("history", "board.db", "--author", "nobody") == ask("history", "board.db", "--since", "2999") == []
    assert run("history", "board.db", "--card", "C99").code == 1
    assert run("history", "board.db", "--since", "whenever").code == 1


def test_history_names_the_merge_that_brought_an_operation(ask: Ask, board_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Session.open(board_path) as mine:
        mine.save_copy(copy)
        with Session.open(copy) as theirs, theirs.transaction("There") as tx:
            commands.add_entity(tx, "note", title="Theirs")
        merge_file(mine, copy)
    merge, brought, *rest = ask("history", "board.db")
    assert (merge["kind"], merge["came_with"]) == ("merge", None)
    assert (brought["label"], brought["came_with"]) == ("There", merge["id"])
    assert not any(one["came_with"] for one in rest)


def test_formats_says_which_are_read_and_written(ask: Ask) -> None:
    told = {one["id"]: (one["reads"], one["writes"]) for one in ask("formats")}
    assert told["json"] == told["csv"] == (True, True)
    assert told["pdf"] == told["png"] == told["svg"] == told["md"] == (False, True)


def test_check_finds_a_sound_file_sound(ask: Ask, board_path: Path) -> None:
    assert ask("check", "board.db") == {"ok": True, "refused": None, "problems": [], "sidecars": []}


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "missing"), (b"", "empty"), (b"a letter " * 99, "not-sqlite"), (b"SQLite format 3\x00", "truncated")],
)
def test_check_names_what_is_no_board(run: Any, tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "odd.db").write_bytes(content)
    ran = run("check", "odd.db", "--json")
    assert (ran.code, ran.json["ok"], ran.json["refused"]) == (1, False, code)
    assert len(ran.err.splitlines()) == 1
    assert run("check", ".", "--json").json["refused"] == "not-a-file"


def test_check_names_a_neighbour_without_holding_it_against_the_file(ask: Ask, board_path: Path) -> None:
    (board_path.parent / "board.db-wal").write_bytes(b"strange")
    told = ask("check", "board.db")
    assert (told["ok"], told["sidecars"]) == (True, ["board.db-wal"])
    assert (board_path.parent / "board.db-wal").read_bytes() == b"strange"


def test_check_looks_at_a_board_as_it_was_before_a_crash_of_ours(ask: Ask, board_path: Path) -> None:
    code = (
        "import os, sqlite3, sys\n"
        "board = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "board.execute('pragma cache_size=1')\n"
        "board.execute('pragma foreign_keys=0')\n"
        "board.execute('begin immediate')\n"
        "board.execute('delete from entities')\n"
        "board.executemany('insert into chunks values (?, 0, zeroblob(9000))', [(str(n),) for n in range(40)])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(board_path)], check=False)
    torn, journal = board_path.read_bytes(), Path(f"{board_path}-journal").read_bytes()
    assert len(journal) > 512
    told = ask("check", "board.db")
    assert told == {"ok": True, "refused": None, "problems": [], "sidecars": ["board.db-journal"]}
    assert (board_path.read_bytes(), Path(f"{board_path}-journal").read_bytes()) == (torn, journal)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("update changes set after = replace(after, 'Lorries', 'Tanks')", "history"),
        ("update cards set x = 'far'", "cards"),
        ("pragma foreign_keys=0; update links set to_id = 'nobody'", "links"),
    ],
)
def test_check_finds_what_another_program_did(run: Any, board_path: Path, change: str, where: str) -> None:
    with closing(sqlite3.connect(board_path)) as stranger:
        stranger.executescript(change)
        stranger.commit()
    before = board_path.read_bytes()
    ran = run("check", "board.db", "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    assert where in {problem["where"] for problem in ran.json["problems"]}
    assert board_path.read_bytes() == before


def test_no_verb_that_looks_changes_a_byte_or_leaves_anything_beside(run: Any, board_path: Path) -> None:
    before, about = board_path.read_bytes(), board_path.stat()
    for words in (["info"], ["check"], ["list"], ["show", "C1"], ["search", "lorries"], ["history"], ["verify"]):
        for json in ([], ["--json"]):
            ran = run(words[0], "board.db", *words[1:], *json)
            assert (ran.code, ran.err) == (0, ""), ran
            assert ran.out.strip()
    assert board_path.read_bytes() == before
    assert board_path.stat().st_mtime_ns == about.st_mtime_ns
    assert [path.name for path in board_path.parent.iterdir()] == ["board.db"]


def test_text_of_a_record_cannot_act_on_the_terminal(run: Any, board_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Write") as tx:
        commands.set_fields(tx, tx.document.entity("A1").id, title="\x1b[2Jgone\x07\u202eright\nto left")
    for words in (["list", "board.db"], ["show", "board.db", "A1"]):
        out = run(*words).out
        assert "gone" in out
        assert not set("\x1b\x07\u202e") & set(out)
        assert any("right to left" in line for line in out.splitlines())
