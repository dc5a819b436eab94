"""What the command line says of judgements, and what it takes: reasons, histories, the yardstick of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Ask = Callable[..., Any]
Run = Callable[..., Any]


def of_field(told: dict[str, Any], field: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in told["judgements"] if one["field"] == field)
    return found


def test_show_tells_who_judged_what_when_why_and_what_was_before(ask: Ask, board_path: Path) -> None:
    ask("set", "board.db", "S1", "reliability=D", "reason=was wrong twice")
    ask("set", "board.db", "S1", "reliability=C")
    ask("undo", "board.db")
    told = of_field(ask("show", "board.db", "S1"), "reliability")
    assert (told["value"], told["reason"], told["counts"], told["why"]) == ("D", "was wrong twice", True, "alone")
    assert [(one["from"], one["to"], one["kind"]) for one in told["history"]] == [
        ("", "B", "do"), ("B", "D", "do"), ("D", "C", "do"), ("C", "D", "undo"),
    ]  # fmt: skip
    claim = ask("show", "board.db", "C1")
    assert claim["judgements"] == []
    states = next(link for link in claim["links"] if link["type"] == "states")
    assert of_field(states, "credibility")["value"] == "2"


def test_what_was_taken_back_is_told_with_its_history(ask: Ask, board_path: Path) -> None:
    ask("set", "board.db", "S1", "reliability=")
    told = of_field(ask("show", "board.db", "S1"), "reliability")
    assert (told["value"], told["counts"], told["history"][-1]["to"]) == ("", False, "")


def test_credibility_1_wants_a_reason_and_says_so(run: Run, ask: Ask, board_path: Path) -> None:
    link = next(one["id"] for one in ask("show", "board.db", "C1")["links"] if one["type"] == "states")
    ran = run("set", "board.db", link, "credibility=1")
    assert ran.code == 1 and "reason=" in ran.err and "nothing was changed" in ran.err
    ask("set", "board.db", link, "credibility=1", "reason=two ministries")
    states = next(one for one in ask("show", "board.db", "C1")["links"] if one["id"] == link)
    assert of_field(states, "credibility")["reason"] == "two ministries"


def test_a_file_is_given_another_yardstick_and_nothing_it_does_not_have(run: Run, ask: Ask, board_path: Path) -> None:
    ask("set", "board.db", "file", "yardstick=phia")
    assert ask("info", "board.db")["yardstick"] == "phia"
    ran = run("set", "board.db", "C1", "likelihood=83")
    assert ran.code == 1 and "realistic possibility" in ran.err
    for wrong in ("yardstick=metres", "colour=red"):
        ran = run("set", "board.db", "file", wrong)
        assert ran.code == 1 and "nothing was changed" in ran.err
    assert ask("info", "board.db")["operations"] == 3
