"""Changes: applied and taken back they leave what was there; labels and hashes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.errors import InvalidValueError, StaleChangeError
from evidenceboard.model.changes import (
    Change,
    Operation,
    canonical,
    canonical_parts,
    check_move,
    inverted,
    label,
    ordered,
)
from evidenceboard.model.copied import changed
from evidenceboard.model.document import Document
from evidenceboard.model.packing import sealed
from evidenceboard.model.records import TABLES, Board, Card, Entity, Link, Record, as_row, on_grid
from evidenceboard.model.seam import SeededSeam
from evidenceboard.model.transaction import Transaction

places = st.floats(-1e6, 1e6).map(on_grid)


def small() -> Document:
    cards = [Card(f"k{n}", "b", f"e{n}", n * 100.0, n * 50.0, 200, 90) for n in range(4)]
    entities = [Entity(f"e{n}", "claim", f"C{n}", f"주장 {n}") for n in range(4)]
    return Document([Board("b", "Main"), *entities, *cards, Link("l", "supports", "e0", "e1")])


def tables(document: Document) -> dict[str, dict[str, Record]]:
    return {table: dict(document.table(table)) for table in TABLES}


steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 3), places, places),
        st.tuples(st.just("move all"), st.just(0), places, places),
        st.tuples(st.just("title"), st.integers(0, 3), st.text("aж한 "), st.none()),
        st.tuples(st.just("add"), st.integers(4, 6), st.text("aж한 "), st.none()),
        st.tuples(st.just("remove"), st.integers(0, 6), st.none(), st.none()),
    ),
    max_size=8,
)


def run(tx: Transaction, step: tuple[str, int, Any, Any]) -> None:
    what, which, first, second = step
    document = tx.document
    if what == "move all":
        for card in document.cards:
            tx.change(card, x=on_grid(card.x / 4 + first), y=on_grid(card.y / 4 + second))
    elif what == "add":
        if not document.find("entities", f"e{which}"):
            tx.make(Entity, id=f"e{which}", type="claim", number=f"C{which}", title=first)
    elif what == "remove":
        for table, key in (("entities", f"e{which}"), ("cards", f"k{which}")):
            record = document.find(table, key)
            if record:
                tx.remove(record)
    elif what == "move" and (card := document.find("cards", f"k{which}")):
        tx.change(card, x=first, y=second)
    elif what == "title" and (entity := document.find("entities", f"e{which}")):
        tx.change(entity, title=first)


@given(st.lists(steps, max_size=4))
def test_changes_taken_back_leave_what_was_there(gestures: list[Any]) -> None:
    document = small()
    start, taken = tables(document), []
    for gesture in gestures:
        tx = Transaction(document, SeededSeam("s"), "ann", {})
        for step in gesture:
            run(tx, step)
        expected = tables(tx.document)
        changes = tx.changes()
        read_back = [Change(c.table, c.record_id, *json.loads(canonical([c.before, c.after]))) for c in changes]
        document.apply(document.resolve(read_back))
        assert tables(document) == expected
        taken.append(changes)
    for changes in reversed(taken):
        document.apply(document.resolve(inverted(changes)))
    assert tables(document) == start


@given(places, places)
def test_inverting_twice_is_the_change_itself(dx: float, dy: float) -> None:
    shift = Change("cards", None, None, {"ids": ["k0", "k1"], "dx": dx, "dy": dy})
    edit = Change("entities", "e0", {"title": "a"}, {"title": "b"})
    assert shift.inverted().inverted() == shift
    assert inverted(inverted([shift, edit])) == (shift, edit)


def test_a_uniform_move_is_one_row_and_different_moves_are_not() -> None:
    document = small()
    tx = Transaction(document, SeededSeam("s"), "ann", {})
    for card in document.cards[:3]:
        tx.change(card, x=card.x + 5, y=card.y - 5)
    tx.change(document.cards[3], x=7.0)
    shift, single = sorted(tx.changes(), key=lambda change: change.is_shift, reverse=True)
    assert shift.after == {"ids": ["k0", "k1", "k2"], "dx": 5.0, "dy": -5.0}
    assert (single.record_id, single.before, single.after) == ("k3", {"x": 300.0}, {"x": 7.0})


def test_many_different_moves_are_one_row_with_a_distance_each_and_come_back_exactly() -> None:
    cards = [Card(f"k{n}", "b", "e", n * 100.0, n / 8, 200, 90) for n in range(120)]
    document = Document([Board("b", "Main"), Entity("e", "claim", "C1", "a"), *cards])
    start = tables(document)
    tx = Transaction(document, SeededSeam("s"), "ann", {})
    for n, card in enumerate(cards[:-1]):
        tx.change(card, x=n * n / 8 - 1e9 / (n + 1), y=-card.y)
    (change,) = tx.changes()
    assert change.is_shift and change.after is not None
    assert [len(change.after[key]) for key in ("ids", "dx", "dy")] == [119, 119, 119]
    expected = tables(tx.document)
    read_back = Change(change.table, None, *json.loads(canonical([change.before, change.after])))
    document.apply(document.resolve([read_back]))
    assert tables(document) == expected
    document.apply(document.resolve(inverted([read_back])))
    assert tables(document) == start
    assert change.inverted().inverted() == change


@pytest.mark.parametrize(
    "after",
    [
        None,
        [],
        {"ids": ["k0"]},
        {"ids": "k0", "dx": 1.0, "dy": 1.0},
        {"ids": [7], "dx": 1.0, "dy": 1.0},
        {"ids": ["k0"], "dx": "far", "dy": 1.0},
        {"ids": ["k0"], "dx": [1.0, 2.0], "dy": 1.0},
        {"ids": ["k0"], "dx": [1.0], "dy": [True]},
    ],
)
def test_a_move_that_is_none_is_told_apart(after: object) -> None:
    with pytest.raises(ValueError, match="a move"):
        check_move(after)
    check_move({"ids": ["k0"], "dx": [1.0], "dy": 2})


def test_a_change_that_finds_another_state_is_stale_and_changes_nothing() -> None:
    document = small()
    before = tables(document)
    good = Change("entities", "e0", {"title": "주장 0"}, {"title": "b"})
    entity = as_row(document.entity("e1"))
    for bad in (
        Change("entities", "e1", {"title": "something else"}, {"title": "b"}),
        Change("entities", "e1", None, entity),
        Change("entities", "gone", {"title": "a"}, {"title": "b"}),
        Change("entities", "e1", {**entity, "title": "other"}, None),
        Change("cards", None, None, {"ids": ["k0", "gone"], "dx": 1.0, "dy": 0.0}),
    ):
        with pytest.raises(StaleChangeError, match="nothing was changed"):
            document.resolve([good, bad])
        assert tables(document) == before


def test_a_change_to_a_value_that_cannot_be_is_refused_and_changes_nothing() -> None:
    document = small()
    before = tables(document)
    for bad in (
        Change("cards", "k0", {"x": 0.0}, {"x": 1e12}),
        Change("cards", None, None, {"ids": ["k0"], "dx": 2e9, "dy": 0.0}),
        Change("entities", "e0", {"title": "주장 0"}, {"title": "a\x00"}),
    ):
        with pytest.raises(InvalidValueError, match="Nothing was changed"):
            document.resolve([bad])
    assert tables(document) == before


def test_creations_go_before_what_stands_on_them_and_deletions_after() -> None:
    records: list[Record] = [Card("k", "b", "e", 0, 0, 9, 9), Entity("e", "claim", "C1", "t"), Board("b", "t")]
    names = [("cards", records[0]), ("entities", records[1]), ("boards", records[2])]
    made = ordered([Change(table, record.id, None, as_row(record)) for table, record in names])
    gone = ordered([Change(table, record.id, as_row(record), None) for table, record in reversed(names)])
    assert [change.table for change in made] == ["boards", "entities", "cards"]
    assert [change.table for change in gone] == ["cards", "entities", "boards"]


def test_one_text_stands_for_one_value() -> None:
    assert canonical({"b": 1.0, "a": "드론 é"}) == '{"a":"드론 é","b":1.0}'
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


@pytest.mark.parametrize(
    ("key", "values", "shown"),
    [
        ("Move {n} cards", {"n": 3}, "Move 3 cards"),
        ("Move {n} cards", {}, "Move {n} cards"),
        ("Move {n} cards", {"n": 100_001}, "Move 100,001 cards"),
        ("Move {n} cards", {"n": 1}, "Move 1 card"),
        ("Change {field}", {"field": "1000"}, "Change 1000"),
        ("{n.real} {n!r} {n:>9} {{n}} {", {"n": 3}, "{n.real} {n!r} {n:>9} {3} {"),
        ("", {"n": 3}, ""),
    ],
)
def test_a_label_is_filled_with_whole_names_alone(key: str, values: dict[str, Any], shown: str) -> None:
    assert label(key, values) == shown


def test_a_seal_covers_every_word_of_an_operation() -> None:
    change = Change("entities", "e0", {"title": "a"}, {"title": "b"})
    whole = {
        "id": "o", "label_key": "Write", "label_values": {"n": 1}, "kind": "do", "target": None, "author_id": "ann",
        "session_id": "s", "counter": 1, "at": "now", "group": None, "parents": ("p",), "prev": "p",
        "changes": (change,), "salts": ("salt",),
    }  # fmt: skip
    seal = sealed(Operation(**whole)).hash
    assert sealed(Operation(**whole)).hash == seal
    others = {
        "id": "x", "label_key": "x", "label_values": {}, "kind": "undo", "target": "x", "author_id": "x",
        "session_id": "x", "counter": 2, "at": "x", "group": "x", "parents": (), "prev": None,
        "changes": (change.inverted(),), "salts": ("x",),
    }  # fmt: skip
    seals = {sealed(Operation(**{**whole, name: value})).hash for name, value in others.items()}
    assert len(seals | {seal}) == len(others) + 1


def test_a_record_that_did_not_change_makes_no_change() -> None:
    document = small()
    tx = Transaction(document, SeededSeam("s"), "ann", {})
    card = document.cards[0]
    tx.change(card, x=5.0)
    tx.change(tx.document.cards_on("b")[-1], x=0.0)
    made = tx.make(Board, title="b")
    tx.remove(made)
    tx.remove(card)
    tx.put(changed(card, x=card.x))
    assert tx.changes() == ()


def test_two_changes_of_one_record_are_taken_back_last_first() -> None:
    document = small()
    before = tables(document)
    twice = [
        Change("entities", "e0", {"title": "주장 0"}, {"title": "a"}),
        Change("entities", "e0", {"title": "a"}, {"title": "b"}),
    ]
    document.apply(document.resolve(twice))
    assert document.entity("e0").title == "b"
    document.apply(document.resolve(inverted(twice)))
    assert tables(document) == before


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text('aж한"\\ '),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab한"), inner, max_size=4),
)


@given(values, st.integers(0, 5000))
def test_canonical_text_is_the_same_piece_by_piece(value: Any, count: int) -> None:
    for one in (value, {"ids": [value] * count, "dx": value, "each": {"x": [0.125] * count}}):
        assert "".join(canonical_parts(one)) == canonical(one)


def test_a_move_of_very_many_has_the_hash_of_its_canonical_text() -> None:
    after = {"ids": [f"card {n}" for n in range(5000)], "dx": [n / 8 for n in range(5000)], "dy": 40.0}
    said = "salt" + canonical(["cards", None, None, after])
    assert Change("cards", None, None, after).commitment("salt") == hashlib.sha256(said.encode()).hexdigest()
