"""What a grade or judgement means, in words, with the doctrine that says so: for every place that shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model.gradings import CREDIBILITY, RELIABILITY, SCALES
from evidenceboard.model.yardsticks import reading

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_ADMIRALTY: Final = "AJP-2.1"


def definition(document: Document, field: str, value: str) -> str:
    """Return what a value of a judged field means, such as “B: usually reliable (AJP-2.1, source reliability)”.

    A value that is on no scale means nothing that could be told: "".
    """
    if field == "likelihood":
        read = reading(document, value)
        return read.said if read else ""
    scale = SCALES.get(field)
    if scale is None or value not in scale.words:
        return ""
    return f"{value}: {scale.words[value]} ({scale.source})"


def pair_definition(pair: str) -> str:
    """Return what a pair such as “B2” means: “B2: usually reliable · probably true (AJP-2.1)”; "" for no pair."""
    if not pair:
        return ""
    letter = RELIABILITY.words.get(pair[:1], "reliability not graded" if pair[:1] == "–" else pair[:1])
    number = CREDIBILITY.words.get(pair[1:], "credibility not graded" if pair[1:] == "–" else pair[1:])
    return f"{pair}: {letter} · {number} ({_ADMIRALTY})"
