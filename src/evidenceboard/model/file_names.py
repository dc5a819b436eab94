"""Names that came with a file, made safe for a folder of this machine and for the eye."""

from __future__ import annotations

import re
from typing import Final

from evidenceboard.model.marks import one_line

LONGEST: Final = 180
"""Bytes that a name has at most: file systems take 255, and a copy gets something added."""
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?$")
_ENDING: Final = re.compile(r"\.[^\s.]{1,12}$")


def safe_name(name: str) -> str:
    """Return a name that names one file here, and nothing else: no folder, no hidden file, no option, no device.

    What nobody sees in it becomes a mark; one that is too long loses its middle, never its ending.
    """
    last = re.split(r"[\\/]", name)[-1] if len(name) < 10_000 else name[-10_000:].replace("/", "_").replace("\\", "_")
    shown = _FORBIDDEN.sub("_", one_line(last, 2 * LONGEST)).lstrip(".-~ ").rstrip(". ")
    shown = _shortened(shown)
    if _RESERVED.match(shown):
        shown = f"_{shown}"
    return shown or "attachment"


def ending_of(name: str) -> str:
    """Return the ending by which other programs choose what to do with a file, in small letters; "" without one."""
    found = _ENDING.search(safe_name(name))
    return found[0].lower() if found else ""


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    found = _ENDING.search(name)
    ending = found[0] if found else ""
    stem = name[: len(name) - len(ending)].encode()[: LONGEST - len(ending.encode()) - 3]
    return stem.decode("utf-8", "ignore").rstrip(". ") + "…" + ending
