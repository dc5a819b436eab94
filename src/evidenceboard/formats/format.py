"""What makes a format: how it is called, what writes it and what reads it. Each format is one file beside this one."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any, cast

from evidenceboard.errors import EvidenceBoardError, FormatError
from evidenceboard.formats.kept import Kept
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.transaction import Transaction
    from evidenceboard.session import Session


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a writer is asked for.

    `board_id`: the board that a painting format shows, None for the first; data formats write the whole file. `only`:
    the entities whose cards a painting format shows, None for all of the board.
    `at_most`: the highest marking that may go out, such as `TLP:GREEN`, or "" for all. `folder`: several files by name
    instead of one, where the format has both.
    `styling`: the id of the styling that cards are painted in, "" for that by type.
    `scale`: pixels for one board unit, or None to let the format choose. `progress` takes 0 to 1 and may raise to stop.
    """

    board_id: str | None = None
    product: str = "poster"
    paper: str = ""
    at_most: str = ""
    pixels: bool = False
    attachments: bool = False
    folder: bool = False
    scale: float | None = None
    progress: Callable[[float], None] | None = None
    styling: str = ""
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer made: one file, in memory unless it is very large, or several by name.

    `not_expressed` says in words what the format cannot hold; `withheld` counts what stood above the marking.
    """

    data: bytes | Kept | dict[str, bytes]
    not_expressed: list[str] = field(default_factory=list)
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Input:
    """What a reader is given: one file, or several by name. `name` is the last part of the path."""

    name: str
    data: bytes | dict[str, bytes]
    board_id: str
    mapping: dict[str, Any] = field(default_factory=dict)
    fresh: bool = False
    """Nothing was done in the file yet, so what comes in may take the place of its one empty board."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about an input: where it stands, such as “line 7”, and what about it."""

    where: str
    what: str


@dataclass(slots=True)
class Report:
    """What an import made and found. A problem stops the whole import; a note is a tolerated oddity."""

    created: Counter[str] = field(default_factory=Counter)
    links: int = 0
    cards: int = 0
    frames: int = 0
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def problem(self, where: str, what: str) -> None:
        """Add something that stops the import."""
        self.problems.append(Finding(where, what))

    def note(self, where: str, what: str) -> None:
        """Add an oddity that is tolerated."""
        self.notes.append(Finding(where, what))


def what(error: EvidenceBoardError) -> str:
    """Return what an error says of one row of an input, where it goes without saying that nothing was changed."""
    return str(error).replace("; nothing was changed", "").replace(" Nothing was changed.", "")


Writer = Callable[["Session", ExportOptions], Written]
Reader = Callable[["Transaction", Input], Report]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `endings` are those of file names, without a dot, the usual one first.

    `write` and `read` are functions, or "module:function" for what is loaded only when it is used, or None.
    `recognises` tells from the content whether an input is in this format, for what several could read.
    """

    id: str
    words: str
    endings: tuple[str, ...]
    write: Writer | str | None = None
    read: Reader | str | None = None
    recognises: Callable[[Input], bool] | None = None
    paints: bool = False

    def writer(self) -> Writer:
        """Return what writes this format. Raises `EvidenceBoardError` where it does not, or where Qt is missing."""
        if self.write is None:
            raise FormatError(f"{self.words} can be read but not written; nothing was written.")
        return cast(Writer, _loaded(self.write, self))

    def reader(self) -> Reader:
        """Return what reads this format. Raises `EvidenceBoardError` where nothing does."""
        if self.read is None:
            raise FormatError(f"{self.words} can be written but not read; nothing was changed.")
        return cast(Reader, _loaded(self.read, self))


def _loaded(named: Callable[..., Any] | str, kind: Format) -> Any:
    if not isinstance(named, str):
        return named
    module, _, function = named.partition(":")
    try:
        return getattr(importlib.import_module(module), function)
    except ImportError as error:
        if error.name and error.name.split(".")[0] in ("PySide6", "shiboken6"):
            raise EvidenceBoardError(
                f"Writing {kind.words} needs PySide6, which is not installed here. Nothing was written.",
                "Install it with: pip install PySide6-Essentials",
            ) from error
        if ".so" in str(error):
            raise EvidenceBoardError(
                f"Writing {kind.words} needs a system library that is missing here. Nothing was written.",
                f"The system says: {str(error)[:200]}.",
            ) from error
        raise
