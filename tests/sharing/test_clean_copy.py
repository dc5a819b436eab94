"""A clean copy holds what was chosen, opens as any board does, and says nothing of what stayed behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError, SaveFailedError
from evidenceboard.formats.outgoing import LeakError
from evidenceboard.merge import merge_file
from evidenceboard.model.records import Assessment, Comment, Setting
from evidenceboard.sharing import copying
from evidenceboard.sharing.choice import Choice
from evidenceboard.sharing.copying import Shared, share
from evidenceboard.store import rescue

EVERYTHING = Choice(notes=True, authors=True, attachments=True)


def shared(path: Path, choice: Choice) -> tuple[Path, Shared]:
    out = path.with_name("clean.db")
    before = path.read_bytes()
    with Session.open(path, read_only=True) as session:
        done = share(session, out, choice)
    assert path.read_bytes() == before
    return out, done


@pytest.fixture
def told(board_path: Path) -> Path:
    """Return a board with notes, a red claim, a deleted one, an old title, a file, and what belongs to its analysts."""
    with Session.open(board_path) as session:
        with session.transaction("Write") as tx:
            document = tx.document
            red, source = document.entity("C2"), document.entity("S1")
            commands.set_fields(tx, red.id, marking="RED")
            commands.set_fields(tx, source.id, notes="Handed over by Wintermute", title="Former headline")
            commands.set_fields(tx, document.entity("A1").id, aliases=["Umbrella"], notes="")
            commands.set_fields(tx, document.entity("H1").id, statement="What UMBRELLA plans; umbrella-like")
            commands.attach(tx, source.id, "letter.txt", b"Signed in Reykjavik")
            tx.make(Assessment, subject_id=red.id, field="weight", author_id=tx.author_id, value="high", reason="hunch")
            tx.make(Comment, subject_id=source.id, field="", author_id=tx.author_id, text="Between ourselves")
            tx.make(Setting, id="search-1", value={"name": "Secretly", "text": "sought"})
            commands.add_entity(tx, "note", title="A card of notes")
            gone = commands.add_entity(tx, "claim", title="Deletedium")
        with session.transaction("Rewrite") as tx:
            commands.set_fields(tx, source.id, title="Weekly report")
            commands.remove(tx, [gone.id])
    return board_path


def test_without_anything_more_neither_history_authors_notes_nor_files_go_along(told: Path) -> None:
    out, done = shared(told, Choice())
    data = out.read_bytes()
    for word in ("Wintermute", "Former", "letter", "Reykjavik", "hunch", "Between", "sought", "Deletedium"):
        assert word.encode() not in data, word
    with Session.open(told, read_only=True) as old, Session.open(out) as new:
        assert new.operation_count() == 1
        assert {one.number for one in new.document.entities} == {"A1", "C1", "C2", "S1", "H1"}
        assert {one.id for one in new.document.entities}.isdisjoint(one.id for one in old.document.entities)
        assert old.author_id not in {one for one, _ in new.log.authors()}
        assert new.undo() is None
        assert len(new.document.cards) == len(old.document.cards)
        assert {one.type for one in new.document.links} == {"states", "asserts", "bears on"}
        assert new.document.judged(new.document.entity("S1").id, "reliability") == "B"
    assert done.checked.strings > 10 and not done.checked.found
    assert done.account.stays["comments"] == 1 and done.account.emptied["notes"] == 1


def test_a_clean_copy_is_sound_and_can_be_worked_on(told: Path) -> None:
    out, _ = shared(told, EVERYTHING)
    with Session.open(out) as session:
        assert not session.problems and not session.hold.entry.findings and not session.read_only
        with session.transaction("Add") as tx:
            made = commands.add_entity(tx, "claim", title="New here")
        assert made.number == "C3"
        assert session.attachment(next(iter(session.log.attached()))) == b"Signed in Reykjavik"
        assert session.document.entity("S1").notes == "Handed over by Wintermute"


def test_what_is_marked_above_stays_with_all_that_hangs_on_it(told: Path) -> None:
    out, done = shared(told, Choice(at_most="TLP:AMBER", notes=True))
    with Session.open(out) as session:
        assert "C2" not in {one.number for one in session.document.entities}
        assert {one.type for one in session.document.links} == {"states", "bears on"}
    assert done.account.hanging == 1
    assert done.account.stays["entities"] == 1 and done.account.stays["cards"] == 1
    assert "드론".encode() not in out.read_bytes()


def test_a_name_becomes_another_wherever_it_stands_and_what_is_left_of_it_is_told(told: Path) -> None:
    with Session.open(told, read_only=True) as session:
        actor = session.document.entity("A1").id
    out, done = shared(told, Choice(aliases={actor: "Actor 7"}))
    with Session.open(out) as session:
        assert session.document.entity("A1").title == "Actor 7"
        assert not session.document.entity("A1").props.get("aliases")
        assert session.document.entity("H1").props["statement"] == "What Actor 7 plans; Actor 7-like"
    assert "Міністерство".encode() not in out.read_bytes() and b"mbrella" not in out.read_bytes()
    assert done.account.renamed == 1 and not done.account.still


def test_a_board_or_a_type_can_stay_behind(told: Path) -> None:
    with Session.open(told) as session, session.transaction("Add a board") as tx:
        second = commands.add_board(tx, "Second surface")
        commands.place(tx, second.id, tx.document.entity("S1").id, x=0, y=0)
    out, _ = shared(told, Choice(boards=frozenset([second.id])))
    with Session.open(out) as session:
        assert [one.title for one in session.document.boards] == ["Second surface"]
        assert [one.number for one in session.document.entities] == ["S1"]
    out.unlink()
    out, done = shared(told, Choice(types=frozenset(["claim", "scenario"])))
    with Session.open(out) as session:
        assert {one.type for one in session.document.entities} == {"claim", "scenario"}
    assert done.account.hanging == 2


def test_a_history_goes_along_without_what_was_deleted_or_rewritten_and_its_chain_holds(told: Path) -> None:
    out, done = shared(told, Choice(history=True, notes=True))
    data = out.read_bytes()
    assert b"Former" not in data and b"Deletedium" not in data
    with Session.open(told, read_only=True) as old, Session.open(out) as new:
        assert not new.hold.entry.findings
        assert new.operation_count() == old.operation_count() + 1
        assert new.undo() is None
        hashes = {one.hash for one in old.log.headers()}
        assert hashes < {one.hash for one in new.log.headers()}
        assert all(new.operation(one.id).label for one, _ in new.history())
        assert not any(name for _, name in new.log.authors())
    assert done.emptied_rows > 0


@pytest.mark.parametrize("history", [True, False])
def test_work_on_a_copy_that_can_be_merged_back_comes_back(told: Path, history: bool) -> None:
    out, _ = shared(told, Choice(mergeable=True, history=history, notes=True, authors=True))
    with Session.open(out) as session, session.transaction("Add") as tx:
        commands.add_entity(tx, "claim", title="Found by the receiver")
    with Session.open(told) as session:
        merge_file(session, out)
        titles = {one.title for one in session.document.entities}
        assert "Found by the receiver" in titles and "드론 부대가 도착했다" in titles
        assert session.document.entity("S1").title == "Weekly report"


def test_a_place_that_is_taken_or_cannot_be_written_to_is_refused_first(told: Path, tmp_path: Path) -> None:
    with Session.open(told, read_only=True) as session:
        for place in (told, tmp_path / "nowhere" / "a.db"):
            before = told.read_bytes()
            with pytest.raises(SaveFailedError):
                share(session, place, Choice())
            assert told.read_bytes() == before
        with pytest.raises(EvidenceBoardError, match="Nothing of this file is left"):
            share(session, tmp_path / "a.db", Choice(boards=frozenset(["no such"])))
    assert not (tmp_path / "a.db").exists()


def test_a_copy_that_says_what_was_to_stay_is_never_put_into_its_place(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_config: Path
) -> None:
    write = rescue.write_file

    def careless(path: Path, *rest: object, **more: object) -> None:
        write(path, *rest, **more)  # type: ignore[arg-type]
        with closing(sqlite3.connect(path)) as board, board:
            board.execute("pragma secure_delete=off")
            board.execute("create table left (t text)")
            board.execute("insert into left values ('Wintermute' || hex(zeroblob(99)))")
            board.execute("drop table left")

    monkeypatch.setattr(copying.rescue, "write_file", careless)
    with Session.open(told, read_only=True) as session, pytest.raises(LeakError) as error:
        share(session, tmp_path / "a.db", Choice())
    assert error.value.strings == ["Wintermute"] and "Wintermute" not in str(error.value)
    assert not (tmp_path / "a.db").exists() and not list((own_config / "sharing").iterdir())
