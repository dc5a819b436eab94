"""What a line of a link looks like, in board units and without Qt: its width, its dashes, the corners of its arrow."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

WIDTH: Final = 1.4
DASHES: Final = (6.0, 4.0)
"""Drawn and left out, of a line that contradicts."""
ARROW: Final = 8.0


def arrows(points: NDArray[Any], scale: float = 1.0, shift: tuple[float, float] = (0.0, 0.0)) -> NDArray[Any]:
    """Return the corners (n, 3, 2) of the arrows of lines with some points (4, 2, n), scaled and moved."""
    tip = points[3].T * scale + np.array(shift)
    along = (points[3] - points[2]).T
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    size = ARROW * max(scale, 0.5)
    back = tip - along * size
    return np.stack([tip, back + across * size * 0.36, back - across * size * 0.36], axis=1)
