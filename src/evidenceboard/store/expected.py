"""What a file of this version holds, known without making one: a file is looked at before anything else is loaded."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x45766264
"""“Evbd”, at byte 68 of every file of this program."""
STEP_NAMES: Final = ("first_format",)
"""The steps of `store/migrations.py`, in their order."""
VERSION: Final = len(STEP_NAMES)
_INDEXES: Final[dict[str, tuple[str, ...]]] = {
    "boards": (),
    "entities": ("entities_number", "entities_marking"),
    "frames": ("frames_board",),
    "cards": ("cards_place", "cards_entity", "cards_frame"),
    "links": ("links_from", "links_to", "links_marking"),
    "assessments": ("assessments_subject", "assessments_author"),
    "attachments": ("attachments_entity", "attachments_sha256"),
    "chunks": (),
    "snapshots": (),
    "settings": (),
    "conflicts": ("conflicts_record",),
    "comments": ("comments_subject", "comments_author"),
    "custody": ("custody_author",),
    "redactions": ("redactions_author",),
    "authors": (),
    "operations": ("operations_author",),
    "changes": ("changes_record",),
    "meta": (),
    "_sqlite_migrations": ("idx__sqlite_migrations_migration_set_name",),
}
"""Every table with its indexes. A test compares this with what the steps make."""


def expected_schema() -> set[tuple[str, str, str]]:
    """Return (type, name, table) of everything that a file of this version holds, SQLite's own indexes aside."""
    tables = {("table", table, table) for table in _INDEXES}
    return tables | {("index", name, table) for table, names in _INDEXES.items() for name in names}
