"""The selected cells of the table at one moment, as blocks: many rows of them are few numbers."""

from __future__ import annotations

from collections.abc import Iterator

from evidenceboard.model.values import dataclass

Block = tuple[int, int, int, int]
"""Top, bottom, left, right."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Selected blocks, and the columns that show, from the left to the right."""

    blocks: tuple[Block, ...]
    shown: tuple[int, ...]

    def rows(self) -> Iterator[int]:
        """Yield the rows with a selected cell, each once, from the top."""
        following = 0
        for top, bottom in self._stretches():
            yield from range(max(top, following), bottom + 1)
            following = max(following, bottom + 1)

    def count(self) -> int:
        """Return how many rows have a selected cell."""
        following = count = 0
        for top, bottom in self._stretches():
            count += max(0, bottom + 1 - max(top, following))
            following = max(following, bottom + 1)
        return count

    def cells_in(self, row: int) -> list[int]:
        """Return the selected columns of a row, from the left to the right."""
        across = [(left, right) for top, bottom, left, right in self.blocks if top <= row <= bottom]
        return [column for column in self.shown if any(left <= column <= right for left, right in across)]

    def columns(self) -> list[int]:
        """Return the columns with a selected cell, from the left to the right."""
        across = {(left, right) for _, _, left, right in self.blocks}
        return [column for column in self.shown if any(left <= column <= right for left, right in across)]

    def _stretches(self) -> list[tuple[int, int]]:
        return sorted({(top, bottom) for top, bottom, _, _ in self.blocks})
