"""Letting go of what was moved: one step, with the frames that cards come to lie in."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard import commands
from evidenceboard.model.boxes import Ints, marked, once
from evidenceboard.model.scene import Scene
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.board.doings import NEW_HEIGHT

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

RAISED: Final = 50
"""Cards up to which a drop on other cards brings them to the front, where the hand held them."""
_NONE: Final = np.zeros(0, np.intp)


def drop_moved(surface: Surface, cards: AbstractSet[str], frames: AbstractSet[str], dx: float, dy: float) -> bool:
    """Move cards and frames as one step; a card that was dropped into or out of a frame belongs there now.

    Where cards are the scene knows: a hand that moves all of a large board waits for no record of it.
    """
    scene = surface.scene
    at = [place for place, frame in enumerate(scene.frames) if frame.id in frames]
    owned = np.flatnonzero(_among(scene, at)[scene.frame[: scene.n]] & scene.alive[: scene.n]) if at else _NONE
    count = len(cards | scene.named(owned)) if at else len(cards)

    def move(tx: Transaction) -> bool:
        moving = marked(scene.n, np.concatenate([owned, scene.slots_as_array(cards)]))
        loose = np.flatnonzero(moving & ~marked(scene.n, owned))
        homes, were = _homes(scene, loose, dx, dy), scene.frame[loose]
        commands.move_frames(tx, frames, dx, dy, also=cards)
        for home in once(homes[homes != were]).tolist():
            if home not in at:
                here = scene.named(loose[(homes == home) & (were != home)])
                commands.put_into_frame(tx, here, scene.frames[home].id if home >= 0 else None)
        if _lies_on_others(scene, loose, moving, dx, dy):
            commands.raise_(tx, scene.named(loose))
        return True

    if not count:
        return bool(surface.shell.perform("Move {n} frames", move, n=len(frames)))
    label = "Move {n} cards" if count != 1 else "Move a card"
    return bool(surface.shell.perform(label, move, n=count))


def _homes(scene: Scene, slots: NDArray[np.intp], dx: float, dy: float) -> Ints:
    """Return the index of the open frame that each card comes to lie in, -1 where there is none."""
    x, y, w, h = scene.box[:, slots]
    found = scene.frames_under(x + dx + w / 2, y + dy + np.minimum(h / 2, NEW_HEIGHT))
    closed = _among(scene, [place for place, frame in enumerate(scene.frames) if frame.collapsed])
    return np.where(closed[found], -1, found)


def _among(scene: Scene, frames: list[int]) -> NDArray[np.bool_]:
    """Return for each frame whether it is one of some; the last value, for no frame (-1), is false."""
    return marked(len(scene.frames) + 1, frames)


def _lies_on_others(scene: Scene, loose: NDArray[np.intp], moving: NDArray[np.bool_], dx: float, dy: float) -> bool:
    """Tell whether dropped cards would lie on, and so perhaps under, cards that stay where they are."""
    if not 0 < len(loose) <= RAISED:
        return False
    for x, y, w, h in scene.box[:, loose].T.tolist():
        if not moving[scene.cards_in((x + dx, y + dy, x + dx + w, y + dy + h))].all():
            return True
    return False
