"""The small words and signs around dates that people write, brought into one form before a date is read."""

from __future__ import annotations

import re
from typing import Final

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.edtf import LONGEST, SEASONS, TAKES

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SEASONS: Final = {word: number for number, word in SEASONS.items()} | {"fall": 23}
_SIGNS: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | {"\N{NO-BREAK SPACE}": " ", "’": "'", "→": " - ", "…": "..."}
)
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_DAYS: Final = {
    **{word: number for number, word in enumerate(_ORDINALS, 1)},
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_ORDINALS[:9], 1)},
    "thirtieth": 30,
    "thirty-first": 31,
}
_ORDINAL: Final = re.compile(rf"\b({'|'.join(sorted(_DAYS, key=len, reverse=True))})\b(?! (?:half|week|weekend)\b)")
_QUARTER: Final = re.compile(r"\b(\d)(?:st|nd|rd|th)? quarter\b")
_WEEKDAY: Final = re.compile(
    r"\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b\.?|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
_SMALL: Final = re.compile(r"\b(?:the|of|in|on the|during|year|sometime|some time)\b")
_CLOCK: Final = re.compile(
    r"(.+?)(?:,| at|t)? ?(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d))? ?(?:(z|utc|gmt) ?)?([+-]\d\d(?::?\d\d)?)?(?: hours?)?"
)
_SHORT_YEAR: Final = re.compile(r".*(?:'\d\d|\b\d{1,2}([./-])\d{1,2}\1\d\d)")
_UNKNOWN: Final = re.compile(r"\?+|unknown|not known|undated|no date|n\.? ?d\.?|tbd|tbc|none|-+")


def tidied(typed: str) -> str:
    """Return what was typed in small letters, without words that say nothing of when. Raises `InvalidValueError`."""
    text = " ".join(typed.translate(_SIGNS).split()).lower().rstrip(",;")
    if len(text) > LONGEST:
        raise InvalidValueError("This is too long for a date; nothing was changed.", TAKES)
    if _UNKNOWN.fullmatch(text):
        raise InvalidValueError(
            "A date that is not known is left empty; nothing was changed.",
            "Write what is known of it, such as before June 2024 or 202X.",
        )
    if _SHORT_YEAR.fullmatch(text):
        raise InvalidValueError(
            "A year of two digits can mean several; nothing was changed.", "Write all of it, such as 18 Oct 2024."
        )
    text = _WEEKDAY.sub(" ", text).replace("->", " - ")
    text = _ORDINAL.sub(lambda found: str(_DAYS[found[1]]), text)
    text = re.sub(r"\bh([12])\b", r"\1 half", text)
    text = _QUARTER.sub(r"q\1", text)
    text = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"\b(\d{1,2})\. (\d{1,2})\. (?=\d{4}\b)", r"\1.\2.", text)
    text = re.sub(r"\b(\d{4})(\d\d)(\d\d)\b", r"\1-\2-\3", text)
    text = re.sub(r"\b(\d{4}) ?(q[1-4])\b", r"\2 \1", text)
    text = re.sub(r"\b(?:q[1-4]|[a-z]+\.?)[-/]\d{4}\b|\b\d{1,2}-[a-z]+-\d{4}\b", _unhyphened, text)
    text = _SMALL.sub(" ", text)
    text = re.sub(r"^ *on (?=\S)", "", text)
    return " ".join(text.replace(",", " ").split())


def _unhyphened(found: re.Match[str]) -> str:
    """Return “18-Oct-2024” and “Oct-2024” with blanks; other words may stand for spans and stay."""
    parts = re.split("[-/]", found[0])
    named = parts[-2].rstrip(".")
    return " ".join(parts) if month(named) or re.fullmatch("q[1-4]", named) else found[0]


def clocked(typed: str) -> tuple[str, str] | None:
    """Return what stands before a time of day, and that time as EDTF has it, or None where there is none."""
    found = _CLOCK.fullmatch(" ".join(typed.translate(_SIGNS).split()).lower())
    if not found or int(found[2]) > 23 or int(found[3]) > 59 or int(found[4] or 0) > 59:
        return None
    zone = found[6] or ("Z" if found[5] else "")
    if len(zone) == 5 and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return found[1], f"T{int(found[2]):02d}:{found[3]}:{found[4] or '00'}{zone}"


def month(word: str) -> int | None:
    """Return the number of a month or season (21 to 24) by its name or the beginning of it, or None."""
    if word in _SEASONS:
        return _SEASONS[word]
    if word == "sept":
        return 9
    return next((at for at, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)), None)
