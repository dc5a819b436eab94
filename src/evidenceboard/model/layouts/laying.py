"""Laying out a board, some of its cards or one frame: from a wish to how far everything moves. It may take a while."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Final

import numpy as np

from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.layouts import Method
from evidenceboard.model.layouts.apart import swept, touching
from evidenceboard.model.layouts.gathering import Content, Group, card_things, whole
from evidenceboard.model.layouts.things import Floats, Marks, Things, Tick, extent, part_of, silent
from evidenceboard.model.records import FARTHEST, STEPS_PER_UNIT, Card, Frame
from evidenceboard.model.scene import FRAME_TITLE
from evidenceboard.model.values import dataclass

NEAR: Final = 16.0
"""Board units that things keep off what stays."""
PADDING: Final = 24.0
"""Board units between a frame and the cards laid out in it."""
_RINGS: Final = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be laid out: some cards, or one frame, or with neither the whole board. `pinned` cards stay too."""

    method: Method
    card_ids: frozenset[str] | None = None
    frame_id: str | None = None
    pinned: frozenset[str] = frozenset()
    seed: int = 0


@dataclass(slots=True)
class Laid:
    """Where a layout puts cards: their ids, and how far each moves (2, n), in board units, multiples of 1/8.

    `frames`: the new x, y, w, h of those that move or change their size. `cards`: how many were laid out, those that
    stay included; `beside`: how many of these have no place of their own in this layout, such as no date.
    """

    card_ids: list[str] = field(default_factory=list)
    by: Floats = field(default_factory=lambda: np.zeros((2, 0)))
    frames: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    cards: int = 0
    beside: int = 0

    @property
    def changes(self) -> bool:
        """Tell whether anything comes to stand elsewhere."""
        return bool(self.card_ids or self.frames)


def laid(found: Content, wish: Wish, tick: Tick = silent) -> Laid:
    """Lay out. Raises `NotFoundError`, `InvalidValueError`, and whatever `tick` raises to stop it."""
    made = Laid()
    if not found.cards:
        return made
    tick(0.0)
    things = card_things(found, wish.pinned)
    tick(0.1)
    moved: list[tuple[list[str], Floats]] = []
    groups = list(_groups(found, things, wish))
    total = max(1, sum(group.things.n for group in groups))
    done = 0
    for group in groups:
        share = part_of(tick, 0.1 + 0.9 * done / total, 0.1 + 0.9 * (done + group.things.n) / total)
        done += group.things.n
        by, beside = _moves(group, wish, share)
        made.cards += len(group.cards)
        made.beside += int(np.bincount(group.thing, minlength=group.things.n)[beside].sum())
        cards_by = by[:, group.thing]
        if group.inside is not None:
            frame, shift = _fitted(found, things, group, cards_by)
            cards_by = cards_by + shift
            if frame != (group.inside.x, group.inside.y, group.inside.w, group.inside.h):
                made.frames[group.inside.id] = frame
        for frame_id, thing in group.frames.items():
            if by[:, thing].any():
                one = found.frame(frame_id)
                made.frames[frame_id] = (one.x + by[0, thing], one.y + by[1, thing], one.w, one.h)
        moving = np.flatnonzero(cards_by.any(axis=0))
        ids = [found.cards[place].id for place in group.cards[moving].tolist()]
        moved.append((ids, cards_by[:, moving]))
    made.card_ids = [card_id for ids, _ in moved for card_id in ids]
    made.by = np.concatenate([by for _, by in moved], axis=1) if moved else made.by
    return made


def _groups(found: Content, things: Things, wish: Wish) -> Iterator[Group]:
    """Yield what is laid out together: cards of a frame stay with it, as one thing or within it."""
    everything = np.ones(things.n, np.bool_)
    if wish.frame_id is not None:
        yield from _inside(found, things, wish.frame_id, _owned(found, found.frame(wish.frame_id).id))
        return
    if wish.card_ids is None:
        yield whole(found, things, everything, np.zeros((4, 0)))
        return
    chosen = np.fromiter((card.id in wish.card_ids for card in found.cards), np.bool_, len(found.cards))
    if np.count_nonzero(chosen) < len(wish.card_ids):
        raise NotFoundError("One of these cards is no longer on this board; nothing was changed.")
    homes = _homes(found, chosen)
    for frame in found.frames:
        mine = _owned(found, frame.id)
        partly = frame.id in homes and not chosen[mine].all()
        if partly or homes == {frame.id}:
            yield from _inside(found, things, frame.id, chosen & mine)
            chosen = chosen & ~mine
    if np.count_nonzero(chosen) > 1:
        yield whole(found, things, chosen, _outside(found, things, chosen, _homes(found, chosen)))


def _owned(found: Content, frame_id: str) -> Marks:
    return np.fromiter((card.frame_id == frame_id for card in found.cards), np.bool_, len(found.cards))


def _homes(found: Content, chosen: Marks) -> set[str]:
    """Return the frames that the chosen cards stay with, and "" where one is in none."""
    return {found.cards[place].frame_id or "" for place in np.flatnonzero(chosen).tolist()}


def _inside(found: Content, things: Things, frame_id: str, chosen: Marks) -> Iterator[Group]:
    """Yield cards of one frame, which are laid out within it."""
    cards = np.flatnonzero(chosen)
    if len(cards):
        others = _owned(found, frame_id) & ~chosen
        place = np.arange(len(cards))
        yield Group(things.part(cards), cards, place, {}, things.box[:, others], found.frame(frame_id))


def _outside(found: Content, things: Things, chosen: Marks, moved: set[str]) -> Floats:
    """Return the boxes of frames that are not among the moved ones, and of cards beside these that are not chosen."""
    staying = [one for one in found.frames if one.id not in moved]
    open_ = {one.id: one for one in staying if not one.collapsed}
    beside = (card.frame_id is None or _sticks_out(card, open_.get(card.frame_id)) for card in found.cards)
    free = np.fromiter(beside, np.bool_, len(found.cards)) & ~chosen
    boxes = np.array([(one.x, one.y, one.w, one.h) for one in staying], np.float64).reshape(-1, 4).T
    return np.concatenate([boxes, things.box[:, free]], axis=1)


def _sticks_out(card: Card, frame: Frame | None) -> bool:
    """Tell whether a card lies in part beside its frame, which stays and is open."""
    if frame is None:
        return False
    within = card.x >= frame.x and card.x + card.w <= frame.x + frame.w
    return not (within and card.y >= frame.y and card.y + card.h <= frame.y + frame.h)


def _moves(group: Group, wish: Wish, tick: Tick) -> tuple[Floats, Marks]:
    """Return how far each thing moves (2, n), and which of them stand beside the others."""
    things, fixed = group.things, group.things.fixed
    placed = wish.method.lay(things, wish.seed, tick)
    beside = np.zeros(things.n, np.bool_) if placed.beside is None else placed.beside
    corners = _anchored(group, placed.corners)
    walls = group.walls
    if walls.shape[1] and not fixed.any() and _touch(corners, things.box, walls):
        left, top, right, bottom = extent(corners, things.box)
        corners = corners + nearest_free((left, top, right - left, bottom - top), walls)
    corners[:, fixed] = things.box[:2, fixed]
    if fixed.any() or (walls.shape[1] and _touch(corners, things.box, walls)):
        corners = _kept_off(corners, things, walls)
    if np.abs(corners).max() > FARTHEST:
        raise InvalidValueError(
            "There is no room on the board for these cards side by side; nothing was changed.",
            "Make the frames smaller that are about as large as the board itself.",
        )
    return corners - things.box[:2], beside


def _kept_off(corners: Floats, things: Things, walls: Floats) -> Floats:
    """Return corners at which things lie neither on each other nor on what stays: farther down, or up at the edge."""
    size = things.box[2:] + NEAR
    walls = walls + np.array([[0.0], [0.0], [NEAR], [NEAR]])
    down = swept(corners, size, things.fixed, walls)
    if down[1].max() <= FARTHEST:
        return down
    mirror, wall_mirror = corners.copy(), walls.copy()
    mirror[1], wall_mirror[1] = -corners[1] - size[1], -walls[1] - walls[3]
    up = swept(mirror, size, things.fixed, wall_mirror)
    up[1] = -up[1] - size[1]
    return up


def _anchored(group: Group, corners: Floats) -> Floats:
    """Return the corners on the grid of places, where what stays would stand best, else around the old middle."""
    things, fixed = group.things, group.things.fixed
    left, top, right, bottom = extent(corners, things.box)
    if fixed.any():
        shift = np.median(things.box[:2, fixed] - corners[:, fixed], axis=1)
    elif group.inside is not None and not group.walls.shape[1]:
        frame = group.inside
        shift = np.array([frame.x + PADDING - left, frame.y + FRAME_TITLE + PADDING - top])
    else:
        middle = np.median(things.box[:2] + things.box[2:] / 2, axis=1)
        shift = middle - np.array([left + right, top + bottom]) / 2
    # Nothing may come to lie beyond the farthest place.
    low, far = np.array([left, top]), np.array([right, bottom])
    shift = np.maximum(np.minimum(shift, FARTHEST - far), -FARTHEST - low)
    made: Floats = np.rint((corners + shift[:, None]) * STEPS_PER_UNIT) / STEPS_PER_UNIT
    return made


def _touch(corners: Floats, box: Floats, walls: Floats) -> bool:
    """Tell whether any thing lies on a wall."""
    n = corners.shape[1]
    first, second = touching(np.concatenate([corners, walls[:2]], axis=1), np.concatenate([box[2:], walls[2:]], axis=1))
    return bool(((first < n) != (second < n)).any())


def nearest_free(box: tuple[float, float, float, float], walls: Floats) -> Floats:
    """Return how far (2, 1) a box x, y, w, h has to go to lie on none of the walls, or 0 where that is very far."""
    x, y, w, h = box
    step = max(w, h) / 4
    for ring in range(1, _RINGS * 4 + 1):
        turn = np.arange(8 * ring) * (2 * np.pi / (8 * ring))
        right, down = np.rint(np.stack([np.cos(turn), np.sin(turn)]) * ring * step)
        near = (
            (walls[0] < (x + right + w + NEAR)[:, None])
            & (walls[0] + walls[2] > (x + right - NEAR)[:, None])
            & (walls[1] < (y + down + h + NEAR)[:, None])
            & (walls[1] + walls[3] > (y + down - NEAR)[:, None])
        )
        free = np.flatnonzero(~near.any(axis=1))
        if len(free):
            return np.array([[right[free[0]]], [down[free[0]]]])
    return np.zeros((2, 1))


def _fitted(
    found: Content, things: Things, group: Group, by: Floats
) -> tuple[tuple[float, float, float, float], Floats]:
    """Return the box of a frame around what was laid out in it, and how far (2, 1) it goes to cover nothing else."""
    frame = group.inside
    assert frame is not None
    mine = _owned(found, frame.id)
    box = things.box.copy()
    box[:2, group.cards] += by
    left, top, right, bottom = extent(box[:2, mine], box[:, mine])
    made = (left - PADDING, top - PADDING - FRAME_TITLE, right + PADDING, bottom + PADDING)
    partly = len(group.cards) < np.count_nonzero(mine)
    if partly:
        old = (frame.x, frame.y, frame.x + frame.w, frame.y + frame.h)
        made = (min(made[0], old[0]), min(made[1], old[1]), max(made[2], old[2]), max(made[3], old[3]))
    x, y, w, h = made[0], made[1], made[2] - made[0], made[3] - made[1]
    shift = np.zeros((2, 1))
    walls = _off(_outside(found, things, mine, {frame.id}), frame)
    if (
        not partly
        and not group.things.fixed.any()
        and _touch(np.array([[x], [y]]), np.array([[x], [y], [w], [h]]), walls)
    ):
        shift = nearest_free((x, y, w, h), walls)
    return (x + float(shift[0, 0]), y + float(shift[1, 0]), w, h), shift


def _off(boxes: Floats, frame: Frame) -> Floats:
    """Return the boxes that do not lie on a frame yet: what it covers already is nobody's wish to clear."""
    x, y, w, h = boxes
    clear = (x >= frame.x + frame.w) | (x + w <= frame.x) | (y >= frame.y + frame.h) | (y + h <= frame.y)
    made: Floats = boxes[:, clear]
    return made
