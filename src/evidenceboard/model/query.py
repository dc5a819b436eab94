"""What one types to search: words, “passages”, and filters such as `type:claim grade:<=C3 -tag:north`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from evidenceboard.model.filters import FILTERS, Filter, MisreadError
from evidenceboard.model.filters.filter import quoted
from evidenceboard.model.marks import one_line
from evidenceboard.model.records import Entity
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

LONGEST: Final = 2000
MOST: Final = 40
"""Signs, and words and filters, beyond which a query is not read."""
_TERM: Final = re.compile(r'(-?)(?:([^\W\d_][\w-]*):)?((?:"[^"]*"?|[^\s"])*)')
_SHOWN: Final = 40
_TAGGED: Final = 4_000


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood. `words` are for the full-text index; `problems` say what was left out, and why.

    `words` and each of `without` are as they were typed, quotation marks included: all of the words have to be there,
    and none of those to do without.
    """

    words: str
    without: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.without or self.filters)

    @property
    def written(self) -> str:
        """Return the query as it can be typed, without what was left out."""
        return " ".join(part for part in (self.words, *(f"-{word}" for word in self.without), *self._filters()) if part)

    def _filters(self) -> Iterator[str]:
        yield from (one.text for one in self.filters)

    @property
    def said(self) -> str:
        """Return in words what is looked for, such as “claims, grade C3 or better, with “troops””."""
        parts = [one.said for one in self.filters]
        if self.words:
            parts.append(f"with {_named(self.words)}")
        parts += [f"without {_named(word)}" for word in self.without]
        return ", ".join(parts)

    def fits(self, entity: Entity) -> bool:
        """Tell whether an entity passes every filter; the words are the index's to judge."""
        return all(one.fits(entity) for one in self.filters)


def read(text: str, document: Document) -> Query:
    """Read a query about a document. Any text is one: what cannot be understood is left out, and said.

    A filter is a name with a colon, in any case, with several values parted by commas, a value with gaps “in quotation
    marks”; `-` before a filter or word turns it round. Filters and words all have to fit.
    """
    words: list[str] = []
    without: list[str] = []
    found: dict[str, Filter] = {}
    problems: list[str] = []
    clean = unicodedata.normalize("NFC", text[:LONGEST].replace("\x00", " "))
    if len(text) > LONGEST:
        problems.append(f"Only the first {LONGEST:,} signs were read.")
    terms = [term for term in _TERM.finditer(clean) if term[0]]
    if len(terms) > MOST:
        problems.append(f"Only the first {MOST} words and filters were read.")
    for term in terms[:MOST]:
        minus, key, value = term.groups()
        kind = FILTERS.get((key or "").lower())
        if kind is None:
            raw = _closed(term[0][len(minus) :])
            if any(sign.isalnum() for sign in raw):
                (without if minus else words).append(raw)
                problems += _strange(key, value)
            continue
        try:
            made = kind.make(value, document, bool(minus))
        except MisreadError as misread:
            shown = f"“{one_line(term[0], _SHOWN)}” {misread.why}; left out of the search."
            problems.append(f"{shown} {misread.takes}")
        else:
            found[made.text] = made
    filters = sorted(found.values(), key=_cost)
    return Query(" ".join(words), tuple(without), tuple(filters), tuple(dict.fromkeys(problems)))


def completions(text: str, document: Document) -> list[tuple[str, str]]:
    """Return how the last word of a text may go on: the name or value of a filter, and the whole text with it.

    A name is offered from three letters on, so that an ordinary word is left alone.
    """
    last = max(_TERM.finditer(text), key=_end_then_length)
    minus, key, value = last.groups()
    kind = FILTERS.get((key or "").lower())
    if key is None:
        begun = value.lower() if len(value) >= 3 else "-"
        offered = [f"{name}:" for name in FILTERS if name.startswith(begun) and name != begun]
        return [(one, f"{text[: last.start()]}{minus}{one}") for one in offered]
    if kind is None:
        return []
    head, comma, begun = value.rpartition(",")
    wanted = begun.lstrip('"').casefold()
    known = _tags(document) if kind.key == "tag" else kind.values
    fitting = [one for one in known if one.casefold().startswith(wanted) and one.casefold() != wanted]
    start = f"{text[: last.start()]}{minus}{key}:{head}{comma}"
    return [(one, start + quoted(one)) for one in fitting]


def _end_then_length(found: re.Match[str]) -> tuple[int, int]:
    return (found.end(), len(found[0]))


def _tags(document: Document) -> list[str]:
    """Return the tags in use, of a large file those of its first entities."""
    entities = islice(document.table("entities").values(), _TAGGED)
    return sorted({tag for one in entities if isinstance(one, Entity) for tag in one.tags}, key=str.casefold)


def _cost(one: Filter) -> int:
    return one.cost


def _closed(word: str) -> str:
    """Return a word whose last quotation mark is closed, so that it stays one word whatever is written after it."""
    if word.count('"') % 2 == 0:
        return word
    return word[:-1] if word.endswith('"') else f'{word}"'


def _strange(key: str | None, value: str) -> Iterator[str]:
    """Say that a name is none of a filter, unless it looks like an address, a path or a time."""
    if key and len(key) > 1 and value and value[0] not in "/\\" and not value[0].isdigit():
        said = f"“{one_line(key, _SHOWN)}:” is no filter, so it is searched for as text."
        yield f"{said} Filters are {', '.join(FILTERS)}."


def _named(words: str) -> str:
    return f"“{one_line(words.replace(chr(34), ''), 80)}”"
