"""What a careful editor would mark in a judgement: likelihood and confidence in one sentence, and bare “may”.

ICD 203, section D.6.e.2: a statement of likelihood and one of confidence do not stand in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from evidenceboard.model.values import dataclass
from evidenceboard.model.yardsticks import ALL_WORDS, YARDSTICKS

TOGETHER: Final = "together"
BARE: Final = "bare"


_CHECKED: Final = {"claim": (), "note": (), "scenario": ("statement", "sources_basis", "assumptions", "gaps")}
"""The types in which an analyst judges, with the texts that each has beside title and notes."""


def is_checked(type_id: str, key: str) -> bool:
    """Tell whether a field holds sentences of the analyst's own, which are looked at while they are written."""
    return type_id in _CHECKED and key in ("title", "notes", *_CHECKED[type_id])


@dataclass(frozen=True, slots=True)
class Hint:
    """One stretch worth a second look, `start` to `end` in characters of the text.

    `why`: “together”, a likelihood and a confidence in one sentence; “bare”, a word such as “may” without a
    likelihood. `word` is the stretch itself.
    """

    start: int
    end: int
    why: str
    word: str


def _words(found: Iterable[str]) -> str:
    # Longest first: “very likely” is one word, not “likely” after something else.
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(found, key=len, reverse=True))


_ALSO: Final = {word for one in YARDSTICKS.values() for word in one.also} - {"remote"}
"""Other ways to write a likelihood. “remote” alone is left out: most often it is far away."""
_ADVERBS: Final = ("probably", "improbably", "almost certainly", "nearly certainly", "very probably", "most likely")
_LEVEL: Final = r"(?:low|moderate|medium|high|full|great|little)"
_FOUND: Final = re.compile(
    rf"\b(?:(?P<likelihood>{_words({*ALL_WORDS, *_ALSO, *_ADVERBS})})"
    rf"|(?P<confidence>{_LEVEL}(?:\s+(?:to|or)\s+{_LEVEL})?[\s-]+confidence"
    rf"|confidence\s+(?:is|was|remains)\s+{_LEVEL}|confident(?:ly)?)"
    r"|(?P<bare>(?-i:may)|might|could))\b",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.!?…]+[\")\]”’»]*\s+(?![a-zа-яіїєґ])|\n+|[\u2028\u2029]+|[。！？]+")
_QUOTED: Final = re.compile(r"“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)")
"""The words of a source, in double quotes of any sort; one that is not closed yet goes to the end of the paragraph."""


def hints(text: str) -> list[Hint]:
    """Return what to look at in a text, in its order. The source's own words in quotes are left alone."""
    if not _FOUND.search(text):
        return []
    found: list[Hint] = []
    start = 0
    for paragraph in text.splitlines(keepends=True):
        own = _QUOTED.sub(lambda match: "\x00" * len(match.group()), paragraph)
        for begin, end in _sentences(own):
            found += _of_sentence(text, own[begin:end], start + begin)
        start += len(paragraph)
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        yield start, end.end()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def _of_sentence(text: str, sentence: str, at: int) -> Iterator[Hint]:
    matches = list(_FOUND.finditer(sentence))
    kinds = {match.lastgroup for match in matches}
    together = {"likelihood", "confidence"} <= kinds
    for match in matches:
        start, end = at + match.start(), at + match.end()
        if match.lastgroup == "bare":
            if "likelihood" not in kinds:
                yield Hint(start, end, BARE, text[start:end])
        elif together:
            yield Hint(start, end, TOGETHER, text[start:end])
