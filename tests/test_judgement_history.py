"""How a judgement came to be: from the log of the file, by whom, when, from what to what and why."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.seam import SeededSeam
from evidenceboard.store.log import JUDGEMENTS


def put(session: Session, group: str | None = None, **fields: str) -> None:
    with session.transaction("Judge", group=group) as tx:
        commands.set_fields(tx, session.document.entity("S1").id, **fields)


def told(session: Session, field: str = "reliability") -> list[tuple[str, str, str, str]]:
    found = session.judgement_history(session.document.entity("S1").id, field)
    return [(one.before, one.after, one.reason, one.kind) for one in found]


def test_each_value_stands_with_its_reason_oldest_first(session: Session) -> None:
    put(session, reliability="D", reason="was wrong twice")
    put(session, reliability="C")
    assert told(session) == [("", "B", "", "do"), ("B", "D", "was wrong twice", "do"), ("D", "C", "", "do")]
    newest = session.judgement_history(session.document.entity("S1").id, "reliability")[-1]
    assert newest.author_id == newest.by_id == session.author_id
    assert newest.at == session.document.assessments_of(session.document.entity("S1").id)[0].at


def test_a_reason_given_after_the_value_is_the_reason_of_that_value(session: Session) -> None:
    put(session, reliability="D")
    with session.transaction("Say why") as tx:
        commands.explain(tx, session.document.entity("S1").id, "reliability", "was wrong")
    assert told(session)[-1] == ("B", "D", "was wrong", "do")
    with session.transaction("Say why") as tx:
        commands.explain(tx, session.document.entity("S1").id, "reliability", "was wrong twice")
    assert told(session)[-2:] == [("B", "D", "was wrong", "do"), ("D", "D", "was wrong twice", "do")]


def test_what_was_typed_with_pauses_is_one_change(session: Session) -> None:
    for reason in ("w", "was", "was wrong"):
        put(session, group="typing", reliability="D", reason=reason)
    assert told(session) == [("", "B", "", "do"), ("B", "D", "was wrong", "do")]


def test_what_was_taken_back_and_undone_reads_right(session: Session) -> None:
    put(session, reliability="")
    assert told(session)[-1] == ("B", "", "", "do")
    session.undo()
    assert told(session)[-1] == ("", "B", "", "undo")
    session.redo()
    assert told(session)[-1] == ("B", "", "", "redo")
    assert session.document.judged(session.document.entity("S1").id, "reliability") == ""


def test_the_history_outlives_the_card_and_closing(session: Session) -> None:
    source, path = session.document.entity("S1").id, session.path
    with session.transaction("Remove") as tx:
        commands.remove(tx, [source])
    session.undo()
    session.close()
    with Session.open(path, read_only=True) as again:
        kinds = [(one.before, one.after, one.kind) for one in again.judgement_history(source, "reliability")]
    assert kinds == [("", "B", "do"), ("B", "", "do"), ("", "B", "undo")]


def test_two_analysts_each_have_their_own_line(session: Session, own_config: Path) -> None:
    path, first = session.path, session.author_id
    session.close()
    (own_config / "settings.json").unlink()
    with Session.open(path) as second:
        put(second, reliability="E", reason="knows nobody there")
        found = second.judgement_history(second.document.entity("S1").id, "reliability")
        assert [(one.author_id, one.before, one.after) for one in found] == [
            (first, "", "B"),
            (second.author_id, "", "E"),
        ]


def test_what_was_never_judged_has_no_history(session: Session) -> None:
    assert session.judgement_history(session.document.entity("C1").id, "likelihood") == []
    assert session.judgement_history("nothing of the kind", "reliability") == []


def test_the_log_is_asked_by_an_index_and_not_read_through(board_path: Path) -> None:
    with closing(sqlite3.connect(board_path)) as board:
        asked = {"ids": '["a"]', "rows": "[1]", "known": 0, "until": 9}
        plan = [str(row[3]) for row in board.execute(f"explain query plan {JUDGEMENTS}", asked)]
    assert any("changes_record" in step for step in plan)
    assert not [step for step in plan if step.startswith(("SCAN changes", "SCAN operations"))]


@given(st.lists(st.sampled_from(["A", "B", "C", "", "undo", "redo"]), max_size=12))
def test_following_the_history_leads_to_what_the_file_says_now(steps: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.db"
        with Session.create(path, seam=SeededSeam("history")) as session:
            with session.transaction("Add") as tx:
                source = commands.add_entity(tx, "source", title="A paper").id
            for step in steps:
                if step in ("undo", "redo"):
                    if session.document.find("entities", source) and session.operation_count() > 2:
                        (session.undo if step == "undo" else session.redo)()
                elif session.document.find("entities", source):
                    with session.transaction("Judge") as tx:
                        commands.set_fields(tx, source, reliability=step)
            found = session.judgement_history(source, "reliability")
            now = session.document.judged(source, "reliability")
    assert [one.after for one in found][-1:] == ([now] if found else [])
    assert all(one.before == before.after for before, one in pairwise(found))
