"""Work at random as users do: after each step memory, disk and indexes say the same, and all of it can be undone."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.link_types import fitting
from evidenceboard.model.packing import sealed
from evidenceboard.model.records import TABLES, Record
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import TYPES
from evidenceboard.store.examiner import in_this_process
from evidenceboard.store.scrutiny import STAGES

texts = st.text("abc한국어дрон ü-“”\n😀", max_size=30)
places = st.floats(-5000, 5000)
sizes = st.floats(1, 2000)
choice = st.integers(0, 10**6)
JUDGED = {
    "source": {"reliability": ("A", "B", "F", "")},
    "claim": {"likelihood": ("likely", "unlikely", ""), "confidence": ("low", "high", ""), "weight": ("high", "")},
    "scenario": {"likelihood": ("very likely", "")},
}
OWN_TEXT = {"actor": "role", "claim": "where", "source": "author", "scenario": "statement"}
Tables = dict[str, dict[str, Record]]


def tables(document: Document) -> Tables:
    return {table: dict(document.table(table)) for table in TABLES}


def references(document: Document) -> Iterable[tuple[str, str]]:
    """Yield every reference of a record as (table, id)."""
    for frame in document.frames:
        yield "boards", frame.board_id
    for card in document.cards:
        yield "boards", card.board_id
        yield "entities", card.entity_id
        if card.frame_id is not None:
            yield "frames", card.frame_id
    for link in document.links:
        yield "entities", link.from_id
        yield "entities", link.to_id


class AnalystAtWork(RuleBasedStateMachine):
    """One board file, worked on through the public calls only."""

    @initialize()
    def make(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.session = Session.create(self.folder / "board.db", title="무작위")
        self.made = tables(self.session.document)
        self.copies = 0
        self.index: Any = None
        self.leave: Callable[[], None] = lambda: None
        self.follow()

    def follow(self) -> None:
        """Keep a search index by operations, as the window does."""
        if importlib.util.find_spec("evidenceboard.store.index"):
            from evidenceboard.store import index

            self.index = index.build(self.session.document)
            self.leave = self.session.subscribe(self.told)

    def told(self, operation: Operation) -> None:
        self.index.update(operation, self.session.document)

    def do(self, work: Callable[[Transaction], Any], group: str | None = None) -> None:
        """Run a command; what it refuses must leave everything as it was."""
        before, count = tables(self.session.document), self.session.operation_count()
        try:
            with self.session.transaction("Work", group=group) as tx:
                work(tx)
        except InvalidValueError:
            assert tables(self.session.document) == before
            assert self.session.operation_count() == count

    def pick(self, table: str, number: int) -> Any:
        """Return some record of a table, or None."""
        found = list(self.session.document.table(table).values())
        return found[number % len(found)] if found else None

    # -- what an analyst does ----------------------------------------------------------------------------------

    @rule(kind=st.sampled_from(TYPES), title=texts, where=places, number=choice, notes=texts)
    def add(self, kind: Any, title: str, where: float, number: int, notes: str) -> None:
        board = self.pick("boards", number)

        def work(tx: Transaction) -> None:
            made = commands.add_entity(tx, kind.id, title=title, notes=notes)
            commands.place(tx, board.id, made.id, x=where, y=-where)

        self.do(work)

    @rule(one=choice, other=choice, which=choice)
    def tie(self, one: int, other: int, which: int) -> None:
        start, end = self.pick("entities", one), self.pick("entities", other)
        if start and end:
            kinds = fitting(start.type, end.type)
            kind, turned = kinds[which % len(kinds)]
            ends = (end.id, start.id) if turned else (start.id, end.id)
            self.do(lambda tx: commands.link(tx, kind.id, *ends))

    @rule(one=choice, other=choice, which=choice, start=st.booleans())
    def hang_elsewhere(self, one: int, other: int, which: int, start: bool) -> None:
        link, end = self.pick("links", one), self.pick("entities", other)
        if link:
            self.do(lambda tx: commands.rehang(tx, link.id, **{"from_id" if start else "to_id": end.id}))

    @rule(one=choice, board=choice, x=places, y=places)
    def place(self, one: int, board: int, x: float, y: float) -> None:
        entity, on = self.pick("entities", one), self.pick("boards", board)
        if entity:
            self.do(lambda tx: commands.place(tx, on.id, entity.id, x=x, y=y))

    @rule(some=st.lists(choice, min_size=1, max_size=6), dx=places, dy=places, group=st.sampled_from([None, "g"]))
    def move(self, some: list[int], dx: float, dy: float, group: str | None) -> None:
        ids = [card.id for card in (self.pick("cards", one) for one in some) if card]
        self.do(lambda tx: commands.move_cards(tx, ids, dx, dy), group)

    @rule(one=choice, x=places, w=sizes, h=st.none() | sizes)
    def resize(self, one: int, x: float, w: float, h: float | None) -> None:
        if card := self.pick("cards", one):
            self.do(lambda tx: commands.resize_card(tx, card.id, x=x, y=x, w=w, h=h))

    @rule(
        some=st.lists(choice, min_size=2, max_size=5), how=st.sampled_from(["left", "middle", "x", "y", "up", "down"])
    )
    def arrange(self, some: list[int], how: str) -> None:
        cards = [card for card in (self.pick("cards", one) for one in some) if card]
        ids = [card.id for card in cards if card.board_id == cards[0].board_id]
        if how in ("left", "middle"):
            self.do(lambda tx: commands.align(tx, ids, how))
        elif how in ("x", "y"):
            self.do(lambda tx: commands.distribute(tx, ids, how))
        else:
            self.do(lambda tx: (commands.raise_ if how == "up" else commands.lower)(tx, ids))

    @rule(one=choice, title=texts, some=st.lists(choice, max_size=4), x=places, w=sizes)
    def frame(self, one: int, title: str, some: list[int], x: float, w: float) -> None:
        board = self.pick("boards", one)
        cards = [card.id for card in (self.pick("cards", n) for n in some) if card and card.board_id == board.id]
        self.do(lambda tx: commands.add_frame(tx, board.id, title=title, x=x, y=x, w=w, h=w, cards=cards))

    @rule(one=choice, dx=places, some=st.lists(choice, max_size=3), fold=st.booleans())
    def move_frame(self, one: int, dx: float, some: list[int], fold: bool) -> None:
        if frame := self.pick("frames", one):
            also = [card.id for card in (self.pick("cards", n) for n in some) if card]

            def work(tx: Transaction) -> None:
                commands.move_frames(tx, [frame.id], dx, dx, also=also)
                commands.collapse_frame(tx, frame.id, fold)

            self.do(work)

    @rule(one=choice, title=texts, text=texts, tags=st.lists(texts, max_size=2), group=st.sampled_from([None, "g"]))
    def write(self, one: int, title: str, text: str, tags: list[str], group: str | None) -> None:
        if entity := self.pick("entities", one):
            more = {OWN_TEXT[entity.type]: text} if entity.type in OWN_TEXT else {"notes": text}
            self.do(lambda tx: commands.set_fields(tx, entity.id, title=title, tags=tags, **more), group)

    @rule(one=choice, which=choice, value=choice, reason=texts)
    def judge(self, one: int, which: int, value: int, reason: str) -> None:
        entity = self.pick("entities", one)
        if entity and entity.type in JUDGED:
            field, values = list(JUDGED[entity.type].items())[which % len(JUDGED[entity.type])]
            self.do(
                lambda tx: commands.set_fields(tx, entity.id, **{field: values[value % len(values)]}, reason=reason)
            )

    @rule(one=choice, note=texts, value=st.sampled_from(["C", "II", ""]))
    def write_on_a_link(self, one: int, note: str, value: str) -> None:
        if link := self.pick("links", one):
            more = {"consistency": value} if link.type == "bears on" else {}
            self.do(lambda tx: commands.set_link(tx, link.id, notes=note, **more))

    @rule(one=choice, data=st.binary(max_size=40))
    def keep_a_file(self, one: int, data: bytes) -> None:
        if entity := self.pick("entities", one):
            self.do(lambda tx: commands.attach(tx, entity.id, "증거.bin", data))
            assert data in [self.session.attachment(a.sha256) for a in self.session.document.attachments_of(entity.id)]

    @rule(
        table=st.sampled_from(["entities", "links", "frames", "cards"]), some=st.lists(choice, min_size=1, max_size=3)
    )
    def remove(self, table: str, some: list[int]) -> None:
        ids = [record.id for record in (self.pick(table, one) for one in some) if record]
        self.do(lambda tx: commands.remove(tx, ids))

    @rule(one=choice, title=texts, gone=st.booleans())
    def change_boards(self, one: int, title: str, gone: bool) -> None:
        board = self.pick("boards", one)
        if gone:
            self.do(lambda tx: commands.remove_board(tx, board.id))
        else:
            self.do(lambda tx: commands.rename_board(tx, commands.add_board(tx, title).id, title + "!"))

    @rule(title=texts)
    def name_the_file(self, title: str) -> None:
        self.do(lambda tx: commands.set_file(tx, title=title, marking="amber"))

    @rule()
    def undo(self) -> None:
        label = self.session.undo_label()
        assert (self.session.undo() is not None) == bool(label)

    @rule()
    def redo(self) -> None:
        label = self.session.redo_label()
        assert (self.session.redo() is not None) == bool(label)

    @rule()
    def an_error_in_the_middle(self) -> None:
        before = tables(self.session.document)
        try:
            with self.session.transaction("Never") as tx:
                commands.remove(tx, [entity.id for entity in tx.document.entities])
                raise KeyError
        except KeyError:
            assert tables(self.session.document) == before

    @rule()
    def close_and_open(self) -> None:
        labels = (self.session.undo_label(), self.session.redo_label())
        self.leave()
        self.session.close()
        self.session = Session.open(self.folder / "board.db")
        self.follow()
        assert (self.session.undo_label(), self.session.redo_label()) == labels

    @precondition(lambda self: self.copies < 3)
    @rule(go_on=st.booleans())
    def save_a_copy(self, go_on: bool) -> None:
        self.copies += 1
        copy = self.folder / f"copy{self.copies}.db"
        self.session.save_copy(copy)
        with Session.open(copy) as other:
            assert tables(other.document) == tables(self.session.document)
            labels = (other.undo_label(), other.redo_label())
            assert labels == (self.session.undo_label(), self.session.redo_label())
            if go_on:
                other.undo()
                assert other.problems == []

    # -- what must hold after every step -----------------------------------------------------------------------

    @invariant()
    def memory_is_disk(self) -> None:
        with Session.open(self.session.path, read_only=True) as other:
            assert other.problems == []
            on_disk = tables(other.document)
        assert on_disk == tables(self.session.document)
        assert {table: list(rows) for table, rows in on_disk.items()} == {
            table: list(self.session.document.table(table)) for table in TABLES
        }

    @invariant()
    def indexes_are_those_of_a_fresh_document(self) -> None:
        document = self.session.document
        fresh = Document([record for table in TABLES for record in document.table(table).values()])
        for entity in document.entities:
            for ask in ("cards_of", "links_from", "links_into", "links_of", "attachments_of", "assessments_of"):
                here = {record.id for record in getattr(document, ask)(entity.id)}
                assert here == {record.id for record in getattr(fresh, ask)(entity.id)}
            assert document.entity(entity.number) is document.entity(entity.id) is entity
        for board in document.boards:
            assert {card.id for card in document.cards_on(board.id)} == {card.id for card in fresh.cards_on(board.id)}
            assert {frame.id for frame in document.frames_on(board.id)} == {one.id for one in fresh.frames_on(board.id)}
        for frame in document.frames:
            assert {card.id for card in document.cards_in(frame.id)} == {card.id for card in fresh.cards_in(frame.id)}
        for kind in TYPES:
            here = {record.id for record in document.where("entities", "type", kind.id)}
            assert here == {record.id for record in fresh.where("entities", "type", kind.id)}

    @invariant()
    def every_reference_leads_somewhere(self) -> None:
        document = self.session.document
        assert all(document.find(table, key) for table, key in references(document))
        assert document.boards
        judged = {*document.table("entities"), *document.table("links")}
        assert {one.subject_id for one in document.table("assessments").values()} <= judged  # type: ignore[union-attr]
        places = [(card.board_id, card.entity_id) for card in document.cards]
        assert len(places) == len(set(places))
        frames = {frame.id: frame.board_id for frame in document.frames}
        assert all(frames[card.frame_id] == card.board_id for card in document.cards if card.frame_id)

    @invariant()
    def the_search_index_is_that_of_a_fresh_one(self) -> None:
        if self.index is None:
            return
        from evidenceboard.store import index

        fresh = index.build(self.session.document)
        for word in ("a", "한", "др", "abc", "무"):
            here, there = self.index.search(word, 500), fresh.search(word, 500)
            assert sorted(map(repr, here)) == sorted(map(repr, there))

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        try:
            end = tables(self.session.document)
            while self.session.redo():
                end = tables(self.session.document)
            steps = 0
            while self.session.undo():
                steps += 1
            assert tables(self.session.document) == self.made
            for _ in range(steps):
                assert self.session.redo()
            assert tables(self.session.document) == end
            assert self.session.redo() is None
            self.memory_is_disk()
            assert in_this_process(self.session.path, ("pages", *STAGES)) == []
            for header, _ in self.session.history(1000):
                operation = self.session.operation(header.id)
                assert sealed(operation).hash == header.hash
        finally:
            self.session.close()
            shutil.rmtree(self.folder)


TestAnalystAtWork = AnalystAtWork.TestCase
TestAnalystAtWork.settings = settings(max_examples=25, stateful_step_count=30)
