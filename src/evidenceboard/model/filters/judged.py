"""Filters by judgements and by what stands behind a claim: grades, origins, standing, likelihood, marking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from evidenceboard.model.filters.filter import FilterKind, Read, Test, any_of, begun, compared, either, holds, number
from evidenceboard.model.gradings import CREDIBILITY, RELIABILITY, SCALES, TLP, marking
from evidenceboard.model.markings import effective
from evidenceboard.model.origins import STANDINGS, Standing, standing_of
from evidenceboard.model.records import Entity
from evidenceboard.model.reports import pairs, reports
from evidenceboard.model.yardsticks import ALL_WORDS, reading, yardstick_of

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_LETTERS: Final = "ABCDEF"
_DIGITS: Final = "123456"
_BETTER: Final = {"=": "{}", "<": "better than {}", "<=": "{} or better", ">": "worse than {}", ">=": "{} or worse"}
_COUNTED: Final = {"=": "{}", "<": "fewer than {}", "<=": "at most {}", ">": "more than {}", ">=": "{} or more"}
_HIGHER: Final = {"=": "{}", "<": "below {}", "<=": "{} or below", ">": "above {}", ">=": "{} or above"}
_LEVELS: Final = ("low", "moderate", "high")
_WEIGHTS: Final = ("low", "medium", "high")
Pair = tuple[int, int]
"""Places of letter and number on their scales, 0 the best."""


def _pair(text: str) -> Pair | None:
    """Return the places of a pair such as B2, or None where one of them is missing or on no scale."""
    if len(text) != 2 or text[0] not in _LETTERS or text[1] not in _DIGITS:
        return None
    return _LETTERS.index(text[0]), _DIGITS.index(text[1])


def _is_known(pair: Pair) -> bool:
    return pair[0] < 5 and pair[1] < 5


def _grade(values: list[str], document: Document) -> Read:
    """Read grades of reports. One is at least as good as another where neither letter nor number is worse.

    F and 6 mean unknown, not bad: they fit only where they are asked for. A claim is as good as its best reports, so
    “worse” is one with graded reports none of which is as good.
    """
    said: list[str] = []
    tests: list[Callable[[list[Pair]], bool]] = []
    for value in values:
        sign, text = compared(value)
        wanted = _pair(text.upper())
        if wanted is None:
            raise ValueError("is no grade")
        if sign != "=" and not _is_known(wanted):
            raise ValueError("compares with a grade that means unknown")
        said.append(_BETTER[sign].format(text.upper()))
        tests.append(_graded(sign, wanted))

    def fits(entity: Entity) -> bool:
        if entity.type != "claim":
            return False
        stated = [link for link in document.links_into(entity.id) if link.type == "states"]
        found = [pair for text in pairs(document, stated) if (pair := _pair(text)) is not None]
        return bool(found) and any(test(found) for test in tests)

    return Read(f"grade {either(said)}", fits)


def _graded(sign: str, wanted: Pair) -> Callable[[list[Pair]], bool]:
    def test(found: list[Pair]) -> bool:
        if sign == "=":
            return wanted in found
        known = [pair for pair in found if _is_known(pair)]
        good = [pair for pair in known if pair[0] <= wanted[0] and pair[1] <= wanted[1]]
        better = [pair for pair in good if pair != wanted]
        if sign in ("<", "<="):
            return bool(better if sign == "<" else good)
        return bool(known) and not (good if sign == ">" else better)

    return test


def _part(value: str, signs: str, words: dict[str, str]) -> tuple[str, frozenset[str]]:
    """Return words and the signs of a scale that a letter or number, or a comparison with one, stands for."""
    sign, text = compared(value.upper())
    if len(text) != 1 or text not in signs:
        raise ValueError("is on no scale")
    if sign == "=":
        return text, frozenset(text)
    if text == signs[-1]:
        raise ValueError("compares with a grade that means unknown")
    place = signs.index(text)
    return words[sign].format(text), frozenset(one for at, one in enumerate(signs[:-1]) if holds(sign, at, place))


def _reliability(values: list[str], document: Document) -> Read:
    read = [_part(value, _LETTERS, _BETTER) for value in values]
    letters = frozenset().union(*(some for _, some in read))
    return Read(
        f"reliability {either([said for said, _ in read])}",
        lambda entity: entity.type == "source" and document.judged(entity.id, "reliability") in letters,
    )


def _credibility(values: list[str], document: Document) -> Read:
    read = [_part(value, _DIGITS, _BETTER) for value in values]
    digits = frozenset().union(*(some for _, some in read))

    def fits(entity: Entity) -> bool:
        return entity.type == "claim" and any(
            link.type in ("states", "denies") and document.judged(link.id, "credibility") in digits
            for link in document.links_into(entity.id)
        )

    return Read(f"credibility {either([said for said, _ in read])}", fits)


def _word(name: str, words: tuple[str, ...]) -> Callable[[list[str], Document], Read]:
    """Return the reader for a judgement in words, given from the lowest on; a word may be only begun."""

    def read(values: list[str], document: Document) -> Read:
        said, wanted = _chosen(values, words, words, name)
        return Read(f"{either(said)} {name}", lambda entity: document.judged(entity.id, name) in wanted)

    return read


def _likelihood(values: list[str], document: Document) -> Read:
    """Read words of likelihood, those of the file's yardstick before others; they compare by their ranges."""
    own = yardstick_of(document)
    ranges = {word: found for word in ALL_WORDS if (found := reading(document, word)) is not None}
    every = tuple(sorted(ranges, key=lambda word: (ranges[word].low + ranges[word].high, word)))
    said, wanted = _chosen(values, tuple(own.words), every, "likelihood", own.also)
    return Read(either(said), lambda entity: document.judged(entity.id, "likelihood") in wanted)


def _chosen(
    values: list[str], own: tuple[str, ...], every: tuple[str, ...], name: str, also: dict[str, str] | None = None
) -> tuple[list[str], set[str]]:
    """Return what to say and which words values stand for; `every` word has its place, `own` ones come first."""
    said: list[str] = []
    wanted: set[str] = set()
    for value in values:
        sign, text = compared(value)
        found = begun((also or {}).get(text.lower(), text), own) or begun(text, every)
        if not found or (sign != "=" and len(found) > 1):
            raise ValueError(f"is no {name}")
        if sign == "=":
            # The same word of another yardstick is meant as well.
            found += [one for one in every if one == text.lower() and one not in found]
            wanted.update(found)
            said += found
        else:
            wanted.update(one for one in every if holds(sign, every.index(one), every.index(found[0])))
            said.append(_HIGHER[sign].format(found[0]))
    return said, wanted


def _count(one: str, several: str, count: Callable[[Document, Entity], int]) -> Callable[[list[str], Document], Read]:
    """Return the reader for a count at a claim."""

    def read(values: list[str], document: Document) -> Read:
        read = [number(value) for value in values]
        said = either([_COUNTED[sign].format(wanted) for sign, wanted in read])

        def test(sign: str, wanted: int) -> Test:
            return lambda entity: holds(sign, count(document, entity), wanted)

        counted = any_of([test(sign, wanted) for sign, wanted in read])
        words = one if read == [("=", 1)] else several
        return Read(f"{said} {words}", lambda entity: entity.type == "claim" and counted(entity))

    return read


def _origins(document: Document, entity: Entity) -> int:
    found: Standing = standing_of(document, entity.id)
    return found.origins


def _standing(values: list[str], document: Document) -> Read:
    wanted: list[str] = []
    for value in values:
        found = begun(value, STANDINGS)
        if not found:
            raise ValueError("is no standing")
        wanted += found
    return Read(
        either(wanted), lambda entity: entity.type == "claim" and standing_of(document, entity.id).standing in wanted
    )


def _marking(values: list[str], document: Document) -> Read:
    """Read markings; what counts is the effective one. One that is on no scale fits nowhere."""
    order = list(reversed(TLP.caution))
    said: list[str] = []
    wanted: set[str] = set()
    for value in values:
        sign, text = compared(value)
        word = marking(text)
        if not word:
            raise ValueError("is no marking")
        said.append(_HIGHER[sign].format(word))
        wanted.update(one for one in order if holds(sign, order.index(one), order.index(word)))
    return Read(f"marked {either(said)}", lambda entity: effective(document, entity).word in wanted)


_HOW_MANY: Final = "It takes a number, such as 1 or >=2."
KINDS: Final = (
    FilterKind("grade", "Grades are A1 to F6; <=C3 is C3 or better.", _grade, 15, ("<=C3",), "the grade of a report"),
    FilterKind(
        "reliability", "Letters are A to F; <=B is B or better.", _reliability, 3, tuple(RELIABILITY.words),
        "of a source",
    ),
    FilterKind(
        "credibility", "Numbers are 1 to 6; <=2 is 2 or better.", _credibility, 8, tuple(CREDIBILITY.words),
        "of what a source says",
    ),
    FilterKind("origins", _HOW_MANY, _count("origin", "origins", _origins), 40, ("1", ">=2"), "behind a claim"),
    FilterKind(
        "reports", _HOW_MANY,
        _count("report", "reports", lambda document, entity: len(reports(document, entity.id))), 4, ("1", ">=2"),
        "of a claim",
    ),
    FilterKind("standing", f"Standings are {', '.join(STANDINGS)}.", _standing, 40, STANDINGS, "how a claim stands"),
    FilterKind(
        "likelihood", f"Words are {', '.join(SCALES['likelihood'].words)}.", _likelihood, 3,
        tuple(SCALES["likelihood"].words), "in words",
    ),
    FilterKind("confidence", "It takes low, moderate or high.", _word("confidence", _LEVELS), 3, _LEVELS),
    FilterKind("weight", "It takes low, medium or high.", _word("weight", _WEIGHTS), 3, _WEIGHTS, "of a row"),
    FilterKind("marking", f"Markings are {', '.join(TLP.words)}.", _marking, 2, tuple(TLP.words)),
)  # fmt: skip
