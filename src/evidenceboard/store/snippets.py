"""The words around a hit, cut out of longer text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

BEFORE: Final = 48
AFTER: Final = 96
"""Letters that are shown before and after the first letter of a hit."""


def cut_out(texts: list[str], words: list[str]) -> str:
    """Return the surroundings of the first hit in that text which holds most of the words, on one line."""
    best, most, at = "", -1, 0
    for text in texts:
        if not text.strip():
            continue
        folded = _folded(text)
        places = [place for word in words if (place := _find(folded, _folded(word))) >= 0]
        if len(places) > most:
            best, most, at = text, len(places), min(places, default=0)
    start, end = max(0, at - BEFORE), min(len(best), at + AFTER)
    if start:
        gap = best.find(" ", start, at)
        start = gap + 1 if gap >= 0 else start
    if end < len(best):
        gap = best.rfind(" ", at, end)
        end = gap if gap > at else end
    said = " ".join(best[start:end].split())
    return ("…" if best[:start].strip() else "") + said + ("…" if best[end:].strip() else "")


def _find(text: str, word: str) -> int:
    """Return where a word begins in a text, at the start of one of its words where there is one."""
    first = place = text.find(word)
    while place > 0 and text[place - 1].isalnum():
        place = text.find(word, place + 1)
    return place if place >= 0 else first


def _folded(text: str) -> str:
    # Letter by letter, so that places in the folded text are places in the text.
    return text.lower() if text.isascii() else "".join(map(_plain_letter, text))


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    if "\uac00" <= letter <= "\ud7a3":
        return letter
    return unicodedata.normalize("NFD", letter)[0].lower()[0]
