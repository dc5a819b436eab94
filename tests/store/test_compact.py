"""Large tables that are read by columns hold what row by row gives: the same records, order, look-ups and problems."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidenceboard.commands.generate import generated
from evidenceboard.model.arriving import Arriving
from evidenceboard.model.copied import changed
from evidenceboard.model.document import Document, Swap
from evidenceboard.model.file_links import FileLinks
from evidenceboard.model.kept import KeptRows
from evidenceboard.model.pace import Pace
from evidenceboard.model.records import COLUMNS, TABLES, Card, Entity, Link
from evidenceboard.model.transaction import Draft
from evidenceboard.store import index
from evidenceboard.store.arrival import Arrival
from read_boards import ROWS, read

LOOKED_UP = {
    "cards": ("board_id", "entity_id", "frame_id"),
    "links": ("from_id", "to_id"),
    "assessments": ("subject_id",),
    "entities": ("number", "type"),
}
PLAIN = {
    "nothing at all": "select 1",
    "rows that are gone": "delete from assessments where rowid between 20 and 90",
    "no assessments": "delete from assessments",
    "an unknown type": "update entities set type = 'meteor' where rowid = 3",
    "no type": "update entities set type = ''",
    "a marking": "update links set marking = 'secret', marking_reason = 'so' where rowid % 9 = 2",
    "text of many scripts": "update entities set title = '한국 ' || title || ' 𝔘 é', notes = char(31) || char(10)",
    "many words": """update entities set tags = '["a","b \\" c"]', props = '{"a":{"b":["c",1.5,null,true]}}'""",
    "no frames": "update cards set frame_id = null",
    "places of all kinds": "update cards set x = rowid * 0.125 - 30, y = -1e9 + rowid, w = 1, h = 1e9, z = -rowid",
    "cards with flags": "update cards set fitted = rowid % 2, pinned = 1 - rowid % 2, colour = 'red'",
    "deception twins": """update entities set props = '{"twin_of":["' || id || '"]}' where rowid % 9 = 2""",
    "long texts": "update entities set notes = replace(hex(zeroblob(rowid * 40)), '00', 'é ') where rowid % 3",
    "a far away row": "update cards set rowid = 9000000000000000000 where rowid = 4",
    "another order of rowids": "update links set rowid = 100000 - 2 * rowid",
}
ODD = {
    "a short id": "update links set id = 'L' where rowid = 5",
    "a word that is too long": "update entities set number = substr(hex(zeroblob(200)), 1, 201) where rowid = 7",
    "a link without its end": "update links set to_id = hex(zeroblob(16)) where rowid = 5",
    "a card in no frame of the file": "update cards set frame_id = 'gone' where rowid = 5",
    "a card in a frame without a name": "update cards set frame_id = '' where rowid = 5",
    "a place off the grid": "update cards set x = 0.3 where rowid = 5",
    "a place far away": "update cards set y = 2e9 where rowid = 5",
    "a flag that is none": "update cards set pinned = 2 where rowid = 5",
    "a height that is none": "update cards set z = 1.5 where rowid = 5",
    "bytes": "update entities set notes = x'00ff' where rowid = 5",
    "bytes that are no text": "update entities set title = cast(x'4c6f7272c3' as text) where rowid = 5",
    "a title with a NUL": "update entities set title = 'a' || char(0) || 'b' where rowid = 5",
    "properties that are a list": "update links set props = '[]' where rowid = 5",
    "properties that are none": "update links set props = '{' where rowid = 5",
    "an endless number": """update links set props = '{"a":1e999}' where rowid = 5""",
    "half a letter": r"""update links set props = '{"a":"\ud800"}' where rowid = 5""",
    "tags that are numbers": "update entities set tags = '[1]' where rowid = 5",
    "a judgement of nothing": "update assessments set subject_id = hex(zeroblob(16)) where rowid = 5",
    "a judge without a name": "update assessments set author_id = '' where rowid = 5",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compact") / "board.db"
    generated(path, cards=150, links=330, seed=3)
    return path


def all_of(document: Document) -> object:
    """Return everything that a document can be asked."""
    tables = {table: list(document.table(table).items()) for table in TABLES}
    looked_up = {}
    for table, columns in LOOKED_UP.items():
        for column in columns:
            for value in {getattr(record, column) for _, record in tables[table]} - {None} | {"none", ""}:
                found = [record.id for record in document.where(table, column, value)]
                assert document.count(table, column, value) == len(found)
                looked_up[table, column, value] = found
    heights = {board.id: document.heights(board.id) for board in document.boards}
    marked = {table: [one.id for one in document.marked(table)] for table in ("entities", "links")}
    noted = marked, [one.id for one in document.twins()]
    links = FileLinks(document)
    assert [[links.place(one.from_id), links.place(one.to_id)] for one in document.links] == links.ends.T.tolist()
    assert links.n > max(map(links.place, document.table("entities")))
    assert all(links.id(links.place(one.id)) == one.id for one in document.entities)
    for table in TABLES:
        order = [record_id for record_id, _ in tables[table]]
        assert list(document.each_id(table)) == sorted(order, key=document.ages(table, order).__getitem__) == order
    return tables, looked_up, heights, noted, {table: document.size(table) for table in TABLES}


@pytest.mark.parametrize("change", [*PLAIN, *ODD])
def test_both_ways_give_the_same(made: Path, tmp_path: Path, change: str) -> None:
    path = tmp_path / "board.db"
    shutil.copyfile(made, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute((PLAIN | ODD)[change])
        connection.commit()
    document, problems = read(path, 1)
    by_rows, told = read(path, ROWS)
    assert problems == told
    assert all_of(document) == all_of(by_rows)
    held = [table for table in LOOKED_UP if isinstance(document.table(table), KeptRows) or not document.size(table)]
    assert (len(held) == len(LOOKED_UP)) == (change in PLAIN)
    assert not any(isinstance(by_rows.table(table), KeptRows) for table in TABLES)


def test_the_sample_is_the_same_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "sample.db"
    shutil.copyfile(Path(__file__).parents[2] / "sample_board.db", path)
    document, problems = read(path, 1)
    by_rows, told = read(path, ROWS)
    assert problems == told == []
    assert all_of(document) == all_of(by_rows)
    assert same(index.build(document), index.build(by_rows))


values = st.one_of(
    st.text(max_size=4), st.floats(allow_nan=False), st.integers(-(2**63), 2**63 - 1), st.binary(max_size=3),
    st.sampled_from(["{}", "[]", '{"a":[1]}', '["a"]', '{"a":"\\u00e9"}', " {}", "{}x", "nul", "[[" * 50, "9" * 400]),
)  # fmt: skip


@settings(max_examples=30)
@given(st.sampled_from([(table, column) for table in LOOKED_UP for column in COLUMNS[table]]), values)
def test_whatever_stands_in_a_column_both_ways_give_the_same(
    made: Path, tmp_path_factory: pytest.TempPathFactory, where: tuple[str, str], value: object
) -> None:
    path, (table, column) = tmp_path_factory.mktemp("odd") / "board.db", where
    shutil.copyfile(made, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"update or ignore {table} set {column} = ? where rowid % 97 = 3", (value,))
        connection.commit()
    (document, problems), (by_rows, told) = read(path, 1), read(path, ROWS)
    assert problems == told
    assert all_of(document) == all_of(by_rows)


# -- operations ----------------------------------------------------------------------------------------------------


def added(document: Document, at: int) -> list[Swap]:
    entity = document.entities[at % len(document.entities)]
    new = changed(entity, id=f"new {at}", number=f"Y{at}", title="new words")
    card = document.cards[0]
    link = document.links[at % len(document.links)]
    return [
        ("entities", new.id, new),
        ("cards", f"card {at}", changed(card, id=f"card {at}", entity_id=new.id, z=at)),
        ("links", f"link {at}", changed(link, id=f"link {at}", from_id=new.id, to_id=entity.id)),
    ]


def removed(document: Document, at: int) -> list[Swap]:
    entity = document.entities[at % len(document.entities)]
    gone: list[Swap] = [("links", one.id, None) for one in document.links_of(entity.id)]
    gone += [("cards", one.id, None) for one in document.cards_of(entity.id)]
    gone += [("assessments", one.id, None) for one in document.assessments_of(entity.id)]
    return [*gone, ("entities", entity.id, None)]


def edited(document: Document, at: int) -> list[Swap]:
    entity, link = document.entities[at % len(document.entities)], document.links[at % len(document.links)]
    new = changed(entity, type="place", number=f"Z{at}", notes="edited words", marking="secret" if at % 2 else "")
    new = changed(new, props={"twin_of": [link.id]} if at % 3 else {})
    return [("entities", entity.id, new), ("links", link.id, changed(link, to_id=link.from_id, notes="other words"))]


def moved(document: Document, at: int) -> list[Swap]:
    card = document.cards[at % len(document.cards)]
    there = next((one for one in document.cards if one.frame_id), card)
    return [("cards", card.id, changed(card, z=card.z + at, frame_id=there.frame_id if at % 2 else None))]


def taken_back(document: Document, at: int) -> list[Swap]:
    """Take a record out and put it back, which makes it the newest."""
    for table, kind in (("entities", Entity), ("links", Link), ("cards", Card)):
        record = list(document.table(table).values())[at % document.size(table)]
        assert isinstance(record, kind)
        document.apply([(table, record.id, None)])
        document.apply([(table, record.id, record)])
    return []


STEPS: list[Callable[[Document, int], list[Swap]]] = [added, removed, edited, moved, taken_back]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5000), st.booleans()), max_size=8))
def test_after_any_operations_both_are_the_same(
    made: Path, steps: list[tuple[Callable[[Document, int], list[Swap]], int, bool]]
) -> None:
    document, by_rows = read(made, 1)[0], read(made, ROWS)[0]
    before = all_of(document)
    first = document.as_read(TABLES)
    for step, at, beside in steps:
        for one in (document, by_rows):
            swaps = step(one, at)
            if beside:
                one.become(one.following(swaps, Pace(None)))
            else:
                one.apply(swaps)
        assert all_of(document) == all_of(by_rows)
    assert first is not None
    assert all_of(first)[:2] == before[:2]  # type: ignore[index]
    fresh = index.build(by_rows)
    assert same(index.build(document), fresh)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_MANY", 0)
        assert same(index.build(document), fresh)


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(STEPS[:4]), st.integers(0, 5000)), max_size=6))
def test_a_draft_counts_and_orders_what_it_lists(
    made: Path, steps: list[tuple[Callable[[Document, int], list[Swap]], int]]
) -> None:
    document = read(made, 1)[0]
    drafts = Draft(document), Draft(read(made, ROWS)[0])
    for draft in drafts:
        for step, at in steps:
            swaps = step(draft, at)
            draft.touched.update(((table, record_id), None) for table, record_id, _ in swaps)
            draft.apply(swaps)
        for table, columns in LOOKED_UP.items():
            records = draft.table(table)
            for column in columns:
                for value in {getattr(record, column) for record in records.values()} - {None} | {"none"}:
                    assert draft.count(table, column, value) == len(list(draft.where(table, column, value)))
            ages = draft.ages(table, {*records, "none"})
            assert ages.keys() == records.keys()
            read_first = sorted((one for one in records if document.find(table, one)), key=ages.__getitem__)
            assert read_first == [one for one in document.table(table) if one in records]
        twins = {one.id for one in draft.twins()}
        assert twins == {one.id for one in draft.entities if "twin_of" in one.props}
    assert drafts[0].table("cards") == drafts[1].table("cards")


def test_a_record_stays_the_same_object_once_it_was_made(made: Path) -> None:
    document = read(made, 1)[0]
    ids = list(document.each_id("entities"))
    alone = {one: document.find("entities", one) for one in ids[::7]}
    together = {one.id: one for one in document.entities}
    assert all(together[one] is found and document.find("entities", one) is found for one, found in alone.items())
    assert document.find("entities", "none") is None


# -- what is searched ----------------------------------------------------------------------------------------------


def same(one: index.Index, other: index.Index) -> bool:
    """Return whether two indexes answer alike, order and surroundings included."""
    words = ("a", "b", "reason", "한", "국", "é", "1", "C", "S", "words", "edited", "new", "cited", "notice of")
    return one.everyone() == other.everyone() and all(
        one.search(word, 5000) == other.search(word, 5000) for word in words
    )


@pytest.mark.parametrize("change", PLAIN)
def test_an_index_of_columns_is_that_of_records(made: Path, tmp_path: Path, change: str) -> None:
    path = tmp_path / "board.db"
    shutil.copyfile(made, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(PLAIN[change])
        connection.execute("update assessments set reason = 'a reason ' || rowid where rowid % 3 = 0")
        connection.commit()
    assert same(index.build(read(path, 1)[0]), index.build(read(path, ROWS)[0]))


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5000)), max_size=5), st.integers(0, 12))
@example(steps=[(removed, 0)], early=1)
@example(steps=[(removed, 0)], early=2)
@example(steps=[(removed, 0)], early=4)
def test_an_index_forgets_what_was_read_and_has_changed(
    made: Path, steps: list[tuple[Callable[[Document, int], list[Swap]], int]], early: int
) -> None:
    document = read(made, 1)[0]
    slices = index.build_in_slices(document)
    kept = next(slices)
    for _ in range(early):
        next(slices, None)
    for step, at in steps:
        swaps = step(document, at)
        ids = {one.id for one in document.entities}
        document.apply(swaps)
        kept.renew(document, ids | {one.id for one in document.entities})
    for _ in slices:
        pass
    by_rows = Document(record for table in TABLES for record in document.table(table).values())
    assert same(kept, index.build(by_rows))


@pytest.mark.parametrize("name", ["nothing at all", "a far away row", "another order of rowids", "no frames"])
def test_a_board_whose_picture_was_seen_first_reads_the_same_and_holds_its_ids_once(
    name: str, made: Path, tmp_path: Path
) -> None:
    path = tmp_path / "board.db"
    shutil.copy(made, path)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute(PLAIN[name])
        arrival = Arrival(connection, large=1)
        document = Arriving(arrival)
        *_, seen = arrival.geometry(document.boards[0].id)
        while document.take():
            pass
        arrival.end()
    for table, ids in (("links", seen.link_ids), ("cards", seen.card_ids)):
        rows = document.table(table)
        assert isinstance(rows, KeptRows)
        held = {one: one for one in ids}
        assert name == "a far away row" or all(held[one] is one for one in rows.kept.ids)
    assert all_of(document) == all_of(read(path, ROWS)[0])
