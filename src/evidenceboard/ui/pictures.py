"""Pictures of files, read by four formats alone: their size is looked at first, and they are read beside the window."""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from evidenceboard.model.values import dataclass
from evidenceboard.render import picture_in

_LOOK: Final = 15
"""Milliseconds between two looks at whether a picture has been read."""
MEDIA: Final = ("image/png", "image/jpeg", "image/webp", "image/gif")
"""The media types by which other programs hand over such pictures."""


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
    return _refused(said.format(n=f"{megapixels:,.1f}", most=picture_in.MOST_PIXELS // 1_000_000))


def read(data: bytes, most: QSize | None = None) -> Seen:
    """Read the first frame of a picture, made smaller where it is larger than `most`. Any thread may ask."""
    found = picture_in.read(data, most)
    if found.fault == picture_in.LARGE:
        return _too_large(found.whole)
    why = {
        picture_in.OTHER: _say("Only PNG, JPEG, WebP and GIF are shown as pictures."),
        picture_in.LONG: _say("This picture has too many bytes to be shown; save it to look at it."),
        picture_in.SIZELESS: _say("This picture is damaged: it does not say how large it is."),
        picture_in.DAMAGED: _say("This picture is damaged or takes too much memory; save it to look at it."),
    }
    return _refused(why[found.fault]) if found.fault else Seen(found.image, found.whole)


def made_here(image: QImage) -> Seen:
    """Return a picture that this program holds already, or refuse it by its size."""
    if image.isNull():
        return _refused(_say("There is no picture in it."))
    if image.width() * image.height() > picture_in.MOST_PIXELS:
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
