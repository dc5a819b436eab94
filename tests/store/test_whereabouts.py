"""What became of a file under an open session is named in words, and a write that failed is settled by reading."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import SaveFailedError, StaleFileError
from evidenceboard.model.seam import SeededSeam
from evidenceboard.model.transaction import Transaction
from evidenceboard.store.gate import quick_check

TOLD = sys.platform == "linux"
"""Whether the system tells where a file that is open lies now."""
OPEN_FILES = Path("/proc/self/fd" if TOLD else "/dev/fd")


def add(session: Session, title: str = "mine") -> None:
    with session.transaction("Add a claim") as tx:
        commands.add_entity(tx, "claim", title=title)


def refusal(session: Session) -> StaleFileError:
    """Return how the next change is refused; a look at the file says the same without one."""
    with pytest.raises(StaleFileError, match="nothing was written") as caught:
        add(session)
    with pytest.raises(StaleFileError) as looked:
        session.look_at_file()
    assert str(looked.value) == str(caught.value)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("to", ["renamed.db", "elsewhere/board.db", "Міністерство (deleted).db"])
def test_a_file_that_was_moved_is_found_where_it_lies_now(session: Session, to: str) -> None:
    place = session.path.parent / to
    place.parent.mkdir(exist_ok=True)
    session.path.rename(place)
    error = refusal(session)
    assert (error.became, error.now_at) == (("moved", place) if TOLD else ("gone", None))
    place.rename(session.path)
    session.look_at_file()
    add(session)


def test_a_file_that_was_moved_is_found_too_where_another_took_its_place(session: Session) -> None:
    place = session.path.rename(session.path.with_name("moved.db"))
    session.path.write_bytes(b"another")
    assert refusal(session).now_at == (place if TOLD else None)


def test_a_file_that_was_deleted_is_gone(session: Session) -> None:
    session.path.unlink()
    error = refusal(session)
    assert (error.became, error.now_at) == ("gone", None)


def test_a_file_that_was_replaced_is_told_from_one_that_was_changed(session: Session) -> None:
    new = session.path.with_name("new.db")
    new.write_bytes(session.path.read_bytes())
    new.replace(session.path)
    assert refusal(session).became == "replaced"


def test_a_file_that_was_written_into_is_changed(session: Session) -> None:
    with session.path.open("ab") as file:
        file.write(b"more")
    assert refusal(session).became == "changed"


def test_another_file_that_comes_while_a_change_is_written_is_not_taken_for_ours(session: Session) -> None:
    content = session.path.read_bytes()
    stranger = session.path.with_name("stranger.db")
    stranger.write_bytes(content)

    def replace(operation: object) -> None:
        stranger.replace(session.path)

    # Between the commit and the next change.
    end = session.subscribe(replace)
    add(session)
    end()
    assert refusal(session).became == "replaced"
    assert session.path.read_bytes() == content


def test_while_a_disk_can_be_neither_written_nor_read_a_change_is_in_doubt_and_settled_later(session: Session) -> None:
    """The descriptors of the file are put on a folder for a while, which takes no byte and gives none."""
    held = {int(one.name) for one in OPEN_FILES.iterdir() if one.exists() and one.samefile(session.path)}
    assert held
    kept = {number: os.dup(number) for number in held}
    folder = os.open(session.path.parent, os.O_RDONLY)
    count, operations = len(session.document.entities), session.operation_count()

    def add_many(tx: Transaction) -> None:
        for number in range(1200):
            commands.add_entity(tx, "claim", title=f"{number}", notes="n" * 500)

    def fail(share: float) -> None:
        if share > 0.6 and not session.hold.file.in_doubt:  # it is being written
            for number in held:
                os.dup2(folder, number)

    with pytest.raises(SaveFailedError, match="not known yet"):
        session.begin("Add claims", add_many).carry_out(fail)
    assert session.hold.file.in_doubt
    assert len(session.document.entities) == count
    with pytest.raises(SaveFailedError, match="not known yet"):
        add(session)
    copy = session.path.with_name("copy.db")
    session.save_copy(copy)
    with Session.open(copy) as other:
        assert {entity.id for entity in other.document.entities} == {entity.id for entity in session.document.entities}
    for number, dup in kept.items():
        os.dup2(dup, number)
        os.close(dup)
    os.close(folder)
    session.look_at_file()
    assert (len(session.document.entities), session.operation_count()) == (count, operations)
    add(session, "goes on")
    assert quick_check(session.path) == []
    with Session.open(session.path, read_only=True) as other:
        assert other.document.entities == session.document.entities


class Backwards(SeededSeam):
    """A clock that is set back by a day with each look at it."""

    _days = 0

    def now(self) -> str:
        Backwards._days += 1
        at = datetime(2024, 10, 18, tzinfo=UTC) - timedelta(days=Backwards._days)
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_clock_that_goes_backwards_changes_no_order(board_path: Path) -> None:
    with Session.open(board_path, seam=Backwards("back")) as session:
        before = session.history(1)[0][0]
        for title in ("one", "two", "three"):
            add(session, title)
        session.undo()
    with Session.open(board_path, seam=Backwards("further back")) as session:
        made = [operation for operation, _ in session.history(5)]
        assert [operation.kind for operation in made] == ["undo", "do", "do", "do", before.kind]
        assert made[0].at < made[1].at < made[2].at < made[3].at
        assert [operation.counter for operation in made] == sorted((one.counter for one in made), reverse=True)
        titles = [entity.title for entity in session.document.entities]
        assert titles[-2:] == ["one", "two"]
        session.redo()
        assert session.document.entities[-1].title == "three"
        session.undo(), session.undo(), session.undo()
        assert session.undo_label() == before.label
        add(session, "and on")
        assert session.redo_label() == ""
        assert session.saved_at() == session.history(1)[0][0].at
