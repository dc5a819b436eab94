"""The text of cells on the clipboard: tabs between them, as spreadsheets write and read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from evidenceboard.formats.csv_text import guarded, unguarded

_LONGEST: Final = 4_000_000
"""Characters of a cell that is read; the file then says what it takes."""
_END: Final = "\r\n"
_STEP: Final = 8
"""Rows that are written or read in one step."""


def written(rows: Iterable[list[str]]) -> Iterator[str | None]:
    """Write rows of cells in small steps: yield None after each, and the text at the end.

    What a spreadsheet would run as a formula gets an apostrophe before it, as in an exported table.
    """
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator=_END)
    for place, cells in enumerate(rows, 1):
        writer.writerow([guarded(cell) for cell in cells])
        if place % _STEP == 0:
            yield None
    out.truncate(max(0, out.tell() - len(_END)))
    yield out.getvalue()


def read(text: str) -> Iterator[list[str] | None]:
    """Yield the rows of a pasted text, with None now and then; a cell in quotation marks may hold tabs and new lines.

    A quotation mark that is never closed is a sign like any other.
    """
    csv.field_size_limit(_LONGEST)
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", strict=True):
            rows.append(cells)
            if len(rows) % _STEP == 0:
                yield None
    except csv.Error:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        rows = [line.split("\t") for line in lines]
    for cells in rows:
        yield [unguarded(cell) for cell in cells]
