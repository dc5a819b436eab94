"""Deciding between values that two copies gave to one field, as an ordinary change that can be undone."""

from __future__ import annotations

from typing import Any, Final

from evidenceboard.commands.boards import remove_board
from evidenceboard.commands.cards import fit_cards
from evidenceboard.commands.entities import remove, set_fields
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.copied import changed
from evidenceboard.model.records import Assessment, Conflict, Record
from evidenceboard.model.seam import derived_id
from evidenceboard.model.takes import NotTakenError
from evidenceboard.model.transaction import Transaction

CHOSEN: Final = "chosen"
OTHER: Final = "other"
BOTH: Final = "both"
KEPT: Final = "kept"
DELETED: Final = "deleted"
_PROPS: Final = "props."
_REMOVABLE: Final = ("entities", "links", "frames", "cards")


def decide(tx: Transaction, conflict_id: str, candidate: str) -> None:
    """Take one of the values of a conflict, named by its operation, a key of `candidates`.

    Where one side deleted and another one worked on it, a candidate `deleted` deletes all that went; a
    candidate `changed`, or "", keeps. Raises `InvalidValueError`, `NotFoundError`.
    """
    conflict = _open(tx, conflict_id)
    if conflict.field == DELETED and not candidate:
        _close(tx, conflict, KEPT, None)
        return
    if candidate not in conflict.candidates:
        raise InvalidValueError("This is none of the values; nothing was changed.", "Choose one of those that stand.")
    value = conflict.candidates[candidate]["value"]
    if conflict.field != DELETED:
        _put(tx, conflict, value)
        _close(tx, conflict, CHOSEN, value)
    elif value == DELETED:
        _close(tx, conflict, DELETED, None)
        also = [key for said in conflict.candidates.values() for key in said.get("also", ())]
        for table, record_id in [(conflict.record_table, conflict.record_id), *also]:
            _remove(tx, table, record_id)
    else:
        _close(tx, conflict, KEPT, None)


def decide_otherwise(tx: Transaction, conflict_id: str, value: Any) -> None:
    """Give the field another value than those that stand. Raises `InvalidValueError`, `NotFoundError`."""
    conflict = _open(tx, conflict_id)
    if conflict.field == DELETED:
        raise InvalidValueError("This is kept or deleted, nothing else; nothing was changed.", "Choose one of the two.")
    _put(tx, conflict, value)
    _close(tx, conflict, OTHER, value)


def decide_as_typed(tx: Transaction, conflict_id: str, typed: str) -> None:
    """Give the field another value as a person types it: dates, numbers and lists are read as anywhere else.

    Raises `InvalidValueError`, `NotFoundError`.
    """
    conflict = _open(tx, conflict_id)
    key = conflict.field.removeprefix(_PROPS)
    if conflict.record_table in ("entities", "links") and conflict.field not in (DELETED, "from_id", "to_id", "type"):
        set_fields(tx, conflict.record_id, **{key: typed})
        record = _record(tx, conflict)
        value = record.props.get(key) if key != conflict.field else getattr(record, key)  # type: ignore[union-attr]
        decide_otherwise(tx, conflict_id, list(value) if isinstance(value, tuple) else value)
    else:
        decide_otherwise(tx, conflict_id, typed)


def decide_both(tx: Transaction, conflict_id: str) -> None:
    """Keep the judgements of two analysts side by side, each as that of its own. Raises `InvalidValueError`."""
    conflict = _open(tx, conflict_id)
    if not can_be_both(conflict):
        raise InvalidValueError(
            "Only judgements of two analysts can stand side by side; nothing was changed.", "Choose one of the values."
        )
    judged = tx.document.get(Assessment, conflict.record_id)
    for said in conflict.candidates.values():
        record_id = derived_id(judged.subject_id, judged.field, said["author"])
        known = tx.document.find("assessments", record_id)
        if isinstance(known, Assessment):
            tx.change(known, value=said["value"])
        else:
            tx.put(Assessment(record_id, judged.subject_id, judged.field, said["author"], said["value"], at=said["at"]))
    _close(tx, conflict, BOTH, tx.document.get(Assessment, conflict.record_id).value)


def can_be_both(conflict: Conflict) -> bool:
    """Tell whether the values of a conflict are judgements of different analysts."""
    authors = {said.get("author") for said in conflict.candidates.values()}
    return conflict.record_table == "assessments" and conflict.field == "value" and len(authors - {""}) > 1


def _open(tx: Transaction, conflict_id: str) -> Conflict:
    conflict = tx.document.get(Conflict, conflict_id)
    if conflict.decision:
        raise InvalidValueError("This was decided already; nothing was changed.", "Change the field itself.")
    return conflict


def _close(tx: Transaction, conflict: Conflict, decision: str, value: Any) -> None:
    tx.change(conflict, decision=decision, value=value, decided_by=tx.author_id, decided_at=tx.seam.now())


def _record(tx: Transaction, conflict: Conflict) -> Record:
    found = tx.document.find(conflict.record_table, conflict.record_id)
    if found is None:
        raise NotFoundError("What this is about is no longer in the file; nothing was changed.")
    return found


def _put(tx: Transaction, conflict: Conflict, value: Any) -> None:
    record: Any = _record(tx, conflict)
    if conflict.field.startswith(_PROPS):
        props = {key: one for key, one in record.props.items() if key != conflict.field.removeprefix(_PROPS)}
        if value is not None:
            props[conflict.field.removeprefix(_PROPS)] = value
        values: dict[str, Any] = {"props": props}
    else:
        values = {conflict.field: value}
        for column in ("from_id", "to_id"):
            if column == conflict.field and tx.document.find("entities", str(value)) is None:
                raise NotFoundError("The end that this link had is no longer in the file; nothing was changed.")
    try:
        new = changed(record, **values)
    except (NotTakenError, TypeError) as error:
        raise InvalidValueError("The field does not take this value; nothing was changed.") from error
    if new != record:
        tx.put(new)
    if conflict.record_table == "entities":
        fit_cards(tx, conflict.record_id)


def _remove(tx: Transaction, table: str, record_id: str) -> None:
    record = tx.document.find(table, record_id)
    if record is None:
        return  # it went along with something before it, or meanwhile
    if table in _REMOVABLE:
        remove(tx, [record_id])
    elif table == "boards":
        remove_board(tx, record_id)
    else:
        tx.remove(record)
