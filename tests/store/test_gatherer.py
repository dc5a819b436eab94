"""What is searched is gathered in a process of its own: the same as here, whatever becomes of that process."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.commands.generate import generated
from evidenceboard.model.arriving import Arriving
from evidenceboard.model.number_places import places_of
from evidenceboard.model.numbers import place_of
from evidenceboard.store import compact, gatherer, handing, index
from evidenceboard.store.arrival import Arrival
from evidenceboard.store.gatherer import Gatherer
from evidenceboard.store.packed import BETWEEN, SoFar, packed
from read_boards import COLUMNS, ROWS, read

CHANGES = {
    "nothing": "select 1",
    "rows that are gone": "delete from assessments where rowid between 20 and 90",
    "no assessments": "delete from assessments",
    "many words": """update entities set tags = '["a","b \\" c"]', props = '{"a":{"b":["c",1.5,null,true]}}'""",
    "numbers that are not the only ones": "update entities set number = 'C' || (rowid / 3) where rowid % 2",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gathered") / "board.db"
    generated(path, cards=150, links=330, seed=3)
    return path


def begun(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Generator[index.Index, None, None], index.Index, Gatherer]:
    """Return an index for which a process gathers, and what fills it."""
    monkeypatch.setattr(index, "FROM", 0)
    document = read(made, COLUMNS)[0]
    slices = index.build_in_slices(document)
    kept = next(slices)
    kept.prepare(document)
    assert kept._gatherer is not None
    return slices, kept, kept._gatherer


def same(one: index.Index, other: index.Index) -> bool:
    """Return whether two indexes answer alike, order and surroundings included."""
    words = ("a", "b", "reason", "한", "국", "é", "1", "C", "S", "words", "edited", "new", "cited", "notice of")
    return one.everyone() == other.everyone() and all(
        one.search(word, 5000) == other.search(word, 5000) for word in words
    )


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("late", [False, True])
def test_an_index_that_a_process_of_its_own_gathers_is_the_same(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, late: bool
) -> None:
    monkeypatch.setattr(index, "FROM", 0)
    path = tmp_path / "board.db"
    shutil.copyfile(made, path)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute(CHANGES[change])
        connection.execute("update assessments set reason = 'a reason ' || rowid where rowid % 3 = 0")
        arrival = Arrival(connection, large=1)
        document = Arriving(arrival)
        slices = index.build_in_slices(document)
        kept = next(slices)
        while document.take():
            if not late:
                kept.prepare(document)
        arrival.end()
    for _ in slices:
        pass
    assert same(kept, index.build(read(path, ROWS)[0]))


@pytest.mark.parametrize("spoiled", ["", "entities", "links"])
@pytest.mark.parametrize("known", [False, True])
def test_parts_are_handed_over_while_a_table_is_still_being_read(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoiled: str, known: bool
) -> None:
    """Let the reader wait after each of its steps until the index was told of it.

    A table that is `spoiled` in its last row has to be read once more, row by row, after parts of it were handed over.
    """
    monkeypatch.setattr(index, "FROM", 0)
    monkeypatch.setattr(gatherer, "_TOGETHER", 1)
    monkeypatch.setattr(compact, "PART", 8)
    monkeypatch.setattr(compact, "_TOGETHER", 2)
    path, taken, waiting, told = tmp_path / "board.db", Counter[str](), Event(), Event()
    shutil.copyfile(made, path)
    if spoiled:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"update {spoiled} set props = '[' where rowid = (select max(rowid) from {spoiled})")
    resolve, coming = compact.Reader._resolve, handing.coming

    def resolved(self: compact.Reader) -> None:
        resolve(self)
        waiting.set()
        assert told.wait(10)
        told.clear()

    def noted(table: str, found: SoFar) -> Iterator[handing.Handed]:
        taken[table] += 1
        return coming(table, found)

    monkeypatch.setattr(compact.Reader, "_resolve", resolved)
    monkeypatch.setattr(handing, "coming", noted)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        arrival = Arrival(connection, large=COLUMNS)
        document = Arriving(arrival)
        slices = index.build_in_slices(document)
        kept = next(slices)
        if known:
            # The ids of a picture are in memory: what was read is held as these.
            (board_id,) = connection.execute("select id from boards").fetchone()
            assert [found for found in arrival.geometry(board_id) if found.whole]
        while document.take():
            waits = waiting.is_set()
            kept.prepare(document, arrival)
            if waits:
                waiting.clear()
                told.set()
        arrival.end()
    for _ in slices:
        pass
    assert taken["entities"] > 2 and (taken["links"] > 2) == (spoiled != "entities")
    assert same(kept, index.build(read(path, ROWS)[0]))


@pytest.mark.parametrize("after", range(0, 40, 8))
def test_where_that_process_ends_too_soon_the_rest_is_gathered_here(
    made: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    slices, kept, process = begun(made, monkeypatch)
    for _ in range(after):
        next(slices, None)
    process._process.kill()
    for _ in slices:
        pass
    assert process._process.wait(20) is not None
    assert same(kept, index.build(read(made, ROWS)[0]))


@pytest.mark.parametrize("steps", [0, 3])
def test_an_index_that_is_given_up_leaves_no_process_behind(
    made: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    slices, kept, process = begun(made, monkeypatch)
    for _ in range(steps):
        next(slices)
    slices.close()
    kept.stop()
    assert process._process.wait(20) is not None


def test_where_no_process_can_be_begun_all_is_gathered_here(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "FROM", 0)
    document = read(made, COLUMNS)[0]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(made.parent / "none"))
        kept = index.build(document)
    assert same(kept, index.build(read(made, ROWS)[0]))


@given(st.lists(st.one_of(st.from_regex(r"[A-Z][0-9]{1,12}[a-z]?", fullmatch=True), st.text(max_size=9)), max_size=30))
def test_many_numbers_stand_in_the_order_of_each(numbers: list[str]) -> None:
    assert places_of(numbers).tolist() == list(map(place_of, numbers))


texts = st.text(alphabet=st.characters(exclude_characters=BETWEEN, exclude_categories=["Cs"]), max_size=200)


@given(st.lists(st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=5), st.integers(0, 2))
def test_a_part_tells_again_what_was_packed(columns: list[list[str]], rows: int) -> None:
    said = [BETWEEN.join(column[: rows + 1]) for column in columns]
    alike = tuple(column[0] if at % 3 == 1 else None for at, column in enumerate(columns))
    found = packed(said, alike).columns(rows + 1, range(len(columns)))
    assert found == [
        [column[0]] * (rows + 1) if at % 3 == 1 else column[: rows + 1] for at, column in enumerate(columns)
    ]
