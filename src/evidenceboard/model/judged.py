"""How a judgement came to be what it is: who set which value when and why, read off the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from evidenceboard.model.records import Assessment
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

ALONE: Final = "alone"
AGREED: Final = "agreed"
CHOSEN: Final = "chosen assessor"
CAUTIOUS: Final = "more cautious"
_SAYS_WHEN: Final = ("do", "create", "import", "merge")
"""Kinds of operations in which a judgement brings its own time along; undo and redo have only theirs."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of one field: every analyst's, the one that counts, and why it does (decisions: Assessments).

    `why` is one of alone, agreed, chosen assessor, more cautious.
    """

    made: tuple[Assessment, ...]
    counts: Assessment
    why: str


def judged(document: Document, subject_id: str, field: str) -> Judged | None:
    """Return the judgements of a field of an entity or link, or None where nobody made one."""
    made = tuple(one for one in document.assessments_of(subject_id) if one.field == field and one.value)
    if not made:
        return None
    value = document.judged(subject_id, field)
    chosen = str(document.setting("assessor", ""))
    counts = next((one for one in made if one.author_id == chosen and one.value == value), None)
    why = ALONE if len(made) == 1 else CHOSEN if counts else CAUTIOUS
    if why == CAUTIOUS and len({one.value for one in made}) == 1:
        why = AGREED
    return Judged(made, counts or next(one for one in made if one.value == value), why)


@dataclass(frozen=True, slots=True)
class LoggedJudgement:
    """One change of one assessment as the log holds it. `step` is one for all that is undone together."""

    record_id: str
    step: str
    kind: str
    by_id: str
    at: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class JudgementChange:
    """A judgement that became another one. `before` and `after` are "" where there was or is none.

    `author_id` is the analyst whose judgement it is, `by_id` who changed it: with undo and merge it may be another.
    `kind` is that of the operation: do, undo, redo, import, merge.
    """

    at: str
    author_id: str
    before: str
    after: str
    reason: str
    kind: str
    by_id: str


def history_of(logged: Iterable[LoggedJudgement]) -> list[JudgementChange]:
    """Return what became of one judgement, from the changes of its assessments in the order of the log.

    What belongs to one step is one change. A reason that the same analyst gave after the value is that value's reason.
    """
    rows: dict[str, dict[str, Any]] = {}
    found: list[JudgementChange] = []
    for _, together in groupby(logged, key=lambda one: one.step):
        was: dict[str, dict[str, Any]] = {}
        last: dict[str, LoggedJudgement] = {}
        for one in together:
            was.setdefault(one.record_id, rows.get(one.record_id, {}))
            last[one.record_id] = one
            rows[one.record_id] = (
                {} if one.after is None else {**rows.get(one.record_id, one.before or {}), **one.after}
            )
        for record_id, one in last.items():
            _note(found, was[record_id] or dict(one.before or {}), rows[record_id], one)
    return found


def _note(
    found: list[JudgementChange], was: Mapping[str, Any], now: Mapping[str, Any], logged: LoggedJudgement
) -> None:
    before, after = str(was.get("value") or ""), str(now.get("value") or "")
    reason = str(now.get("reason") or "")
    if before == after and reason == str(was.get("reason") or ""):
        return
    at = str(now.get("at") or "") if logged.kind in _SAYS_WHEN else ""
    author_id = str(now.get("author_id") or was.get("author_id") or "")
    made = JudgementChange(at or logged.at, author_id, before, after, reason, logged.kind, logged.by_id)
    newest = found[-1] if found else None
    if (
        newest is not None
        and before == after == newest.after
        and (newest.author_id, newest.kind, made.kind) == (author_id, "do", "do")
        and not newest.reason
    ):
        found[-1] = replace(newest, reason=reason)
    else:
        found.append(made)
