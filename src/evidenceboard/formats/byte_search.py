"""Searching bytes for very many strings at once: as they were typed and folded, in UTF-8 and in UTF-16."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

LETTERS: Final = 4
"""Letters from which on a word is looked for: a shorter one is everywhere."""
_WIDE: Final = 6
"""Bytes that a shorter word must have to be looked for: few letters of Korean say as much as many of English."""
_HASHED: Final = re.compile(r"[0-9A-Fa-f]+")
_HASH: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")
_NONE: Final[dict[int, dict[bytes, list[str]]]] = {}
_SIZES: Final = (8, 4, 1)
"""First bytes of a string that are looked for: as many as it has."""
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_LINE: Final = 32
"""Letters of a line that are looked for as they stand there."""
_SLOTS: Final = 1 << 22
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_WHOLE: Final = (1 << 64) - 1
_SHIFT: Final = 42
_AT_ONCE: Final = 1 << 22
"""Bytes that are looked through in one go."""
_AT_A_TIME: Final = 1000
"""Strings, or pieces, between two steps."""
_BETWEEN: Final = b"\n\x00\n"
_CODES: Final = ("utf-8", "utf-16-le", "utf-16-be")


T = TypeVar("T")
Step = Callable[[], object]


def _go_on() -> None:
    """Let the search go on."""


def stepping(items: Iterable[T], step: Step) -> Iterator[T]:
    """Go through something, calling `step` now and then."""
    for place, item in enumerate(items):
        if place % _AT_A_TIME == 0:
            step()
        yield item


def words_of(text: str) -> set[str]:
    """Return the words of a text as they stand there."""
    return set(_WORD.findall(text))


def strings_of(text: str) -> set[str]:
    """Return the words of a text, and how each line of it begins: that tells where all its words are common."""
    if _TIME.fullmatch(text):
        return set()  # a time of the log is told by the log of the copy as well
    lines = (line.strip()[:_LINE] for line in text.splitlines())
    return words_of(text) | {line for line in lines if " " in line}


def is_long(word: str) -> bool:
    """Tell whether a word is long enough to be looked for; one of hexadecimal digits alone is in hashes by chance."""
    size = len(word.encode("utf-8", "replace"))
    if _HASHED.fullmatch(word):
        return size >= _HASH
    return len(word) >= LETTERS or size >= _WIDE


def found(strings: Iterable[str], chunks: Iterable[bytes]) -> set[str]:
    """Return which of some strings are in some bytes. Each piece stands alone; letters of any case are alike."""
    return Search(strings).found(chunks)


class Search:
    """Look for strings, all at once, in one lot of bytes after the other; each string is found once.

    Of each string its first eight bytes are looked for, or four where it is short; where these are, the rest is
    compared. `step` is called again and again; what it raises ends the search.
    """

    def __init__(self, strings: Iterable[str], step: Step = _go_on) -> None:
        self.left: set[str] = set()
        """The strings that were not found yet."""
        self._step = step
        self._tables = {size: _Table(size) for size in _SIZES}
        self._longest = 0
        for string in stepping(strings, step):
            self.left.add(string)
            for pattern in _patterns(string):
                length = len(pattern)
                self._tables[8 if length >= 8 else 4 if length >= 4 else 1].add(pattern, string)
                self._longest = max(self._longest, length)

    def found(self, chunks: Iterable[bytes]) -> set[str]:
        """Return which strings are in some bytes and were in none before. Each piece stands alone."""
        there: set[str] = set()
        if self._longest:
            for whole in _gathered(chunks, self._step):
                for chunk in _parts(whole.lower(), self._longest):
                    for table in self._tables.values():
                        self._step()
                        table.look(chunk, there)
        there &= self.left  # one that was found as UTF-8 may stand there as UTF-16 as well
        self.left -= there
        return there


def places(string: str, data: bytes) -> Iterator[tuple[int, int]]:
    """Yield from where to where a string stands in bytes, of any case and in any code."""
    small = data.lower()
    for pattern in _patterns(string):
        start = small.find(pattern)
        while start >= 0:
            yield start, start + len(pattern)
            start = small.find(pattern, start + 1)


class _Table:
    """Know which strings begin with which bytes, so many of them, and among those how long each is."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._begin: dict[int, dict[int, dict[bytes, list[str]]]] = {}
        self._may = np.zeros(_SLOTS, bool)

    def add(self, pattern: bytes, string: str) -> None:
        """Take a string that may stand as these bytes."""
        start = int.from_bytes(pattern[: self._size], "little")
        alike = self._begin.setdefault(start, {}).setdefault(len(pattern), {})
        alike.setdefault(pattern, []).append(string)
        self._may[(start * int(_MIX) & _WHOLE) >> _SHIFT] = True

    def look(self, chunk: bytes, there: set[str]) -> None:
        """Add what stands in a chunk."""
        if not self._begin or len(chunk) < self._size:
            return
        windows = _windows(chunk, self._size)
        places = np.flatnonzero(self._may[(windows * _MIX) >> np.uint64(_SHIFT)])
        for place, start in zip(places.tolist(), windows[places].tolist(), strict=True):
            # What was found need not be found again, which soon leaves nothing of what is everywhere.
            for length, alike in [*self._begin.get(start, _NONE).items()]:
                there.update(alike.pop(chunk[place : place + length], ()))
                if not alike:
                    del self._begin[start][length]
            if start in self._begin and not self._begin[start]:
                del self._begin[start]


def _gathered(chunks: Iterable[bytes], step: Step) -> Iterator[bytes]:
    """Yield small pieces together, with something between them that is in no word."""
    some: list[bytes] = []
    size = 0
    for chunk in stepping(chunks, step):
        some.append(chunk)
        size += len(chunk)
        if size > _AT_ONCE:
            yield _BETWEEN.join(some)
            some, size = [], 0
    yield _BETWEEN.join(some)


def _parts(data: bytes, longest: int) -> Iterator[bytes]:
    """Yield bytes in parts that overlap, so that nothing lies between two of them."""
    for start in range(0, max(1, len(data)), _AT_ONCE):
        yield data[start : start + _AT_ONCE + longest]


def _patterns(text: str) -> list[bytes]:
    """Return how a string may stand in bytes whose Latin letters are small."""
    if text.isascii():
        return [text.lower().encode(code) for code in _CODES] if text else []
    typed = {text, text.casefold(), text.lower(), text.upper(), text.title()}
    forms = typed | {unicodedata.normalize(form, one) for form in ("NFC", "NFD") for one in typed}
    return [one for one in {form.encode(code, "replace").lower() for form in forms for code in _CODES} if one]


def _windows(chunk: bytes, size: int) -> NDArray[np.uint64]:
    """Return so many bytes from each place of a chunk on as one number."""
    raw = np.frombuffer(chunk, np.uint8)
    made = np.zeros(len(raw) - size + 1, np.uint64)
    for at in range(size):
        made |= raw[at : at + len(made)].astype(np.uint64) << np.uint64(8 * at)
    return made
