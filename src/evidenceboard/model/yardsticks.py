"""Yardsticks of likelihood: which words a file uses for how likely something is, and what range each of them means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A closed list of words, least likely first, each with its range in per cent.

    `also` holds other ways to write a word; the word itself is what is stored, and never a number.
    """

    id: str
    name: str
    source: str
    words: dict[str, tuple[int, int]]
    also: dict[str, str]


ICD203: Final = Yardstick(
    "icd203",
    "ICD 203 (United States)",
    "ICD 203",
    {
        "almost no chance": (1, 5),
        "very unlikely": (5, 20),
        "unlikely": (20, 45),
        "roughly even chance": (45, 55),
        "likely": (55, 80),
        "very likely": (80, 95),
        "almost certain": (95, 99),
    },
    {
        "remote": "almost no chance",
        "highly improbable": "very unlikely",
        "improbable": "unlikely",
        "roughly even odds": "roughly even chance",
        "probable": "likely",
        "highly probable": "very likely",
        "nearly certain": "almost certain",
    },
)
PHIA: Final = Yardstick(
    "phia",
    "PHIA probability yardstick (United Kingdom)",
    "PHIA probability yardstick",
    {
        "remote chance": (0, 5),
        "highly unlikely": (10, 20),
        "unlikely": (25, 35),
        "realistic possibility": (40, 50),
        "likely or probable": (55, 75),
        "highly likely": (80, 90),
        "almost certain": (95, 100),
    },
    {"likely": "likely or probable", "probable": "likely or probable"},
)
YARDSTICKS: Final = {one.id: one for one in (ICD203, PHIA)}
"""Every yardstick under its name in a file; one that says nothing has the first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word of likelihood means in a file: its range in per cent, and whether it is from another yardstick."""

    word: str
    low: int
    high: int
    source: str
    foreign: bool

    @property
    def range(self) -> str:
        """Return the range as it is written, such as “55–80 %”."""
        return f"{self.low}–{self.high} %"

    @property
    def said(self) -> str:
        """Return the word with its range and where that comes from, such as “likely: 55–80 % (ICD 203)”."""
        apart = ", from another yardstick" if self.foreign else ""
        return f"{self.word}: {self.range} ({self.source}{apart})"


def yardstick_of(document: Document) -> Yardstick:
    """Return the yardstick of a file; one that this version does not know counts as the first."""
    return YARDSTICKS.get(str(document.setting("yardstick", "")), ICD203)


def reading(document: Document, word: str) -> Reading | None:
    """Return what a word of likelihood means in a file, or None where no yardstick has it."""
    own = yardstick_of(document)
    for one in (own, *YARDSTICKS.values()):
        if word in one.words:
            return Reading(word, *one.words[word], one.source, one is not own)
    return None


def as_word(yardstick: Yardstick, typed: str) -> str:
    """Return the word of a yardstick that somebody typed, in any case; "" for none. Raises `ValueError`."""
    word = " ".join(typed.lower().split())
    found = yardstick.also.get(word, word)
    if found and found not in yardstick.words:
        raise ValueError("one of " + ", ".join(yardstick.words))
    return found


def _doubt(word: str) -> tuple[float, float]:
    low, high = next(one.words[word] for one in YARDSTICKS.values() if word in one.words)
    return abs(low + high - 100), low + high


ALL_WORDS: Final = tuple(dict.fromkeys(word for one in YARDSTICKS.values() for word in one.words))
"""The words of all yardsticks: what a file may hold, whichever it uses."""
CAUTIOUS: Final = tuple(sorted(ALL_WORDS, key=_doubt))
"""The same words, those nearest to an even chance first."""
