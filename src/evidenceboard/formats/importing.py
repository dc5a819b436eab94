"""Taking an input in: which format it is in, one operation for all of it, and nothing where something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import EvidenceBoardError, FormatError
from evidenceboard.formats import FORMATS, listing
from evidenceboard.formats.format import Format, Input, Report
from evidenceboard.model.changes import Operation
from evidenceboard.model.pace import Tick
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.values import dataclass
from evidenceboard.model.work import Work
from evidenceboard.session import Session

LARGEST: Final = 1024**3
"""Bytes that an input may have."""
_PASSES: Final = 3
"""How often each row of an input is gone through: read, checked, taken in."""
_SQLITE: Final = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import came to. `operation` is None where there were problems, or where nothing was new."""

    report: Report
    operation: Operation | None


class ProblemsFoundError(EvidenceBoardError):
    """Report that an input is not as it should be; nothing was imported. `report` says what and where."""

    def __init__(self, report: Report) -> None:
        report.problems.sort(key=_place)
        first, more = report.problems[0], len(report.problems) - 1
        others = f" So is {more:,} more." if more == 1 else f" So are {more:,} more." if more else ""
        super().__init__(
            "This input is not as it should be. Nothing was imported.", f"{first.where}: {first.what}.{others}"
        )
        self.report = report


class Importing:
    """An input on its way into a board: read, told by its format, taken in as one operation or not at all."""

    def __init__(
        self, source: Path, *, format_id: str = "", mapping: dict[str, Any] | None = None, board: str = ""
    ) -> None:
        self.report = Report()
        self._source = source
        self._format_id = format_id
        self._mapping = mapping or {}
        self._board = board
        self._data: bytes | dict[str, bytes] | None = None
        self._kind: Format | None = None

    def read(self) -> tuple[bytes | dict[str, bytes], Format]:
        """Read the input and tell its format, once. Raises `FormatError`."""
        if self._data is None or self._kind is None:
            self._data = read_input(self._source)
            self._kind = format_of(Input(self._source.name, self._data, ""), self._format_id)
        return self._data, self._kind

    def begin(self, session: Session) -> Work:
        """Begin to take it into an open file; what is begun raises `ProblemsFoundError` where it has problems."""

        def take(tx: Transaction) -> None:
            data, kind = self.read()
            files = [data] if isinstance(data, bytes) else list(data.values())
            tx.pace.expect(_PASSES * sum(one.count(b"\n") for one in files))
            fresh = session.operation_count() == 1 and not session.document.entities
            on = listing.board(session.document, self._board)
            given = Input(self._source.name, data, on.id, self._mapping, fresh)
            self.report = kind.reader()(tx, given)
            if self.report.problems:
                raise ProblemsFoundError(self.report)
            tx.values["n"] = self.report.created.total() + self.report.links

        return session.begin("Import {n} things", take, kind="import")

    def into(self, session: Session, tick: Tick = lambda share: None) -> Taken:
        """Take it into an open file; where it has problems, nothing is changed."""
        try:
            made = self.begin(session).carry_out(tick)
        except ProblemsFoundError as error:
            return Taken(error.report, None)
        return Taken(self.report, made)


def import_file(
    path: Path,
    source: Path,
    *,
    format_id: str = "",
    mapping: dict[str, Any] | None = None,
    board: str = "",
    tick: Tick = lambda share: None,
) -> Taken:
    """Take a file or folder into a board file, which is made where there is none; after problems it is as before.

    Raises `EvidenceBoardError`.
    """
    wanted = Importing(source, format_id=format_id, mapping=mapping, board=board)
    wanted.read()
    if path.exists():
        with Session.open(path) as session:
            return wanted.into(session, tick)
    session = Session.create(path)
    keep = False
    try:
        with session:
            taken = wanted.into(session, tick)
        keep = not taken.report.problems
    finally:
        if not keep:
            path.unlink()  # made a moment ago by this very function, and holding nothing
    return taken


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
        with path.open("rb") as file:
            if file.read(len(_SQLITE)) == _SQLITE:
                raise FormatError(
                    "This is a board or another database, not something to import; nothing was changed.",
                    "Export it first, as JSON.",
                )
        _check_size([path])
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise FormatError("The input cannot be read; nothing was changed.", "Check who may read it.") from error
    if not data.strip():
        raise FormatError("The input is empty; nothing was changed.", "Look for another copy of it.")
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
