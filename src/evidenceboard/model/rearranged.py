"""A scene as it would be with its cards elsewhere: what a layout is looked at in before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from evidenceboard.model.boxes import Floats, Ints
from evidenceboard.model.copied import changed
from evidenceboard.model.records import Frame
from evidenceboard.model.scene import Scene

if TYPE_CHECKING:
    from evidenceboard.model.layouts.laying import Laid


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
