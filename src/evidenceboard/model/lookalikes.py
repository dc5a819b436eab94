"""Names that can be taken for another: letters of several scripts in one word, and letters that look alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from evidenceboard.model.marks import marked

SCRIPTS: Final = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Armenian": "\u0531-\u0587",
    "Cherokee": "\u13a0-\u13ff\uab70-\uabbf",
}
"""Scripts that share shapes with each other; others are told apart at sight."""
_OF: Final = {name: re.compile(f"[{letters}]") for name, letters in SCRIPTS.items()}
_STRANGE: Final = re.compile("[" + "".join(letters for name, letters in SCRIPTS.items() if name != "Latin") + "]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_LOOKED_AT: Final = 2000
_SAME: Final = str.maketrans(
    # Cyrillic, then Greek, then Armenian, and the Latin letters that they are taken for.
    "аеорсухіјѕһԁԛԝьґАВЕКМНОРСТУХІЈЅҮԌԚԜ" + "ονραικυωΑΒΕΖΗΙΚΜΝΟΡΤΥΧγ" + "օսհոցյԱՍՏՕ",
    "aeopcyxijshdqwbrABEKMHOPCTYXIJSYGQW" + "ovpaikuwABEZHIKMNOPTYXy" + "ouhngjUUSO",
)


@lru_cache(maxsize=4096)
def mixed(text: str) -> str:
    """Return what is mixed in a name, such as “Pаypal mixes Latin and Cyrillic letters”, or "".

    A word is mixed where letters of scripts with shapes in common stand in it together, or where it consists of
    letters that look Latin among words that are Latin. Units and formulas such as μm or Δt are none.
    """
    head = text[:_LOOKED_AT]
    if head.isascii() or _STRANGE.search(head) is None:
        return ""
    if sum(letters.search(head) is not None for letters in _OF.values()) < 2:
        return ""
    words = _WORD.findall(head)
    latin = sum(map(_is_latin, words))
    for word in words:
        found = [name for name, letters in _OF.items() if letters.search(word)]
        strange = "".join(_STRANGE.findall(word))
        alike = strange.translate(_SAME) != strange
        if len(found) > 1 and (alike or "Greek" not in found):
            return f"“{marked(word[:40])}” mixes {' and '.join(found)} letters"
        if len(found) == 1 and found != ["Latin"] and len(word) > 1 and 2 * latin >= len(words):
            seen = word.translate(_SAME)
            if seen.isascii():
                return f"“{marked(word[:40])}” looks Latin and is written in {found[0]} letters"
    return ""


def skeleton(text: str) -> str:
    """Return a form that names share which look alike: without signs that nobody sees, in Latin where it looks so."""
    plain = unicodedata.normalize("NFKC", text[:_LOOKED_AT])
    seen = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc", "Mn"))
    return " ".join(seen.translate(_SAME).casefold().split())


def _is_latin(word: str) -> bool:
    return _STRANGE.search(word) is None and _OF["Latin"].match(word) is not None
