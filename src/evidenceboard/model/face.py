"""What a card shows, as plain words: the type decides it, the painter draws it."""

from __future__ import annotations

from dataclasses import field
from typing import Final

from evidenceboard.model.values import dataclass

SPLIT: Final = "split circle"
EMPTY: Final = "dashed circle"
OPEN: Final = "open circle"
DOT: Final = "dot"
APART: Final = "two rings apart"
JOINED: Final = "two dots joined"
TWO: Final = "two cards overlapping"
UNDECIDED: Final = "undecided: two copies of the file say different things, and both are kept"


@dataclass(frozen=True, slots=True)
class Chip:
    """A short fact at the foot of a card. `role` is one of plain, alarm, doubt, marking, supposed.

    `mark` names a shape before its words, `means` defines it; `leads`: a click on it shows where the claim comes from.
    """

    text: str
    role: str = "plain"
    mark: str = ""
    leads: bool = False
    means: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Face:
    """Everything a card shows. `type_id` chooses colour and glyph; `word` is the type's name for people.

    `pinned`: the card stays where it is when others are laid out. `talk`: how many comments are open. `undecided`:
    fields of which several values stand.
    """

    type_id: str
    word: str
    number: str
    title: str
    second_line: str = ""
    chips: tuple[Chip, ...] = ()
    title_is_sentence: bool = False
    struck: bool = False
    pinned: bool = False
    talk: int = 0
    undecided: tuple[str, ...] = ()
