"""Writing an export: whole or not at all, and what was there before stays until the new one is on the disk."""

from __future__ import annotations

import errno
import os
import secrets
import stat
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
    """Write a file in one step. Raises `SaveFailedError`; then nothing was written, and an older file is as it was."""
    place = _place(Path(path))
    _check(data)
    beside = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write(beside, data, _mode(place))
        beside.replace(place)
        _settle(place.parent)
    except OSError as error:
        raise _refusal(error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_folder(path: str | Path, files: dict[str, bytes]) -> None:
    """Write several files into a folder, which is made where there is none. Raises `SaveFailedError`.

    All are on the disk before the first takes its place; other files in the folder are left alone.
    """
    folder = Path(path)
    parts: dict[Path, Path] = {}
    made = False
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            made = True
        for name, data in files.items():
            place = _place(folder / name)
            parts[place] = place.with_name(f".{secrets.token_hex(8)}.part")
            _write(parts[place], data, _mode(place))
        for place, beside in parts.items():
            beside.replace(place)
        _settle(folder)
        made = False
    except OSError as error:
        raise _refusal(error) from error
    finally:
        for beside in parts.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        if made:
            with suppress(OSError):
                folder.rmdir()


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
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refusal(error: OSError) -> SaveFailedError:
    kept = "What was at this place before is as it was."
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return SaveFailedError(f"The disk is full, so the export was not written. {kept}", "Make room, then try again.")
    if error.errno == errno.ENOENT:
        return SaveFailedError("There is no such folder, so the export was not written.", "Make the folder first.")
    return SaveFailedError(
        f"The export was not written: {error.strerror or 'the disk refused it'}. {kept}", "Choose another place."
    )
