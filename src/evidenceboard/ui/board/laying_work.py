"""A layout worked out beside the window: a thread that takes frozen records and gives arrays back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from evidenceboard.model.rearranged import rearranged
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.layouts.gathering import Content
    from evidenceboard.model.layouts.laying import Laid, Wish

_TURN: Final = 0.0005
"""Seconds after which Python lets the window have its turn while a layout is worked out."""
_LAID: Final = 0.95
"""The share of the work that is the layout; the rest draws the links."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A layout, and the board's arrays as they would be with it."""

    laid: Laid
    scene: Scene
    routes: Routes


class LayingWork:
    """Lay out in a thread of its own. `share` is how much is done, 0 to 1."""

    def __init__(self, gather: Callable[[], Content], wish: Wish, scene: Scene) -> None:
        self.wish = wish
        self.share = 0.0
        self._stopped = False
        pool = ThreadPoolExecutor(1, "layout")
        self._result: Future[Arrangement] = pool.submit(self._run, gather, wish, scene)
        pool.shutdown(wait=False)

    @property
    def is_done(self) -> bool:
        return self._result.done()

    def stop(self) -> None:
        """Let the work end at the next chance; what it comes to is not wanted."""
        self._stopped = True

    def result(self) -> Arrangement:
        """Return what was worked out, or raise what went wrong on the way."""
        return self._result.result()

    def _run(self, gather: Callable[[], Content], wish: Wish, scene: Scene) -> Arrangement:
        from evidenceboard.model.layouts.laying import laid

        usual = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        try:
            made = laid(gather(), wish, lambda share: self._tick(share * _LAID))
            other = rearranged(scene, made)
            self._tick(_LAID)
            return Arrangement(made, other, Routes(other))
        finally:
            sys.setswitchinterval(usual)

    def _tick(self, share: float) -> None:
        if self._stopped:
            raise CancelledError
        self.share = share
