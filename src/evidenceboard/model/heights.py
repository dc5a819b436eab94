"""How high the cards of one board lie: the lowest and the highest z, known without a look at every card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


class Heights:
    """Count the cards at each height."""

    __slots__ = ("_cards", "_range")

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._cards = Counter(heights)
        self._range: tuple[int, int] | None = None

    def fill(self, heights: Iterable[int]) -> None:
        """Note many cards."""
        self._cards.update(heights)
        self._range = None

    def change(self, old: int | None, new: int | None) -> None:
        """Note that a card lies elsewhere now; None is not on this board."""
        if new is not None:
            self._cards[new] += 1
            if self._range is not None:
                self._range = (min(self._range[0], new), max(self._range[1], new))
        if old is not None:
            self._cards[old] -= 1
            if not self._cards[old]:
                del self._cards[old]
                if self._range is not None and old in self._range:
                    self._range = None

    def range(self) -> tuple[int, int]:
        """Return the lowest and the highest; 0 and 0 where there are no cards."""
        if not self._cards:
            return (0, 0)
        if self._range is None:
            self._range = (min(self._cards), max(self._cards))
        return self._range

    def copied(self) -> Heights:
        """Return another one that holds the same."""
        return Heights(self._cards)
