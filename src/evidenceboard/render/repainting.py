"""A picture painted anew on a fresh sheet: what it shows, without what was written beside its pixels."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from evidenceboard.render import application

MOST_PIXELS: Final = 40_000_000
MOST_BYTES: Final = 64 * 1024 * 1024
_FORMATS: Final = ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg"), (b"GIF8", b"gif"))
_QUALITY: Final = 92


def repainted(data: bytes) -> bytes:
    """Return a picture as PNG, or as JPEG where it was one; nothing where it cannot be read."""
    kind = next((kind for start, kind in _FORMATS if data.startswith(start)), b"")
    kind = b"webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else kind
    image = _read(data, kind) if kind and len(data) <= MOST_BYTES else QImage()
    if image.isNull():
        return b""
    opaque = kind == b"jpeg"
    sheet = QImage(image.size(), QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32)
    if sheet.isNull():
        return b""
    sheet.fill(0xFFFFFFFF if opaque else 0)
    painter = QPainter(sheet)
    try:
        painter.drawImage(0, 0, image)
    finally:
        painter.end()
    return _written(sheet, b"jpeg" if opaque else b"png")


def _read(data: bytes, kind: bytes) -> QImage:
    application.ensure()
    QImageReader.setAllocationLimit(256)
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() < 1 or size.height() < 1 or size.width() * size.height() > MOST_PIXELS:
        return QImage()
    image = reader.read()
    image.setDevicePixelRatio(1)
    return image


def _written(sheet: QImage, kind: bytes) -> bytes:
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(_QUALITY if kind == b"jpeg" else 80)
    return bytes(out.data()) if writer.write(sheet) else b""
