"""Links pull and things push: where things that hang together come to rest (Fruchterman and Reingold, 1991).

The push falls with the square of the distance, faster than theirs, so that what hangs on one link stays near.

All distances are in steps: the length that a link likes to have.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.layouts.graph import distances, neighbours
from evidenceboard.model.layouts.things import Floats, Tick, Whole, part_of, sums

EXACT: Final = 300
"""Things up to which each pushes every other one; beyond it the push is worked out on a mesh."""
_PIVOTS: Final = 10
_FEW: Final = 5
"""Things below which any first places do."""
_NOISE: Final = 0.3
_CLOUD: Final = 0.03
_WIDEST: Final = 3.0
"""Standard deviations from the middle beyond which nothing starts: a few far ones would leave no room for the many."""
_MESHES: Final = (64, 256)
"""The smallest and the largest number of cells along a side of the mesh."""


def rested(groups: int, each: int, ends: Whole, seed: int, tick: Tick) -> Floats:
    """Return where things come to rest that hang together in groups of `each`, one group after the other.

    (2, groups × each); the middle of each group is at 0, 0. Links lead nowhere out of their group.
    """
    n = groups * each
    at = _spread(groups, each, ends, seed, part_of(tick, 0.0, 0.3))
    turns = 220 if each <= EXACT else 120 if each <= 20_000 else 70
    heat = max(1.0, math.sqrt(each) * 0.12)
    a, b = ends[:, ends[0] != ends[1]]
    for turn in range(turns):
        tick(0.3 + 0.7 * turn / turns)
        force = exact_push(at.reshape(2, groups, each)).reshape(2, n) if each <= EXACT else mesh_push(at)
        along = at[:, a] - at[:, b]
        pull = along * np.hypot(along[0], along[1])
        for axis in (0, 1):
            force[axis] += sums(b, pull[axis], n) - sums(a, pull[axis], n)
        long = np.hypot(force[0], force[1])
        most = heat * (1.0 - turn / turns) + 0.01
        at = at + force * (np.minimum(long, most) / np.maximum(long, 1e-9))
    grouped = at.reshape(2, groups, each)
    made: Floats = (grouped - grouped.mean(axis=2, keepdims=True)).reshape(2, n)
    return made


def _spread(groups: int, each: int, ends: Whole, seed: int, tick: Tick) -> Floats:
    """Return a first place for each thing."""
    chance = np.random.default_rng(seed).normal(size=(2, groups * each))
    # Things that all hang on one cannot be told apart by steps: they start as a cloud that the mesh can resolve.
    at: Floats = chance * (_NOISE + _CLOUD * math.sqrt(each))
    if each < _FEW:
        return at
    near = neighbours(groups * each, ends)
    for group in range(groups):
        first = group * each
        mine = [[one - first for one in some] for some in near[first : first + each]]
        whole = part_of(tick, group / groups, (group + 1) / groups)
        at[:, first : first + each] += _unrolled(mine, whole)
    return at


def _unrolled(near: list[list[int]], tick: Tick) -> Floats:
    """Return places of things from their steps to some that lie far apart (Brandes and Pich, 2006)."""
    n = len(near)
    steps = distances(near, min(_PIVOTS, n), tick) ** 2
    steps = steps - steps.mean(axis=0) - steps.mean(axis=1, keepdims=True) + steps.mean()
    _, vectors = np.linalg.eigh(steps.T @ steps)
    at = (steps @ vectors[:, ::-1][:, :2]).T
    # The sign of a vector is anybody's: the largest part of it points to the right, or down.
    at *= np.sign(at[np.arange(len(at)), np.abs(at).argmax(axis=1)])[:, None] + 0.0
    wide = at.std(axis=1, keepdims=True)
    made: Floats = np.clip(at / np.where(wide > 0, wide, 1.0), -_WIDEST, _WIDEST) * (math.sqrt(n) * 0.4)
    return made


def exact_push(at: Floats) -> Floats:
    """Return the push on each thing by all others of its group (2, groups, each): one over the squared distance."""
    apart = at[:, :, :, None] - at[:, :, None, :]
    square = np.maximum((apart**2).sum(axis=0), 1e-2)
    made: Floats = (apart / (square * np.sqrt(square))).sum(axis=3)
    return made


def mesh_push(at: Floats) -> Floats:
    """Return about the same for many things: their mass on a mesh, folded with the push of one cell on the others."""
    n = at.shape[1]
    cells = int(np.clip(2 ** math.ceil(math.log2(math.sqrt(n) * 1.5)), *_MESHES))
    low, far = at.min(axis=1, keepdims=True), at.max(axis=1, keepdims=True)
    side = max(float(np.max(far - low)) / (cells - 2), 1e-9)
    place = (at - low) / side
    corner = np.clip(place.astype(np.int64), 0, cells - 2)
    share = place - corner
    parts = []
    for right in (0, 1):
        for down in (0, 1):
            where = (corner[0] + right) * cells + corner[1] + down
            much = np.abs(1 - right - share[0]) * np.abs(1 - down - share[1])
            parts.append((where, much))
    mass = np.zeros(cells * cells)
    for where, much in parts:
        mass += sums(where, much, cells * cells)
    spread = np.fft.rfft2(mass.reshape(cells, cells), (2 * cells, 2 * cells))
    force = np.zeros((2, n))
    for axis, kernel in enumerate(_kernels(cells)):
        field = np.fft.irfft2(spread * kernel, (2 * cells, 2 * cells))[:cells, :cells].ravel()
        for where, much in parts:
            force[axis] += field[where] * much
    made: Floats = force / side**2
    return made


_KERNELS: dict[int, tuple[NDArray[np.complex128], NDArray[np.complex128]]] = {}


def _kernels(cells: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    if cells not in _KERNELS:
        away = np.fft.fftfreq(2 * cells, 1 / (2 * cells))
        right, down = np.meshgrid(away, away, indexing="ij")
        square = right**2 + down**2
        square[0, 0] = 1.0
        cubed = square * np.sqrt(square)
        _KERNELS[cells] = (np.fft.rfft2(right / cubed), np.fft.rfft2(down / cubed))
    return _KERNELS[cells]
