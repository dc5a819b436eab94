"""A picture painted anew on a fresh sheet: what it shows, without what was written beside its pixels."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter

from evidenceboard.render import application, picture_in

_QUALITY: Final = 92


def repainted(data: bytes) -> bytes:
    """Return a picture as PNG, or as JPEG where it was one; nothing where it cannot be read."""
    application.ensure()
    image = picture_in.read(data).image
    if image.isNull():
        return b""
    image.setDevicePixelRatio(1)
    opaque = picture_in.kind_of(data) == b"jpeg"
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


def _written(sheet: QImage, kind: bytes) -> bytes:
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(_QUALITY if kind == b"jpeg" else 80)
    return bytes(out.data()) if writer.write(sheet) else b""
