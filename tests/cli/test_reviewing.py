"""The verbs that look a whole board over: timeline and health."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidenceboard import Session, commands

Ask = Callable[..., Any]
Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def test_timeline_gives_three_dates_in_the_order_of_time(ask: Ask, run: Run, board_path: Path) -> None:
    ask("set", "board.db", "C2", "happened=since August 2024")
    ask("set", "board.db", "S1", "published=18 Oct 2024")
    told = ask("timeline", "board.db")
    keys = ("number", "happened", "reported", "captured", "earliest", "latest")
    assert [tuple(one[key] for key in keys) for one in told] == [
        ("C2", "2024-08/..", None, None, "2024-08-01", None),
        ("S1", None, "2024-10-18", None, "2024-10-18", "2024-10-18"),
        ("C1", None, "2024-10-18", None, None, None),
    ]
    assert told[2]["title"] == "Lorries carried 3,000 soldiers"
    words = run("timeline", "board.db").out
    assert "since Aug 2024" in words and "reported 18 Oct 2024" in words and "not reported" in words


def test_timeline_of_the_sample_begins_with_the_war_and_ends_in_december(ask: Ask, tmp_path: Path) -> None:
    shutil.copy(ROOT / "sample_board.db", tmp_path / "sample.db")
    told = ask("timeline", "sample.db")
    assert len(told) == 35 + 1 + 13
    assert [one["number"] for one in told[:2]] == ["C6", "C15"]
    assert told[0] == {
        "number": "C6",
        "title": told[0]["title"],
        "happened": "2022-02/2024-11",
        "reported": "2024-11",
        "captured": None,
        "earliest": "2022-02-01",
        "latest": "2024-11-30",
    }
    assert [one["number"] for one in told[-3:]] == ["C26", "E1", "S11"]
    assert all(one["earliest"] <= one["latest"] for one in told)


def test_a_date_is_set_as_people_write_it_and_refused_in_words(ask: Ask, run: Run, board_path: Path) -> None:
    ask("set", "board.db", "C1", "happened=mid Oct 2024")
    assert ask("show", "board.db", "C1")["happened"] == "2024-10-11~/2024-10-20~"
    before = board_path.read_bytes()
    for typed in ("yesterday-ish", "2024-13", "../..", "10/12/2024"):
        ran = run("set", "board.db", "C1", f"happened={typed}", "--json")
        assert ran.code == 1 and ran.json["ok"] is False
        assert "“happened” does not take this value" in ran.err and "nothing was changed" in ran.err
        assert len(ran.err.splitlines()) == 1 and "2024-10-18" in ran.json["hint"]
        assert run("add", "board.db", "claim", "--title", "New", "--set", f"happened={typed}").code == 1
    assert board_path.read_bytes() == before


def test_health_lists_findings_by_rule_and_those_that_were_silenced_apart(ask: Ask, run: Run, board_path: Path) -> None:
    told = ask("health", "board.db")
    assert [(one["rule"], one["number"]) for one in told] == [
        ("claim without a source", "C2"),
        ("scenario that nobody tried to refute", "H1"),
    ]
    assert "C2  No source states this claim." in run("health", "board.db").out
    with Session.open(board_path) as session, session.transaction("Silence") as tx:
        commands.silence(tx, told[0]["rule"], told[0]["id"], "Assumed\nfor now")
    assert ask("health", "board.db") == told[1:]
    assert ask("health", "board.db", "--silenced") == [{**told[0], "reason": "Assumed\nfor now"}]
    assert "C2  Assumed for now" in run("health", "board.db", "--silenced").out
    ask("new", "empty.db")
    assert ask("health", "empty.db") == []
    assert run("health", "empty.db").out == "No rule found anything.\n"
    assert run("health", "empty.db", "--silenced").out == "Nothing is silenced.\n"


def test_health_of_the_sample_names_the_relations_that_rest_on_nothing(ask: Ask, tmp_path: Path) -> None:
    shutil.copy(ROOT / "sample_board.db", tmp_path / "sample.db")
    told = ask("health", "sample.db")
    assert [one["number"] for one in told] == ["A1", "A2", "A3", "A4", "A10"]
    assert {one["rule"] for one in told} == {"relation that rests on no claim"}


def test_a_reason_for_silence_stays_behind_with_what_it_speaks_of(ask: Ask, board_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Silence") as tx:
        claim = tx.document.entity("C2")
        commands.set_fields(tx, claim.id, marking="RED")
        commands.silence(tx, "claim without a source", claim.id, "The informant asked for it")
    ask("export", "board.db", "open.json", "--at-most", "TLP:GREEN")
    assert "informant" not in Path("open.json").read_text("utf-8")
    ask("export", "board.db", "all.json")
    assert "informant" in Path("all.json").read_text("utf-8")
