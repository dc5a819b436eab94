"""Boards to lay out, made of records alone, and what must hold of every layout."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from evidenceboard.model.layouts import METHODS
from evidenceboard.model.layouts.gathering import Content
from evidenceboard.model.layouts.laying import Laid
from evidenceboard.model.records import Card, Entity, Frame, Link

PREFIXES = {"actor": "A", "claim": "C", "source": "S", "scenario": "H", "event": "E", "note": "N", "spaceship": "X"}
KINDS = ("states", "cites", "supports", "depends on", "bears on", "about", "related", "a link of tomorrow")
Box = tuple[float, float, float, float]


def made(
    cards: list[tuple[str, float, float, float, float]],
    links: list[tuple[int, str, int]] | None = None,
    *,
    frames: list[Box] | None = None,
    homes: dict[int, int] | None = None,
    pinned: frozenset[int] = frozenset(),
    props: dict[int, dict[str, str]] | None = None,
) -> Content:
    """Return a board of cards (type, x, y, w, h), links (from, type, to) and frames with the cards that are in them."""
    entities = {
        f"e{n}": Entity(f"e{n}", kind, f"{PREFIXES.get(kind, 'X')}{n + 1}", "", props=(props or {}).get(n, {}))
        for n, (kind, *_) in enumerate(cards)
    }
    home = {n: f"f{frame}" for n, frame in (homes or {}).items()}
    return Content(
        [
            Card(f"k{n}", "b", f"e{n}", x, y, w, h, frame_id=home.get(n), pinned=n in pinned)
            for n, (_, x, y, w, h) in enumerate(cards)
        ],
        [Frame(f"f{n}", "b", "", *box) for n, box in enumerate(frames or [])],
        [Link(f"l{n}", kind, f"e{a}", f"e{b}") for n, (a, kind, b) in enumerate(links or [])],
        dict(entities),
    )


def after(found: Content, laid: Laid) -> dict[str, Box]:
    """Return where each card lies when it is laid out."""
    boxes = {card.id: (card.x, card.y, card.w, card.h) for card in found.cards}
    for card_id, (dx, dy) in zip(laid.card_ids, laid.by.T.tolist(), strict=True):
        x, y, w, h = boxes[card_id]
        boxes[card_id] = (x + dx, y + dy, w, h)
    return boxes


def frames_after(found: Content, laid: Laid) -> dict[str, Box]:
    """Return where each frame lies when the board is laid out."""
    return {frame.id: (frame.x, frame.y, frame.w, frame.h) for frame in found.frames} | laid.frames


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def overlaps(boxes: dict[str, Box]) -> list[tuple[str, str]]:
    """Return the pairs that lie on each other, by comparing each with each."""
    x, y, w, h = np.array(list(boxes.values())).reshape(-1, 4).T
    over = (x[:, None] < x + w) & (x < (x + w)[:, None]) & (y[:, None] < y + h) & (y < (y + h)[:, None])
    names = list(boxes)
    return [(names[a], names[b]) for a, b in np.argwhere(np.triu(over, 1)).tolist()]


def on_grid(laid: Laid) -> bool:
    return bool((laid.by * 8 == np.rint(laid.by * 8)).all())


places = st.integers(-4000, 4000).map(lambda n: n / 2)
far = st.sampled_from([0.0, 1e9, -1e9, 999_999_999.875])
sizes = st.integers(8, 4000).map(lambda n: n / 8)
dates = st.sampled_from(["", "2024-10-18", "2024", "2023-05~", "../2022", "2025/..", "yesterday-ish", "1914", "-0500"])


@st.composite
def boards(draw: st.DrawFn, *, framed: bool = True, pins: bool = True) -> Content:
    """Return any board: heaps, far corners, circles, links to oneself, unknown types, frames, pins."""
    place = draw(st.sampled_from([places, st.just(8.0), st.one_of(places, far)]))
    card = st.tuples(st.sampled_from(sorted(PREFIXES)), place, place, sizes, sizes)
    cards = draw(st.lists(card, max_size=24))
    n = len(cards)
    if not n:
        return made([])
    which = st.integers(0, n - 1)
    links = draw(st.lists(st.tuples(which, st.sampled_from(KINDS), which), max_size=40))
    count = draw(st.integers(0, 3)) if framed else 0
    frames = draw(st.lists(st.tuples(places, places, sizes, sizes), min_size=count, max_size=count))
    homes = draw(st.dictionaries(which, st.integers(0, count - 1))) if count else {}
    # A card a billion units from its frame makes of both one thing as large as the board: that is refused.
    homes = {n: frame for n, frame in homes.items() if abs(cards[n][1]) + abs(cards[n][2]) < 1e6}
    pinned = draw(st.frozensets(which, max_size=3)) if pins else frozenset()
    happened = draw(st.dictionaries(which, dates))
    props = {n: {"happened": date, "published": date} for n, date in happened.items()}
    return made(cards, links, frames=frames, homes=homes, pinned=pinned, props=props)


methods = st.sampled_from(METHODS)
