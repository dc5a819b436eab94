"""Working in the matrix of hypotheses: judging a cell, saying why, putting rows in and taking them out."""

from __future__ import annotations

from collections.abc import Iterable

from evidenceboard.commands.entities import remove, set_fields
from evidenceboard.commands.links import link, set_link
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.ach import ROW_TYPES, cell_link
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


def take_out_of_matrix(tx: Transaction, row_id: str) -> None:
    """Take a row out of the matrix together with its cells."""
    entity = tx.document.get(Entity, row_id)
    remove(tx, [link.id for link in tx.document.links_from(row_id) if link.type == "bears on"])
    if entity.props.get("in_matrix"):
        set_fields(tx, row_id, in_matrix=False)
