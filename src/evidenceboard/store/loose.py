"""What points to nothing in a file that another program wrote: left out of memory, untouched on the disk."""

from __future__ import annotations

from typing import Final, cast

from evidenceboard.model.records import Card, Record, changed

_POINTS: Final = (
    ("frames", "board_id", "boards"),
    ("cards", "board_id", "boards"),
    ("cards", "entity_id", "entities"),
    ("links", "from_id", "entities"),
    ("links", "to_id", "entities"),
    ("attachments", "entity_id", "entities"),
)


def left_out(found: dict[str, list[Record]], problems: list[str]) -> list[Record]:
    """Return the records whose references lead somewhere; add a sentence for each that is left out or mended.

    Views and commands may then follow every reference without asking.
    """
    known = {table: {record.id for record in records} for table, records in found.items()}
    for table, column, target in _POINTS:
        there = known[target]
        kept = [record for record in found[table] if getattr(record, column) in there]
        if len(kept) < len(found[table]):
            said = f"{table}: a row points to one of {target} that is not in the file; it is left untouched, not shown"
            problems.extend([said] * (len(found[table]) - len(kept)))
            found[table] = kept
            known[table] = {record.id for record in kept}
    found["cards"] = [_freed(cast(Card, card), known["frames"], problems) for card in found["cards"]]
    return [record for records in found.values() for record in records]


def _freed(card: Card, frames: set[str], problems: list[str]) -> Record:
    if card.frame_id is None or card.frame_id in frames:
        return card
    problems.append("cards: a row names a frame that is not in the file; its card is shown without one")
    return changed(card, frame_id=None)
