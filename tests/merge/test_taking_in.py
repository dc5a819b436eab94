"""Taking a colleague's copy in: what does not conflict is taken, what does is kept twice until somebody decides."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.merge.conftest import Opened

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.merge import compare, merge_file, questions
from evidenceboard.model.records import Card, Conflict, Entity
from evidenceboard.store.gate import quick_check


def change(session: Session, number: str, **fields: Any) -> None:
    with session.transaction("Change fields") as tx:
        commands.set_fields(tx, session.document.entity(number).id, **fields)


def remove(session: Session, number: str) -> None:
    with session.transaction("Remove") as tx:
        commands.remove(tx, [session.document.entity(number).id])


def asked(session: Session) -> list[tuple[str, str, set[Any]]]:
    return [
        (one.number, one.field, {said.value for said in one.candidates})
        for one in questions(session.document, session.author_id)
    ]


def test_what_two_people_did_to_different_fields_is_all_there(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
        with hers.transaction("Move") as tx:
            commands.move_cards(tx, [hers.document.cards[0].id], 40, 8)
        place = hers.document.cards[0]
    with copies("min") as mine:
        change(mine, "C1", notes="Seen on Tuesday", happened="2024-10")
        done = merge_file(mine, tmp_path / "olena.db")
        claim = mine.document.entity("C1")
        assert (done.taken, done.conflicts, mine.document.conflicts) == (2, [], [])
        assert (claim.title, claim.notes, claim.props["happened"]) == ("Ten lorries", "Seen on Tuesday", "2024-10")
        assert mine.document.get(Card, place.id) == place
        assert [snapshot.name for snapshot in mine.document.snapshots] == ["Before the merge"]
    assert quick_check(tmp_path / "min.db") == []


def test_a_title_that_both_changed_stands_twice_and_both_copies_show_the_same_one(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
    with copies("min") as mine:
        change(mine, "C1", title="Twelve lorries")
    with copies("both") as third:
        merge_file(third, tmp_path / "min.db")
        merge_file(third, tmp_path / "olena.db")
        shown = third.document.entity("C1").title, asked(third)
        conflict = third.document.conflicts[0]
    with copies("olena") as hers:
        merge_file(hers, tmp_path / "min.db")
        assert (hers.document.entity("C1").title, asked(hers)) == shown
        assert hers.document.conflicts == [conflict]
    assert shown[1] == [("C1", "title", {"Ten lorries", "Twelve lorries"})]


def test_an_edit_meanwhile_overrules_only_the_value_that_it_saw(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
    with copies("min") as mine:
        change(mine, "C1", title="Twelve lorries")
        merge_file(mine, tmp_path / "olena.db")
        seen = mine.document.entity("C1").title
        other = ({"Ten lorries", "Twelve lorries"} - {seen}).pop()
        change(mine, "C1", title="Dozens of lorries")
        assert asked(mine) == [("C1", "title", {"Dozens of lorries", other})]
        mine.undo()
        assert asked(mine) == [("C1", "title", {seen, other})]
        mine.redo()
    with copies("olena") as hers:
        merge_file(hers, tmp_path / "min.db")
        assert asked(hers) == [("C1", "title", {"Dozens of lorries", other})]


def test_two_analysts_grades_are_two_assessments_and_no_conflict(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "S1", reliability="D")
    with copies("min") as mine:
        change(mine, "S1", reliability="A")
        assert merge_file(mine, tmp_path / "olena.db").conflicts == []
        source = mine.document.entity("S1")
        values = sorted(one.value for one in mine.document.assessments_of(source.id) if one.field == "reliability")
    assert values == ["A", "B", "D"]


def test_what_one_deleted_and_the_other_worked_on_comes_back_whole_and_is_asked_about(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("olena") as hers:
        remove(hers, "S1")
    with copies("min") as mine:
        change(mine, "S1", title="Daily report")
        links, cards = len(mine.document.links), len(mine.document.cards)
    for first, second in (("min", "olena"), ("olena", "min")):
        with copies(first) as session:
            merge_file(session, tmp_path / f"{second}.db")
            assert session.document.entity("S1").title == "Daily report"
            assert (len(session.document.links), len(session.document.cards)) == (links, cards)
            assert asked(session) == [("S1", "deleted", {"deleted", "changed"})]


@pytest.mark.parametrize("delete", [True, False])
def test_a_deletion_that_waits_is_decided_either_way(copies: Opened, tmp_path: Path, delete: bool) -> None:
    with copies("olena") as hers:
        remove(hers, "S1")
    with copies("min") as mine:
        change(mine, "S1", title="Daily report")
        merge_file(mine, tmp_path / "olena.db")
        conflict = mine.document.conflicts[0]
        word = "deleted" if delete else "changed"
        with mine.transaction("Decide") as tx:
            commands.decide(tx, conflict.id, next(k for k, v in conflict.candidates.items() if v["value"] == word))
        assert mine.document.conflicts == []
        assert any(one.number == "S1" for one in mine.document.entities) != delete
    with copies("olena") as hers:
        merge_file(hers, tmp_path / "min.db")
        assert hers.document.conflicts == []
        assert any(one.number == "S1" for one in hers.document.entities) != delete


def test_what_both_removed_keeps_its_question_for_when_it_comes_back_whoever_merges(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("min") as mine:
        change(mine, "C1", title="Twelve lorries")
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
        merge_file(hers, tmp_path / "min.db")
        remove(hers, "C1")
    with copies("min") as mine:
        remove(mine, "C1")
    for path in (tmp_path / "olena.db", tmp_path / "min.db"):
        shutil.copy(path, tmp_path / f"before {path.name}")
    kept = []
    for name, other in (("olena", "min"), ("min", "olena")):
        with copies(name) as session:
            merge_file(session, tmp_path / f"before {other}.db")
            assert session.document.conflicts == []  # there is nothing to decide while it is gone
            kept.append(session.document.table("conflicts"))
    assert kept[0] == kept[1]
    assert "title" in [one.field for one in kept[0].values() if isinstance(one, Conflict)]


def test_a_new_link_to_what_the_other_deleted_brings_it_back(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        remove(hers, "A1")
    with copies("min") as mine, mine.transaction("Link") as tx:
        commands.link(tx, "asserts", mine.document.entity("A1").id, mine.document.entity("C1").id)
    with copies("olena") as hers:
        merge_file(hers, tmp_path / "min.db")
        actor = hers.document.entity("A1")
        assert len(hers.document.links_from(actor.id)) == 2
        assert asked(hers) == [("A1", "deleted", {"deleted", "changed"})]


def test_numbers_that_both_gave_are_told_apart_by_a_letter(copies: Opened, tmp_path: Path) -> None:
    ids = {}
    for name in ("olena", "min"):
        with copies(name) as session, session.transaction("Add") as tx:
            ids[commands.add_entity(tx, "claim", title=f"of {name}").id] = name
    with copies("min") as mine:
        merge_file(mine, tmp_path / "olena.db")
        numbers = [mine.document.get(Entity, one).number for one in sorted(ids)]
        with mine.transaction("Add") as tx:
            assert commands.add_entity(tx, "claim", title="after").number == "C4"
    assert numbers == ["C3", "C3b"]


def test_merging_again_finds_nothing_and_what_was_taken_stays_as_it_was_sealed(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
        operation = hers.history(1)[0][0]
    with copies("min") as mine:
        merge_file(mine, tmp_path / "olena.db")
        count = mine.operation_count()
        again = merge_file(mine, tmp_path / "olena.db")
        assert (again.taken, again.operation, mine.operation_count()) == (0, None, count)
        assert mine.operation(operation.id) == operation
        assert mine.log.came_with([operation.id]) == {operation.id: mine.history(1)[0][0].id}


def test_the_file_of_the_other_one_keeps_every_byte_and_its_time(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
    path = tmp_path / "olena.db"
    before, when = path.read_bytes(), path.stat().st_mtime_ns
    with copies("min") as mine:
        merge_file(mine, path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, when)
    assert not list(tmp_path.glob("olena.db-*"))


def test_undoing_a_merge_leaves_the_colleagues_work_to_be_offered_anew_and_reverts_nobody(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
    with copies("min") as mine:
        before = mine.document.entity("C1")
        merge_file(mine, tmp_path / "olena.db")
        mine.undo()
        assert mine.document.entity("C1") == before
        change(mine, "C1", notes="Seen on Tuesday")
    with copies("olena") as hers:
        assert merge_file(hers, tmp_path / "min.db").taken == 1
        assert (hers.document.entity("C1").title, hers.document.entity("C1").notes) == (
            "Ten lorries",
            "Seen on Tuesday",
        )
    with copies("min") as mine:
        assert merge_file(mine, tmp_path / "olena.db").taken == 1
        assert mine.document.entity("C1").title == "Ten lorries"
        mine.undo()
        mine.redo()
        assert mine.document.entity("C1").title == "Ten lorries"


def test_undo_after_opening_anew_takes_back_the_merge_and_then_ones_own_work(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
    with copies("min") as mine:
        change(mine, "C2", title="Drones")
        merge_file(mine, tmp_path / "olena.db")
    with copies("min") as mine:
        undone = [mine.undo() for _ in range(2)]
        assert [one.label for one in undone if one] == ["Take in 1 operation of another copy", "Change fields"]
        assert mine.document.entity("C1").title == "Lorries carried 3,000 soldiers"


def test_what_was_undone_before_is_no_conflict(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
    with copies("min") as mine:
        change(mine, "C1", title="Twelve lorries")
        mine.undo()
        assert merge_file(mine, tmp_path / "olena.db").conflicts == []
        assert mine.document.entity("C1").title == "Ten lorries"


def test_decisions_travel_and_can_be_undone(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
    with copies("min") as mine:
        change(mine, "C1", title="Twelve lorries")
        merge_file(mine, tmp_path / "olena.db")
        conflict = mine.document.conflicts[0]
        with mine.transaction("Decide") as tx:
            commands.decide_otherwise(tx, conflict.id, "Eleven lorries")
        with pytest.raises(InvalidValueError, match="decided already"), mine.transaction("Decide") as tx:
            commands.decide_otherwise(tx, conflict.id, "Nine lorries")
        assert mine.document.get(Conflict, conflict.id).decision == "other"
    with copies("olena") as hers:
        merge_file(hers, tmp_path / "min.db")
        assert (hers.document.entity("C1").title, hers.document.conflicts) == ("Eleven lorries", [])
    with copies("min") as mine:
        mine.undo()
        assert asked(mine) == [("C1", "title", {"Ten lorries", "Twelve lorries"})]


def test_a_difference_is_told_field_by_field_and_moves_are_folded_together(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
        remove(hers, "H1")
        with hers.transaction("Work") as tx:
            commands.add_entity(tx, "note", title="new")
            commands.move_cards(tx, [card.id for card in hers.document.cards[:3]], 8, 8)
    with copies("min") as mine, Session.open(tmp_path / "olena.db", read_only=True) as hers:
        found = compare(mine.document, hers.document)
    assert [(one.number, one.what) for one in found.added] == [("N1", "note")]
    assert ("H1", "scenario") in [(one.number, one.what) for one in found.removed]
    assert [(one.number, one.field, one.theirs) for one in found.changed] == [("C1", "title", "Ten lorries")]
    assert len(found.moved) == 3


def test_looking_back_goes_past_a_merge_and_for_what_that_brought_to_the_merge(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
        theirs = hers.history(1)[0][0].id
    with copies("min") as mine:
        change(mine, "C2", title="Drones")
        own = mine.history(1)[0][0].id
        merge_file(mine, tmp_path / "olena.db")
        change(mine, "C2", title="Drones again")
        then = mine.document_at(own)
        assert (then.entity("C1").title, then.entity("C2").title) == ("Lorries carried 3,000 soldiers", "Drones")
        # It was never alone in this board: with it came all that the merge brought.
        merged = mine.document_at(theirs)
        assert (merged.entity("C1").title, merged.entity("C2").title) == ("Ten lorries", "Drones")


def test_one_deletion_of_several_things_is_one_question(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers, hers.transaction("Remove") as tx:
        commands.remove(tx, [hers.document.entity(number).id for number in ("S1", "H1", "A1")])
    with copies("min") as mine:
        change(mine, "S1", title="Daily report")
        count = len(mine.document.entities)
        merge_file(mine, tmp_path / "olena.db")
        assert len(mine.document.entities) == count
        (conflict,) = mine.document.conflicts
        deleted = next(key for key, said in conflict.candidates.items() if said["value"] == "deleted")
        with mine.transaction("Decide") as tx:
            commands.decide(tx, conflict.id, deleted)
        assert len(mine.document.entities) == count - 3
