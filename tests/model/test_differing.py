"""Many edits that give a few values are made together, and come to what each alone comes to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.errors import InvalidValueError, StaleChangeError
from evidenceboard.model.changes import Change
from evidenceboard.model.copied import changed
from evidenceboard.model.differing import difference, resolved
from evidenceboard.model.records import Card, Record

CARDS = {
    f"{n:032x}": Card(id=f"{n:032x}", board_id="b", entity_id="e", x=n * 8.0, y=0.0, w=230.0, h=90.0) for n in range(60)
}


def find(table: str, record_id: str) -> Record | None:
    return CARDS.get(record_id)


def edits(frames: list[str | None], far: list[int]) -> list[Change]:
    """Return the edits that give each card a frame and a place."""
    made = (
        difference(card, changed(card, frame_id=frame, x=card.x + dx), "cards")
        for card, frame, dx in zip(CARDS.values(), frames, far, strict=True)
    )
    return [one for one in made if one is not None]


@given(
    st.lists(st.sampled_from(["f", "g", None]), min_size=60, max_size=60),
    st.lists(st.integers(-3, 3), min_size=60, max_size=60),
)
def test_edits_made_together_come_to_what_each_alone_comes_to(frames: list[str | None], far: list[int]) -> None:
    # Those that change the same columns stand together, as in the log.
    found = sorted(edits(frames, far), key=lambda one: tuple(one.after or ()))
    alone = [made for change in found for made in resolved(find, [change])]
    assert resolved(find, found) == alone


def test_one_that_is_not_as_it_was_refuses_all() -> None:
    found = edits(["f"] * 60, [1] * 60)
    late = replace(found[40], before={**(found[40].before or {}), "frame_id": "elsewhere"})
    with pytest.raises(StaleChangeError):
        resolved(find, [*found[:40], late, *found[41:]])
    gone = replace(found[40], record_id="gone")
    with pytest.raises(StaleChangeError):
        resolved(find, [*found[:40], gone, *found[41:]])


def test_one_value_that_a_column_does_not_take_refuses_all() -> None:
    found = edits(["f"] * 60, [0] * 60)
    wrong = replace(found[40], after={"frame_id": 7})
    with pytest.raises(InvalidValueError, match="frame_id"):
        resolved(find, [*found[:40], wrong, *found[41:]])


def test_a_record_that_is_edited_twice_takes_the_second_edit_after_the_first() -> None:
    first = edits(["f"] * 60, [0] * 60)
    second = [replace(one, before={"frame_id": "f"}, after={"frame_id": "g"}) for one in first]
    assert {record.frame_id for _, _, record in resolved(find, [*first, *second]) if isinstance(record, Card)} == {"g"}
