"""Working in the matrix of hypotheses: judging a cell, saying why, putting rows in and taking them out."""

from __future__ import annotations

from collections.abc import Iterable

from evidenceboard.commands.entities import add_entity, remove, set_fields
from evidenceboard.commands.links import link, set_link
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.ach import ROW_TYPES, cell_link
from evidenceboard.model.deception import TWIN_OF, first_of, twins_by_first
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.model.seam import derived_id
from evidenceboard.model.transaction import Transaction


def rate(tx: Transaction, row_id: str, scenario_id: str, consistency: str) -> Link:
    """Judge how a claim or event sits with a scenario; "" takes this author's judgement back, the link stays.

    A cell is the “bears on” link of the two, made where there is none yet.
    """
    found = cell_link(tx.document, row_id, scenario_id)
    if found is None:
        return link(tx, "bears on", row_id, scenario_id, props={"consistency": consistency})
    set_link(tx, found.id, consistency=consistency)
    return found


def give_reason(tx: Transaction, row_id: str, scenario_id: str, reason: str) -> Link:
    """Say why a cell is judged as it is: on its link, and with this author's judgement where there is one."""
    found = cell_link(tx.document, row_id, scenario_id)
    if found is None:
        return link(tx, "bears on", row_id, scenario_id, props={"reason": reason})
    set_link(tx, found.id, reason=reason)
    judged = tx.document.find("assessments", derived_id(found.id, "consistency", tx.author_id))
    if isinstance(judged, Assessment):
        tx.change(judged, reason=reason)
    return found


def put_into_matrix(tx: Transaction, ids: Iterable[str]) -> int:
    """Make claims and events rows of the matrix, blank or not; return how many. Raises `InvalidValueError`."""
    entities = [tx.document.get(Entity, entity_id) for entity_id in dict.fromkeys(ids)]
    rows = [entity for entity in entities if entity.type in ROW_TYPES]
    if not rows:
        raise InvalidValueError("Only claims and events can be rows of the matrix; nothing was changed.")
    for entity in rows:
        set_fields(tx, entity.id, in_matrix=True)
    return len(rows)


def add_deception_twin(tx: Transaction, row_id: str) -> Entity:
    """Give a claim or event a second row, “if this is deception”, rated apart; both are rows of the matrix then.

    The twin weighs what the first weighs until it is weighed itself, and bears its marking. It goes with the first.
    Raises `InvalidValueError` for what cannot be a row, for a twin, and where there is one already.
    """
    first = tx.document.get(Entity, row_id)
    put_into_matrix(tx, [row_id])
    if first_of(tx.document, first) is not None:
        raise InvalidValueError(
            f"{first.number} is a deception twin itself; nothing was changed.", "Rate the twin there is."
        )
    there = twins_by_first(tx.document).get(row_id)
    if there:
        raise InvalidValueError(
            f"{first.number} has a deception twin already, {there[0].number}; nothing was changed.",
            "Rate the twin there is.",
        )
    weight = tx.document.judged(row_id, "weight")
    made = add_entity(
        tx,
        first.type,
        title=f"If {first.number} is deception",
        props={TWIN_OF: [first.id], "in_matrix": True, **({"weight": weight} if weight else {})},
    )
    return tx.change(made, marking=first.marking, marking_reason=first.marking_reason)


def take_out_of_matrix(tx: Transaction, row_id: str) -> None:
    """Take a row out of the matrix together with its cells and its deception twins; a twin goes altogether."""
    entity = tx.document.get(Entity, row_id)
    if first_of(tx.document, entity) is not None:
        remove(tx, [row_id])
        return
    remove(tx, [twin.id for twin in twins_by_first(tx.document).get(row_id, ())])
    remove(tx, [link.id for link in tx.document.links_from(row_id) if link.type == "bears on"])
    if entity.props.get("in_matrix"):
        set_fields(tx, row_id, in_matrix=False)
