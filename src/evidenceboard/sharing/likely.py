"""Many names looked for in many texts: of each text only those are tried whose words stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final

from evidenceboard.formats.byte_search import words_of

RUNNING: Final = 0x2E80
"""Letters from which on words are not parted, or have endings that hang on them: Korean, Chinese, Japanese."""
_WORD: Final = re.compile(r"[^\W_]+")
_ALIKE: Final = str.maketrans({"ı": "i", "\u0307": ""})
"""What `re` takes for the same letter in any case, and casefolding does not."""


def pattern(name: str) -> str:
    """Return how a name stands in a text: as whole words, whatever space is between them."""
    said = r"\s+".join(map(re.escape, name.split()))
    before = r"(?<!\w)" if _is_bounded(name[0]) else ""
    after = r"(?!\w)" if _is_bounded(name[-1]) else ""
    return f"{before}{said}{after}"


def _is_bounded(letter: str) -> bool:
    return ord(letter) < RUNNING and letter.isalnum()


def _folded(word: str) -> str:
    return word.casefold().translate(_ALIKE)


def _whole_words(name: str) -> list[str]:
    """Return the words of a name that stand alone wherever the name does."""
    found = [
        _folded(word[0])
        for word in _WORD.finditer(name)
        if (word.start() > 0 or _is_bounded(name[0])) and (word.end() < len(name) or _is_bounded(name[-1]))
    ]
    return [word for word in found if word]


class _Name:
    """One name: its place among all, the words that a text has to have, and how it is found."""

    def __init__(self, place: int, name: str) -> None:
        self.place, self.name = place, name
        self.words = _whole_words(name)
        self.others = frozenset(self.words[1:])

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        return re.compile(pattern(self.name), re.IGNORECASE).search


class Likely:
    """Find names in texts, in any case. Where two begin at one place, the one counts that comes first in `names`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._anywhere: list[_Name] = []
        self._by_word: dict[str, list[_Name]] = {}
        for place, name in enumerate(names):
            made = _Name(place, name)
            (self._by_word.setdefault(made.words[0], []) if made.words else self._anywhere).append(made)

    def __bool__(self) -> bool:
        return bool(self._anywhere or self._by_word)

    def in_text(self, text: str) -> list[str]:
        """Return the names that stand in a text, in their order."""
        return [one.name for one in self._tried(text) if one.search(text)]

    def matches(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield the names in a text and where they stand, from left to right and none within another.

        One pattern of all names would find the same.
        """
        tried = self._tried(text)
        found = {one: hit for one in tried if (hit := one.search(text))}
        while found:
            first = min(found, key=lambda one: (found[one].start(), one.place))
            hit = found[first]
            yield first.name, hit
            for one in [one for one, other in found.items() if other.start() < hit.end()]:
                again = one.search(text, hit.end())
                if again:
                    found[one] = again
                else:
                    del found[one]

    def _tried(self, text: str) -> list[_Name]:
        words = {_folded(word) for word in words_of(text)}
        likely = [one for word in words & self._by_word.keys() for one in self._by_word[word] if one.others <= words]
        return sorted([*self._anywhere, *likely], key=lambda one: one.place)
