"""The filters of a search. To add one: write its row in one of the files here; its name is what people type."""

from __future__ import annotations

from typing import Final

from evidenceboard.model.filters import dated, judged, linked, named
from evidenceboard.model.filters.filter import Filter, FilterKind, MisreadError

KINDS: Final = (*named.KINDS, *judged.KINDS, *dated.KINDS, *linked.KINDS)
FILTERS: Final[dict[str, FilterKind]] = {kind.key: kind for kind in KINDS}

__all__ = ["FILTERS", "KINDS", "Filter", "FilterKind", "MisreadError"]
