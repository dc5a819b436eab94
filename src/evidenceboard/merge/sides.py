"""The values of an open conflict as people tell them apart: what stands here, and what others say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidenceboard.merge.comparing import field_word, number_of
from evidenceboard.model.conflicts import ABSENT, DELETED, same, value_of
from evidenceboard.model.document import Document
from evidenceboard.model.records import Conflict, as_row
from evidenceboard.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value of a conflict: `operation_id` is what `commands.decide` takes; `stands` where the field holds it.

    `also`: of a deletion the other records, as table and id, that it was about; they go or stay with this one.
    """

    operation_id: str
    value: Any
    author_id: str
    at: str
    stands: bool
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An open conflict in the words of people: the number, the field, and every value, this author's own first.

    `mine` and `theirs` are the first two of them. Of a deletion the values are `deleted` and `changed`.
    """

    id: str
    table: str
    record_id: str
    number: str
    field: str
    candidates: tuple[Candidate, ...]

    @property
    def mine(self) -> Any:
        return self.candidates[0].value if self.candidates else None

    @property
    def theirs(self) -> Any:
        return next((one.value for one in self.candidates if not same(one.value, self.mine)), None)


def questions(document: Document, author_id: str, among: Iterable[Conflict] | None = None) -> list[Question]:
    """Return open conflicts, all of them by default, in the words of people."""
    return [question(document, one, author_id) for one in (document.conflicts if among is None else among)]


def question(document: Document, conflict: Conflict, author_id: str) -> Question:
    """Return one conflict in the words of people. A deletion of which only one side is known is told as both."""
    record = document.find(conflict.record_table, conflict.record_id)
    now = ABSENT if record is None else value_of(as_row(record), conflict.field)
    found = [
        Candidate(
            operation_id,
            said["value"],
            str(said.get("author") or ""),
            str(said.get("at") or ""),
            said["value"] == "changed" if conflict.field == DELETED else same(said["value"], now),
            tuple((str(table), str(record_id)) for table, record_id in said.get("also", ())),
        )
        for operation_id, said in conflict.candidates.items()
    ]
    if conflict.field == DELETED and len({one.value for one in found}) == 1:
        found.append(Candidate("", "changed", "", "", True))
    found.sort(key=lambda one: (one.author_id != author_id, not one.stands, one.operation_id))
    number = number_of(document, conflict.record_table, record) if record else ""
    word = DELETED if conflict.field == DELETED or record is None else field_word(record, conflict.field)
    return Question(conflict.id, conflict.record_table, conflict.record_id, number, word, tuple(found))
