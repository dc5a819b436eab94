"""The text of CSV: cells that no spreadsheet runs as a formula, and rows that know their line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any, Final

from evidenceboard.formats.format import Report
from evidenceboard.model.values import dataclass

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_LONGEST: Final = 4_000_000
"""Characters that a cell may have when it is read; the record then says what it takes."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read: the header, and each row with where it stands, such as “line 7”."""

    name: str
    header: list[str]
    rows: list[tuple[str, list[str]]]


def guarded(value: Any) -> str:
    """Return a value as a cell. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return repr(value)
    text = (
        ";".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str("" if value is None else value)
    )
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell, without the apostrophe that kept it from being run."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def written(header: list[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Return a table as UTF-8, comma between cells (RFC 4180)."""
    out = io.StringIO()
    # With this end of a row, a lone carriage return in a cell is put into quotation marks too.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return out.getvalue().encode()


def table(name: str, data: bytes, report: Report, *, named: bool = False) -> Table | None:
    """Read a table. `named`: its name goes into every place, where several tables come together."""
    place = f"{name} line" if named else "line"
    text = _decoded(data, place, report)
    if text is None:
        return None
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    header: list[str] = []
    rows: list[tuple[str, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            where, line = f"{place} {line}", reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
            elif len(cells) != len(header):
                report.problem(where, f"this row has {len(cells)} cells, and the header has {len(header)}")
            else:
                rows.append((where, [unguarded(cell) for cell in cells]))
    except csv.Error as error:
        said = "a quotation mark is not closed" if "unexpected end" in str(error) else f"this is no CSV: {error}"
        report.problem(f"{place} {line}", said)
    if not header:
        report.problem(f"{place} 1", "there is no header, so nothing says what the columns mean")
        return None
    return Table(name, header, rows)


def delimiter(text: str) -> str:
    """Return what stands between the cells of the header: a comma, a semicolon or a tab."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=first.count)


def _decoded(data: bytes, place: str, report: Report) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            report.problem(f"{place} 1", "this says that it is UTF-16 text, and is not")
            return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.problem(
            f"{place} {data.count(10, 0, error.start) + 1}", "this is not UTF-8 text; save it as “CSV UTF-8”"
        )
        return None
