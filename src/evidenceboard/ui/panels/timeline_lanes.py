"""What stands in which lane of the timeline, as arrays, and in which row so that nothing hides another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import heappop, heappush
from itertools import islice, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.document import Document
from evidenceboard.model.edtf import Day, Span
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity
from evidenceboard.model.timeline import TIMED, Moment
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.ui.plain import one_line

MANY: Final = 20_000
"""Bars from which on rows are the same at every scale."""
_STEP: Final = 64
"""Moments that are laid out in one step."""
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

    `places`: the first bar of each entity; `first`: that of the entity of each bar. `kind`: the place of its type among
    `kinds`. `packed`: days of room that each bar has; `room`: where the next bar of the row begins; `rows`: how many
    rows each lane has. Bars are in the order of time within their lane.
    """

    def __init__(self, document: Document, moments: Iterable[Moment], by: str, dates: str) -> None:
        for _ in self._lay(document, moments, by, dates):
            pass

    @classmethod
    def laid(cls, document: Document, moments: Iterable[Moment], by: str, dates: str) -> Iterator[Lanes | None]:
        """Lay many moments out in small steps: yield None after each, and the lanes at the end."""
        made = cls.__new__(cls)
        yield from made._lay(document, moments, by, dates)
        yield made

    def _lay(self, document: Document, moments: Iterable[Moment], by: str, dates: str) -> Iterator[None]:
        placed: dict[Lane, list[tuple[Moment, Span]]] = {}
        orders: dict[Lane, tuple[int, tuple[str, int, str]]] = {}
        for place, moment in enumerate(moments, 1):
            if span := moment.span_of(dates):
                for lane in _lanes_of(document, moment, by):
                    if lane not in placed:
                        placed[lane], orders[lane] = [], _place(document, lane)
                    placed[lane].append((moment, span))
            if place % _STEP == 0:
                yield
        self.lanes = sorted(placed, key=orders.__getitem__)
        yield
        found: list[Moment] = []
        spans: list[Span] = []
        numbers: list[int] = []
        firsts: list[float] = []
        lasts: list[float] = []
        for at, lane in enumerate(self.lanes):
            for moment, span in placed[lane]:
                found.append(moment)
                spans.append(span)
                numbers.append(at)
                firsts.append(_from(span))
                lasts.append(_to(span))
                if len(found) % (8 * _STEP) == 0:
                    yield
        lanes = np.array(numbers, dtype=np.int64)
        start, end = np.array(firsts, dtype=np.float64), np.array(lasts, dtype=np.float64)
        yield
        order = np.lexsort((end, start, lanes))
        self.lane, self.start, self.end = lanes[order], start[order], end[order]
        places = order.tolist()
        yield
        self.moments = [found[bar] for bar in places]
        yield
        self.spans = [spans[bar] for bar in places]
        yield
        yield from self._look_up()
        self.row = np.zeros(len(found), dtype=np.int64)
        self.room = np.full(len(found), np.inf)
        self.rows = np.ones(len(self.lanes), dtype=np.int64)
        self.packed = -1.0
        yield
        yield from self._packing(0.0, 0.0)

    def _look_up(self) -> Iterator[None]:
        """Note of each bar what is asked of many at once."""
        self.places: dict[str, int] = {}
        kinds: dict[str, int] = {}
        kind: list[int] = []
        first: list[int] = []
        vague: list[bool] = []
        uncertain: list[bool] = []
        for bar, (moment, span) in enumerate(zip(self.moments, self.spans, strict=True)):
            first.append(self.places.setdefault(moment.entity_id, bar))
            kind.append(kinds.setdefault(moment.type, len(kinds)))
            vague.append(span.approximate)
            uncertain.append(span.uncertain)
            if bar % (16 * _STEP) == 0:
                yield
        self.kinds = list(kinds)
        self.first, self.kind = np.array(first, dtype=np.intp), np.array(kind, dtype=np.intp)
        yield
        self.vague, self.uncertain = np.array(vague, dtype=bool), np.array(uncertain, dtype=bool)
        yield

    def bars_of(self, ids: Iterable[str]) -> Iterator[NDArray[np.bool_] | None]:
        """Find in small steps which bars are those of some entities: yield None after each, and which at the end."""
        # What has no bar is marked in one place more, which is not asked for.
        marked = np.zeros(len(self) + 1, np.bool_)
        rest = iter(ids)
        while some := [self.places.get(one, -1) for one in islice(rest, 16 * _STEP)]:
            marked[some] = True
            yield None
        yield marked[self.first]

    def __len__(self) -> int:
        return len(self.moments)

    def bounds(self) -> tuple[float, float]:
        """Return the first and last day that any date names, open ends aside."""
        known = np.concatenate([self.start[np.isfinite(self.start)], self.end[np.isfinite(self.end)]])
        return (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)

    def pack(self, least: float, soft: float = 0.0) -> None:
        """Give every bar a row where it has `least` days of room for itself and its name, vague ends `soft` more."""
        for _ in self._packing(least, soft):
            pass

    def _packing(self, least: float, soft: float) -> Iterator[None]:
        least = 0.0 if len(self) > MANY else least
        if least == self.packed:
            return
        self.packed = least
        self.room.fill(np.inf)
        edges = soft * self.vague if least else 0.0
        starts = self.start - edges
        ends = np.maximum(self.end + edges, starts + least)
        firsts = np.searchsorted(self.lane, np.arange(len(self.lanes) + 1)).tolist()
        for at, (first, last) in enumerate(pairwise(firsts)):
            yield from self._pack_lane(at, first, last, starts, ends)

    def _pack_lane(
        self, at: int, first: int, last: int, starts: NDArray[np.float64], ends: NDArray[np.float64]
    ) -> Iterator[None]:
        busy: list[tuple[float, int]] = []
        free: list[int] = []
        before: dict[int, int] = {}
        count = 0
        # A vague bar begins before its date, so the order of the dates is not that of the bars.
        order = first + np.argsort(starts[first:last], kind="stable")
        bars = zip(order.tolist(), starts[order].tolist(), ends[order].tolist(), strict=True)
        for place, (bar, start, end) in enumerate(bars, 1):
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
            if place % (8 * _STEP) == 0:
                yield
        self.rows[at] = max(count, 1)
        if at % _STEP == 0:
            yield


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
