"""Letting go of much: everything goes, in the end, and nothing that others hold with it."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from evidenceboard.model.giving_back import FEW, NEVER, empty, let_go


class Thing:
    """Something of which one can tell whether it is still there."""


@pytest.mark.parametrize("many", [3, FEW + 1200])
def test_what_nobody_asks_any_more_goes(many: int) -> None:
    things = [Thing() for _ in range(many)]
    there = weakref.WeakSet(things)
    held, more = dict(enumerate(things)), list(things)
    kept = things[:2]
    things.clear()
    let_go(held, more)
    del held, more
    for thread in threading.enumerate():
        if thread.name == "letting go":
            thread.join()
    assert set(there) == set(kept)


def test_everything_that_is_given_is_emptied() -> None:
    one, other, third = {n: n for n in range(1200)}, list(range(700)), set(range(900))
    empty([one, other, third, [], {}])
    assert one == {} and other == [] and third == set()


def test_what_comes_while_much_goes_makes_no_later_look_for_garbage_long() -> None:
    before = gc.get_threshold()
    came = [[] for _ in range(50)]
    gc.set_threshold(4000, 3, NEVER)
    try:
        empty([list(range(600))])
        assert not any(one is came[0] for one in gc.get_objects())
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
