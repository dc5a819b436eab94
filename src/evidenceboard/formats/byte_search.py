"""Searching bytes for very many strings at once: as they were typed and folded, in UTF-8 and in UTF-16."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

LETTERS: Final = 4
"""Letters from which on a word is looked for: a shorter one is everywhere."""
_WIDE: Final = 6
"""Bytes that a shorter word must have to be looked for: few letters of Korean say as much as many of English."""
_HASHED: Final = re.compile(r"[0-9A-Fa-f]+")
_HASH: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")
_WINDOW: Final = 4
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_LINE: Final = 80
"""Letters of a line that are looked for as they stand there."""
_TABLE: Final = 1 << 22
_MIX: Final = np.uint32(2_654_435_761)
_AT_ONCE: Final = 1 << 22
"""Bytes that are looked through in one go."""
_BETWEEN: Final = b"\n\x00\n"
_CODES: Final = ("utf-8", "utf-16-le", "utf-16-be")
Bools = NDArray[np.bool_]


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
    wanted = {one: _patterns(one) for one in strings}
    longest = max((len(pattern) for patterns in wanted.values() for pattern in patterns), default=0)
    there: set[str] = set()
    for whole in _gathered(chunks):
        for chunk in _parts(whole.lower(), longest):
            if not wanted:
                return there
            table = _windows(chunk)
            for one in [one for one, patterns in wanted.items() if _may(patterns, table)]:
                if any(pattern in chunk for pattern in wanted[one]):
                    there.add(one)
                    del wanted[one]
    return there


def _gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield small pieces together, with something between them that is in no word."""
    some: list[bytes] = []
    size = 0
    for chunk in chunks:
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


def _windows(chunk: bytes) -> Bools:
    """Return which four bytes follow each other anywhere in a chunk, as a table by a number made of them."""
    table = np.zeros(_TABLE, bool)
    if len(chunk) >= _WINDOW:
        raw = np.frombuffer(chunk, np.uint8).astype(np.uint32)
        table[(_four(raw) * _MIX) >> np.uint32(10)] = True
    return table


def _four(raw: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return each four bytes in a row as one number."""
    return np.asarray(raw[:-3] | raw[1:-2] << 8 | raw[2:-1] << 16 | raw[3:] << 24, np.uint32)


def _may(patterns: list[bytes], table: Bools) -> bool:
    """Tell whether one of some patterns may be there, by its first and its last four bytes."""
    for pattern in patterns:
        if len(pattern) < _WINDOW:
            return True
        ends = (int.from_bytes(pattern[:4], "little"), int.from_bytes(pattern[-4:], "little"))
        if all(table[(one * int(_MIX) & 0xFFFFFFFF) >> 10] for one in ends):
            return True
    return False
