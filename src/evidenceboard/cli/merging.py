"""Verbs about two copies of a board: diff, merge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from evidenceboard.cli.answers import answer, as_json, plain, several
from evidenceboard.cli.opened import opened

if TYPE_CHECKING:
    from evidenceboard.merge.comparing import Difference
    from evidenceboard.merge.taking_in import Merged
    from evidenceboard.session import Session

_SHOWN: Final = 40
"""Lines of one kind that are printed in words."""


@click.command()
@click.argument("a")
@click.argument("b")
@as_json
def diff(a: str, b: str, as_json: bool) -> None:
    """Say what is different in B: added there, removed there, changed field by field, only moved.

    \b
    Example: evidenceboard diff board.db board_of_olena.db
    """
    from evidenceboard.merge.comparing import compare

    with opened(a, read_only=True) as one, opened(b, read_only=True) as other:
        found = compare(one.document, other.document)
    told: dict[str, Any] = {
        "added": [_item(one) for one in found.added],
        "removed": [_item(one) for one in found.removed],
        "changed": [
            {"number": one.number, "field": one.field, "mine": one.mine, "theirs": one.theirs, "id": one.id}
            for one in found.changed
        ],
        "moved": [_item(one) for one in found.moved],
    }
    answer(told, as_json, lambda: _differences(found))


def _item(one: Any) -> dict[str, str]:
    return {"number": one.number, "what": one.what, "id": one.id}


def _differences(found: Difference) -> list[str]:
    if found.is_empty:
        return ["The two say the same."]
    lines: list[str] = []
    for word, items in (("Added", found.added), ("Removed", found.removed)):
        lines += _cut([f"{word}: {plain(one.what)} {plain(one.number)}".rstrip() for one in items])
    lines += _cut(
        [
            f"Changed: {plain(one.number)} {plain(one.field)}: {_value(one.mine)} → {_value(one.theirs)}"
            for one in found.changed
        ]
    )
    if found.moved:
        lines.append(f"Only moved: {several(len(found.moved), 'card or frame', 'cards and frames')}.")
    return lines


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"… and {more:,} more; --json has them all."] if more > 0 else [])]


def _value(value: Any) -> str:
    return f"“{plain(value, 60)}”" if value not in (None, "") else "nothing"


@click.command()
@click.argument("mine")
@click.argument("theirs")
@click.option("--out", default="", help="Write the result there as a new file instead; MINE stays as it is.")
@as_json
def merge(mine: str, theirs: str, out: str, as_json: bool) -> None:
    """Take what was done in THEIRS into MINE, as one operation that can be undone.

    Where both changed the same, both values are kept until somebody decides. A name is given to the state before.

    \b
    Example: evidenceboard merge board.db board_of_olena.db
    """
    from evidenceboard.merge import merge_file

    if not out:
        with opened(mine) as session:
            told = _told(session, merge_file(session, Path(theirs)))
    else:
        with opened(mine, read_only=True) as session:
            session.save_copy(out)
        try:
            with opened(out) as copy:
                told = _told(copy, merge_file(copy, Path(theirs)))
        except BaseException:
            Path(out).unlink()  # made a moment ago by this very verb
            raise
        told["out"] = out
    answer(told, as_json, lambda: _merged(told))


def _told(session: Session, done: Merged) -> dict[str, Any]:
    from evidenceboard.merge.sides import questions

    asked = questions(session.document, session.author_id, done.conflicts)
    return {
        "ok": True,
        "taken": done.taken,
        "conflicts": [
            {"number": one.number, "field": one.field, "mine": one.mine, "theirs": one.theirs, "id": one.id}
            for one in asked
        ],
        "open": len(session.document.conflicts),
        "operation": {"id": done.operation.id, "label": done.operation.label} if done.operation else None,
    }


def _merged(told: dict[str, Any]) -> list[str]:
    lines = [f"Took {several(told['taken'], 'operation')}." if told["operation"] else "There was nothing to take."]
    lines += _cut(
        [
            f"To decide: {plain(one['number'])} {plain(one['field'])}: {_value(one['mine'])} or {_value(one['theirs'])}"
            for one in told["conflicts"]
        ]
    )
    return lines
