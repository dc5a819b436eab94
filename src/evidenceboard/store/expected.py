"""What a file of this version holds, known without making one: a file is looked at before anything else is loaded."""

from __future__ import annotations

from functools import cache
from typing import Final

from evidenceboard.store.tables import everything

APPLICATION_ID: Final = 0x45766264
"""“Evbd”, at byte 68 of every file of this program."""
STEP_NAMES: Final = ("first_format",)
"""The steps of `store/migrations.py`, in their order."""
VERSION: Final = len(STEP_NAMES)


@cache
def expected_schema() -> dict[tuple[str, str, str], str]:
    """Return all that a file of this version holds, SQLite's own indexes aside: (kind, name, table) and its text."""
    return everything()
