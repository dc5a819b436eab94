"""The bars that the window is held to: one row for each thing that is measured, one column for each size of board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from evidenceboard.ui.panels import PANELS

SIZES: Final = (1_000, 10_000, 100_000, 500_000, 1_000_000)
"""Cards of the columns. A board between two of them is held to the larger one's bars."""
ZOOMS: Final = ("overview", "middle", "reading")
GESTURES: Final = ("pan", "zoom", "drag 1", "drag 1,000")
MEANWHILE: Final = {
    "opening": "reading on after the first frame",
    "overview": "loading the overview",
    "frames": "pan, zoom and drag",
    "hits": "hit tests",
    "disk": "drops",
    "judging": "judging",
}
"""What a window does in measures of other things; how long it is held by that has a row as well."""
THERE: Final = {
    "this machine: fillRect in a loop of Python, each": 305.0,
    "this machine: one call of Qt": 140.0,
    "this machine: one line, antialiased": 1200.0,
    "this machine: a whole frame scaled smoothly": 3_000_000.0,
    "this machine: a whole frame copied": 160_000.0,
}
"""What a program of this kind is made of, and how long each took in ns where the bars were set; of calls the middle."""
_HOLD: Final = (16.0, 33.0, 33.0, 50.0, 100.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is measured, by the measure that gives it, with its bars by size; None where there is none.

    `times_limit`: the bar is so many times the limit of the same run. `above_limit`: so much more than it, at 10,000.
    """

    measure: str
    name: str
    unit: str
    bars: tuple[float | None, ...]
    times_limit: bool = False
    above_limit: bool = False

    def bar(self, cards: int, limit: float | None) -> float | None:
        """Return what a board of this size is held to, in the row's unit."""
        column = next((place for place, size in enumerate(SIZES) if size >= cards), len(SIZES) - 1)
        found = self.bars[column]
        if found is None:
            return None
        if self.times_limit:
            return None if limit is None else found * limit
        return found + (limit or 0.0) if self.above_limit and SIZES[column] == 10_000 else found

    def entry(self, cards: int, value: float | None, limit: float | None) -> dict[str, Any]:
        """Return the row as it is printed; what could not be measured does not hold."""
        bar = self.bar(cards, limit)
        holds = value is not None and (bar is None or value <= bar)
        shown = {"value": value, "unit": self.unit, "limit": limit, "bar": bar}
        return {"name": self.name, **{key: _short(one) for key, one in shown.items()}, "holds": holds}


def meanwhile(measure: str) -> str:
    """Return the name of the row that tells how long a measure of something else held the window."""
    return f"longest hold at {MEANWHILE[measure]}"


def _short(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _rows() -> tuple[Row, ...]:
    frame = (6.0, 16.0, 8.0, 16.0, 33.0)
    return (
        Row("opening", "first sharp frame of the last view", "s", (0.45, 1.0, 0.5, 0.5, 0.6), above_limit=True),
        Row("overview", "everything loaded and a sharp overview", "s", (None, 1.0, 1.0, 1.0, 1.0), times_limit=True),
        Row("opening", "all ready to search", "s", (0.5, 4.0, 4.0, 20.0, 40.0)),
        Row("opening", "all ready, of a file from elsewhere that is looked over", "s", (0.5, 4.0, 4.0, 20.0, 40.0)),
        *(Row("frames", f"frame p95: {what}, {zoom}", "ms", frame) for zoom in ZOOMS for what in GESTURES),
        Row("frames", "sharp again after a zoom, reading", "ms", (30.0, 100.0, 100.0, 150.0, 200.0)),
        Row("frames", "sharp again after a zoom, middle", "ms", (30.0, 100.0, 100.0, 150.0, 200.0)),
        Row("frames", "sharp again after a zoom, overview", "ms", (50.0, 250.0, 250.0, 1000.0, 2000.0)),
        Row("holds", "longest hold of the event loop, p99.9", "ms", _HOLD),
        *(Row(measure, meanwhile(measure), "ms", _HOLD) for measure in MEANWHILE),
        *(Row("panels", f"longest hold at an edit: {panel.id}", "ms", _HOLD) for panel in PANELS),
        Row("hits", "hit test of a card", "ms", (0.1, 0.3, 0.3, 1.0, 2.0)),
        Row("hits", "hit test of a curve", "ms", (0.1, 0.5, 0.5, 1.0, 2.0)),
        Row("hits", "rubber band", "ms", (0.1, 0.3, 0.3, 1.0, 2.0)),
        Row("memory", "memory above an empty window, all ready", "MB", (20.0, 300.0, 300.0, 1200.0, 2400.0)),
        Row("disk", "drop 1 card, durable on disk", "ms", (3.0, 5.0, 5.0, 5.0, 10.0)),
        Row("disk", "drop 1 card, hand free again", "ms", (None, None, None, None, None)),
        Row("disk", "drop 1,000 cards, durable on disk", "ms", (20.0, 60.0, 60.0, 80.0, 100.0)),
        Row("disk", "drop 1,000 cards, hand free again", "ms", (None, None, None, None, None)),
        Row("bulk", "move all cards, each", "µs", (None, None, None, None, None)),
        Row("bulk", "take that back, each", "µs", (None, None, None, None, None)),
        Row("bulk", "longest hold at moving all cards", "ms", _HOLD),
        Row("finding", "search as you type, first 50 hits", "ms", (5.0, 50.0, 50.0, 150.0, 300.0)),
        Row("judging", "judge a cell of 500 × 10", "ms", (200.0, 200.0, 200.0, 200.0, 200.0)),
        Row("atlas", "PDF atlas, each card", "µs", (500.0, 500.0, 500.0, 500.0, 500.0)),
        Row("atlas", "PDF atlas, memory above the loaded board", "MB", (100.0, 150.0, 300.0, None, None)),
        Row("atlas", "PDF atlas, longest time without a sign of life", "ms", (33.0, 33.0, 33.0, 50.0, 100.0)),
        *(Row("yardstick", name, "ns", (None,) * len(SIZES)) for name in THERE),
    )


# At 10,000 cards the first frame may take a second more than an empty window, and frames 16 ms. All else is held there
# to the bars of 100,000.
ROWS: Final = _rows()
