"""The frames of one board, and where they lie: what is asked of them by place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from evidenceboard.model.boxes import Box, Floats, Ints
from evidenceboard.model.records import Frame

COLLAPSED_HEIGHT: Final = 36.0


class FrameBoxes:
    """Hold `frames`, the hindmost first, and their boxes."""

    def _set_frames(self, frames: Iterable[Frame]) -> None:
        self.frames: list[Frame] = sorted(frames, key=lambda frame: frame.z)
        self._frame_boxes: Floats = (
            np.array([self.frame_box(index) for index in range(len(self.frames))]).reshape(-1, 4).T
        )

    def frame_box(self, index: int) -> Box:
        """Return the box of a frame as it shows: a collapsed one is a bar."""
        frame = self.frames[index]
        high = COLLAPSED_HEIGHT if frame.collapsed else frame.h
        return (frame.x, frame.y, frame.x + frame.w, frame.y + high)

    def frame_at(self, x: float, y: float) -> int | None:
        """Return the index of the foremost frame at a point."""
        left, top, right, bottom = self._frame_boxes
        under = np.flatnonzero((left <= x) & (x < right) & (top <= y) & (y < bottom))
        return int(under[-1]) if len(under) else None

    def frames_under(self, x: Floats, y: Floats) -> Ints:
        """Return the index of the foremost frame at each of many points, -1 where there is none."""
        found = np.full(len(x), -1, np.int32)
        near = self.frames_in((x.min(), y.min(), x.max(), y.max())) if len(x) else ()
        for index in near:
            left, top, right, bottom = self._frame_boxes[:, index]
            found[(left <= x) & (x < right) & (top <= y) & (y < bottom)] = index
        return found

    def frames_in(self, area: Box) -> list[int]:
        """Return the indexes of the frames that touch an area, the hindmost first."""
        left, top, right, bottom = self._frame_boxes
        hit = (left <= area[2]) & (right >= area[0]) & (top <= area[3]) & (bottom >= area[1])
        found: list[int] = np.flatnonzero(hit).tolist()
        return found
