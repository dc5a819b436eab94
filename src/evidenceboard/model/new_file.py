"""What a new file holds: one board, a title and a marking."""

from __future__ import annotations

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.changes import Change
from evidenceboard.model.records import TITLE_LIMIT, Board, Setting, as_row, table_of
from evidenceboard.model.seam import Seam
from evidenceboard.model.takes import NotTakenError


def first_changes(title: str, seam: Seam) -> tuple[Change, ...]:
    """Return the changes that a new file begins with. Raises `InvalidValueError` for what is no title."""
    if len(title) > TITLE_LIMIT:
        raise InvalidValueError(f"A title may have {TITLE_LIMIT:,} characters; no file was made.")
    try:
        settings = (Setting("title", title), Setting("marking", "TLP:CLEAR"))
    except NotTakenError as error:
        raise InvalidValueError("This is no title for a file; none was made.") from error
    made = (Board(seam.new_id(), "Main board"), *settings)
    return tuple(Change(table_of(record), record.id, None, as_row(record)) for record in made)
