"""One board as arrays: what painting, hit testing, culling, layout and snapping read instead of records."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model import by_end, by_left, link_look
from evidenceboard.model.boxes import Box, Floats, Ints, around, marked
from evidenceboard.model.by_end import ByEnd
from evidenceboard.model.card_boxes import CardBoxes
from evidenceboard.model.cards_at import CardsAt
from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.comments import commented
from evidenceboard.model.document import Document
from evidenceboard.model.frame_boxes import COLLAPSED_HEIGHT, FrameBoxes
from evidenceboard.model.geometry import FOLLOWED, Geometry, geometry_of, kind_index, type_index
from evidenceboard.model.giving_way import give_way
from evidenceboard.model.placing import Places, Placing
from evidenceboard.model.records import Card, Link
from evidenceboard.model.stacking import keeps_order
from evidenceboard.model.touched import Touched

_FEW: Final = 1000
"""Cards that are looked up so quickly that they do not take the place of more of them."""
FRAME_TITLE: Final = 28.0
_NOTHING: Final[tuple[AbstractSet[str], NDArray[np.intp]]] = (frozenset(), np.zeros(0, np.intp))


class Scene(CardBoxes, FrameBoxes):
    """Hold the cards, frames and links of one board. Arrays have spare room: only the first `n` (`m` links) count.

    `alive` cards are on the board, `hidden` ones lie in a collapsed frame, `left_out` ones nobody wants to see now.
    Positions are board units in float64, because float32 cannot hold an eighth of a unit a billion units away.
    """

    def __init__(
        self, document: Document, board_id: str, geometry: Geometry | None = None, *, placed: bool = True
    ) -> None:
        """`placed`: note the places of all cards and links now; else `places` is told to, or whoever asks for one."""
        self.board_id = board_id
        self._load(document, geometry_of(document, board_id) if geometry is None else geometry)
        if placed:
            self.places.end()

    @property
    def slot_of(self) -> Places:
        """Return the slot of each card."""
        return self.places.slots

    @property
    def can_be_followed(self) -> bool:
        """Tell whether the board has so few links that each can be followed by eye."""
        return self.m <= FOLLOWED and not self._crowded

    @property
    def index_of(self) -> Places:
        """Return the index of each link."""
        return self.places.indexes

    # -- building ----------------------------------------------------------------------------------------------

    def _load(self, document: Document, made: Geometry) -> None:
        self.n = n = len(made.card_ids)
        room = max(64, n + n // 4)
        self.box: Floats = np.zeros((4, room))
        for row, values in zip(self.box, made.box, strict=True):
            row[:n] = values  # one by one, so that other threads get their turn between
        self.z: Ints = _column(made.z, room, np.int32)
        self.type: NDArray[np.int16] = _column(made.types, room, np.int16)
        self.alive: NDArray[np.bool_] = np.zeros(room, np.bool_)
        self.alive[:n] = True
        self.hidden: NDArray[np.bool_] = np.zeros(room, np.bool_)
        self.left_out: NDArray[np.bool_] = np.zeros(room, np.bool_)
        self.frame: Ints = np.full(room, -1, np.int32)
        self.card_ids, self.entity_ids, self.frame_ids = made.card_ids, made.entity_ids, made.frame_ids
        self.places = Placing(made.card_ids, made.link_ids)
        self.slot_of_entity = made.slot_of_entity
        self.coloured = made.coloured
        """The colours that a hand gave to cards, by slot."""
        self._load_frames(document)
        self.m = m = len(made.link_ids)
        self._crowded = made.crowded
        room = max(64, m + m // 4)
        self.ends: Ints = np.zeros((2, room), np.int32)
        for end, slots in zip(self.ends, made.ends, strict=True):
            end[:m] = slots
        self.kind: NDArray[np.int16] = _column(made.kinds, room, np.int16)
        self.tone: NDArray[np.int8] = _column(made.tones, room, np.int8)
        self.linked: NDArray[np.bool_] = np.zeros(room, np.bool_)
        self.linked[:m] = True
        self.link_ids = made.link_ids
        self.version = self.ends_version = 1
        self._by_end: ByEnd | None = None
        self._asked = _NOTHING

    def sort_out(self) -> None:
        """Make ready to find a few cards and links among many quickly.

        Cards and links have to stay meanwhile; which of them show, and how high they lie, may change.
        """
        self.sort_cards()
        give_way()
        self.sort_links()

    def sort_cards(self) -> None:
        """Do so for cards: in a millisecond for a hundred thousand."""
        if self.n >= by_left.FROM:
            self._by_left = by_left.ByLeft(self.box[:, : self.n])

    def sort_links(self) -> None:
        """Do so for links. It takes long for many: for workers."""
        if self.m >= by_end.FROM:
            self._by_end = ByEnd(self.ends[:, : self.m], self.n)

    def _load_frames(self, document: Document) -> None:
        self._set_frames(document.frames_on(self.board_id))
        place = self._place_of_frame = {frame.id: index for index, frame in enumerate(self.frames)}
        collapsed = {frame.id for frame in self.frames if frame.collapsed}
        n = self.n
        self.frame[:n] = [place.get(name, -1) if name else -1 for name in self.frame_ids]
        self.hidden[:n] = [name in collapsed for name in self.frame_ids] if collapsed else False
        self._stacking = None

    # -- following operations ----------------------------------------------------------------------------------

    def update(self, operation: Operation, document: Document) -> Touched:
        """Follow an operation that the document has taken in; tell what it touched on this board."""
        touched = Touched()
        frames_too = False
        for change in operation.changes:
            if change.table == "cards":
                if change.is_shift:
                    self._shift(change, touched)
                else:
                    frames_too |= self._card(change.ids()[0], document, touched)
                    if {"colour", "pinned"} & (change.before or {}).keys() and change.ids()[0] in self.slot_of:
                        touched.faces.add(self.slot_of[change.ids()[0]])
            elif change.table == "frames":
                frames_too = True
                touched.everything = True
            elif change.table == "entities":
                slot = self.slot_of_entity.get(change.ids()[0])
                if slot is not None:
                    touched.faces.add(slot)
            elif change.table == "boards" and change.after is None and change.record_id == self.board_id:
                touched.everything = True
        for change in operation.changes:
            if change.table == "links":
                self._link(change.ids()[0], document, touched)
            elif change.table == "assessments":
                self._judgement(change.before or {}, change.after or {}, change.ids()[0], document, touched)
        talked_about = self.slot_of_entity.keys() & commented(document, operation)
        touched.faces |= {self.slot_of_entity[one] for one in talked_about}
        touched.everything |= any(change.table in ("settings", "attachments") for change in operation.changes)
        if frames_too:
            self._load_frames(document)
        self._mention_neighbours(document, touched)
        moved = np.array(list(touched.moved), np.intp)
        if self._by_left is not None:
            self._by_left = self._by_left.moved(moved)
        if self._stacking is not None and all(map(keeps_order, operation.changes)):
            self._stacking = self._stacking.moved(moved, self.box)
        else:
            self._stacking = None
        self.version += 1
        return touched

    def _shift(self, change: Change, touched: Touched) -> None:
        by = change.after or {}
        slots = np.array([self.slot_of.get(one, -1) for one in by["ids"]], np.intp)
        here = slots >= 0
        for place, far in zip(self.box, (by["dx"], by["dy"]), strict=False):
            np.add.at(place, slots[here], np.asarray(far)[here] if isinstance(far, list) else far)
        touched.moved.update(slots[here].tolist())

    def _card(self, card_id: str, document: Document, touched: Touched) -> bool:
        card = document.find("cards", card_id)
        slot = self.slot_of.get(card_id)
        if not isinstance(card, Card) or card.board_id != self.board_id:
            if slot is not None:
                self._drop(slot, card_id, touched)
            return False
        if slot is None:
            slot = self._take_slot(card, document, touched)
        self.box[:, slot] = (card.x, card.y, card.w, card.h)
        self.z[slot] = card.z
        self.coloured.pop(slot, None)
        if card.colour:
            self.coloured[slot] = card.colour
        touched.moved.add(slot)
        if self.frame_ids[slot] != card.frame_id:
            self.frame_ids[slot] = card.frame_id
            place = self._place_of_frame.get(card.frame_id or "", -1)
            self.frame[slot], self.hidden[slot] = place, place >= 0 and self.frames[place].collapsed
            return card.frame_id is not None and place < 0
        return False

    def _take_slot(self, card: Card, document: Document, touched: Touched) -> int:
        slot, self._asked = self.n, _NOTHING
        if slot == len(self.z):
            self._grow("box", "z", "type", "alive", "hidden", "left_out", "frame")
        self.n += 1
        self.alive[slot] = True
        self.hidden[slot] = self.left_out[slot] = False
        self.type[slot] = type_index(getattr(document.find("entities", card.entity_id), "type", ""))
        self.frame[slot] = -1
        self.card_ids.append(card.id)
        self.entity_ids.append(card.entity_id)
        self.frame_ids.append(None)
        self.slot_of[card.id] = slot
        self.slot_of_entity[card.entity_id] = slot
        for link in document.links_of(card.entity_id):
            if {link.from_id, link.to_id} <= self.slot_of_entity.keys():
                index = self._put_link(link, document)
                touched.lines.update(self.ends[:, index].tolist())
        touched.lines.add(slot)
        return slot

    def _drop(self, slot: int, card_id: str, touched: Touched) -> None:
        self.alive[slot], self._asked = False, _NOTHING
        self.coloured.pop(slot, None)
        self.frame_ids[slot] = None
        del self.slot_of[card_id]
        self.slot_of_entity.pop(self.entity_ids[slot], None)
        for index in self.links_at([slot]).tolist():
            touched.lines.update(self.ends[:, index].tolist())
            self._drop_link(index)
        touched.lines.add(slot)

    def _grow(self, *names: str) -> None:
        """Make arrays twice as long."""
        for name in names:
            old = getattr(self, name)
            setattr(self, name, np.concatenate([old, np.zeros_like(old)], axis=-1))

    def _link(self, link_id: str, document: Document, touched: Touched) -> None:
        link = document.find("links", link_id)
        known = self.index_of.get(link_id)
        if known is not None:
            touched.faces.update(self.ends[:, known].tolist())
            touched.lines.update(self.ends[:, known].tolist())
        if not isinstance(link, Link) or not {link.from_id, link.to_id} <= self.slot_of_entity.keys():
            if known is not None:
                self._drop_link(known)
            return
        index = self._put_link(link, document)
        touched.faces.update(self.ends[:, index].tolist())
        touched.lines.update(self.ends[:, index].tolist())

    def _put_link(self, link: Link, document: Document) -> int:
        index = self.index_of.get(link.id)
        if index is None:
            index = self.m
            if index == len(self.kind):
                self._grow("ends", "kind", "tone", "linked")
            self.m += 1
            self.link_ids.append(link.id)
            self.index_of[link.id] = index
        self.ends[:, index] = (self.slot_of_entity[link.from_id], self.slot_of_entity[link.to_id])
        self.kind[index] = kind_index(link.type)
        self.tone[index] = link_look.tone(document, link)
        self.linked[index] = True
        self.ends_version += 1  # a link that is known may lead elsewhere now
        if self._by_end is not None and not self._by_end.note(index):
            self._by_end = None
        return index

    def _drop_link(self, index: int) -> None:
        self.linked[index] = False
        self.index_of.pop(self.link_ids[index], None)

    def _judgement(
        self, before: dict[str, Any], after: dict[str, Any], record_id: str, document: Document, touched: Touched
    ) -> None:
        found = document.find("assessments", record_id)
        subject = str(after.get("subject_id") or before.get("subject_id") or getattr(found, "subject_id", ""))
        if subject in self.slot_of_entity:
            touched.faces.add(self.slot_of_entity[subject])
        index = self.index_of.get(subject)
        link = document.find("links", subject)
        if index is not None and isinstance(link, Link):
            self.tone[index] = link_look.tone(document, link)
            touched.faces.update(self.ends[:, index].tolist())

    def _mention_neighbours(self, document: Document, touched: Touched) -> None:
        # What a card shows may come from its neighbours: a source's grade stands on the claims that it states.
        for slot in tuple(touched.faces):
            for link in document.links_of(self.entity_ids[slot]):
                for other in (link.from_id, link.to_id):
                    if other in self.slot_of_entity:
                        touched.faces.add(self.slot_of_entity[other])

    # -- reading -----------------------------------------------------------------------------------------------

    @property
    def has_cards(self) -> bool:
        """Tell whether there are cards on the board, shown or not."""
        return bool(self.alive[: self.n].any())

    def slots(self, card_ids: Iterable[str]) -> list[int]:
        """Return the slots of those cards that are on this board. A set that was asked for last is known."""
        found: list[int] = self.slots_as_array(card_ids).tolist()
        return found

    def slots_as_array(self, card_ids: Iterable[str]) -> NDArray[np.intp]:
        """Return the slots of those cards that are on this board as an array that nobody may change."""
        known = card_ids.slots_in(self) if isinstance(card_ids, CardsAt) else None
        if known is not None:
            return known
        asked = card_ids if isinstance(card_ids, frozenset | CardsAt) else frozenset(card_ids)
        if self._asked[0] is asked:
            return self._asked[1]
        made = np.array(self.places.some(asked), np.intp)
        if len(asked) > _FEW or len(self._asked[0]) <= _FEW:
            self._asked = (asked, made)
        return made

    def named(self, slots: NDArray[Any]) -> CardsAt:
        """Return the ids of the cards in some slots, each of which is told once."""
        return CardsAt(self, slots.astype(np.intp))

    def links_at(self, slots: Any) -> NDArray[np.intp]:
        """Return the indexes of the links that end on any of the cards."""
        slots = slots if isinstance(slots, np.ndarray) else np.array(list(slots), np.intp)
        chosen = marked(self.n, slots)
        near = self._by_end.near(slots) if self._by_end is not None else None
        if near is None:
            one, other = self.ends[:, : self.m]
            return np.flatnonzero(self.linked[: self.m] & (chosen[one] | chosen[other]))
        near = near[near < self.m]
        made: NDArray[np.intp] = near[
            self.linked[near] & np.logical_or(*np.take(chosen, np.take(self.ends, near, axis=1)))
        ]
        return made

    def end_boxes(self, links: NDArray[Any] | slice | None = None) -> tuple[Floats, Floats]:
        """Return the boxes (x, y, w, h) at which links start and end; a hidden card's is its frame's bar."""
        # The whole array: of a part of it `take` would copy all before it takes a few.
        box, folded = self.box, np.flatnonzero(self.hidden[: self.n])
        if len(folded):
            box = box.copy()
            bars = np.array([(f.x, f.y, f.w, COLLAPSED_HEIGHT) for f in self.frames]).T
            box[:, folded] = bars[:, self.frame[folded]]
        a, b = self.ends[:, : self.m] if links is None else self.ends[:, links]
        return np.take(box, a, axis=1), np.take(box, b, axis=1)

    def links_laid(self) -> NDArray[np.bool_]:
        """Return which links have a line: those with both ends in one collapsed frame have none."""
        if not self.hidden[: self.n].any():
            return self.linked[: self.m].copy()
        a, b = self.ends[:, : self.m]
        within = self.hidden[a] & self.hidden[b] & (self.frame[a] == self.frame[b])
        made: NDArray[np.bool_] = self.linked[: self.m] & ~within
        return made

    def links_left_out(self) -> NDArray[np.bool_]:
        """Return which links end on a card that is left out."""
        if not self.left_out[: self.n].any():
            return np.zeros(self.m, np.bool_)
        a, b = self.ends[:, : self.m]
        made: NDArray[np.bool_] = self.left_out[a] | self.left_out[b]
        return made

    def leave_out(self, cards: NDArray[np.bool_] | None) -> bool:
        """Show no more than the cards that are not marked, None: all. Return whether that is another picture."""
        wanted = np.zeros(self.n, np.bool_) if cards is None else cards
        if np.array_equal(wanted, self.left_out[: self.n]):
            return False
        self.left_out[: self.n] = wanted
        self._stacking = None
        self.version += 1
        return True

    def counts(self) -> tuple[int, int, int]:
        """Return how many cards and links the board has, and how many of the cards do not show."""
        alive, hidden = self.alive[: self.n], ~self.shown
        cards, links, away = (int(np.count_nonzero(some)) for some in (alive, self.linked[: self.m], alive & hidden))
        return cards, links, away

    def bounds(self) -> Box | None:
        """Return the box around everything, or None on an empty board."""
        boxes = [self.frame_box(index) for index in range(len(self.frames))]
        left, top, right, bottom = self._stacked().edges
        if len(left):
            boxes.append((float(left.min()), float(top.min()), float(right.max()), float(bottom.max())))
        return around(boxes)


def _column(values: array[int], room: int, kind: type[Any]) -> NDArray[Any]:
    made = np.zeros(room, kind)
    made[: len(values)] = values
    return made
