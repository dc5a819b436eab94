"""The scales that judgements are made on: their words, their order, and which value is the more cautious."""

from __future__ import annotations

from typing import Any, Final

from evidenceboard.model.values import dataclass
from evidenceboard.model.yardsticks import ALL_WORDS, CAUTIOUS, YARDSTICKS


@dataclass(frozen=True, slots=True)
class Scale:
    """A closed list of values with their meaning. `caution` lists the values, most cautious first."""

    id: str
    words: dict[str, str]
    caution: tuple[str, ...]
    source: str

    def cautious(self, values: list[str]) -> str:
        """Return the most cautious of some values; values that are not on the scale come last."""
        known = [value for value in self.caution if value in values]
        return known[0] if known else values[0]


def _range(word: str) -> str:
    low, high = next(one.words[word] for one in YARDSTICKS.values() if word in one.words)
    return f"{low}-{high} %"


RELIABILITY: Final = Scale(
    "reliability",
    {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "reliability cannot be judged",
    },
    ("F", "E", "D", "C", "B", "A"),
    "AJP-2.1, source reliability",
)
CREDIBILITY: Final = Scale(
    "credibility",
    {
        "1": "confirmed by other independent sources",
        "2": "probably true",
        "3": "possibly true",
        "4": "doubtful",
        "5": "improbable",
        "6": "truth cannot be judged",
    },
    ("6", "5", "4", "3", "2", "1"),
    "AJP-2.1, information credibility",
)
LIKELIHOOD: Final = Scale(
    "likelihood",
    {word: _range(word) for word in ALL_WORDS},
    CAUTIOUS,
    ", ".join(one.source for one in YARDSTICKS.values()),
)
"""The words of every yardstick; `model/yardsticks.py` tells which of them a file uses and what they mean there."""
CONFIDENCE: Final = Scale(
    "confidence",
    {"low": "low confidence", "moderate": "moderate confidence", "high": "high confidence"},
    ("low", "moderate", "high"),
    "ICD 203",
)
CONSISTENCY: Final = Scale(
    "consistency",
    {
        "CC": "very consistent",
        "C": "consistent",
        "N": "neutral",
        "NA": "not applicable",
        "I": "inconsistent",
        "II": "very inconsistent",
    },
    ("II", "I", "N", "NA", "C", "CC"),
    "Heuer, analysis of competing hypotheses",
)
WEIGHT: Final = Scale(
    "weight",
    {"high": "counts twice", "medium": "counts once", "low": "counts half"},
    ("low", "medium", "high"),
    "weighted inconsistency",
)
TLP: Final = Scale(
    "marking",
    {
        "TLP:CLEAR": "may be disclosed to anyone",
        "TLP:GREEN": "limited to the community",
        "TLP:AMBER": "limited to the organisation and its clients",
        "TLP:AMBER+STRICT": "limited to the organisation",
        "TLP:RED": "for the eyes of the recipients only",
    },
    ("TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"),
    "FIRST, Traffic Light Protocol 2.0",
)
INDEPENDENT: Final = Scale(
    "independent",
    {"yes": "neither has it from the other, nor both from a third", "no": "they hang together"},
    ("no", "yes"),
    "independence of two origins",
)
SCALES: Final = {
    scale.id: scale
    for scale in (RELIABILITY, CREDIBILITY, LIKELIHOOD, CONFIDENCE, CONSISTENCY, WEIGHT, INDEPENDENT, TLP)
}


def counting(field: str, judged: list[tuple[str, str]], assessor: Any) -> str:
    """Return the one of several judgements (author, value) that counts: the assessor's, else the most cautious."""
    for author_id, value in judged:
        if author_id == assessor and value:
            return value
    values = [value for _, value in judged if value]
    if not values:
        return ""
    return SCALES[field].cautious(values) if field in SCALES else values[0]


ASSESSED: Final = frozenset(
    {"reliability", "credibility", "likelihood", "confidence", "consistency", "weight", "independent"}
)
"""Fields that each analyst judges apart: they stand in assessment records, not in `props`."""


def marking(text: str) -> str:
    """Return a TLP 2.0 marking as it is written in full; the old WHITE reads as CLEAR. Raises `ValueError`."""
    word = text.strip().upper().removeprefix("TLP:").strip()
    if word == "WHITE":
        word = "CLEAR"
    if not word:
        return ""
    if f"TLP:{word}" not in TLP.words:
        raise ValueError("one of " + ", ".join(TLP.words))
    return f"TLP:{word}"
