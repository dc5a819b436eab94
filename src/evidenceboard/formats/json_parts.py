"""Reading JSON part by part, so that each record of a long list is known by the line it stands on."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from typing import Any, Final

_CONSTANT: Final = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)', re.DOTALL)
_SPACE: Final = re.compile(r"[ \t\r\n]*")


def parts(text: str, lists: Container[str]) -> Iterator[tuple[str, int, Any]]:
    """Yield (key, line, value) for each part of one object, and each element of the lists that are named.

    Raises `json.JSONDecodeError`, also for NaN and Infinity, and `RecursionError`.
    """
    walk = _Walk(text)
    walk.sign("{")
    while not walk.ends("}"):
        key, line = walk.value()
        if not isinstance(key, str):
            raise walk.error("expecting a name in quotes")
        walk.sign(":")
        if key in lists and walk.here() == "[":
            walk.sign("[")
            while not walk.ends("]"):
                value, line = walk.value()
                yield key, line, value
        else:
            value, line = walk.value()
            yield key, line, value
    if walk.here():
        raise walk.error("something follows after the end")


class _Walk:
    """A place in a text, and the line it is on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line, self._counted = 1, 0
        self._first = True
        self._decoder = json.JSONDecoder(parse_constant=self._no_constant)

    def here(self) -> str:
        """Return the next sign that is no space, or "" at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def sign(self, wanted: str) -> None:
        """Step over a sign."""
        if self.here() != wanted:
            raise self.error(f"expecting {wanted}")
        self._at += 1
        self._first = wanted in "{["

    def ends(self, wanted: str) -> bool:
        """Step over a closing sign and tell so, or over the comma before the next element."""
        if self.here() == wanted:
            self._at += 1
            self._first = False
            return True
        if not self._first:
            self.sign(",")
        self._first = False
        return False

    def value(self) -> tuple[Any, int]:
        """Return the next value and its line."""
        self.here()
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        found, self._at = self._decoder.raw_decode(self._text, self._at)
        return found, self._line

    def error(self, said: str) -> json.JSONDecodeError:
        return json.JSONDecodeError(said, self._text, self._at)

    def _no_constant(self, word: str) -> Any:
        place = next((found.start(1) for found in _CONSTANT.finditer(self._text, self._at) if found[1]), self._at)
        raise json.JSONDecodeError(f"{word} is not a number", self._text, place)
