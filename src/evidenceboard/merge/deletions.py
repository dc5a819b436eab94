"""What was deleted on one side and worked on by another: all of it comes back until somebody decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from evidenceboard.merge.effects import Effects, Key, by_counter, references
from evidenceboard.merge.holding import last_boards, needed
from evidenceboard.merge.lines import Lines
from evidenceboard.model.conflicts import DELETED
from evidenceboard.model.records import TABLES

_ORDER: Final = {table: place for place, table in enumerate(TABLES)}


@dataclass(slots=True)
class Fate:
    """Tell which of the deleted records are there, and which deletions wait for a decision, with what spoke against."""

    there: dict[Key, bool] = field(default_factory=dict)
    waiting: dict[Key, dict[int, set[int]]] = field(default_factory=dict)
    """By the record that a deletion was about: the deletions, and the operations that worked on what they took."""
    about: dict[int, list[Key]] = field(default_factory=dict)
    """What each deletion was about; the first of it is what the question stands at."""
    deletions: dict[Key, list[int]] = field(default_factory=dict)


def fate(lines: Lines, found: Effects, undone: set[int], held: set[int], boards: Collection[str]) -> Fate:
    """Return what becomes of all that was deleted.

    `held`: deletions of what something else cannot do without. `boards`: the ids of those of either side.
    """
    made = Fate()
    gone = found.gone()
    if not gone:
        return made
    groups = {index: group for index, group in found.groups.items() if index not in undone}
    heads = {index: roots(found, index) for index in found.groups}
    made.about = heads
    worked_on = _worked_on(lines, found, undone, gone)
    against: dict[int, set[int]] = {}
    for index, group in groups.items():
        objections = {
            other
            for key in group
            for other in worked_on.get(key, ())
            if lines.apart(index, other) and _counts(lines, other, index)
        }
        if objections or index in held:
            against[index] = objections
    annulled = {
        index
        for index in groups
        for one in found.decided.get((*heads[index][0], DELETED), ())
        if one.decision == "kept" and one.index not in undone and lines.before(index, one.index)
    }
    for index, group in groups.items():
        for key in group:
            made.deletions.setdefault(key, []).append(index)
    suspended = annulled | against.keys()
    suspended |= last_boards(lines, found, groups, suspended, boards)
    suspended |= needed(lines, found, groups, made.deletions, suspended)
    against |= {index: set[int]() for index in suspended - against.keys() - annulled}
    for key in gone:
        made.there[key] = _is_there(lines, found, key, made.deletions.get(key, []), suspended)
    for index, objections in against.items():
        one = heads[index][0]
        # An undo that makes it anew takes another deletion back, and leaves this one open as it was.
        makings = (done for done, before, _ in found.done[one] if before is None and lines.before(index, done))
        later = [done for done in makings if lines.headers[done].kind != "undo"]
        later += [
            decision.index
            for decision in found.decided.get((*one, DELETED), ())
            if decision.index not in undone and lines.before(index, decision.index)
        ]
        if not later:
            made.waiting.setdefault(one, {})[index] = objections
    return made


def roots(found: Effects, index: int) -> list[Key]:
    """Return the records that a deletion was about: those that hang on nothing else that went along."""
    group = set(found.groups[index])
    rows = {key: before for key in group for done, before, after in found.done[key] if done == index and after is None}
    alone = (key for key, row in rows.items() if not any(one in group for one in references(key[0], row or {})))
    return sorted(alone, key=lambda key: (_ORDER[key[0]], key[1]))


def _counts(lines: Lines, other: int, deletion: int) -> bool:
    """Tell whether work speaks against a deletion: taking back what that had not seen does not."""
    kind = lines.headers[other].kind
    if kind == "undo":
        return any(lines.before(target, deletion) for target in lines.taken_back(other))
    return kind != "redo"


def _worked_on(lines: Lines, found: Effects, undone: set[int], gone: set[Key]) -> dict[Key, set[int]]:
    made: dict[Key, set[int]] = {}
    for key, steps in found.done.items():
        for index, before, after in steps:
            if after is None or index in undone:
                continue
            named = [one for one in references(key[0], after) if one in gone]
            if key in gone and (before is None or any(not by_counter(*key, column) for column in after)):
                named.append(key)
            for one in named:
                made.setdefault(one, set()).add(index)
    for (table, record_id, _), decisions in found.decided.items():
        if (table, record_id) in gone:
            kept = (one.index for one in decisions if one.decision == "kept" and one.index not in undone)
            made.setdefault((table, record_id), set()).update(kept)
    return made


def _is_there(lines: Lines, found: Effects, key: Key, deletions: list[int], suspended: set[int]) -> bool:
    made = [index for index, before, _ in found.done[key] if before is None]
    return not any(
        index not in suspended and not any(lines.before(index, later) for later in made) for index in deletions
    )
