"""Which of many dates can lie in a span of time, and what was known on a day, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.edtf import Span
from evidenceboard.model.scene import Scene
from evidenceboard.model.timeline import Moment
from evidenceboard.model.types import TYPES

Mask = NDArray[np.bool_]
OF_THEIR_OWN: Final = ("claim", "event")
"""Types that are bright by their own date alone; what else hangs on them comes along."""
_STEP: Final = 64
"""Moments that are read in one step."""
_MANY: Final = 16_384
"""Moments whose places are noted in one step."""
_OWN: Final = np.array([kind.id in OF_THEIR_OWN for kind in TYPES] + [False])


# A board has the same few dates on many cards.
@lru_cache(maxsize=16_384)
def _number(span: Span | None, last: bool) -> float:
    if span is None:
        return np.nan
    day = span.latest if last else span.earliest
    return float(day.number) if day else np.inf if last else -np.inf


class Reach:
    """From when to when each of many moments can lie.

    `first`, `last`: days since 1970, both within, infinite where open, not a number where there is no date. `claims`
    marks the claims. `dates` says which of the three dates counts: happened, reported or captured.
    """

    def __init__(self, moments: Iterable[Moment], dates: str) -> None:
        for _ in self._read(moments, dates):
            pass

    @classmethod
    def read(cls, moments: Iterable[Moment], dates: str) -> Iterator[Reach | None]:
        """Read many moments in small steps: yield None after each, and the arrays at the end."""
        made = cls.__new__(cls)
        yield from made._read(moments, dates)
        yield made

    def _read(self, moments: Iterable[Moment], dates: str) -> Iterator[None]:
        self.ids: list[str] = []
        claims: list[bool] = []
        ends: list[tuple[float, float]] = []
        for place, moment in enumerate(moments, 1):
            span = moment.span_of(dates)
            self.ids.append(moment.entity_id)
            claims.append(moment.type == "claim")
            ends.append((_number(span, False), _number(span, True)))
            if place % _STEP == 0:
                yield
        self.claims: Mask = np.array(claims, bool)
        yield
        self.first, self.last = np.array(ends, float).reshape(-1, 2).T
        yield
        self._place: dict[str, int] = {}
        for start in range(0, len(self.ids), _MANY):
            self._place.update(zip(self.ids[start : start + _MANY], range(start, len(self.ids)), strict=False))
            yield
        self._cast: list[str] = []
        self._places: NDArray[np.intp] = np.zeros(0, np.intp)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dated(self) -> Mask:
        """Return which have a date."""
        made: Mask = ~np.isnan(self.first)
        return made

    def within(self, first: float, last: float) -> Mask:
        """Return which can lie between two days, both included; a vague date that only overlaps is among them."""
        made: Mask = (self.first <= last) & (self.last >= first)
        return made

    @property
    def known(self) -> NDArray[np.float64]:
        """Return the day by which each was certainly there: the last that its date allows, else the first."""
        return np.where(np.isfinite(self.last), self.last, self.first)

    def known_by(self, day: float) -> Mask:
        """Return which were certainly there on a day."""
        made: Mask = self.known <= day
        return made

    def days(self) -> list[int]:
        """Return the days on which something came to be known, in order."""
        known = self.known[self.dated]
        found: list[int] = np.unique(known[np.isfinite(known)]).astype(int).tolist()
        return found

    # -- on a board --------------------------------------------------------------------------------------------

    def bright(self, scene: Scene, chosen: Mask, *, dated_hang: bool) -> Mask:
        """Return the slots of a board that stay bright where some moments are chosen.

        With a chosen claim or event stays what hangs directly on it: sources, actors, scenarios, places. `dated_hang`:
        also where that has a date of its own which is not chosen.
        """
        places = self._places_on(scene)
        padded = np.append(chosen, False)
        own = padded[places]
        hangs = ~_OWN[scene.type[: scene.n]]
        if not dated_hang:
            hangs &= ~np.append(self.dated, False)[places]
        start, end = scene.ends[:, : scene.m]
        linked, core = scene.linked[: scene.m], own & _OWN[scene.type[: scene.n]]
        near = np.zeros(scene.n, bool)
        near[end[linked & core[start]]] = True
        near[start[linked & core[end]]] = True
        made: Mask = own | (near & hangs)
        return made

    def _places_on(self, scene: Scene) -> NDArray[np.intp]:
        """Return which moment stands in each slot, -1 where none does. Slots keep their entity and only grow."""
        cast = scene.entity_ids
        known = len(self._places) if self._cast is cast else 0
        if known < scene.n or self._cast is not cast:
            count = scene.n - known
            more = np.fromiter(map(self._place.get, islice(cast, known, scene.n), repeat(-1)), np.intp, count)
            self._places = np.concatenate([self._places[:known], more])
            self._cast = cast
        return self._places
