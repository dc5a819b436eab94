"""Words as search takes them: what a query asks for, and what stands inside words without spaces or endings."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_WORDS: Final = 24
MOST_LETTERS: Final = 600
"""What lies beyond these in a query is not looked at."""
_LONGEST_INSIDE: Final = 12
_SHORT: Final = 40
"""Letters of a word that is remembered; a text without a blank would be held many times over."""
_MOST_KNOWN: Final = 16_384
"""Words that are remembered."""
# Scripts whose words carry endings or stand without spaces: Hangul, kana, Han.
_RUN: Final = re.compile("[\u1100-\u11ff\u3040-\u318f\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]+")

_CHUNK: Final = re.compile(r'"([^"]*)"?|(\S+)')


def nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class _Known(dict[str, str]):
    """What stands inside words that came before: asked for a word in C, it takes a tenth of the time of a function."""

    def __missing__(self, word: str) -> str:
        made = _insides_of_word(word)
        if len(word) <= _SHORT:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[word] = made
        return made


_KNOWN: Final = _Known()


def insides(text: str) -> str:
    """Return what words in Hangul, kana or Han hold from their second letter on, from their third letter on …"""
    return " ".join(filter(None, map(_KNOWN.__getitem__, text.split())))


def _insides_of_word(word: str) -> str:
    found = []
    for run in _RUN.finditer(word):
        at = run.start()
        # Where it follows on a letter or digit of another script, its own first letter is inside a word already.
        first = 0 if at and word[at - 1].isalnum() else 1
        found.append(" ".join(run[0][start : start + _LONGEST_INSIDE] for start in range(first, len(run[0]))))
    return " ".join(filter(None, found))


def words_of(text: str) -> list[str]:
    """Return the words and quoted passages of a query that hold a letter or digit."""
    clean = nfc(text[:MOST_LETTERS].replace("\x00", " ").encode("utf-8", "replace").decode())
    found = [passage or word for passage, word in _CHUNK.findall(clean)]
    return [word for word in found if any(letter.isalnum() for letter in word)][:MOST_WORDS]


def all_of(words: list[str]) -> str:
    return " AND ".join([*map(exact, words[:-1]), _started(words[-1])])


def quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def exact(word: str) -> str:
    return _started(word) if _RUN.search(word) else quoted(word)


def _started(word: str) -> str:
    said = f"{quoted(word)} *"
    runs = _RUN.findall(word)
    if not runs:
        return said
    within = " AND ".join(f"inside : {quoted(run[:_LONGEST_INSIDE])} *" for run in runs)
    return f"({said} OR ({within}))" if "".join(runs) == word else said
