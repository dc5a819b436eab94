"""Searches that a file keeps: saving one under a name, renaming and removing it."""

from __future__ import annotations

from typing import Final

from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.records import Setting
from evidenceboard.model.saved_searches import PREFIX, saved_searches
from evidenceboard.model.transaction import Transaction

NAME_LIMIT: Final = 200


def save_search(tx: Transaction, name: str, text: str) -> Setting:
    """Keep a query under a name; one of that name (in any case) is replaced. Raises `InvalidValueError`."""
    from evidenceboard.model.query import LONGEST

    name, text = _name(name), text.strip()
    if not text or len(text) > LONGEST:
        raise InvalidValueError(
            "There is nothing to search for in this, or too much; nothing was changed.",
            f"A search has up to {LONGEST:,} signs.",
        )
    value = {"name": name, "text": text, "by": tx.author_id, "at": tx.seam.now()}
    for one in saved_searches(tx.document):
        if one.name.casefold() == name.casefold():
            return tx.change(tx.document.get(Setting, one.id), value=value)
    return tx.make(Setting, id=PREFIX + tx.seam.new_id(), value=value)


def rename_search(tx: Transaction, search_id: str, name: str) -> Setting:
    """Give a saved search another name. Raises `InvalidValueError`, also where another has that name."""
    name, kept = _name(name), _kept(tx, search_id)
    if any(one.name.casefold() == name.casefold() and one.id != search_id for one in saved_searches(tx.document)):
        raise InvalidValueError(
            "Another saved search has this name; nothing was changed.", "Choose another name, or remove that one."
        )
    return tx.change(kept, value={**kept.value, "name": name})


def remove_search(tx: Transaction, search_id: str) -> None:
    """Remove a saved search. Raises `NotFoundError`."""
    tx.remove(_kept(tx, search_id))


def _kept(tx: Transaction, search_id: str) -> Setting:
    if not any(one.id == search_id for one in saved_searches(tx.document)):
        raise NotFoundError("This saved search is no longer in the file; nothing was changed.")
    return tx.document.get(Setting, search_id)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > NAME_LIMIT:
        raise InvalidValueError(
            "A saved search needs a name; nothing was changed.", f"It has up to {NAME_LIMIT} signs on one line."
        )
    return name
