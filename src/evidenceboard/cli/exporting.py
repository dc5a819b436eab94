"""Carrying an export out: which format, into memory, then whole onto the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidenceboard.cli.opened import opened
from evidenceboard.errors import FormatError, InvalidValueError, SaveFailedError
from evidenceboard.formats import listing
from evidenceboard.formats.format import ExportOptions, Format
from evidenceboard.formats.importing import format_named
from evidenceboard.formats.outgoing import check_export
from evidenceboard.formats.safe_write import write_folder, write_whole
from evidenceboard.model.gradings import marking
from evidenceboard.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asks for, in the user's words."""

    format_id: str = ""
    board: str = ""
    product: str = "poster"
    paper: str = ""
    at_most: str = ""
    pixels: bool = False
    attachments: bool = False
    scale: float | None = None
    progress: Callable[[float], None] | None = None


def exported(path: Path, out: str, wanted: Wanted) -> dict[str, Any]:
    """Write a file in a format and return what `export` answers. Raises `EvidenceBoardError`; then OUT is as it was."""
    folder = out.endswith(("/", os.sep))
    kind = _format(out, wanted.format_id, folder)
    at_most = marking_word(wanted.at_most)
    place = Path(out)
    if place.exists() and path.exists() and place.samefile(path):
        raise SaveFailedError("The export would take the place of the board itself; nothing was written.")
    if kind.paints:
        # No verb needs a screen, and none is disturbed where there is one.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with opened(path, read_only=True) as session:
        options = ExportOptions(
            listing.board(session.document, wanted.board).id if session.document.boards else None,
            wanted.product, wanted.paper, at_most, wanted.pixels, wanted.attachments, folder, wanted.scale,
            wanted.progress,
        )  # fmt: skip
        written = kind.writer()(session, options)
        checked = check_export(session, options, written)
    data = written.data
    if isinstance(data, dict):
        write_folder(place, data)
        size = sum(map(len, data.values()))
    else:
        write_whole(place, data)
        size = len(data)
    told: dict[str, Any] = {"ok": True, "out": out, "bytes": size}
    told |= {"not_expressed": list(written.not_expressed), "withheld": written.withheld}
    return {**told, "checked": {"strings": checked.strings, "found": 0}}


def _format(out: str, format_id: str, folder: bool) -> Format:
    if format_id:
        kind = format_named(format_id)
    elif folder:
        kind = format_named("csv")
    elif not Path(out).suffix:
        raise FormatError("The name of the export says no format; nothing was written.", "Use --format, or an ending.")
    else:
        kind = format_named(Path(out).suffix)
    if folder and kind.id != "csv":
        raise FormatError("Only CSV is written as a folder; nothing was written.", "Leave out the / at the end.")
    return kind


def marking_word(word: str) -> str:
    """Return a marking in full. Raises `InvalidValueError` for what is none."""
    try:
        return marking(word)
    except ValueError as error:
        raise InvalidValueError(
            f"“--at-most” does not take this marking; nothing was written. It takes {error}."
        ) from error
