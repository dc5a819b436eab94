"""From records to arrays: what of a board is laid out together, and what it must keep off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final, cast

import numpy as np

from evidenceboard.errors import NotFoundError
from evidenceboard.model.document import Document
from evidenceboard.model.edtf import Day, Span, readable
from evidenceboard.model.layouts.things import Floats, Marks, Things, Whole, places
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Board, Card, Entity, Frame, Link, Record
from evidenceboard.model.types import TYPES
from evidenceboard.model.values import dataclass

_TYPE: Final = {kind.id: place for place, kind in enumerate(TYPES)}
_KIND: Final = {kind.id: place for place, kind in enumerate(LINK_TYPES)}
MARGIN: Final = 16.0
HEAD: Final = 48.0
"""Board units that are kept free at the sides of a frame, and above it, where its title stands from afar."""
_SAYING: Final = ("states", "denies")
_HALF_OPEN: Final = 30
"""Days into an open end at which such a date is taken to stand."""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on a board, as it was at one moment: its records never change, so another thread may read them."""

    cards: list[Card]
    frames: list[Frame]
    links: list[Link]
    entities: dict[str, Record]

    def frame(self, frame_id: str) -> Frame:
        """Return a frame of the board. Raises `NotFoundError`."""
        for frame in self.frames:
            if frame.id == frame_id:
                return frame
        raise NotFoundError("This frame is no longer on the board; nothing was changed.")


@dataclass(frozen=True, slots=True)
class Group:
    """Things that are laid out together. `cards` (c): places among the cards; `thing` (c): which of the things each is.

    `frames`: which thing each frame that moves is, by its id. `walls` (4, k): boxes that these things keep off.
    `inside`: the frame that they are laid out in, or None on the open board.
    """

    things: Things
    cards: Whole
    thing: Whole
    frames: dict[str, int]
    walls: Floats
    inside: Frame | None = None


def content(document: Document, board_id: str) -> Content:
    """Return what stands on a board. Raises `NotFoundError`."""
    return held(document, board_id)()


def held(document: Document, board_id: str) -> Callable[[], Content]:
    """Return what gives, in any thread, what stands on a board now, whatever is changed later. Raises `NotFoundError`.

    To keep hold of whole tables takes some milliseconds; to look through them is left to who asks.
    """
    document.get(Board, board_id)
    frames = document.frames_on(board_id)
    cards, links, entities = (dict(document.table(name)) for name in ("cards", "links", "entities"))

    def gather() -> Content:
        here = [card for card in cast("Iterable[Card]", cards.values()) if card.board_id == board_id]
        return Content(here, frames, cast("list[Link]", list(links.values())), entities)

    return gather


def card_things(found: Content, pinned: Iterable[str]) -> Things:
    """Return all cards of a board as things, with all links among them."""
    pins = frozenset(pinned)
    cards = found.cards
    # One number after the other, and sorted as arrays: what Python does in one go with many objects, such as sorting
    # them, keeps every other thread waiting until it is done.
    box = np.fromiter(
        chain.from_iterable((card.x, card.y, card.w, card.h) for card in cards), np.float64, 4 * len(cards)
    ).reshape(-1, 4).T  # fmt: skip
    entities = [cast(Entity, found.entities[card.entity_id]) for card in cards]
    kinds = np.fromiter((_TYPE.get(one.type, len(TYPES)) for one in entities), np.int64, len(cards))
    place = {card.entity_id: at for at, card in enumerate(cards)}
    here = (
        (a, b, _KIND.get(link.type, len(LINK_TYPES)))
        for link in found.links
        if (a := place.get(link.from_id)) is not None and (b := place.get(link.to_id)) is not None
    )
    links = np.fromiter(chain.from_iterable(here), np.int64).reshape(-1, 3).T
    fixed = np.fromiter((card.pinned or card.id in pins for card in cards), np.bool_, len(cards))
    order = _by_number(kinds, [natural(one.number) for one in entities], cards)
    return Things(box, kinds, places(order), _days(found, entities, place), fixed, links[:2], links[2])


def _by_number(kinds: Whole, numbers: list[tuple[str, int, str]], cards: list[Card]) -> Whole:
    """Return the order of cards by type, then number, then id."""
    n = len(cards)
    digits = np.fromiter((number[1] for number in numbers), np.int64, n)
    words = []
    for part in (0, 2):
        ranks = {word: rank for rank, word in enumerate(sorted({str(number[part]) for number in numbers}))}
        words.append(np.fromiter((ranks[str(number[part])] for number in numbers), np.int64, n))
    order = np.lexsort((words[1], digits, words[0], kinds))
    keys = np.stack([kinds, words[0], digits, words[1]])[:, order]
    # A number stands for one entity, but a file may be wrong there.
    same = np.flatnonzero((keys[:, 1:] == keys[:, :-1]).all(axis=0))
    for start in same[np.diff(same, prepend=-2) > 1].tolist():
        end = start + 2
        while end < n and (keys[:, end] == keys[:, start]).all():
            end += 1
        order[start:end] = sorted(order[start:end].tolist(), key=lambda at: cards[at].id)
    return order


def whole(found: Content, things: Things, chosen: Marks, outside: Floats) -> Group:
    """Return the chosen cards as things, those of one frame together with it as one large thing.

    `outside` (4, k): what else there is to keep off.
    """
    by_id = {frame.id: place for place, frame in enumerate(found.frames)}
    frame_of = np.fromiter((by_id.get(card.frame_id or "", -1) for card in found.cards), np.int64, len(found.cards))
    frames = np.unique(frame_of[chosen & (frame_of >= 0)])
    cards = np.flatnonzero(chosen)
    loose = cards[frame_of[cards] < 0]
    thing_of_frame = np.full(len(found.frames) + 1, -1, np.int64)
    thing_of_frame[frames] = len(loose) + np.arange(len(frames))
    thing = thing_of_frame[frame_of[cards]]
    thing[frame_of[cards] < 0] = np.arange(len(loose))
    n = len(loose) + len(frames)
    made = _joined(things.part(cards), thing, n, [found.frames[place] for place in frames.tolist()])
    moved = {found.frames[place].id: int(thing_of_frame[place]) for place in frames.tolist()}
    return Group(made, cards, thing, moved, outside)


def _joined(cards: Things, thing: Whole, n: int, frames: list[Frame]) -> Things:
    """Return things of which several cards may be one, the last of them with these frames."""
    low, far = np.full((2, n), np.inf), np.full((2, n), -np.inf)
    first = n - len(frames)
    for place, frame in enumerate(frames):
        # A collapsed frame keeps the room that it takes when it is opened, each the room for its title from afar.
        low[:, first + place] = frame.x - MARGIN, frame.y - HEAD
        far[:, first + place] = frame.x + frame.w + MARGIN, frame.y + frame.h + MARGIN
    for axis in (0, 1):
        np.minimum.at(low[axis], thing, cards.box[axis])
        np.maximum.at(far[axis], thing, cards.box[axis] + cards.box[axis + 2])
    types = np.bincount(thing * (len(TYPES) + 1) + cards.type, minlength=n * (len(TYPES) + 1))
    kind = types.reshape(n, -1).argmax(axis=1)
    rank = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(rank, thing, cards.rank)
    fixed = np.bincount(thing[cards.fixed], minlength=n) > 0
    ends = thing[cards.ends]
    kept = ends[0] != ends[1]
    order = places(np.lexsort((rank, kind)))
    return Things(
        np.concatenate([low, far - low]), kind, order, _middles(cards.day, thing, n), fixed, ends[:, kept],
        cards.kind[kept],
    )  # fmt: skip


def _middles(day: Floats, thing: Whole, n: int) -> Floats:
    """Return the middle of the days of the cards of each thing, NaN where none has one."""
    known = np.isfinite(day)
    order = np.lexsort((day[known], thing[known]))
    of, sorted_days = thing[known][order], day[known][order]
    first, last = np.searchsorted(of, np.arange(n)), np.searchsorted(of, np.arange(n), "right")
    made = np.full(n, np.nan)
    there = last > first
    made[there] = sorted_days[(first + last)[there] // 2]
    return made


def _days(found: Content, entities: list[Entity], place: dict[str, int]) -> Floats:
    """Return when each happened, else when it was first reported, as days since 1970; NaN where nobody knows."""
    reported: dict[str, float] = {}
    for link in found.links:
        source = found.entities.get(link.from_id)
        if link.type in _SAYING and link.to_id in place and isinstance(source, Entity):
            day = _day(str(link.props.get("date") or "") or str(source.props.get("published") or ""))
            if day is not None:
                reported[link.to_id] = min(day, reported.get(link.to_id, day))
    days = []
    for one in entities:
        day = _day(str(one.props.get("published" if one.type == "source" else "happened") or ""))
        days.append(day if day is not None else reported.get(one.id, np.nan))
    return np.array(days, np.float64)


def _day(text: str) -> float | None:
    """Return the middle of a date, as days since 1970, or None for what is none."""
    span = readable(text.strip()) if text.strip() else None
    return None if span is None else _middle(span)


def _middle(span: Span) -> float | None:
    ends: list[Day] = [day for day in (span.earliest, span.latest) if day is not None]
    if len(ends) == 2:
        return (ends[0].number + ends[1].number) / 2
    if not ends:
        return None
    return ends[0].number + (_HALF_OPEN if span.earliest else -_HALF_OPEN)
