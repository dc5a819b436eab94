"""The typeface: Inter comes with the program; behind it stand the Noto fonts of the system for other scripts."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from evidenceboard.render.resources import resource

_FILES: Final = {"regular": "Inter-Regular.otf", "medium": "Inter-Medium.otf", "semibold": "Inter-SemiBold.otf"}
_BEHIND: Final = ("Noto Sans", "Noto Sans CJK KR", "Noto Color Emoji")
_WEIGHTS: Final = {
    "regular": QFont.Weight.Normal,
    "medium": QFont.Weight.Medium,
    "semibold": QFont.Weight.DemiBold,
}


@lru_cache(maxsize=8)
def _loaded(weight: str) -> str:
    """Return the family under which Qt knows one of the bundled files, or "" where it cannot be loaded.

    Some systems put all weights into one family, others give each file a family of its own.
    """
    font_id = QFontDatabase.addApplicationFont(str(resource("fonts", _FILES[weight])))
    names = QFontDatabase.applicationFontFamilies(font_id) if font_id >= 0 else []
    return names[0] if names else ""


def family() -> str:
    """Return the name of the bundled typeface, loaded at first use; the system's sans where it cannot be loaded."""
    return _loaded("regular") or QFont().defaultFamily()


@lru_cache(maxsize=64)
def _made(pixels: int, weight: str) -> QFont:
    font = QFont([_loaded(weight) or family(), family(), *_BEHIND])
    font.setPixelSize(max(1, pixels))
    font.setWeight(_WEIGHTS[weight])
    # The same letters at every zoom: hinted ones would change their widths from size to size.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def font(size: float, weight: str = "regular") -> QFont:
    """Return the typeface at the nearest whole size in pixels; weight regular, medium or semibold."""
    return _made(round(size), weight)


@lru_cache(maxsize=64)
def _measured(pixels: int, weight: str) -> QFontMetricsF:
    return QFontMetricsF(_made(pixels, weight))


def metrics(size: float, weight: str = "regular") -> QFontMetricsF:
    """Return the measures of the typeface at the nearest whole size in pixels."""
    return _measured(round(size), weight)
