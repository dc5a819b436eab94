"""Whether the program makes snapshots of a file by itself: switched off by hand, and off for TLP:RED."""

from __future__ import annotations

from typing import Final

from evidenceboard.model.document import Document
from evidenceboard.model.markings import of_file, rank
from evidenceboard.model.records import Attachment, Setting
from evidenceboard.model.transaction import Transaction

BACKUPS: Final = "backups"
"""The name of the setting that switches snapshots off."""
_RED: Final = rank("TLP:RED")


def switch_backups(tx: Transaction, on: bool) -> None:
    """Have the program make snapshots of this file by itself, or not."""
    known = tx.document.find("settings", BACKUPS)
    if isinstance(known, Setting):
        tx.change(known, value="on" if on else "off")
    elif not on:
        tx.make(Setting, id=BACKUPS, value="off")


def why_no_backups(document: Document) -> str:
    """Return why a file has no snapshots: `off` where it is switched so, `red` for TLP:RED or a marking on no scale."""
    if document.setting(BACKUPS, "on") == "off":
        return "off"
    marked = [*document.boards, *document.marked("entities"), *document.marked("links")]
    words = {of_file(document), *(one.marking for one in marked)}
    words |= {one.marking for one in document.table("attachments").values() if isinstance(one, Attachment)}
    return "red" if any(rank(word) >= _RED for word in words) else ""
