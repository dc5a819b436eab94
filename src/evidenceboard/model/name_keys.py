"""What names and addresses of one thing have in common, however they are written."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from evidenceboard.model.romanised import sounds, syllables

LOOKED_AT: Final = 300
"""Signs of a name that are looked at."""
_SIGN: Final = re.compile(r"[^\w\s]|_")
_FORMS: Final = (
    "ltd limited llc llp plc inc incorporated corp corporation co company gmbh ag kg sa srl spa bv nv oy ab as jsc pjsc"
    " ооо оао зао пао ао тов тзов ват зат пат прат оод 주식회사 유한회사 the"
)
_LEGAL: Final = frozenset(_FORMS.split())
"""Legal forms, and the article, which one source writes and another leaves out."""
_TRACKED: Final = re.compile(r"utm_\w+|fbclid|gclid|yclid|dclid|msclkid|igshid|mc_[ce]id|ref|ref_src|spm|si|cmpid|ocid")
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")
_DIGITS: Final = re.compile(r"\d+")


def words_of(name: str) -> list[str]:
    """Return the words of a name in small letters, without punctuation and legal forms; a hyphen joins."""
    head = name[:LOOKED_AT]
    if not head.isascii():
        head = unicodedata.normalize("NFKC", head)
        head = "".join(sign for sign in head if unicodedata.category(sign) != "Cf")
    head = head.casefold().replace("-", "").replace("'", "").replace("’", "").replace(".", " ")
    words = _SIGN.sub(" ", head).split()
    return [word for word in words if word not in _LEGAL] or words


def same_key(words: list[str]) -> str:
    """Return what two names share that differ in case, punctuation, legal form or the order of words."""
    return " ".join(sorted(words))


def sound_keys(words: list[str]) -> tuple[str, ...]:
    """Return forms of which two names share one that are spelled, spaced or written in scripts differently.

    The words run together as they stand, with the last one first, and sorted.
    """
    parts = [part for word in words for part in syllables(word)]
    found: dict[str, None] = {}
    several = [sounds(part) for part in parts]
    for kind in range(max(map(len, several), default=0)):
        heard = [forms[min(kind, len(forms) - 1)] for forms in several]
        for row in (heard, [*heard[-1:], *heard[:-1]], sorted(heard)):
            found["".join(row)] = None
    return tuple(found)


def figures(name: str) -> tuple[str, ...]:
    """Return the figures in a name: a 12th brigade is not the 13th."""
    return tuple(sorted(_DIGITS.findall(name[:LOOKED_AT])))


def address_key(url: str) -> str:
    """Return what addresses of one page share: host and path, without www, tracking and the place in the page."""
    try:
        parts = urlsplit(url.strip() if "//" in url[:12] else f"//{url.strip()}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        asked = sorted((key, value) for key, value in parse_qsl(parts.query) if not _TRACKED.fullmatch(key.lower()))
    except ValueError:
        return ""  # no address: a broken host or port says nothing
    if "." not in host:
        return ""
    path = _INDEX.sub("", parts.path).rstrip("/")
    return f"{host}{path}" + (f"?{urlencode(asked)}" if asked else "")
