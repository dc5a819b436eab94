"""A scene with its cards elsewhere: as a layout would have it before anything is written, or as moves leave it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Final

import numpy as np

from evidenceboard.model.boxes import Floats, Ints
from evidenceboard.model.changes import SHIFTED, Change
from evidenceboard.model.copied import changed
from evidenceboard.model.document import Document
from evidenceboard.model.records import Card, Frame
from evidenceboard.model.scene import Scene

if TYPE_CHECKING:
    from evidenceboard.model.layouts.laying import Laid

_PART: Final = 1000
_WHERE: Final = {"x", "y"}


def snapshot(scene: Scene) -> Scene:
    """Return a scene that operations on the other one leave alone; its records and ids are shared."""
    made = _copied(scene)
    for name in ("box", "alive", "hidden", "left_out", "frame", "ends", "kind", "linked"):
        setattr(made, name, getattr(scene, name).copy())
    made.frames = list(scene.frames)
    made._asked = (frozenset(), np.zeros(0, np.intp))
    return made


def rearranged(scene: Scene, laid: Laid) -> Scene:
    """Return a snapshot of a scene with the cards and frames where a layout puts them. The slots stay the same."""
    made = snapshot(scene)
    slots = [made.slot_of.get(card_id, -1) for card_id in laid.card_ids]
    here = np.flatnonzero(np.array(slots, np.intp) >= 0)
    made.box[:2, np.array(slots, np.intp)[here]] += laid.by[:, here]
    for place, frame in enumerate(made.frames):
        if frame.id in laid.frames:
            x, y, w, h = laid.frames[frame.id]
            made.frames[place] = changed(frame, x=x, y=y, w=w, h=h)
    boxes: Floats = np.array([made.frame_box(place) for place in range(len(made.frames))]).reshape(-1, 4).T
    made._frame_boxes = boxes
    made._forget_where()
    return made


def moved_on(scene: Scene, changes: Sequence[Change], document: Document) -> Scene | None:
    """Return the scene of a document that changes have led to, None where they do anything but move cards and frames.

    `scene` is that of the document before them. The slots stay the same, and most of what it knows.
    """
    if not all(map(_only_moves, changes)):
        return None
    made = snapshot(scene)
    for change in changes:
        if change.table == "cards":
            _put(made, change.ids(), document)
    if any(change.table == "frames" for change in changes):
        made._load_frames(document)
    made._forget_where()
    made.version += 1
    made.sort_cards()
    return made


def _only_moves(change: Change) -> bool:
    if change.table not in SHIFTED or change.is_shift:
        return change.table in SHIFTED
    return change.is_edit and (change.before or {}).keys() | (change.after or {}).keys() <= _WHERE


def _put(scene: Scene, card_ids: Sequence[str], document: Document) -> None:
    """Put those of some cards that are on a board where a document has them."""
    for start in range(0, len(card_ids), _PART):
        found = ((scene.slot_of.get(one), document.find("cards", one)) for one in card_ids[start : start + _PART])
        here = [(slot, card.x, card.y) for slot, card in found if slot is not None and isinstance(card, Card)]
        slots, x, y = np.array(here, np.float64).reshape(-1, 3).T
        scene.box[:2, slots.astype(np.intp)] = x, y


def stretch(scene: Scene, slots: Ints, top: Floats, high: Floats, frames: Sequence[Frame]) -> None:
    """Give some cards of a scene other tops and heights, and the scene other frames. The slots stay the same."""
    scene.box[1, slots], scene.box[3, slots] = top, high
    scene.frames = list(frames)
    boxes: Floats = np.array([scene.frame_box(place) for place in range(len(scene.frames))]).reshape(-1, 4).T
    scene._frame_boxes = boxes
    scene._forget_where()


def between(old: Floats, new: Scene, share: float) -> Scene:
    """Return a scene with its cards part of the way from old boxes (4, n) to those of `new`, for a glance only."""
    made = _copied(new)
    n = min(old.shape[1], new.n)
    made.box = new.box.copy()
    made._by_left = None
    made.box[:2, :n] = old[:2, :n] + (new.box[:2, :n] - old[:2, :n]) * share
    return made


def _copied(scene: Scene) -> Scene:
    """Return a scene that holds the very arrays of another one."""
    if scene._stacking is not None:
        scene._stacking.shared = True
    return copy(scene)
