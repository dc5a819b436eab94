"""The verb matrix: what it answers for people and for machines."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidenceboard import Session, commands

Ask = Callable[..., Any]
Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def test_the_matrix_of_the_sample_is_the_one_computed_by_hand(ask: Ask, run: Run, tmp_path: Path) -> None:
    shutil.copy(ROOT / "sample_board.db", tmp_path / "sample.db")
    before = (tmp_path / "sample.db").read_bytes()
    told = ask("matrix", "sample.db")
    assert [(s["number"], s["inconsistency"], s["weighted"], s["not_assessed"]) for s in told["scenarios"]] == [
        ("H3", 1, 1, 1),
        ("H4", 2, 2, 1),
        ("H2", 3, 3, 1),
        ("H1", 10, 10, 1),
    ]
    rows = {row["number"]: row for row in told["rows"]}
    assert list(rows)[:2] == ["C24", "C5"] and list(rows)[-1] == "C8"
    assert rows["C24"]["cells"] == {"H1": "II", "H2": "II", "H3": "CC", "H4": "I"}
    assert rows["C8"]["cells"] == {"H1": "", "H2": "", "H3": "", "H4": ""} and rows["C8"]["diagnosticity"] == 0
    assert {"removes": "C10", "kind": "row", "rows": ["C10"], "change": "If C10 is wrong, H2 and H4 tie."} in told[
        "linchpins"
    ]
    lines = run("matrix", "sample.db").out.splitlines()
    assert "Fewest contradictions first: this is not a probability." in lines
    assert "  If C10 is wrong, H2 and H4 tie." in lines
    assert any(line.split()[:5] == ["C24", "CC", "I", "II", "II"] for line in lines)
    assert any(line.startswith("1.  H3") and "1 not assessed" in line for line in lines)
    assert (tmp_path / "sample.db").read_bytes() == before


def test_equal_scores_share_a_rank_and_weights_count(ask: Ask, board_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Judge") as tx:
        other = commands.add_entity(tx, "scenario", title="They leave")
        claim = tx.document.entity("C1")
        commands.set_fields(tx, claim.id, weight="high")
        commands.link(tx, "bears on", claim.id, other.id, props={"consistency": "N"})
    told = ask("matrix", "board.db")
    assert [(s["number"], s["rank"]) for s in told["scenarios"]] == [("H1", 1), ("H2", 1)]
    ask("set", "board.db", "C1", "weight=low")
    link = next(link["id"] for link in ask("show", "board.db", "C1")["links"] if link["other"] == "H1")
    ask("set", "board.db", link, "consistency=II")
    told = ask("matrix", "board.db")
    assert [(s["number"], s["inconsistency"], s["weighted"], s["rank"]) for s in told["scenarios"]] == [
        ("H2", 0, 0, 1),
        ("H1", 2, 1, 2),
    ]
    assert [one["change"] for one in told["linchpins"] if one["kind"] == "row"] == [
        "If C1 is wrong, nothing is left to tell the scenarios apart."
    ]


def test_an_event_is_put_into_the_matrix_before_a_cell_is_judged(ask: Ask, board_path: Path) -> None:
    ask("add", "board.db", "event", "--title", "Arrival", "--set", "in_matrix=yes", "--set", "weight=high")
    row = next(row for row in ask("matrix", "board.db")["rows"] if row["number"] == "E1")
    assert (row["weight"], row["cells"]) == ("high", {"H1": ""})


def test_a_file_without_scenarios_or_rows_is_told_so_in_a_sentence(ask: Ask, run: Run) -> None:
    ask("new", "empty.db")
    assert ask("matrix", "empty.db") == {"scenarios": [], "rows": [], "linchpins": []}
    assert run("matrix", "empty.db").out == "There is no scenario in this file.\n"
    ask("add", "empty.db", "scenario", "--title", "They\nstay")
    out = run("matrix", "empty.db").out
    assert "No claim or event is in the matrix yet." in out and "They stay" in out
    ran = run("matrix", "missing.db", "--json")
    assert ran.code == 1 and ran.json["ok"] is False and "there is no" in ran.err.lower()
