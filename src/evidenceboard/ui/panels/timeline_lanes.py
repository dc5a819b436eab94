"""What stands in which lane of the timeline, as arrays, and in which row so that nothing hides another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.document import Document
from evidenceboard.model.edtf import Day, Span
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity
from evidenceboard.model.timeline import TIMED, Moment
from evidenceboard.model.types import entity_type
from evidenceboard.ui.plain import one_line

MANY: Final = 20_000
"""Bars from which on rows are the same at every scale."""
_JOINED: Final = {"source": ("states", "denies"), "actor": ("asserts", "about"), "scenario": ("bears on",)}
"""By which links a claim or event comes into the lane of a source, actor or scenario."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name, the type that colours it, and the entity it stands for, "" where none."""

    name: str
    type_id: str
    entity_id: str = ""


class Lanes:
    """Bars in lanes. `start`, `end`: days since 1970, end exclusive, infinite where open; `lane`, `row`: where.

    `packed`: days of room that each bar has; `room`: where the next bar of the row begins; `rows`: how many rows each
    lane has. Bars are in the order of time within their lane.
    """

    def __init__(self, document: Document, moments: Iterable[Moment], by: str, dates: str) -> None:
        dated = [(moment, span) for moment in moments if (span := moment.span_of(dates))]
        placed: dict[Lane, list[tuple[Moment, Span]]] = {}
        for moment, span in dated:
            for lane in _lanes_of(document, moment, by):
                placed.setdefault(lane, []).append((moment, span))
        self.lanes = sorted(placed, key=lambda lane: _place(document, lane))
        bars = [(at, *bar) for at, lane in enumerate(self.lanes) for bar in placed[lane]]
        lanes = np.array([at for at, _, _ in bars], dtype=np.int64)
        starts = np.array([_from(span) for _, _, span in bars], dtype=np.float64)
        ends = np.array([_to(span) for _, _, span in bars], dtype=np.float64)
        order = np.lexsort((ends, starts, lanes))
        self.moments = [bars[bar][1] for bar in order.tolist()]
        self.spans = [bars[bar][2] for bar in order.tolist()]
        self.lane, self.start, self.end = lanes[order], starts[order], ends[order]
        self.row = np.zeros(len(bars), dtype=np.int64)
        self.room = np.full(len(bars), np.inf)
        self.rows = np.ones(len(self.lanes), dtype=np.int64)
        self.vague = np.array([span.approximate for span in self.spans], dtype=bool)
        self.packed = -1.0
        self.pack(0.0)

    def __len__(self) -> int:
        return len(self.moments)

    def bounds(self) -> tuple[float, float]:
        """Return the first and last day that any date names, open ends aside."""
        known = np.concatenate([self.start[np.isfinite(self.start)], self.end[np.isfinite(self.end)]])
        return (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)

    def pack(self, least: float, soft: float = 0.0) -> None:
        """Give every bar a row where it has `least` days of room for itself and its name, vague ends `soft` more."""
        least = 0.0 if len(self) > MANY else least
        if least == self.packed:
            return
        self.packed = least
        self.room.fill(np.inf)
        edges = soft * self.vague if least else 0.0
        starts = self.start - edges
        ends = np.maximum(self.end + edges, starts + least)
        for at in range(len(self.lanes)):
            first, last = np.searchsorted(self.lane, [at, at + 1])
            self.rows[at] = self._pack_lane(int(first), int(last), starts, ends)

    def _pack_lane(self, first: int, last: int, starts: NDArray[np.float64], ends: NDArray[np.float64]) -> int:
        busy: list[tuple[float, int]] = []
        free: list[int] = []
        before: dict[int, int] = {}
        count = 0
        # A vague bar begins before its date, so the order of the dates is not that of the bars.
        order = first + np.argsort(starts[first:last], kind="stable")
        for bar, start, end in zip(order.tolist(), starts[order].tolist(), ends[order].tolist(), strict=True):
            while busy and busy[0][0] <= start:
                heappush(free, heappop(busy)[1])
            if not free:
                heappush(free, count)
                count += 1
            row = heappop(free)
            if row in before:
                self.room[before[row]] = start
            before[row] = bar
            self.row[bar] = row
            heappush(busy, (end, row))
        return max(count, 1)


@lru_cache(maxsize=16_384)
def _number(day: Day) -> float:
    return float(day.number)


def _from(span: Span) -> float:
    return _number(span.earliest) if span.earliest else -np.inf


def _to(span: Span) -> float:
    return _number(span.latest) + 1 if span.latest else np.inf


def _lanes_of(document: Document, moment: Moment, by: str) -> Iterator[Lane]:
    """Yield the lanes that a moment stands in: that of its type, or of each source, actor or scenario it is tied to."""
    if by not in _JOINED:
        yield Lane(entity_type(moment.type).plural, moment.type)
        return
    tied: dict[str, Entity] = {}
    for link in document.links_of(moment.entity_id):
        if link.type in _JOINED[by]:
            other = document.find("entities", link.to_id if link.from_id == moment.entity_id else link.from_id)
            if isinstance(other, Entity) and other.type == by:
                tied[other.id] = other
    own = document.find("entities", moment.entity_id)
    if moment.type == by and isinstance(own, Entity):
        tied[own.id] = own
    for entity in tied.values():
        yield Lane(f"{entity.number} {one_line(entity.title, 60)}", by, entity.id)
    if not tied:
        yield Lane("", "")


def _place(document: Document, lane: Lane) -> tuple[int, tuple[str, int, str]]:
    """Return a key that puts lanes in the order of types or numbers, the one for all others last."""
    if not lane.entity_id:
        known = TIMED.index(lane.type_id) if lane.type_id in TIMED else len(TIMED)
        return known, ("", 0, "")
    return 0, natural("".join(document.numbers_of([lane.entity_id])))
