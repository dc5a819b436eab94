"""What undo and redo would do next, read from a log."""

from __future__ import annotations

from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.undo import UndoStacks


def operation(id: str, kind: str = "do", target: str | None = None, group: str | None = None) -> Operation:
    change = Change("settings", "title", {"value": 1}, {"value": 2})
    return Operation(id, id, {}, kind, target, "ann", "s", 1, "", group, (), None, (change,), ("salt",), "hash")


def after(*log: Operation) -> tuple[list[str], list[str]]:
    """Return the ids of what undo would take back and redo would do again, after a log."""
    stacks = UndoStacks()
    for one in log:
        stacks.note(one)
    undo, redo = stacks.next_undo() or [], stacks.next_redo() or []
    assert all(one.changes == () for one in undo + redo)
    return [one.id for one in undo], [one.id for one in redo]


def test_undo_takes_the_last_thing_and_redo_the_last_undone() -> None:
    a, b = operation("a"), operation("b")
    assert after() == ([], [])
    assert after(a, b) == (["b"], [])
    assert after(a, b, operation("u", "undo", "b")) == (["a"], ["b"])
    assert after(a, b, operation("u", "undo", "b"), operation("v", "undo", "a")) == ([], ["a"])
    assert after(a, b, operation("u", "undo", "b"), operation("r", "redo", "b")) == (["b"], [])


def test_a_new_thing_ends_redo() -> None:
    assert after(operation("a"), operation("u", "undo", "a"), operation("b")) == (["b"], [])


def test_a_group_goes_together_while_nothing_comes_between() -> None:
    a, b, c = (operation(name, group="g") for name in "abc")
    assert after(a, b, c) == (["a", "b", "c"], [])
    assert after(a, b, operation("x"), c) == (["c"], [])
    assert after(a, b, operation("u", "undo", "a")) == ([], ["a", "b"])
    assert after(a, b, operation("u", "undo", "a"), operation("r", "redo", "a")) == (["a", "b"], [])
    assert after(a, operation("n")) == (["n"], [])


def test_undo_stops_where_a_file_was_made_upgraded_or_redacted() -> None:
    for kind in ("create", "migration", "redact"):
        assert after(operation("a"), operation("x", kind)) == ([], [])
        assert after(operation("a"), operation("u", "undo", "a"), operation("x", kind)) == ([], [])
        assert after(operation("x", kind), operation("b")) == (["b"], [])


def test_imports_and_merges_can_be_undone() -> None:
    assert after(operation("i", "import")) == (["i"], [])
    assert after(operation("m", "merge")) == (["m"], [])


def test_a_log_that_undoes_something_else_offers_nothing() -> None:
    assert after(operation("a"), operation("b"), operation("u", "undo", "a")) == ([], [])
    assert after(operation("r", "redo", "nothing")) == ([], [])
