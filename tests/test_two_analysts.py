"""Two analysts work a day on copies of one board: nothing that either judged is lost, and every dispute is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.cli import run
from evidenceboard.merge import compare, merge_file
from evidenceboard.merge import sides as told
from evidenceboard.model.conflicts import DELETED
from evidenceboard.model.document import Document
from evidenceboard.model.records import Assessment
from evidenceboard.model.undecided import fields_undecided
from two_analysts import ANNAS, BORYS, DISPUTED, Day, find

JUDGED = frozenset({"reliability", "likelihood", "confidence"})


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Day:
    made = Day(tmp_path, monkeypatch.setenv)
    assert made.work() == 41
    return made


def verb(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert run([*words, "--json"], lambda path: 70) == 0
    answered: dict[str, object] = json.loads(capsys.readouterr().out)
    return answered


def grades(document: Document, number: str, field: str) -> list[str]:
    """Return the judgements of one field side by side."""
    found = document.assessments_of(document.entity(number).id)
    return sorted(one.value for one in found if one.field == field)


def test_what_nobody_disputes_is_taken_and_grades_stand_side_by_side(day: Day) -> None:
    with day.at(day.anna) as session:
        merged = merge_file(session, day.borys.path)
        assert merged.taken == 20 and len(merged.conflicts) == 10
        graded = session.document.assessments_of(session.document.entity("S1").id)
        named = {session.author_name(one.author_id) for one in graded if one.field == "reliability"}
        assert named >= {"Anna", "Borys"}, "each grade stands under the name of who gave it"
        document = session.document
        for number, fields in (*ANNAS, *BORYS):
            for key, value in fields.items():
                if key in JUDGED:
                    assert value in grades(document, number, key), number
                elif key in ("notes", "title"):
                    assert getattr(document.entity(number), key) == value
        assert grades(document, "S1", "reliability") == ["B", "B", "C"] or "C" in grades(document, "S1", "reliability")
        assert not any(one.record_table == "assessments" for one in document.conflicts)


def test_every_disputed_field_is_asked_about_with_both_values_and_told_on_its_card(day: Day) -> None:
    with day.at(day.anna) as session:
        merge_file(session, day.borys.path)
        asked = told.questions(session.document, session.author_id)
        assert len(asked) == len(DISPUTED)
        by_record = {one.record_id: one for one in asked}
        for number, mine, theirs in DISPUTED:
            one = by_record[find(session.document, number)]
            values = {one.mine, one.theirs}
            if "remove" in mine or "remove" in theirs:
                assert one.field == DELETED and values == {"deleted", "changed"}
            else:
                assert values == {*mine.values(), *theirs.values()}
        assert fields_undecided(session.document, session.document.entity("C8").id) == ("title",)
        assert fields_undecided(session.document, session.document.entity("C35").id) == ("deletion",)
        assert fields_undecided(session.document, session.document.entity("S6").id) == ("states: quote",)


def test_both_ways_lead_to_the_same_questions_and_the_command_line_tells_them(
    day: Day, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    day.sit_down(day.anna)
    here = verb(capsys, "merge", str(day.anna.path), str(day.borys.path), "--out", str(tmp_path / "one.db"))
    day.sit_down(day.borys)
    there = verb(capsys, "merge", str(day.borys.path), str(day.anna.path), "--out", str(tmp_path / "other.db"))
    assert (here["taken"], there["taken"]) == (20, 21)
    sets = [{one["id"] for one in side["conflicts"]} for side in (here, there)]  # type: ignore[attr-defined]
    assert sets[0] == sets[1] and len(sets[0]) == 10
    told_apart = verb(capsys, "diff", str(tmp_path / "one.db"), str(tmp_path / "other.db"))
    assert [told_apart[key] for key in ("added", "removed", "changed", "moved")] == [[], [], [], []]


def test_decisions_travel_back_and_in_the_end_both_boards_say_the_same(day: Day) -> None:
    with day.at(day.anna) as session:
        merge_file(session, day.borys.path)
        for place, conflict in enumerate(session.document.conflicts):
            asked = told.question(session.document, conflict, session.author_id)
            with session.transaction("Decide {field}", field=asked.field) as tx:
                if conflict.field == "title":
                    commands.decide_as_typed(tx, conflict.id, f"Something else altogether, {place}")
                else:
                    commands.decide(tx, conflict.id, asked.candidates[place % 2].operation_id)
        assert session.document.conflicts == []
        session.undo()
        assert len(session.document.conflicts) == 1
        session.redo()
    with day.at(day.borys) as session:
        assert merge_file(session, day.anna.path).conflicts == []
        assert session.document.conflicts == []
        day.sit_down(day.anna)
        with Session.open(day.anna.path, read_only=True) as other:
            assert compare(other.document, session.document).is_empty
            assert other.document.size("assessments") == session.document.size("assessments")


def test_a_merge_is_one_step_that_undo_takes_back(day: Day) -> None:
    with day.at(day.anna) as session:
        before = {
            (table, record_id): record
            for table in ("entities", "links", "cards")
            for record_id, record in session.document.table(table).items()
        }
        judged = [one for one in session.document.table("assessments").values() if isinstance(one, Assessment)]
        merge_file(session, day.borys.path)
        session.undo()
        for key, record in before.items():
            assert session.document.find(*key) == record
        assert len(judged) == session.document.size("assessments") and session.document.conflicts == []
