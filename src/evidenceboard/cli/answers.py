"""What a verb prints: one answer in words or as JSON, one line where it did not do its work."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

import click

from evidenceboard.model.marks import marked

Verb = TypeVar("Verb", bound=Callable[..., Any])
_BREAKS: Final = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


def as_json(verb: Verb) -> Verb:
    """Give a verb the option --json."""
    return click.option("--json", "as_json", is_flag=True, help="Answer for machines.")(verb)


def answer(value: Any, as_json: bool, words: Callable[[], Iterable[str]]) -> None:
    """Print an answer: the value as JSON, or lines in words."""
    if as_json:
        print(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1))
    else:
        for line in words():
            print(line)


def plain(text: Any, longest: int = 0) -> str:
    """Return text of a record on one line, with nothing in it that a terminal acts on or that turns it round."""
    shown = _BREAKS.sub(" ", marked(str(text))).strip()
    return f"{shown[: longest - 1]}…" if longest and len(shown) > longest else shown


def table(rows: list[list[str]]) -> list[str]:
    """Return rows as lines, their columns under each other; the last column is as long as it is."""
    if not rows:
        return []
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    return ["  ".join([*(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=False)), row[-1]]) for row in rows]


def several(count: int, one: str, many: str = "") -> str:
    """Return a count with its word, such as “3 cards”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def complain(text: str) -> None:
    """Write one line to where errors go."""
    print(_BREAKS.sub(" ", text), file=sys.stderr)


class FailedError(Exception):
    """End a verb whose answer is printed already with exit code 1; `said` goes to where errors go."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said
