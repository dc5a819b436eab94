"""Where the fonts, the icons and the sample lie: beside the package when installed, above it in a working tree."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def _folder() -> Path:
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a file that comes with the program."""
    return _folder().joinpath(*parts)


def sample_board() -> Path:
    """Return the path of the sample board as it came."""
    installed = resource("sample_board.db")
    return installed if installed.is_file() else _PACKAGE.parents[1] / "sample_board.db"
