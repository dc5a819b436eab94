"""The history of a clean copy: every step with its seal, and of what was changed only what the copy says as well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from evidenceboard.formats.byte_search import Step, stepping, words_of
from evidenceboard.formats.outgoing import texts
from evidenceboard.model.records import COLUMNS
from evidenceboard.session import Session
from evidenceboard.sharing.choice import Choice, Cleaned
from evidenceboard.sharing.strings import may_say

_VALUES: Final = 2
"""Where in a row of operations that stands which fills its label, and which may be of a record."""
_BEFORE, _AFTER, _SALT, _RECORD, _COUNT, _TABLE = 5, 6, 7, 3, 4, 2
"""Places in a row of changes."""
_PACKING: Final = ("each", "ids", "same", "dx", "dy")
_NAMES: Final = frozenset(name for columns in COLUMNS.values() for name in columns).union(_PACKING)


@dataclass(slots=True)
class History:
    """The rows of a log that go along, what the next operation follows on, and how many rows were emptied."""

    operations: list[tuple[Any, ...]] = field(default_factory=list)
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    heads: tuple[str, ...] = ()
    counter: int = 0
    emptied: int = 0


def kept(session: Session, cleaned: Cleaned, choice: Choice, step: Step = lambda: None) -> History:
    """Return the log for a copy. A change stays where the copy says all that it says; of others the seal is left.

    So what was deleted, renamed or rewritten since is not in it, and the chain of hashes still holds. `step` is called
    again and again; what it raises ends this.
    """
    headers = session.log.headers()
    named = {parent for one in headers for parent in one.parents}
    operations, changes = session.log.raw([one.id for one in headers])
    made = History(
        operations,
        authors=list(dict.fromkeys(one.author_id for one in headers)),
        labels=[str(value) for row in operations for place, value in enumerate(row) if place != _VALUES],
        heads=tuple(one.hash for one in headers if one.hash not in named),
        counter=max((one.counter for one in headers), default=0),
    )
    going = {(table, one) for table, one in cleaned.origins}
    words = {word for said in stepping(may_say(session.document, cleaned, choice), step) for word in words_of(said)}
    words |= {word for one in cleaned.new_ids.values() for word in words_of(one)}
    for row in stepping(changes, step):
        stays = _may_stay(row, going, words)
        made.changes.append(row if stays else _emptied(row))
        made.emptied += not stays
    return made


def _may_stay(row: tuple[Any, ...], going: set[tuple[str, str]], words: set[str]) -> bool:
    try:
        sides = [json.loads(side) for side in (row[_BEFORE], row[_AFTER]) if side is not None]
    except ValueError:
        return False
    ids: list[Any] = [row[_RECORD]]
    if row[_RECORD] is None:
        ids = next((side["ids"] for side in reversed(sides) if "ids" in side), [])
    if not ids or any((row[_TABLE], one) not in going for one in ids):
        return False
    return all(word in words for text in _said(sides) for word in words_of(text))


def _said(value: Any) -> Iterator[str]:
    """Yield the texts in the sides of a change, the names of columns aside."""
    yield from (text for text in texts(value) if text not in _NAMES)


def _emptied(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row of which nothing is left but where it stands, the table and the seal."""
    made = list(row)
    made[_BEFORE] = made[_AFTER] = None
    made[_SALT], made[_RECORD], made[_COUNT] = "", "", 1
    return tuple(made)
