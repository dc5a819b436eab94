"""Cards painted once and kept, as long as a budget of bytes allows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from evidenceboard.render.palette import Palette

BUDGET: Final = 64 * 1024 * 1024
BYTES: Final = 4
"""Bytes of a pixel of a picture of a card."""
_Key = tuple[int, int, int, float, str]


class Sprites:
    """Keep pictures of cards by slot, size, scale and palette; the one used longest ago goes first."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget = budget
        self._kept: OrderedDict[_Key, QImage] = OrderedDict()
        self._of_slot: dict[int, set[_Key]] = {}
        self._faces: dict[int, object] = {}
        self._sure: set[int] = set()
        self.bytes = 0

    def doubt(self) -> None:
        """Have every face looked at again before its picture is used: what a card shows may come from far away."""
        self._sure.clear()

    def is_sure(self, slot: int) -> bool:
        """Return whether a card is known to show what its kept pictures show."""
        return slot in self._sure

    def look(self, slot: int, face: object) -> None:
        """Take note of what a card shows now, and let its pictures go where they show something else."""
        if self._faces.get(slot) != face:
            self.forget([slot])
            self._faces[slot] = face
        self._sure.add(slot)

    def get(self, slot: int, size: QSize, scale: float, palette: Palette) -> QImage | None:
        """Return a kept picture, or None."""
        key = (slot, size.width(), size.height(), scale, palette.name)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, slot: int, size: QSize, scale: float, palette: Palette, image: QImage) -> None:
        """Keep a picture, letting older ones go where the budget is spent."""
        key = (slot, size.width(), size.height(), scale, palette.name)
        self._kept[key] = image
        self._of_slot.setdefault(slot, set()).add(key)
        self.bytes += image.sizeInBytes()
        while self.bytes > self.budget and len(self._kept) > 1:
            old, gone = self._kept.popitem(last=False)
            self.bytes -= gone.sizeInBytes()
            self._of_slot[old[0]].discard(old)
            if not self._of_slot[old[0]]:
                self.forget([old[0]])

    def forget(self, slots: Iterable[int]) -> None:
        """Let the pictures of some cards go: they show something else now."""
        for slot in slots:
            self._faces.pop(slot, None)
            self._sure.discard(slot)
            for key in self._of_slot.pop(slot, ()):
                gone = self._kept.pop(key, None)
                if gone is not None:
                    self.bytes -= gone.sizeInBytes()

    def clear(self) -> None:
        """Let all pictures go."""
        self._kept.clear()
        self._of_slot.clear()
        self._faces.clear()
        self._sure.clear()
        self.bytes = 0

    @staticmethod
    def blank(size: QSize) -> QImage:
        """Return an empty, transparent picture to paint a card on."""
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        return image
