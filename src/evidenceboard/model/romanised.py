"""Names in Latin letters: Cyrillic, Greek and Hangul by small tables, and a form that spellings of one name share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Each letter with its Latin ones.
_CYRILLIC: Final = (
    "аa бb вv гg ґg дd еe ёyo єye жzh зz иi іi їyi йy кk лl мm нn оo пp рr сs тt уu ўu фf хkh цts чch шsh щshch ыy"
    " эe юyu яya јy љlj њnj ћc ђdj џdz қk ғg ңn өo үu ұu һh әa"
)
_GREEK: Final = "αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χkh ψps ωo"
_OTHER: Final = "ßss łl øo đd æae œoe ıi þth"
_SILENT: Final = "ъь’ʼ'`"
_PAIRS: Final = f"{_CYRILLIC} {_GREEK} {_OTHER}"
_TABLE: Final = str.maketrans({pair[0]: pair[1:] for pair in _PAIRS.split()} | dict.fromkeys(_SILENT, ""))
_UKRAINIAN: Final = re.compile("[іїєґ]")
_RUSSIAN: Final = re.compile("[ыэёъ]")
# The revised romanisation of 2000: initials, vowels and finals in the order of Unicode.
_HANGUL_LETTERS: Final = (
    "g kk n d tt r m b pp s ss  j jj ch k t p h",
    "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
    " k k k n n n t l k m l l l p l m p p t t ng t t k t p t",
)
_LEADS, _VOWELS, _TAILS = (letters.split(" ") for letters in _HANGUL_LETTERS)
_FIRST: Final = 0xAC00
_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
_SURNAMES: Final = {
    "lee": "yi", "rhee": "yi", "ri": "yi", "i": "yi", "park": "pak", "choi": "choe", "jung": "jeong", "chung": "jeong",
    "kang": "gang", "moon": "mun", "noh": "no", "roh": "no", "shin": "sin", "yoon": "yun", "woo": "u", "lim": "im",
    "rim": "im", "cho": "jo",
}  # fmt: skip
"""How people spell Korean names that no system of romanisation leads to."""
_SOUNDS: Final = {
    "chung": "cong", "young": "yong", "hyun": "hyon", "sung": "song", "shch": "s", "sch": "s", "tch": "c", "ch": "c",
    "sh": "s", "zh": "z", "kh": "h", "ph": "f", "th": "t", "ts": "c", "tz": "c", "ck": "k", "eo": "o", "eu": "u",
    "ae": "e", "oe": "e", "oo": "u", "ou": "u", "ee": "i", "ui": "i", "yi": "i", "ye": "e", "yo": "o", "ie": "e",
    "x": "ks",
}  # fmt: skip
"""What systems and habits write differently becomes one, longest first; what differs by voice alone comes after."""
_SOUND: Final = re.compile("|".join(_SOUNDS))
_ALIKE: Final = str.maketrans("gdbrwqyj", "ktplvkii")
_TWICE: Final = re.compile(r"(.)\1+")
_LEAST: Final = 3


def romanised(word: str, *, ukrainian: bool = False) -> str:
    """Return a word, in small letters, in Latin ones; Hangul by the revised romanisation, accents left out.

    `ukrainian`: г is h, as in Ukrainian, where it is g in Russian.
    """
    if word.isascii():
        return word.replace("'", "")
    if _HANGUL.search(word):
        word = "".join(_syllable(sign) if "\uac00" <= sign <= "\ud7a3" else sign for sign in word)
    if ukrainian:
        word = word.replace("г", "h")
    word = word.translate(_TABLE)
    return word if word.isascii() else _bare(word)


def _bare(word: str) -> str:
    """Return a word without accents; й and ї are letters of their own, and have been read before."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_TABLE)


def _syllable(sign: str) -> str:
    place = ord(sign) - _FIRST
    return _LEADS[place // 588] + _VOWELS[place % 588 // 28] + _TAILS[place % 28]


@lru_cache(maxsize=16384)
def sounds(word: str) -> tuple[str, ...]:
    """Return the forms, one or two, that the usual ways to write one word in Latin letters have in common.

    They tell neither voice nor length: revised romanisation and McCune-Reischauer meet in them, and so do the
    systems for Russian and Ukrainian.
    """
    open_ = "г" in word and not _UKRAINIAN.search(word) and not _RUSSIAN.search(word)
    kinds = (False, True) if open_ else (_UKRAINIAN.search(word) is not None,)
    return tuple(dict.fromkeys(_sound(romanised(word, ukrainian=kind)) for kind in kinds))


def _sound(word: str) -> str:
    word = _SURNAMES.get(word, word)
    if word[:1] == "j":
        word = "ch" + word[1:]
    word = _SOUND.sub(lambda found: _SOUNDS[found[0]], word).translate(_ALIKE)
    return _TWICE.sub(r"\1", word).replace("ie", "e")


def syllables(word: str) -> list[str]:
    """Return a Korean name of two to four syllables as surname and given name, any other word as it is."""
    if _HANGUL.fullmatch(word) and _LEAST <= len(word) <= _LEAST + 1:
        return [word[:1], word[1:]]
    return [word]


def script(text: str) -> str:
    """Return the script of the first letter: Latin, Cyrillic, Greek, Hangul or another one's name."""
    for sign in text:
        if sign.isalpha():
            return "Latin" if sign.isascii() else unicodedata.name(sign, "another").split()[0].capitalize()
    return ""
