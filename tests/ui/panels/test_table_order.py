"""The order of the rows: sorted bit by bit, kept sorted by every change, empty ones last both ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.ui.panels.table_order import Key, Order, ordered

VALUES = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.one_of(st.none(), st.integers(0, 4)))


def keyed(values: dict[str, int | None]) -> dict[str, tuple[bool, Key]]:
    return {name: (value is None, (name,) if value is None else (value, name)) for name, value in values.items()}


def made(values: dict[str, int | None], *, down: bool) -> Order:
    *_, order = ordered(keyed(values), down=down)
    assert order is not None
    return order


def expected(values: dict[str, int | None], *, down: bool) -> list[str]:
    full = sorted((value, name) for name, value in values.items() if value is not None)
    empty = sorted(name for name, value in values.items() if value is None)
    return [name for _, name in (reversed(full) if down else full)] + empty


@given(VALUES, st.booleans())
def test_rows_stand_by_their_values_and_each_knows_its_place(values: dict[str, int | None], down: bool) -> None:
    order = made(values, down=down)
    assert [order.id_at(row) for row in range(len(order))] == expected(values, down=down)
    assert all(order.id_at(order.row_of(name)) == name for name in values)
    assert order.row_of("nobody") == -1


@given(VALUES, VALUES, st.booleans())
def test_a_row_that_is_put_in_or_taken_out_leaves_the_others_sorted(
    values: dict[str, int | None], changes: dict[str, int | None], down: bool
) -> None:
    order, now = made(values, down=down), dict(values)
    for name, (empty, key) in keyed(changes).items():
        if name in now:
            order.take(name)
            del now[name]
        there = order.row_for(empty, key)
        order.put(name, empty, key)
        now[name] = changes[name]
        assert order.row_of(name) == there
    assert [order.id_at(row) for row in range(len(order))] == expected(now, down=down)


def test_many_rows_are_sorted_and_compared_in_small_steps() -> None:
    values: dict[str, int | None] = {str(n): n * 7919 % 5000 for n in range(5000)}
    assert sum(step is None for step in ordered(keyed(values), down=False)) > 30
    order, again, other = (made(values, down=down) for down in (False, False, True))
    assert _answer(order.same_as(again)) and not _answer(order.same_as(other))


def _answer(steps: object) -> bool:
    try:
        while True:
            next(steps)  # type: ignore[call-overload]
    except StopIteration as end:
        return bool(end.value)
