"""The panels. To add one: write its file here and put its module name into PANELS."""

from __future__ import annotations

from typing import Final

PANELS: Final = ("inspector", "outline", "search", "history", "health", "timeline", "matrix", "table")
