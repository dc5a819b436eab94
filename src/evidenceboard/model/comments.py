"""Comments as people read them: threads on a record or on one field of it, open or resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from evidenceboard.model.records import Comment
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.changes import Operation
    from evidenceboard.model.document import Document


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its answers, in the order in which their authors' clocks say they were written."""

    first: Comment
    answers: tuple[Comment, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has resolved it."""
        return not self.first.resolved_by

    @property
    def all(self) -> tuple[Comment, ...]:
        """Return the first comment and its answers."""
        return (self.first, *self.answers)


def comments_on(document: Document, subject_id: str) -> list[Comment]:
    """Return every comment on a record, on its fields too."""
    return cast("list[Comment]", list(document.where("comments", "subject_id", subject_id)))


def threads(document: Document, subject_id: str) -> list[Thread]:
    """Return the threads on a record and its fields, the oldest first."""
    return grouped(comments_on(document, subject_id))


def grouped(comments: Iterable[Comment]) -> list[Thread]:
    """Return comments as threads, the oldest first. An answer to what is not there begins a thread of its own."""
    known = {one.id: one for one in sorted(comments, key=_when)}
    answers: dict[str, list[Comment]] = {}
    for one in known.values():
        answers.setdefault(_first(one, known), []).append(one)
    made = (Thread(known[first], tuple(one for one in all_ if one.id != first)) for first, all_ in answers.items())
    return sorted(made, key=lambda thread: _when(thread.first))


def thread_of(document: Document, comment: Comment) -> Thread:
    """Return the thread that a comment of the document is in."""
    return next(one for one in threads(document, comment.subject_id) if comment in one.all)


def open_on(document: Document, subject_id: str) -> int:
    """Return how many threads on a record, or its fields, nobody has resolved."""
    # Nearly nothing has comments, and every card that is painted asks.
    if not document.count("comments", "subject_id", subject_id):
        return 0
    return sum(thread.is_open for thread in threads(document, subject_id))


def talked_about(document: Document) -> frozenset[str]:
    """Return the ids of the records with an open thread on them or a field of theirs; none while they are read."""
    if not document.has(("comments",)):
        return frozenset()
    key = ("open comments", "")
    if key not in document.worked_out:
        found = grouped(cast("list[Comment]", list(document.table("comments").values())))
        document.worked_out[key] = frozenset(one.first.subject_id for one in found if one.is_open)
    return cast("frozenset[str]", document.worked_out[key])


def open_by_field(document: Document, subject_id: str) -> dict[str, int]:
    """Return how many threads on a record are open, by the field that they are about; "" is all of it."""
    found: dict[str, int] = {}
    for thread in threads(document, subject_id):
        if thread.is_open:
            found[thread.first.field] = found.get(thread.first.field, 0) + 1
    return found


def commented(document: Document, operation: Operation) -> Iterator[str]:
    """Yield the ids of the records on which an operation made, changed or removed comments."""
    for change in operation.changes:
        if change.table == "comments":
            rows = [row for row in (change.before, change.after) if row and "subject_id" in row]
            yield from (str(row["subject_id"]) for row in rows)
            now = document.find("comments", str(change.record_id))
            if not rows and isinstance(now, Comment):
                yield now.subject_id


def _when(comment: Comment) -> tuple[str, str]:
    return (comment.at, comment.id)


def _first(comment: Comment, known: dict[str, Comment]) -> str:
    """Return the id of the comment that a thread begins with; of a circle, which no hand makes, the lowest id."""
    seen = [comment.id]
    while (above := known[seen[-1]].reply_to) in known:
        if above in seen:
            return min(seen[seen.index(above) :])
        seen.append(above)
    return seen[-1]
