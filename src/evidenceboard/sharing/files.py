"""The attachments of a clean copy: pictures painted anew, so that they show what they showed and say nothing more."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, cast

from evidenceboard.formats.byte_search import Step
from evidenceboard.model.records import Attachment, Record
from evidenceboard.session import Session

_STARTS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_PAINTER: Final = "evidenceboard.render.repainting"
Repaint = Callable[[bytes], bytes]


@dataclass(slots=True)
class Files:
    """What becomes of the attachments: the bytes that were made anew, and how many went how."""

    anew: dict[str, bytes] = field(default_factory=dict)
    as_they_are: set[str] = field(default_factory=set)
    left_out: int = 0


def is_picture(data: bytes, media_type: str = "") -> bool:
    """Tell whether bytes are a picture, or are said to be one."""
    return data.startswith(_STARTS) or data[:4] == b"RIFF" or media_type.startswith("image/")


def repainted(session: Session, records: list[Record], step: Step = lambda: None) -> tuple[list[Record], Files]:
    """Return the records with their pictures painted anew; those that cannot be are left out."""
    files = Files()
    made: list[Record] = []
    for record in records:
        if not isinstance(record, Attachment):
            made.append(record)
            continue
        step()
        data = session.attachment(record.sha256)
        if not is_picture(data, record.media_type):
            files.as_they_are.add(record.sha256)
            made.append(record)
            continue
        picture = _painted(data)
        if picture:
            digest = sha256(picture).hexdigest()
            files.anew[digest] = picture
            media = "image/jpeg" if picture.startswith(_STARTS[1]) else "image/png"
            made.append(replace(record, sha256=digest, size=len(picture), media_type=media))
        else:
            files.left_out += 1
    return made, files


def _painted(data: bytes) -> bytes:
    """Return a picture as fresh pixels, or nothing where it cannot be painted, or where nothing here paints."""
    try:
        paint = cast(Repaint, importlib.import_module(_PAINTER).repainted)
    except ImportError:
        return b""
    return paint(data)
