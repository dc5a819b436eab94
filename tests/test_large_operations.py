"""Large operations: the same as small ones, written beside the window, stopped or failed without a trace."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.errors import BusyError, SaveFailedError, StoppedError
from evidenceboard.model.changes import BULK, Change
from evidenceboard.model.document import Document
from evidenceboard.model.packing import sealed
from evidenceboard.model.records import TABLES, Card, Record
from evidenceboard.model.transaction import TooMuchError, Transaction
from evidenceboard.store.gate import quick_check

CARDS = 1200


def tables(document: Document) -> dict[str, dict[str, Record]]:
    return {table: dict(document.table(table)) for table in TABLES}


def looked_up(document: Document) -> dict[tuple[str, str], list[str]]:
    """Return what the lookups of a document answer, whatever order records have come in."""
    found = {}
    for entity in document.entities:
        found["links", entity.id] = sorted(link.id for link in document.links_of(entity.id))
        found["cards", entity.id] = sorted(card.id for card in document.cards_of(entity.id))
        found["number", entity.id] = [document.entity(entity.number).id]
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "board.db"
    generated(path, cards=CARDS, links=2 * CARDS, seed=3)
    return path


@pytest.fixture
def large(made: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copy(made, tmp_path / "board.db")
    with Session.open(tmp_path / "board.db") as session:
        yield session


def remove_all(tx: Transaction) -> None:
    commands.remove(tx, [entity.id for entity in tx.document.entities])


def align_all(tx: Transaction) -> None:
    commands.align(tx, [card.id for card in tx.document.cards], "left")


def move_all(tx: Transaction) -> None:
    commands.move_cards(tx, [card.id for card in tx.document.cards], 80.5, -3)


def nothing(share: float) -> None:
    """Go on."""


@pytest.mark.parametrize("command", [remove_all, align_all, move_all])
def test_a_large_operation_is_what_a_transaction_makes_and_comes_back_exactly(large: Session, command: Any) -> None:
    start = tables(large.document)
    told: list[str] = []
    large.subscribe(lambda operation: told.append(operation.id))
    with large.transaction("Change all") as tx:
        command(tx)
    expected = tables(large.document)
    large.undo()
    assert tables(large.document) == start
    work = large.begin("Change all", command)
    with ThreadPoolExecutor(1) as worker:
        worker.submit(work.run, nothing).result()
    assert tables(large.document) == start, "nothing shows before it is taken in"
    made = work.end()
    work.let_go()
    assert made is not None
    assert told[-1] == made.id
    assert tables(large.document) == expected
    with Session.open(large.path, read_only=True) as again:
        assert tables(again.document) == expected
        assert looked_up(again.document) == looked_up(large.document)
        assert sealed(again.operation(made.id)).hash == made.hash
    for kind, state in (("undo", start), ("redo", expected), ("undo", start)):
        step = large.begin_step(kind)
        assert step is not None
        step.carry_out()
        step.let_go()
        assert tables(large.document) == state
    with Session.open(large.path, read_only=True) as again:
        assert tables(again.document) == start
        assert looked_up(again.document) == looked_up(large.document)
    assert quick_check(large.path) == []


def test_stopped_anywhere_it_leaves_file_and_memory_as_they_were(large: Session) -> None:
    start, before = tables(large.document), large.path.read_bytes()
    shares: list[float] = []
    large.begin("Remove all", remove_all).carry_out(shares.append)
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] <= 1
    large.undo()
    before, count = large.path.read_bytes(), large.operation_count()
    for at in range(0, len(shares), max(1, len(shares) // 12)):
        left = iter(range(at))

        def stop(share: float, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise StoppedError("It was stopped; nothing was changed.")

        with pytest.raises(StoppedError):
            large.begin("Remove all", remove_all).carry_out(stop)
        assert tables(large.document) == start
        assert large.path.read_bytes() == before
        assert not large.busy
    assert large.operation_count() == count
    with large.transaction("Add a claim") as tx:
        commands.add_entity(tx, "claim", title="Lorries")
    large.undo()
    assert tables(large.document) == start


def test_while_it_is_on_its_way_no_other_change_is_taken(large: Session, tmp_path: Path) -> None:
    start = tables(large.document)
    work = large.begin("Move all", move_all)
    assert large.busy
    for other in (large.undo, lambda: large.begin_step("undo"), lambda: large.begin("Move all", move_all)):
        with pytest.raises(BusyError, match="nothing else was changed"):
            other()
    with pytest.raises(BusyError), large.transaction("Move all") as tx:
        move_all(tx)
    with pytest.raises(Exception, match="under way"):
        large.save_copy(tmp_path / "copy.db")
    work.drop()
    assert not large.busy
    assert tables(large.document) == start
    large.begin("Move all", move_all).carry_out()
    assert tables(large.document) != start


def test_a_disk_that_is_full_leaves_all_as_it_was(large: Session) -> None:
    start, before = tables(large.document), large.path.read_bytes()

    def double(tx: Transaction) -> None:
        commands.duplicate(tx, [card.id for card in tx.document.cards], [], dx=24, dy=24)

    disk = large._file._connection
    (pages,) = disk.execute("pragma page_count").fetchone()
    disk.execute(f"pragma max_page_count={pages + 20}")
    with pytest.raises(SaveFailedError):
        large.begin("Duplicate all", double).carry_out()
    assert tables(large.document) == start
    assert large.path.read_bytes() == before
    disk.execute(f"pragma max_page_count={pages * 2}")
    large.begin("Duplicate all", double).carry_out()
    assert large.document.size("cards") == 2 * CARDS
    large.undo()
    assert tables(large.document) == start


def test_the_log_of_a_large_operation_is_small(large: Session) -> None:
    def log() -> tuple[int, int]:
        with sqlite3.connect(large.path) as file:
            said = "select sum(length(coalesce(before, '')) + length(coalesce(after, ''))), count(*) from changes"
            letters, rows = file.execute(said).fetchone()
        file.close()
        return letters, rows

    records = sum(large.document.size(table) for table in ("entities", "cards", "links", "assessments"))
    made, rows = log()
    assert rows < 20
    large.begin("Move all", move_all).carry_out()
    moved, rows_moved = log()
    assert rows_moved == rows + 1
    assert moved - made < 40 * CARDS
    large.begin("Remove all", remove_all).carry_out()
    removed, rows_removed = log()
    assert rows_removed - rows_moved < 20
    assert removed - moved < made * 1.05
    assert large.history(1)[0][1] == records


def test_a_judgement_that_came_with_many_others_keeps_its_history(large: Session) -> None:
    subject = next(link for link in large.document.links if large.document.assessments_of(link.id))
    judgement = large.document.assessments_of(subject.id)[0]
    (change,) = large.judgement_history(subject.id, judgement.field)
    assert (change.before, change.after) == ("", judgement.value)
    large.begin("Remove all", remove_all).carry_out()
    large.undo()
    kinds = [one.kind for one in large.judgement_history(subject.id, judgement.field)]
    assert kinds == ["do", "do", "undo"]


def test_a_transaction_can_be_told_how_large_it_may_be(large: Session) -> None:
    start, before = tables(large.document), large.path.read_bytes()
    assert CARDS < BULK
    with pytest.raises(TooMuchError), large.transaction("Move all", limit=CARDS - 1) as tx:
        move_all(tx)
    assert tables(large.document) == start
    assert large.path.read_bytes() == before
    with large.transaction("Move all", limit=CARDS) as tx:
        move_all(tx)
    assert tables(large.document) != start


def test_who_reads_meanwhile_sees_what_was_there_before(large: Session) -> None:
    cards = [card.id for card in large.document.cards]
    before = {card_id: large.document.get(Card, card_id).x for card_id in cards}
    work = large.begin("Move all", move_all)
    seen = []

    def look(document: Document, changes: Sequence[Change]) -> None:
        seen.append({card_id: document.get(Card, card_id).x for card_id in cards})

    work.run(nothing, look)
    assert {card_id: large.document.get(Card, card_id).x for card_id in cards} == before
    work.end()
    assert {card_id: large.document.get(Card, card_id).x for card_id in cards} == seen[0] != before
