"""Writing an export: whole or not at all, and what was there before stays until the new one is on the disk."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from evidenceboard.errors import SaveFailedError
from evidenceboard.formats.kept import Kept

_ENDS: Final = {b"%PDF-": b"%%EOF", b"\x89PNG": b"IEND"}
"""How a whole file ends that begins in a certain way: within its last 32 bytes."""
_SQLITE: Final = b"SQLite format 3\x00"
_NEIGHBOURS: Final = ("-journal", "-wal", "-shm")


def write_whole(path: str | Path, data: bytes | Kept) -> None:
    """Write a file in one step. Raises `SaveFailedError`; then nothing was written, and an older file is as it was.

    Only where the disk does not confirm the new name is it there nevertheless, and the error says so.
    """
    place = _place(Path(path))
    _check(data)
    beside = _beside(place)
    try:
        _write(beside, data, _mode(place))
        _replace(beside, place)
    except OSError as error:
        raise _refusal(error) from error
    finally:
        _remove(beside)
    _settle(place.parent)


def write_folder(path: str | Path, files: dict[str, bytes]) -> None:
    """Write several files into a folder, which is made where there is none. Raises `SaveFailedError`.

    All are on the disk before the first takes its place; other files in the folder are left alone. Where the disk
    fails between two of them, a new folder is removed again; of an older one the error says that some files are new.
    """
    folder = Path(path)
    parts: dict[Path, Path] = {}
    made = moving = done = False
    try:
        if not folder.is_dir():
            made = True
            folder.mkdir(mode=0o700)
        for name, data in files.items():
            place = _place(folder / name)
            parts[place] = _beside(place)
            _write(parts[place], data, _mode(place))
        moving = True
        for place, beside in parts.items():
            beside.replace(place)
        done = True
    except OSError as error:
        new = [place.name for place, beside in parts.items() if moving and not made and not os.path.lexists(beside)]
        raise _refusal(error, new) from error
    finally:
        _remove(*parts.values())
        if made and not done:
            _remove(*parts)
            with suppress(OSError):
                folder.rmdir()
    _settle(folder)


def _beside(place: Path) -> Path:
    return place.with_name(f".{secrets.token_hex(8)}.part")


def _replace(beside: Path, place: Path) -> None:
    try:
        beside.replace(place)
    except OSError as error:
        if os.path.lexists(beside):
            raise
        raise _unconfirmed() from error


def _remove(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _place(path: Path) -> Path:
    """Return where a file will really lie. Raises `SaveFailedError` where an export has no business."""
    try:
        place = path.resolve()
        about = place.stat() if place.exists() else None
        head = b""
        if about and stat.S_ISREG(about.st_mode):
            with place.open("rb") as file:
                head = file.read(len(_SQLITE))
    except (OSError, ValueError, RuntimeError) as error:
        raise SaveFailedError(
            "Nothing can be written at this place; nothing was changed.", "Choose another."
        ) from error
    if about and not stat.S_ISREG(about.st_mode):
        raise SaveFailedError("This is a folder or a device, not a file; nothing was written.", "Choose a file name.")
    if head == _SQLITE:
        raise SaveFailedError(
            "There is a board or another database at this place; it was not touched.", "Choose another name."
        )
    if place.name.endswith(_NEIGHBOURS):
        raise SaveFailedError(
            "A file of this name would be taken for a part of a board; nothing was written.", "Choose another name."
        )
    return place


def _check(data: bytes | Kept) -> None:
    size = len(data)
    first, last = (data.part(0, 32), data.part(max(0, size - 32), size)) if isinstance(data, Kept) else (data, data)
    for start, end in _ENDS.items():
        if first.startswith(start) and end not in last[-32:]:
            raise SaveFailedError("The export came out incomplete, so it was not written.", "Try it again.")
    if not size:
        raise SaveFailedError("The export came out empty, so it was not written.", "Try it again.")


def _mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o600


def _write(beside: Path, data: bytes | Kept, mode: int) -> None:
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(data.chunks() if isinstance(data, Kept) else [data])
        file.flush()
        os.fsync(file.fileno())
    if mode != 0o600:
        beside.chmod(mode)


def _settle(folder: Path) -> None:
    # The name is on the disk only when the folder is; Windows cannot and need not be asked.
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unconfirmed() from error


def _unconfirmed() -> SaveFailedError:
    return SaveFailedError(
        "The export lies in its place, but the disk did not confirm that it will be there after a power cut.",
        "Export it once more, or to another disk.",
    )


def _refusal(error: OSError, new: Sequence[str] = ()) -> SaveFailedError:
    kept = "What was at this place before is as it was."
    if new:
        kept = f"New already: {', '.join(new)}. The other tables are as they were."
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return SaveFailedError(f"The disk is full, so the export was not written. {kept}", "Make room, then try again.")
    if error.errno == errno.ENOENT:
        return SaveFailedError("There is no such folder, so the export was not written.", "Make the folder first.")
    return SaveFailedError(
        f"The export was not written: {error.strerror or 'the disk refused it'}. {kept}", "Choose another place."
    )
