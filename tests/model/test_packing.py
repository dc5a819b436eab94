"""Many changes as one row of the log: exactly the same come back, and each can be proved by itself."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.changes import Change, canonical
from evidenceboard.model.packing import LONGEST, MOST, commitment, is_packed, packed, spans, unpacked

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from([0.0, -0.0, 1.0, 2.5]), st.text("aж한 ")
)
values = st.one_of(scalars, st.lists(scalars, max_size=2), st.dictionaries(st.sampled_from("xy"), scalars, max_size=2))
names = st.lists(st.sampled_from(["title", "notes", "props", "x", "z"]), unique=True, max_size=4)


@st.composite
def alike(draw: st.DrawFn) -> list[Change]:
    """Return changes of one kind."""
    columns = draw(names)
    kind = draw(st.sampled_from(["made", "gone", "edit"]))
    ids = [f"r{n}" for n in range(draw(st.integers(2, 6)))]

    def row(record_id: str) -> dict[str, Any]:
        held = {name: draw(values) for name in columns}
        return held if kind == "edit" else {"id": record_id, **held}

    return [
        Change("entities", one, None if kind == "made" else row(one), None if kind == "gone" else row(one))
        for one in ids
    ]


@given(alike())
def test_what_a_row_takes_in_comes_back_to_the_letter(changes: list[Change]) -> None:
    before, after = packed(changes)
    assert is_packed(before, after)
    read = json.loads(canonical([before, after]))
    found = unpacked("entities", *read)
    assert [canonical([c.record_id, c.before, c.after]) for c in found] == [
        canonical([c.record_id, c.before, c.after]) for c in changes
    ]
    assert commitment(found, "salt") == commitment(changes, "salt")
    assert commitment(found, "salt") != commitment(found, "other")


@given(alike())
def test_one_record_can_be_taken_out_of_a_row_and_the_others_still_be_proved(changes: list[Change]) -> None:
    salts = {one.record_id: hashlib.sha256(f"salt{one.record_id}".encode()).hexdigest() for one in changes}
    taken = changes[0].commitment(salts[changes[0].record_id])
    del salts[changes[0].record_id]
    each = [taken, *(one.commitment(salts[one.record_id]) for one in changes[1:])]
    assert hashlib.sha256(canonical(each).encode()).hexdigest() == commitment(changes, "salt")


def test_what_is_the_same_in_all_stands_in_a_row_once() -> None:
    made = [Change("cards", f"k{n}", None, {"id": f"k{n}", "board_id": "b", "x": n / 8}) for n in range(3)]
    assert packed(made) == (
        None,
        {"each": {"x": [0.0, 0.125, 0.25]}, "ids": ["k0", "k1", "k2"], "same": {"board_id": "b"}},
    )
    gone = [change.inverted() for change in made]
    assert packed(gone) == packed(made)[::-1]


def test_only_many_changes_of_one_kind_that_follow_each_other_share_a_row() -> None:
    def titled(count: int) -> list[Change]:
        return [Change("entities", f"e{n}", {"title": "a"}, {"title": "b"}) for n in range(count)]

    def made(count: int) -> list[Change]:
        return [Change("cards", f"k{n}", None, {"id": f"k{n}", "x": 0.0}) for n in range(count)]

    move = Change("cards", None, None, {"ids": ["k0", "k1"], "dx": 1.0, "dy": 1.0})
    assert spans([]) == ()
    assert spans(titled(3)) == (1, 1, 1)
    assert spans([*titled(60), move, *made(70)]) == (60, 1, 70)
    assert spans(made(MOST * 2 + 1)) == (MOST, MOST, 1)
    assert spans([Change("entities", "e", {"title": "a"}, {"notes": "b"})] * 60) == (1,) * 60
    assert spans([Change("entities", "e", None, {"id": "another"})] * 60) == (1,) * 60


def test_a_row_holds_little_text_however_long_the_texts_are() -> None:
    long = [Change("entities", f"e{n}", None, {"id": f"e{n}", "title": "주" * 100_000}) for n in range(60)]
    assert sum(spans(long)) == 60
    assert max(spans(long)) <= LONGEST // 100_000


SOUND = {"each": {"x": [1.0, 2.0]}, "ids": ["a", "b"], "same": {}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, {**SOUND, "ids": ["a"]}),
        (None, {**SOUND, "ids": ["a", 7]}),
        (None, {**SOUND, "ids": "ab"}),
        (None, {**SOUND, "each": {"x": [1.0]}}),
        (None, {**SOUND, "each": {"x": 1.0}}),
        (None, {**SOUND, "each": []}),
        (None, {**SOUND, "same": None}),
        (None, {**SOUND, "same": {"id": "c"}}),
        (None, {**SOUND, "more": 1}),
        (None, {"each": {}}),
        (SOUND, SOUND),
        ("text", SOUND),
        ({"each": {"x": [1.0]}, "same": {}}, SOUND),
    ],
)
def test_a_row_that_is_none_is_told_apart(before: Any, after: Any) -> None:
    with pytest.raises(ValueError, match="row of several"):
        unpacked("cards", before, after)
    assert len(unpacked("cards", None, SOUND)) == 2
