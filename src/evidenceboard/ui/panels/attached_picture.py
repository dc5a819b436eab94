"""The picture that an attachment is, small in its row and larger in a window of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from evidenceboard.model.file_names import ending_of
from evidenceboard.model.records import Attachment
from evidenceboard.render.picture_in import MOST_BYTES
from evidenceboard.ui.panels.prose import LINE, ProseButton, Typeset, letters, quiet_colour
from evidenceboard.ui.pictures import Reading, Seen
from evidenceboard.ui.plain import one_line

WIDE: Final = 240
HIGH: Final = 160
"""Pixels that a picture in a row has at most."""
_ENDINGS: Final = frozenset({".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp"})
_LARGE: Final = QSize(1600, 1200)
_GAP: Final = 6


def _say(text: str) -> str:
    return QCoreApplication.translate("AttachedPicture", text)


def may_be_picture(attachment: Attachment) -> bool:
    """Tell whether it is worth while to look into the bytes of an attachment for a picture."""
    return attachment.media_type.startswith("image/") or ending_of(attachment.name) in _ENDINGS


class Picture(QWidget):
    """Read a picture at its first sight and paint it, or say why it is not shown."""

    def __init__(self, size: int, load: Callable[[], bytes], most: QSize, parent: QWidget) -> None:
        super().__init__(parent)
        self._size, self._load, self._most, self._asked = size, load, most, False
        self.seen: Seen | None = None
        self._reading = Reading(self)
        self._reading.done.connect(self._take)
        self._said = Typeset(_say("Reading the picture…"), letters(self, 12))

    def _take(self, seen: Seen) -> None:
        self.seen = seen
        self._said = Typeset(seen.refused, letters(self, 12))
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """Return what is said in the place of the picture, or ""."""
        return "" if self.seen and not self.seen.refused else self._said.text

    def place(self) -> QRect:
        """Return where the picture is painted, none larger than it is."""
        inside = self.rect().adjusted(*([ProseButton.PAD[0] * self._size, _GAP * self._size, 0, -_GAP * self._size]))
        if self.seen is None or self.seen.image.isNull():
            return inside
        ratio = self.devicePixelRatioF()
        size = (self.seen.image.size() / ratio).boundedTo(
            self.seen.image.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        return QRect(inside.topLeft(), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._asked:
            # Only what is in sight is read: a source may have hundreds of pictures.
            self._asked = True
            self._reading.start(self._load(), self._most * self.devicePixelRatioF())
        painter = QPainter(self)
        place = self.place()
        if self.seen is None or self.seen.refused:
            self._said.draw(painter, place, quiet_colour())
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self.seen.image)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(place.adjusted(0, 0, -1, -1))


class AttachedPicture(Picture):
    """A small picture; a click or Enter shows it larger."""

    def __init__(self, attachment: Attachment, load: Callable[[], bytes], parent: QWidget) -> None:
        readable = attachment.size <= MOST_BYTES
        super().__init__(1, load if readable else bytes, QSize(WIDE, HIGH), parent)
        self._whole = load
        self._name = one_line(attachment.name)
        self.setObjectName("attachedPicture")
        self.setAccessibleName(_say("Picture {name}").format(name=self._name))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _take(self, seen: Seen) -> None:
        super()._take(seen)
        if not seen.refused:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - ProseButton.PAD[0]
        if self.seen is None:
            return round(12 * LINE) + 2 * _GAP
        if self.seen.refused:
            return self._said.height(room) + 2 * _GAP
        size = self.seen.image.size() / self.devicePixelRatioF()
        fitting = size.scaled(QSize(room, HIGH), Qt.AspectRatioMode.KeepAspectRatio).boundedTo(size)
        return max(1, fitting.height()) + 2 * _GAP

    def sizeHint(self) -> QSize:
        return QSize(WIDE, self.heightForWidth(max(self.width(), WIDE)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.place().contains(event.position().toPoint()):
            self.enlarge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.enlarge()
        else:
            super().keyPressEvent(event)

    def enlarge(self) -> QDialog | None:
        """Show the picture as large as it is, or as the screen, in a window of its own; Esc closes it."""
        if self.seen is None or self.seen.refused:
            return None
        box = QDialog(self.window())
        box.setObjectName("picture")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self._name)
        room = self.screen().availableSize() * 0.85
        whole = self.seen.whole
        size = whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(whole)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Picture(0, self._whole, _LARGE, box))
        box.resize(size.expandedTo(QSize(240, 160)))
        box.show()
        return box
