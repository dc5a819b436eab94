"""What all cards of a board show on paper, held in little room: a large one has too many for an object each."""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from evidenceboard.model.face import Chip, Face
from evidenceboard.model.values import dataclass
from evidenceboard.render.dress import Dress
from evidenceboard.render.faces import Rows

_PIECE: Final = 1 << 20
"""Bytes from which on another piece of memory is begun: to make one longer than that would be to copy it."""
_PLAIN: Final = 2
"""The form of `marshal` that does not look for texts that are there already, which takes half of the time."""

_Own = tuple[str, str, str, tuple[str, ...], tuple[str, ...], float]
"""Number, title, second line; the lines of title and second line; the width of the number."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one card shows and wears."""

    face: Face
    worn: Dress
    rows: Rows


class _Kind(NamedTuple):
    """What cards have in common: all of a face, of its rows and of what it wears but its own words."""

    type_id: str
    word: str
    chips: tuple[Chip, ...]
    title_is_sentence: bool
    struck: bool
    pinned: bool
    talk: int
    undecided: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Chip, ...], ...]
    worn: Dress


class ShownCards(Mapping[int, Shown]):
    """Hold what cards show, by slot: their own words as bytes, and a number for all that many have in common.

    They come in the order of their slots.
    """

    def __init__(self) -> None:
        self._slots, self._kinds = array("i"), array("i")
        self._kind_of: dict[_Kind, int] = {}
        self._listed: list[_Kind] = []
        self._pieces = [bytearray()]
        self._places = array("q")
        """Where in which piece the words of each card stand."""

    def add(self, slot: int, shown: Shown) -> None:
        """Take in what the card with a slot above all others shows."""
        face, rows = shown.face, shown.rows
        common = (face.type_id, face.word, face.chips, face.title_is_sentence, face.struck, face.pinned, face.talk)
        kind = _Kind(*common, face.undecided, rows.head, rows.chips, shown.worn)
        number = self._kind_of.setdefault(kind, len(self._listed))
        if number == len(self._listed):
            self._listed.append(kind)
        piece = self._pieces[-1]
        if len(piece) >= _PIECE:
            piece = bytearray()
            self._pieces.append(piece)
        self._slots.append(slot)
        self._kinds.append(number)
        self._places.append((len(self._pieces) - 1 << 32) + len(piece))
        title, second = _unless_in(rows.title, face.title), _unless_in(rows.second, face.second_line)
        piece += marshal.dumps((face.number, title, second, rows.title, rows.second, rows.number), _PLAIN)

    def __getitem__(self, slot: int) -> Shown:
        at = bisect_left(self._slots, slot)
        if at == len(self._slots) or self._slots[at] != slot:
            raise KeyError(slot)
        kind = self._listed[self._kinds[at]]
        number, title, second, title_rows, second_rows, wide = self._own(at)
        return Shown(
            Face(kind.type_id, kind.word, number, title, second, *kind[2:8]),
            kind.worn,
            Rows(kind.head, title_rows, second_rows, kind.rows, wide),
        )

    def __iter__(self) -> Iterator[int]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    def own(self) -> Iterator[tuple[str, str, str]]:
        """Yield number, title and second line of each card."""
        return (self._own(at)[:3] for at in range(len(self._slots)))

    def common(self) -> Iterator[str]:
        """Yield the other words that cards say, those that many say once: types and chips."""
        for kind in self._listed:
            yield kind.word
            yield from (chip.text for chip in kind.chips)

    def marks(self) -> set[str]:
        """Return the shapes that stand on chips."""
        return {chip.mark for kind in self._listed for chip in kind.chips} - {""}

    def signs(self) -> set[str]:
        """Return the signs that cards wear."""
        return {kind.worn.sign for kind in self._listed}

    def _own(self, at: int) -> _Own:
        place = self._places[at]
        piece, start = self._pieces[place >> 32], place & 0xFFFFFFFF
        number, title, second, title_rows, second_rows, wide = marshal.loads(memoryview(piece)[start:])
        title, second = _from(title_rows, title), _from(second_rows, second)
        return number, title, second, title_rows, second_rows, wide


def _unless_in(rows: tuple[str, ...], text: str) -> str | None:
    """Return a text, None where its lines say it already: then it need not be held twice."""
    return None if _from(rows, None) == text else text


def _from(rows: tuple[str, ...], text: str | None) -> str:
    return " ".join(rows) if text is None else text
