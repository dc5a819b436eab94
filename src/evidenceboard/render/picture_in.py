"""Reading pictures that come from files: by four formats alone, and their size is looked at first."""

from __future__ import annotations

from dataclasses import field
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from evidenceboard.model.values import dataclass

MOST_PIXELS: Final = 40_000_000
MOST_BYTES: Final = 64 * 1024 * 1024
_MOST_MEGABYTES: Final = 64
"""What one picture may take in memory while it is read."""
_STARTS: Final = ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg"), (b"GIF87a", b"gif"), (b"GIF89a", b"gif"))
OTHER, LONG, SIZELESS, LARGE, DAMAGED = "another format", "too many bytes", "no size", "too many pixels", "damaged"


@dataclass(frozen=True, slots=True)
class Read:
    """A picture, or why it is none. `whole`: its size in pixels before it was made smaller."""

    image: QImage = field(default_factory=QImage)
    whole: QSize = field(default_factory=QSize)
    fault: str = ""


def kind_of(data: bytes) -> bytes:
    """Return the format that bytes begin as: png, jpeg, gif, webp, or nothing. Names and media types are not asked."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return b"webp"
    return next((kind for start, kind in _STARTS if data.startswith(start)), b"")


def read(data: bytes, most: QSize | None = None) -> Read:
    """Read the first frame of a picture, made smaller where it is larger than `most`. Any thread may ask."""
    kind = kind_of(data)
    if not kind or len(data) > MOST_BYTES:
        return Read(fault=LONG if kind else OTHER)
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() < 1 or size.height() < 1:
        return Read(fault=SIZELESS)
    if size.width() * size.height() > MOST_PIXELS:
        return Read(whole=size, fault=LARGE)
    if most is not None and (size.width() > most.width() or size.height() > most.height()):
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    return Read(fault=DAMAGED) if image.isNull() else Read(image, size)
