"""Giving back what a join took in: each field as it was, save where it was changed since."""

from __future__ import annotations

from typing import Any, Final

from evidenceboard.commands.cards import fit_cards
from evidenceboard.model.joins import Join
from evidenceboard.model.records import TABLES, Entity, Record, as_row, from_row
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type

Row = dict[str, Any]
_ENDS: Final = {
    "cards": (("board_id", "boards"), ("entity_id", "entities")),
    "links": (("from_id", "entities"), ("to_id", "entities")),
    "attachments": (("entity_id", "entities"),),
}
"""What a record cannot be without."""
_ABSENT: Final = object()


def give_back(tx: Transaction, found: Join) -> None:
    """Put everything back as it was before a join, in the order in which records need each other.

    A field that was changed since stays as it is, but for what the join had added to it; a record that was removed
    since stays away; one that would hang on something that is gone is left out.
    """
    order = list(TABLES)
    known = [change for change in found.changes if change[0] in TABLES]
    known.sort(key=lambda change: order.index(change[0]))
    whole = _is_untouched(tx, found)
    for table, record_id, before, after in reversed(known):
        if before is None and after is not None:
            _take_out(tx, table, record_id, after, known)
    for table, record_id, before, after in known:
        if before is not None:
            _put_back(tx, table, record_id, before, after)
    if not whole:
        fit_cards(tx, found.kept_id)
        fit_cards(tx, found.gone_id)


def _is_untouched(tx: Transaction, found: Join) -> bool:
    """Tell whether the entity that was kept is as the join left it, so that its cards go back as high as they were."""
    after = next((after for _, record_id, _, after in found.changes if record_id == found.kept_id), None)
    now = as_row(tx.document.get(Entity, found.kept_id))
    return after is None or all(now.get(name) == value for name, value in after.items())


def _take_out(tx: Transaction, table: str, record_id: str, after: Row, known: list[Any]) -> None:
    """Take out a record that the join made, where it is as it was then and nothing new hangs on it."""
    now = tx.document.find(table, record_id)
    if now is None or as_row(now) != after:
        return
    if table == "links":
        made = {one_id: row for kind, one_id, old, row in known if kind == "assessments" and old is None}
        judged = tx.document.assessments_of(record_id)
        if any(as_row(one) != made.get(one.id) for one in judged) or tx.document.count(
            "comments", "subject_id", record_id
        ):
            return
    if table == "assessments" and tx.document.count("comments", "subject_id", record_id):
        return
    tx.remove(now)


def _put_back(tx: Transaction, table: str, record_id: str, before: Row, after: Row | None) -> None:
    now = tx.document.find(table, record_id)
    if after is None:
        if now is None:
            _bring(tx, table, dict(before))
        return
    if now is None:
        return
    row = as_row(now)
    for name, value in after.items():
        row[name] = _without(row.get(name), before.get(name), value)
    if _has_place(tx, table, row):
        _put(tx, now, table, row)


def _bring(tx: Transaction, table: str, row: Row) -> None:
    """Put a record back that the join took out."""
    if not _has_place(tx, table, row):
        return
    if table == "cards" and row.get("frame_id") and not tx.document.find("frames", row["frame_id"]):
        row["frame_id"] = None
    if table == "assessments" and not any(tx.document.find(kind, row["subject_id"]) for kind in ("entities", "links")):
        return
    if table == "entities" and next(tx.document.where("entities", "number", row["number"]), None) is not None:
        row["number"] = tx.next_number(entity_type(row["type"]).prefix)
    tx.put(from_row(table, row))


def _has_place(tx: Transaction, table: str, row: Row) -> bool:
    """Tell whether everything that a record hangs on is there, and on a board no other card in its place."""
    if any(tx.document.find(kind, str(row[name])) is None for name, kind in _ENDS.get(table, ())):
        return False
    if table != "cards":
        return True
    there = tx.document.card_on(row["board_id"], row["entity_id"])
    return there is None or there.id == row["id"]


def _put(tx: Transaction, now: Record, table: str, row: Row) -> None:
    made = from_row(table, row)
    if made != now:
        tx.put(made)


def _without(now: Any, before: Any, after: Any) -> Any:
    """Return a value without what a join made of it, as far as that can be told apart from later changes."""
    if type(now) is type(after) and now == after:
        return before
    if isinstance(now, dict) and isinstance(before, dict) and isinstance(after, dict):
        made = dict(now)
        for key in dict.fromkeys((*before, *after)):
            if key in before and key in after and before[key] == after[key]:
                continue
            value = _without(now.get(key, _ABSENT), before.get(key, _ABSENT), after.get(key, _ABSENT))
            if value is _ABSENT:
                made.pop(key, None)
            else:
                made[key] = value
        return made
    if isinstance(now, list) and isinstance(after, list):
        was = before if isinstance(before, list) else []
        return [one for one in now if one in was or one not in after] + [
            one for one in was if one not in after and one not in now
        ]
    if isinstance(now, str) and isinstance(before, str) and isinstance(after, str):
        added = after.removeprefix(before)
        if added != after or not before:
            return now.replace(added, "", 1)
    return now
