"""What somebody took back is not there after a merge, also where somebody else took back what it was done to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.merge.conftest import Opened

from evidenceboard import Session, commands
from evidenceboard.merge import merge_file
from evidenceboard.model.records import Conflict


def change(session: Session, number: str, **fields: Any) -> None:
    with session.transaction("Change fields") as tx:
        commands.set_fields(tx, session.document.entity(number).id, **fields)


def answers(session: Session) -> list[str]:
    """Return what was decided in each question of a file, "" where nobody has."""
    return [one.decision for one in session.document.table("conflicts").values() if isinstance(one, Conflict)]


def decide_for(session: Session, value: str) -> None:
    conflict = session.document.conflicts[0]
    chosen = next(one for one, said in conflict.candidates.items() if said["value"] == value)
    with session.transaction("Decide") as tx:
        commands.decide(tx, conflict.id, chosen)


def test_a_claim_that_comes_back_has_the_title_it_was_made_with_and_none_that_was_taken_back(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("olena") as hers, hers.transaction("Add") as tx:
        number = commands.add_entity(tx, "claim", title="Nine lorries").number
    with copies("min") as mine:
        merge_file(mine, tmp_path / "olena.db")
        change(mine, number, title="Ten lorries")
        mine.undo()
        change(mine, number, notes="Seen on Tuesday")
    with copies("olena") as hers:
        hers.undo()
        merge_file(hers, tmp_path / "min.db")
        claim = hers.document.entity(number)
        assert (claim.title, claim.notes) == ("Nine lorries", "Seen on Tuesday")
        # An edit of what came back, taken back too, leaves the same title in every order.
        change(hers, number, title="Eleven lorries")
        hers.undo()
    with copies("min") as mine:
        merge_file(mine, tmp_path / "olena.db")
        assert mine.document.entity(number) == claim


def test_a_decision_that_was_taken_back_with_its_merge_does_not_come_back_with_the_record(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
    with copies("third") as third:
        for count in range(9):  # enough that its counter is the highest, so that its value is what stands
            change(third, "C1", title=f"{count} lorries")
        change(third, "C1", title="Twelve lorries")
    with copies("min") as mine:
        change(mine, "C1", title="Nine lorries")
        merge_file(mine, tmp_path / "olena.db")
        decide_for(mine, "Ten lorries")
    with copies("other") as other:
        merge_file(other, tmp_path / "min.db")
        with other.transaction("Remove") as tx:
            commands.remove(tx, [other.document.entity("C1").id])
    with copies("min") as mine:
        merge_file(mine, tmp_path / "third.db")
        assert mine.document.entity("C1").title == "Twelve lorries"
        decide_for(mine, "Twelve lorries")
        mine.undo()
        mine.undo()
        change(mine, "C1", notes="Seen on Tuesday")
        merge_file(mine, tmp_path / "other.db")
        claim = mine.document.entity("C1")
        assert (claim.title, claim.notes) == ("Ten lorries", "Seen on Tuesday")
    with copies("other") as other:
        merge_file(other, tmp_path / "min.db")
        assert other.document.entity("C1") == claim


def test_what_hangs_on_a_thing_whose_deletion_waits_keeps_it_there_when_the_objection_is_taken_back(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("third") as third:
        change(third, "C1", title="Nine lorries")
    with copies("olena") as hers, hers.transaction("Remove") as tx:
        commands.remove(tx, [hers.document.entity("C1").id, hers.document.entity("C2").id])
    with copies("min") as mine:
        merge_file(mine, tmp_path / "third.db")
        merge_file(mine, tmp_path / "olena.db")
        assert len(mine.document.conflicts) == 1
        with mine.transaction("Attach") as tx:
            commands.attach(tx, mine.document.entity("C2").id, "report.txt", b"Seen on Tuesday")
    with copies("third") as third:
        third.undo()
    with copies("min") as mine:
        merge_file(mine, tmp_path / "third.db")
        kept = mine.document.entity("C2")
        assert [one.name for one in mine.document.attachments_of(kept.id)] == ["report.txt"]
        assert [one.field for one in mine.document.conflicts] == ["deleted"]
        numbers = sorted(one.number for one in mine.document.entities)
    with copies("third") as third:
        merge_file(third, tmp_path / "min.db")
        assert sorted(one.number for one in third.document.entities) == numbers
        assert third.document.attachments_of(kept.id) and third.document.entity("C2") == kept


def test_who_removes_what_a_question_is_about_has_answered_it_for_everybody(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers, hers.transaction("Remove") as tx:
        commands.remove(tx, [hers.document.entity("C1").id])
    with copies("min") as mine:
        change(mine, "C1", title="Nine lorries")
        merge_file(mine, tmp_path / "olena.db")
        shared = tmp_path / "third.db"
        mine.save_copy(shared)
        assert answers(mine) == [""]
        with mine.transaction("Remove") as tx:
            commands.remove(tx, [mine.document.entity("C1").id])
        assert answers(mine) == ["deleted"]
        mine.undo()
        assert answers(mine) == [""]
        mine.redo()
    for name in ("olena", "third"):
        with copies(name) as other:
            merge_file(other, tmp_path / "min.db")
            assert set(answers(other)) <= {"deleted"} and not other.document.conflicts
            assert "C1" not in [one.number for one in other.document.entities]
    with copies("min") as mine:
        assert not merge_file(mine, tmp_path / "olena.db").taken
        assert answers(mine) == ["deleted"]
