"""A board laid out for paper: every card as high as its text, every word of every link; the screen stays as it is."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, MutableMapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, cast

import numpy as np
from PySide6.QtGui import QFontMetricsF

from evidenceboard.formats.chosen import left_out
from evidenceboard.model import link_look
from evidenceboard.model.beziers import bezier
from evidenceboard.model.boxes import Box, Floats, around
from evidenceboard.model.dashes import on_curves
from evidenceboard.model.document import Document
from evidenceboard.model.face import TWO, Chip, Face
from evidenceboard.model.giving_back import give_back
from evidenceboard.model.ids import in_little_room
from evidenceboard.model.label_places import label_places
from evidenceboard.model.many_by_id import parts
from evidenceboard.model.marks import SHOWN
from evidenceboard.model.passing import together
from evidenceboard.model.placed import Placed
from evidenceboard.model.rearranged import stretch
from evidenceboard.model.records import Frame, Link, Record, on_grid
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.styled import Styled
from evidenceboard.model.styling import styling
from evidenceboard.model.undecided import chip_words
from evidenceboard.render import faces, fonts, label_room
from evidenceboard.render.badges import badge_width
from evidenceboard.render.board_paint import Picture, face_of
from evidenceboard.render.dress import Dress
from evidenceboard.render.included import Included
from evidenceboard.render.palette import PAPER
from evidenceboard.render.progress import Tick, beside, from_to
from evidenceboard.render.pushing import pushed
from evidenceboard.render.shown_cards import Shown, ShownCards
from evidenceboard.render.text import broken, line_width

TITLE_SIZE: Final = 13.0
TITLE_LINE: Final = 18.0
TITLE_INSET: Final = 14.0
_EMPTY: Final[Box] = (0.0, 0.0, 300.0, 120.0)
_STEP: Final = 50
_TOLD: Final = 100
"""Cards whose words are broken into lines together, as letters are best learned of many."""
_TEXTS: Final = 1_000
"""Texts that are let go in one step."""
_LARGE: Final = 10_000
"""Cards from which on memory is given back between two steps."""
_RARE: Final = 4
"""Links of the file for each one of a board from which on these are sought one by one."""
_LINES: Final = 5_000
"""Lines that are followed in one step."""
_ALL: Final = 10_000


@dataclass(slots=True)
class Paper:
    """One board as it stands on paper. `labels` are the lines of words of each link, `titles` those of each frame."""

    included: Included
    picture: Picture
    faces: ShownCards
    labels: list[tuple[str, ...]]
    titles: list[tuple[str, ...]]
    label_boxes: Floats
    """Left, top, right, bottom (m, 4) of where the words of each link stand."""
    bounds: Box
    marks: set[str]
    """The shapes of standings that are on the cards."""
    link_markings: dict[int, str] = field(default_factory=dict)
    """The markings of those links that bear one, which are the last lines of their words."""
    said: list[str] = field(default_factory=list)
    """What of the board cannot be seen on paper, in words."""

    @property
    def scene(self) -> Scene:
        """Return the board as arrays, with the places and heights of paper."""
        return self.picture.scene

    @property
    def empty(self) -> bool:
        """Return whether there is nothing on the board."""
        return not len(self.scene.order()) and not self.scene.frames


def laid_out(included: Included, tick: Tick, styling_id: str = "") -> Paper:
    """Return a board laid out for paper, in a styling. Nothing overlaps that does not overlap on the screen."""
    document = included.document
    beside(document.expect_all, tick)
    scene = beside(partial(Scene, document, included.board.id), tick)
    for known in (scene.slot_of, scene.slot_of_entity, scene.index_of):
        # By these a scene follows what changes; paper follows nothing.
        if isinstance(known, Placed):
            known.clear()
        else:
            for some in parts(known):
                empty(some, tick)
    give_back_after(scene, tick)
    styled = Styled(styling(document, styling_id), document, scene)
    while styled.counting:
        styled.work()
        tick(0.0)
    heights = scene.box[3, : scene.n].copy()
    shown, met = _shown(document, scene, styled, heights, from_to(tick, 0.0, 0.7))
    worded = _worded(document, scene, from_to(tick, 0.7, 0.75))
    beside(partial(document.expect_around, ()), from_to(tick, 0.75, 0.75))
    # What is freed lies between these ids, which would keep the system from having it back.
    scene.link_ids, scene.entity_ids = (
        cast("list[str]", beside(partial(in_little_room, ids), from_to(tick, 0.75, 0.75)))
        for ids in (scene.link_ids, scene.entity_ids)
    )
    empty(scene.card_ids, tick)
    give_back_after(scene, tick)
    titles: list[tuple[str, ...]] = []
    for place, frame in enumerate(scene.frames):
        tick(0.75)
        room = max(frame.w - 2 * TITLE_INSET, 20.0)
        titles.append(broken(_titled(scene, place), TITLE_SIZE, "semibold", room, _ALL))
    tick(0.75)
    more = np.array([(len(rows) - 1) * TITLE_LINE if rows else 0.0 for rows in titles])
    _make_room(scene, heights, more, from_to(tick, 0.75, 0.8))
    give_back_after(scene, tick)
    routes = beside(partial(Routes, scene), from_to(tick, 0.8, 0.85))
    give_back_after(scene, tick)
    picture = Picture(document, scene, routes, PAPER, dots=False, styled=styled)
    labels, label_boxes, lost = _placed(picture, titles, worded, from_to(tick, 0.85, 0.95))
    scene.link_ids = []
    give_back_after(scene, tick)
    paper = Paper(included, picture, shown, labels, titles, label_boxes, _EMPTY, shown.marks(), worded.markings)
    paper.bounds = beside(partial(_bounds, paper), from_to(tick, 0.95, 1.0))
    paper.said = _left_out(paper, lost, met)
    tick(1.0)
    return paper


@dataclass(slots=True)
class _Met:
    """What is met in texts that not all of it can be seen of: how many are too long, and signs beyond ASCII."""

    long: int = 0
    signs: set[str] = field(default_factory=set)

    def look_at(self, text: str) -> None:
        """Take note of a text."""
        self.long += len(text) > SHOWN
        if not text.isascii():
            self.signs.update(text[:SHOWN])


def _shown(document: Document, scene: Scene, styled: Styled, heights: Floats, tick: Tick) -> tuple[ShownCards, _Met]:
    """Return what all cards show, and make their heights (n,) what that needs."""
    made, met = ShownCards(), _Met()
    coming: list[tuple[int, Face, Dress]] = []
    # In the order in which they were made: so what has to be made to tell what a card shows lies near.
    slots = beside(lambda: np.sort(scene.order()), from_to(tick, 0.0, 0.0)).tolist()
    group = together(document)
    for done, slot in enumerate(slots):
        if done % group == 0:
            soon = [scene.entity_ids[one] for one in slots[done : done + group]]
            beside(partial(document.expect_around, soon), from_to(tick, done / len(slots), 1.0))
        if done % _STEP == 0:
            tick(done / len(slots))
        coming.append((slot, *face_of(document, scene, slot, styled)))
        if len(coming) == _TOLD or done == len(slots) - 1:
            faces.meet(face for _, face, _ in coming)
            tick(done / len(slots))
            for one, face, worn in coming:
                if len(made) < _STEP:
                    tick(0.0)  # the first ones take longest: each script that is met loads its typeface
                shown = _told(face, worn, float(scene.box[2, one]))
                made.add(one, shown)
                met.look_at(face.title)
                met.look_at(face.second_line)
                heights[one] = max(heights[one], shown.rows.height)
            coming.clear()
    return made, met


def _told(face: Face, worn: Dress, width: float) -> Shown:
    """Return what a card of a width shows on paper."""
    if face.undecided:
        # Paper has no inspector: it says itself which values are not the last word.
        face = replace(face, chips=(Chip(chip_words(face.undecided), "alarm", TWO), *face.chips))
    return Shown(face, worn, faces.whole_rows(face, width, badge_width(worn.sign)))


def let_go(paper: Paper, tick: Tick) -> None:
    """Free what a paper holds bit by bit: on a large board it takes long enough to hold up a window."""
    paper.faces = ShownCards()
    empty(paper.labels, tick)


def empty(held: MutableMapping[Any, Any] | list[Any] | set[Any], tick: Tick) -> None:
    """Take everything out, bit by bit."""
    while held:
        tick(0.0)
        for _ in range(min(_TEXTS, len(held))):
            held.pop() if isinstance(held, (list, set)) else held.popitem()
    held.clear()  # a dict keeps its room when one after the other is taken out


def give_back_after(scene: Scene, tick: Tick) -> None:
    """Give memory back that a large board needed for a while."""
    if scene.n > _LARGE:
        beside(give_back, from_to(tick, 0.0, 0.0))


@dataclass(slots=True)
class _Worded:
    """What links say: words, the same in lines, how wide these are, and the markings of those that bear one."""

    words: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    wide: array[float] = field(default_factory=lambda: array("d"))
    markings: dict[int, str] = field(default_factory=dict)


def _worded(document: Document, scene: Scene, tick: Tick) -> _Worded:
    """Return what all links of a scene say."""
    made = _Worded()
    of_rows: dict[tuple[str, ...], float] = {}
    for done, link in enumerate(_links(document, scene.link_ids)):
        if done % _STEP == 0:
            tick(done / len(scene.link_ids))
        said, marking = ("", "")
        if isinstance(link, Link):
            said, marking = link_look.words(document, link), link_look.marking(document, link, scene.board_id)
        # A marking that is above the board's stands on a line of its own.
        made.words.append(sys.intern("\n".join(part for part in (said, marking) if part)))
        if marking:
            made.markings[done] = marking
        rows = label_room.broken_words(made.words[-1])
        if rows not in of_rows:
            of_rows[rows] = label_room.wide(rows)
        made.rows.append(rows)
        made.wide.append(of_rows[rows])
    return made


def _placed(
    picture: Picture, titles: list[tuple[str, ...]], worded: _Worded, tick: Tick
) -> tuple[list[tuple[str, ...]], Floats, int]:
    """Return the lines and the places of the words of all links, and how many links have none."""
    scene, routes, labels = picture.scene, picture.routes, worded.rows
    half = np.array(worded.wide) / 2
    places = partial(label_places, scene, routes.points, routes.shown, half, np.ones(scene.m, np.bool_))
    routes.label_t = beside(places, from_to(tick, 0.0, 0.0))
    boxes = beside(partial(_word_boxes, routes, half, labels), from_to(tick, 0.0, 0.0))
    del half
    give_back_after(scene, tick)
    obstacles = beside(partial(_obstacles, scene, titles), from_to(tick, 0.0, 0.0))
    return label_room.settled(routes, worded.words, labels, boxes, obstacles, tick)


def _word_boxes(routes: Routes, half: Floats, labels: list[tuple[str, ...]]) -> Floats:
    """Return where the words of each link stand (m, 4), half of them so wide, where nothing is in their way."""
    x, y = on_curves(routes.points, routes.label_t)
    high = np.fromiter((len(rows) * label_room.LINE / 2 for rows in labels), np.float64, len(labels))
    return np.array([x - half, y - high, x + half, y + high]).T.reshape(-1, 4)


def _links(document: Document, link_ids: list[str]) -> Iterator[Record | None]:
    """Yield the links with some ids, None for what is not there. Where they are many and in order none is sought."""
    coming = document.each("links") if len(link_ids) * _RARE > document.size("links") else iter(())
    for link_id in link_ids:
        found = next((link for link in coming if link.id == link_id), None)
        yield document.find("links", link_id) if found is None else found


def _titled(scene: Scene, place: int) -> str:
    frame = scene.frames[place]
    title = " ".join(frame.title.split()) or "–"
    if not frame.collapsed:
        return title
    number = scene.frame_ids.count(frame.id)
    return f"▸ {title} · {number} card" + ("" if number == 1 else "s")


def _make_room(scene: Scene, heights: np.ndarray, title: np.ndarray, tick: Tick) -> None:
    slots = scene.order()
    if not (heights[slots] > scene.box[3, slots]).any() and not title.any():
        return
    boxes = np.array([scene.frame_box(place) for place in range(len(scene.frames))]).reshape(-1, 4).T
    boxes[2:] -= boxes[:2]
    push = partial(pushed, scene.box[:, slots], heights[slots], boxes, title, scene.frame[slots])
    top, frame_top, frame_high = beside(push, tick)
    frames = [
        _moved(frame, float(frame_top[place]), float(frame_high[place])) for place, frame in enumerate(scene.frames)
    ]
    stretch(scene, slots, top, heights[slots], frames)


def _moved(frame: Frame, top: float, high: float) -> Frame:
    """Return a frame as it stands on paper only: nobody keeps it, so nothing of it is checked."""
    made = copy(frame)
    object.__setattr__(made, "y", on_grid(top))
    if not frame.collapsed:
        object.__setattr__(made, "h", on_grid(high))
    return made


def title_box(scene: Scene, place: int, rows: tuple[str, ...]) -> Box:
    """Return where the title of a frame stands, with a little ground around it."""
    left, top, _, _ = scene.frame_box(place)
    wide = max((line_width(row, TITLE_SIZE, "semibold") for row in rows), default=0.0)
    return (left + TITLE_INSET - 3, top + 10, left + TITLE_INSET + wide + 3, top + 8 + len(rows) * TITLE_LINE)


def _obstacles(scene: Scene, titles: list[tuple[str, ...]]) -> Floats:
    """Return the boxes (k, 4) of what the words of links must not lie under."""
    x, y, w, h = scene.box[:, scene.order()]
    named = np.array([title_box(scene, place, rows) for place, rows in enumerate(titles)]).reshape(-1, 4)
    return np.concatenate([np.array([x, y, x + w, y + h]).T, named])


def _bounds(paper: Paper) -> Box:
    boxes = [box for box in (paper.scene.bounds(),) if box]
    shown = np.flatnonzero(paper.picture.routes.shown)
    if len(shown):
        for first in range(0, len(shown), _LINES):
            part = shown[first : first + _LINES]
            at = bezier(paper.picture.routes.points[:, :, part], np.linspace(0.0, 1.0, 17))
            boxes.append((float(at[0].min()), float(at[1].min()), float(at[0].max()), float(at[1].max())))
        words = paper.label_boxes[shown]
        words = words[~np.isnan(words[:, 0])]
        if len(words):
            low, far = words.min(axis=0), words.max(axis=0)
            boxes.append((float(low[0]), float(low[1]), float(far[2]), float(far[3])))
    left, top, right, bottom = around(boxes) or _EMPTY
    return (left - 4, top - 4, right + 4, bottom + 4)


def _left_out(paper: Paper, lost: int, met: _Met) -> list[str]:
    said = []
    folded = int(paper.scene.hidden[: paper.scene.n].sum())
    if folded:
        said.append(f"{folded:,} card{'' if folded == 1 else 's'} in collapsed frames")
    if lost:
        what = "a link" if lost == 1 else f"{lost:,} links"
        said.append(f"the words of {what}, for which there is no room between the cards")
    said += left_out(paper.picture.document)
    long = met.long + sum(len(frame.title) > SHOWN for frame in paper.scene.frames)
    if long:
        what = "the end of a text" if long == 1 else f"the ends of {long:,} texts"
        said.append(f"{what} of more than {SHOWN:,} characters")
    metrics = QFontMetricsF(fonts.font(TITLE_SIZE))
    missing = sum(not metrics.inFontUcs4(ord(sign)) for sign in met.signs if sign.isprintable() and not sign.isascii())
    if missing:
        what = "a sign" if missing == 1 else f"{missing:,} signs"
        said.append(f"{what} that no typeface of this machine can show")
    return said
