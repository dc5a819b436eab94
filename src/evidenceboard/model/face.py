"""What a card shows, as plain words: the type decides it, the painter draws it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Chip:
    """A short fact at the foot of a card; `means` defines it.

    `role` is one of plain, alarm, doubt, marking, supposed.
    """

    text: str
    role: str = "plain"
    means: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Face:
    """Everything a card shows. `type_id` chooses colour and glyph; `word` is the type's name for people."""

    type_id: str
    word: str
    number: str
    title: str
    second_line: str = ""
    chips: tuple[Chip, ...] = ()
    title_is_sentence: bool = False
    struck: bool = False
