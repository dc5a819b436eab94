"""Letters by the place of their key, so that they work under Hangul and Cyrillic layouts."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ROWS: Final = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
# Scan codes of the first key of each row: on X11 and Wayland the kernel's code plus 8, on Windows the code of set 1.
_X11: Final = (24, 38, 52)
_WINDOWS: Final = (0x10, 0x1E, 0x2C)
_MAC: Final = dict(
    zip("ASDFHGZXCVBQWERYTOUIPLJKNM", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 31, 32, 34, 35, 37,
                                       38, 40, 45, 46), strict=True)
)  # fmt: skip


def _table() -> dict[int, str]:
    if sys.platform == "darwin":
        return {code: letter for letter, code in _MAC.items()}
    starts = _WINDOWS if sys.platform == "win32" else _X11
    return {start + place: letter for start, row in zip(starts, _ROWS, strict=True) for place, letter in enumerate(row)}


_LETTERS: Final = _table()


def letter_of(event: QKeyEvent) -> str:
    """Return the Latin letter of a key, A to Z, or "".

    A layout with Latin letters says itself which letter a key is; under any other the place of the key decides.
    """
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return chr(key)
    if event.text().isascii() and event.text().isprintable() and event.text():
        return ""
    code = event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode()
    return _LETTERS.get(code, "")
