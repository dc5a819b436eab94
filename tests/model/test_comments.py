"""Comments as threads: what belongs together, what is open, whatever order they come in."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.comments import grouped, open_by_field, open_on, talked_about, threads
from evidenceboard.model.records import Comment

IDS = st.sampled_from(["a", "b", "c", "d", "e", "f"])


@st.composite
def heaps(draw: st.DrawFn) -> list[Comment]:
    """Return comments that answer each other in any way, circles and answers to nothing included."""
    ids = draw(st.lists(IDS, unique=True))
    times, above = st.sampled_from(["", "2024-10-18", "2024-10-19"]), IDS | st.just("")
    return [Comment(one, "subject", "", "me", "words", draw(times), draw(above)) for one in ids]


@given(heaps(), st.randoms())
def test_every_comment_stands_in_one_thread_whatever_order_they_come_in(heap: list[Comment], order: object) -> None:
    made = grouped(heap)
    told = [one.id for thread in made for one in thread.all]
    assert sorted(told) == sorted(one.id for one in heap)
    order.shuffle(heap)  # type: ignore[attr-defined]
    assert grouped(heap) == made


def test_which_records_are_talked_about_waits_for_nothing_while_a_file_is_read(board_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Add a comment") as tx:
        claim = commands.add_comment(tx, tx.document.entity("C1").id, "Why?").subject_id
    with Session.open(board_path, staged=True) as session:
        assert open_on(session.document, claim) == 1
        assert talked_about(session.document) == set() and session.reading is not None
        session.read_on()
        assert talked_about(session.document) == {claim}


def test_open_threads_are_counted_by_the_field_that_they_are_about(session: Session) -> None:
    claim = session.document.entity("C1")
    with session.transaction("Add a comment") as tx:
        first = commands.add_comment(tx, claim.id, "Which day?")
        commands.answer_comment(tx, first.id, "The 18th.")
        commands.add_comment(tx, claim.id, "왜?", "likelihood")
    assert open_by_field(session.document, claim.id) == {"": 1, "likelihood": 1}
    assert sorted(len(one.all) for one in threads(session.document, claim.id)) == [1, 2]
    with session.transaction("Resolve a comment") as tx:
        commands.resolve_comment(tx, first.id)
    assert open_on(session.document, claim.id) == 1
    assert talked_about(session.document) == {claim.id}
    session.undo()
    assert open_on(session.document, claim.id) == 2
