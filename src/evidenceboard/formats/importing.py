"""Taking an input in: which format it is in, one operation for all of it, and nothing where something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import FormatError, ReadOnlyError
from evidenceboard.formats import FORMATS, listing
from evidenceboard.formats.format import Format, Input, Report
from evidenceboard.model.changes import Operation
from evidenceboard.session import Session

LARGEST: Final = 1024**3
"""Bytes that an input may have."""
_SQLITE: Final = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import came to. `operation` is None where there were problems, or where nothing was new."""

    report: Report
    operation: Operation | None


class _ProblemsError(Exception):
    """Drop the transaction."""


def import_file(
    path: Path, source: Path, *, format_id: str = "", mapping: dict[str, Any] | None = None, board: str = ""
) -> Taken:
    """Take a file or folder into a board file, which is made where there is none; after problems it is as before.

    Raises `EvidenceBoardError`.
    """
    data = read_input(source)
    kind = format_of(Input(source.name, data, ""), format_id)
    if path.exists():
        with Session.open(path) as session:
            return take_in(session, source.name, data, kind, mapping, board)
    return _into_a_new_file(path, source.name, data, kind, mapping, board)


def _into_a_new_file(
    path: Path, name: str, data: bytes | dict[str, bytes], kind: Format, mapping: dict[str, Any] | None, board: str
) -> Taken:
    session = Session.create(path)
    keep = False
    try:
        with session:
            taken = take_in(session, name, data, kind, mapping, board)
        keep = not taken.report.problems
    finally:
        if not keep:
            path.unlink()  # made a moment ago by this very function, and holding nothing
    return taken


def take_in(
    session: Session,
    name: str,
    data: bytes | dict[str, bytes],
    kind: Format,
    mapping: dict[str, Any] | None = None,
    board: str = "",
) -> Taken:
    """Take an input into an open file as one operation; where it has problems, nothing is changed."""
    if session.read_only:
        raise ReadOnlyError(f"This board is open for reading only: {session.read_only}. Nothing was changed.")
    reader = kind.reader()
    fresh = session.operation_count() == 1 and not session.document.entities
    on = listing.board(session.document, board)
    given = Input(name, data, on.id, mapping or {}, fresh)
    made: list[Operation] = []
    end = session.subscribe(made.append)
    report = Report()
    try:
        with session.transaction("Import {n} things", kind="import") as tx:
            report = reader(tx, given)
            if report.problems:
                raise _ProblemsError
            tx.values["n"] = report.created.total() + report.links
    except _ProblemsError:
        report.problems.sort(key=_place)
    finally:
        end()
    return Taken(report, made[0] if made else None)


def _place(finding: Any) -> tuple[str, int]:
    words, _, number = finding.where.rpartition(" ")
    return (words, int(number)) if number.isdecimal() else (finding.where, 0)


def read_input(path: Path) -> bytes | dict[str, bytes]:
    """Return the bytes of a file, or of each file in a folder by name. Raises `FormatError`."""
    try:
        if path.is_dir():
            found = {one.name: one for one in sorted(path.iterdir()) if one.is_file() and one.suffix}
            _check_size(found.values())
            return {name: one.read_bytes() for name, one in found.items()}
        if not path.is_file():
            said = "This is a device, not a file" if path.exists() else "There is no file to import at this place"
            raise FormatError(f"{said}; nothing was changed.", "Check the name.")
        _check_size([path])
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise FormatError("The input cannot be read; nothing was changed.", "Check who may read it.") from error
    if not data.strip():
        raise FormatError("The input is empty; nothing was changed.", "Look for another copy of it.")
    if data.startswith(_SQLITE):
        raise FormatError(
            "This is a board or another database, not something to import; nothing was changed.",
            "Export it first, as JSON.",
        )
    return data


def _check_size(paths: Iterable[Path]) -> None:
    if sum(path.stat().st_size for path in paths) > LARGEST:
        raise FormatError("An input may have 1 GB, and this one is larger; nothing was changed.", "Split it.")


def format_of(given: Input, format_id: str = "") -> Format:
    """Return the format of an input: the one named, else told by its content, else by its name."""
    readable = [kind for kind in FORMATS if kind.read]
    if format_id:
        return format_named(format_id)
    for kind in readable:
        if kind.recognises and kind.recognises(given):
            return kind
    ending = Path(given.name).suffix.lower().removeprefix(".")
    for kind in readable:
        if ending in kind.endings:
            return kind
    listed = ", ".join(kind.id for kind in readable)
    raise FormatError("This input is in no format that is read; nothing was changed.", f"Formats read: {listed}.")


def format_named(word: str) -> Format:
    """Return a format by its id or an ending of file names. Raises `FormatError` with those that there are."""
    word = word.strip().lower().removeprefix(".")
    for kind in FORMATS:
        if word == kind.id or word in kind.endings:
            return kind
    listed = ", ".join(kind.id for kind in FORMATS)
    raise FormatError(f"There is no format “{word[:20]}”; nothing was written or changed.", f"Formats: {listed}.")
