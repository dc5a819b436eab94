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
# The row of digits, 1 to 9 and 0, by the place of the key.
_DIGITS: Final = dict(
    zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29) if sys.platform == "darwin"
        else range(0x02, 0x0C) if sys.platform == "win32" else range(10, 20), "1234567890", strict=True)
)  # fmt: skip


def letter_of(event: QKeyEvent) -> str:
    """Return the Latin letter of a key, A to Z, or "".

    A layout with Latin letters says itself which letter a key is; under any other the place of the key decides.
    """
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return chr(key)
    if event.text().isascii() and event.text().isprintable() and event.text():
        return ""
    return _LETTERS.get(_code(event), "")


def sign_of(event: QKeyEvent) -> str:
    """Return the Latin letter or the digit of a key, or "".

    Where the upper row of keys bears other signs, as on French keyboards, the place of a key decides.
    """
    if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
        return chr(event.key())
    return letter_of(event) or _DIGITS.get(_code(event), "")


def _code(event: QKeyEvent) -> int:
    return event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode()
