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
    assert not any(ask("matrix", "empty.db").values())
    assert run("matrix", "empty.db").out == "There is no scenario in this file.\n"
    ask("add", "empty.db", "scenario", "--title", "They\nstay")
    out = run("matrix", "empty.db").out
    assert "No claim or event is in the matrix yet." in out and "They stay" in out
    ran = run("matrix", "missing.db", "--json")
    assert ran.code == 1 and ran.json["ok"] is False and "there is no" in ran.err.lower()


def test_what_is_supposed_is_followed_and_the_file_stays_as_it_is(ask: Ask, run: Run, tmp_path: Path) -> None:
    shutil.copy(ROOT / "sample_board.db", tmp_path / "sample.db")
    before = (tmp_path / "sample.db").read_bytes()
    told = ask("matrix", "sample.db", "--suppose", "S3=false", "--suppose", "C10=True")
    assert told["supposing"] == [{"number": "S3", "value": False}, {"number": "C10", "value": True}]
    assert told["fallen"] == [
        {"number": "C24", "why": "C24 falls: only S3 states it, and S3 is supposed false."},
        {"number": "C34", "why": "C34 falls: only S3 states it, and S3 is supposed false."},
    ]
    assert {s["number"]: s["inconsistency"] for s in told["scenarios"]} == {"H1": 8, "H2": 1, "H3": 1, "H4": 1}
    assert told["change"] == "H2, H3 and H4 tie." and told["clashes"] == []
    assert "C24" not in {row["number"] for row in told["rows"]}
    lines = run("matrix", "sample.db", "--suppose", "S3=false").out.splitlines()
    assert lines[0] == "Supposing S3 is false; H2, H3 and H4 tie; the file stays as it is."
    assert lines[1] == "  C24 falls: only S3 states it, and S3 is supposed false."
    assert (tmp_path / "sample.db").read_bytes() == before


def test_what_cannot_be_supposed_is_refused_in_words(run: Run, board_path: Path) -> None:
    for wanted, code, said in (
        (["A1=false"], 1, "A1 is an actor, which is neither false nor true"),
        (["H1=true"], 1, "H1 is a scenario"),
        (["C99=false"], 1, "There is no C99"),
        (["C1=false", "C1=true"], 1, "C1 cannot be supposed false and true at once"),
        (["C1"], 2, "true or false"),
        (["C1=perhaps"], 2, "true or false"),
    ):
        ran = run("matrix", "board.db", *(part for one in wanted for part in ("--suppose", one)))
        assert ran.code == code and said in ran.err and not ran.out


def test_a_deception_twin_is_told_with_its_first_and_what_it_would_change(ask: Ask, run: Run, board_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Add") as tx:
        other = commands.add_entity(tx, "scenario", title="They leave")
        claim = tx.document.entity("C1")
        commands.rate(tx, claim.id, other.id, "I")
        made = commands.add_deception_twin(tx, claim.id)
        commands.rate(tx, made.id, tx.document.entity("H1").id, "II")
    told = ask("matrix", "board.db")
    assert [(row["number"], row["twin_of"]) for row in told["rows"]] == [("C1", None), ("C3", "C1")]
    assert [(s["number"], s["inconsistency"]) for s in told["scenarios"]] == [("H1", 0), ("H2", 1)]
    assert told["deception"] == [{"twin": "C3", "first": "C1", "change": "H2 overtakes H1."}]
    out = run("matrix", "board.db").out
    assert "If C1 is deception, H2 overtakes H1." in out and "└ C3" in out
    assert ask("matrix", "board.db", "--suppose", "C3=true")["scenarios"][0]["number"] == "H2"
    ask("remove", "board.db", "C1")
    assert ask("matrix", "board.db")["rows"] == []
