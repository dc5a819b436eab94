"""Where the frames and cards of the sample's boards lie, worked out from a table of who stands with whom."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidenceboard.model.card_size import fitted_height
from evidenceboard.model.document import Document
from evidenceboard.model.types import entity_type

GRID = 24.0
TITLE = 2 * GRID
"""Board units that the title of a frame takes."""
PAD = GRID
WIDEST = 4 * GRID
"""Board units between cards, at most."""
BETWEEN_FRAMES = 2 * GRID
BETWEEN_STRIPS = 5 * GRID
BELOW = 16 * GRID
"""Board units below a frame that lies across: the links to it need them."""
ACROSS = "across"

Box = tuple[float, float, float, float]


@dataclass
class Layout:
    """One frame: its box (x, y, w, h) and its cards as number, x, y, width; board units."""

    title: str
    box: Box
    cards: list[tuple[str, float, float, float]] = field(default_factory=list)


@dataclass
class Plan:
    """One frame as the table has it: columns of cards, and how wide cards and the gaps between columns are."""

    title: str
    width: float
    gap: float
    columns: list[list[str]] = field(default_factory=list)

    @property
    def wide(self) -> float:
        return len(self.columns) * self.width + (len(self.columns) - 1) * self.gap + 2 * PAD

    @property
    def longest(self) -> int:
        return max(len(column) for column in self.columns)


def read_plans(table: Path) -> dict[str, list[Plan]]:
    """Return the frames of a board, one list for each strip of frames, top to bottom.

    A row of the table is one column of cards; `width` of its cards and `gap` to the next column of the same frame are
    in steps of the grid. The strip “across” lies over all others.
    """
    strips: dict[str, list[Plan]] = {}
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            strip = strips.setdefault(row["strip"], [])
            if not strip or strip[-1].title != row["frame"]:
                strip.append(Plan(row["frame"], float(row["width"]) * GRID, float(row["gap"]) * GRID))
            strip[-1].columns.append(row["cards"].split())
    return strips


def write_plans(table: Path, strips: dict[str, list[Plan]]) -> None:
    """Write the frames of a board as a table again."""
    with table.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("strip", "frame", "width", "gap", "cards"))
        for name, strip in strips.items():
            for plan in strip:
                for column in plan.columns:
                    steps = (round(plan.width / GRID), round(plan.gap / GRID))
                    out.writerow((name, plan.title, *steps, " ".join(column)))


def heights_of(document: Document, strips: dict[str, list[Plan]]) -> dict[str, float]:
    """Return how high each card must be for its text, by number."""
    return {
        number: _height(document, number, plan.width)
        for strip in strips.values()
        for plan in strip
        for column in plan.columns
        for number in column
    }


def lay_out(strips: dict[str, list[Plan]], heights: dict[str, float]) -> list[Layout]:
    """Return the frames of a board with the places of their cards: tops and bottoms in line, gutters even."""
    over = strips.get(ACROSS, [])
    strips = {name: strip for name, strip in strips.items() if name != ACROSS}
    tallest = max(_strip_height(strip, heights, 2 * GRID) for strip in strips.values())
    made: list[Layout] = []
    x, top = 0.0, sum(_frame_height(plan, heights, GRID) + BELOW for plan in over)
    for strip in strips.values():
        across = max(plan.wide for plan in strip)
        made += _strip(strip, heights, (x, top, across, tallest))
        x += across + BETWEEN_STRIPS
    for plan in over:
        # As many columns as it has share the width of all that lies below.
        gap = (x - BETWEEN_STRIPS - 2 * PAD - plan.width) / max(len(plan.columns) - 1, 1) - plan.width
        wide = replace(plan, gap=gap)
        made.append(_placed(wide, heights, GRID, (0.0, 0.0, x - BETWEEN_STRIPS, top - BELOW)))
    return made


def _strip(strip: list[Plan], heights: dict[str, float], box: Box) -> list[Layout]:
    x, y, wide, tallest = box
    gutter = GRID
    while gutter < WIDEST and _strip_height(strip, heights, gutter + GRID) <= tallest:
        gutter += GRID
    spare = (tallest - _strip_height(strip, heights, gutter)) / sum(plan.longest for plan in strip)
    made = []
    for plan in strip:
        high = _frame_height(plan, heights, gutter) + spare * plan.longest
        made.append(_placed(plan, heights, gutter, (x, y, wide, high)))
        y += high + BETWEEN_FRAMES
    return made


def _placed(plan: Plan, heights: dict[str, float], gutter: float, box: Box) -> Layout:
    layout = Layout(plan.title, box)
    x = box[0] + (box[2] - plan.wide) / 2 + PAD
    for column in plan.columns:
        y = box[1] + TITLE
        for number in column:
            layout.cards.append((number, x, y, plan.width))
            y += heights[number] + gutter
        x += plan.width + plan.gap
    return layout


def _height(document: Document, number: str, width: float) -> float:
    entity = document.entity(number)
    return fitted_height(entity_type(entity.type).face(entity, document), width)


def _frame_height(plan: Plan, heights: dict[str, float], gutter: float) -> float:
    return TITLE + PAD + max(sum(heights[n] for n in column) + gutter * (len(column) - 1) for column in plan.columns)


def _strip_height(strip: list[Plan], heights: dict[str, float], gutter: float) -> float:
    return sum(_frame_height(plan, heights, gutter) for plan in strip) + BETWEEN_FRAMES * (len(strip) - 1)
