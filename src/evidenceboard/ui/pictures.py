"""Pictures of files, read by four formats alone: their size is looked at first, and they are read beside the window."""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

MOST_PIXELS: Final = 40_000_000
MOST_MEGABYTES: Final = 64
"""What one picture may take in memory while it is read."""
MOST_BYTES: Final = 64 * 1024 * 1024
_LOOK: Final = 15
"""Milliseconds between two looks at whether a picture has been read."""
MEDIA: Final = ("image/png", "image/jpeg", "image/webp", "image/gif")
"""The media types by which other programs hand over such pictures."""
_STARTS: Final = ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg"), (b"GIF87a", b"gif"), (b"GIF89a", b"gif"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture as it was read, or in words why it was not. `whole`: its size in pixels before it was made smaller."""

    image: QImage
    whole: QSize
    refused: str = ""


def _say(text: str) -> str:
    return QCoreApplication.translate("Pictures", text)


def _refused(why: str) -> Seen:
    return Seen(QImage(), QSize(), why)


def _too_large(size: QSize) -> Seen:
    said = _say("This picture has {n} megapixels, and at most {most} are shown; save it to look at it.")
    megapixels = math.ceil(size.width() * size.height() / 100_000) / 10
    return _refused(said.format(n=f"{megapixels:,.1f}", most=MOST_PIXELS // 1_000_000))


def kind_of(data: bytes) -> bytes:
    """Return the format that bytes begin as: png, jpeg, gif, webp, or nothing. Names and media types are not asked."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return b"webp"
    return next((kind for start, kind in _STARTS if data.startswith(start)), b"")


def read(data: bytes, most: QSize | None = None) -> Seen:
    """Read the first frame of a picture, made smaller where it is larger than `most`. Any thread may ask."""
    kind = kind_of(data)
    if not kind:
        return _refused(_say("Only PNG, JPEG, WebP and GIF are shown as pictures."))
    if len(data) > MOST_BYTES:
        return _refused(_say("This picture has too many bytes to be shown; save it to look at it."))
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() < 1 or size.height() < 1:
        return _refused(_say("This picture is damaged: it does not say how large it is."))
    if size.width() * size.height() > MOST_PIXELS:
        return _too_large(size)
    if most is not None and (size.width() > most.width() or size.height() > most.height()):
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        return _refused(_say("This picture is damaged or takes too much memory; save it to look at it."))
    return Seen(image, size)


def made_here(image: QImage) -> Seen:
    """Return a picture that this program holds already, or refuse it by its size."""
    if image.isNull():
        return _refused(_say("There is no picture in it."))
    if image.width() * image.height() > MOST_PIXELS:
        return _too_large(image.size())
    return Seen(image, image.size())


class Reading(QObject):
    """Read pictures beside the window, one after the other, and tell when one is there."""

    done = Signal(object)
    """A `Seen`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running: Future[Seen] | None = None
        self._look = QTimer(self)
        self._look.timeout.connect(self._take)

    def start(self, data: bytes, most: QSize) -> None:
        """Read a picture, made smaller where it is larger than `most`."""
        self._running = _worker().submit(read, data, most)
        self._look.start(_LOOK)

    @property
    def busy(self) -> bool:
        """Tell whether a picture is still being read."""
        return self._running is not None

    def _take(self) -> None:
        if self._running is not None and self._running.done():
            self._look.stop()
            seen, self._running = self._running.result(), None
            self.done.emit(seen)


@cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="pictures")
