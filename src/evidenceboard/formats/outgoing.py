"""The last look at what goes out: no byte of it may say what stays behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.byte_search import Search, Step, is_long, strings_of
from evidenceboard.formats.chosen import chosen
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.formats.inside import inside
from evidenceboard.formats.kept import Kept
from evidenceboard.formats.vocabulary import vocabulary
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES, Attachment, Entity, Record, as_row
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.session import Session

_SHOWN: Final = 10
"""Places that an error names."""
_NO_WORDS: Final = frozenset(("id", "sha256", "hash", "record_table"))


@dataclass(frozen=True, slots=True)
class Checked:
    """How many strings were looked for, how many are too short or too common to be told, which were found."""

    strings: int = 0
    apart: int = 0
    found: frozenset[str] = frozenset()


class LeakError(EvidenceBoardError):
    """Refuse what came out with something in it that was to stay behind; `strings` are what was found."""

    def __init__(self, strings: Iterable[str], document: Document, what: str = "The export") -> None:
        self.strings = sorted(strings)
        self.places = _places(document, set(strings))
        count = len(self.strings)
        super().__init__(
            f"{what} came out with {'a word' if count == 1 else f'{count:,} words'} of what was to stay behind (of "
            f"{_listed(self.places)}), so nothing was written. The board is unchanged.",
            "Please tell the makers of this program.",
        )


def _places(document: Document, strings: set[str]) -> list[str]:
    """Return the numbers of what says one of some strings, or the kinds of records that have none."""
    records = (one for table in TABLES for one in document.table(table).values())
    named = (one.number if isinstance(one, Entity) else type(one).__name__.lower() for one in _saying(records, strings))
    return list(dict.fromkeys(named))


def _saying(records: Iterable[Record], strings: set[str]) -> Iterator[Record]:
    yield from (one for one in records if strings & strings_in(one))


def _listed(places: list[str]) -> str:
    """Say where something stands: what no record says is only in the history, or in a kept file."""
    more = len(places) - _SHOWN
    return ", ".join([*places[:_SHOWN], *([f"{more:,} more"] if more > 0 else [])]) or "the history or a kept file"


def looked_for(withheld: Iterable[str], may_say: Iterable[bytes], step: Step = lambda: None) -> tuple[Search, int]:
    """Return what looks for the withheld words that can be told in bytes, and how many cannot.

    That is short ones, and those that may be said. `step` is that of the search.
    """
    words = set(withheld)
    search = Search((word for word in words if is_long(word)), step)
    search.found(piece for part in may_say for piece in inside(part))
    search.found([vocabulary()])
    return search, len(words) - len(search.left)


def check_export(session: Session, options: ExportOptions, written: Written) -> Checked:
    """Search an export for every word that only what stays behind has. Raises `LeakError`; it is not to be written."""
    document = session.document
    kept, _ = chosen(document, options.at_most)
    if kept is document:
        return Checked()
    inner = {word for table in TABLES for one in kept.table(table).values() for word in strings_in(one)}
    outer = {word for table in TABLES for one in document.table(table).values() for word in strings_in(one)}
    may_say = "\n".join(text for table in TABLES for one in kept.table(table).values() for text in texts(as_row(one)))
    attached = kept.table("attachments").values() if options.attachments else ()
    files = (session.attachment(one.sha256) for one in attached if isinstance(one, Attachment))
    search, apart = looked_for(outer - inner, chain([may_say.encode("utf-8", "replace")], files))
    count = len(search.left)
    there = search.found(piece for part in pieces(written) for piece in inside(part))
    if there:
        raise LeakError(there, document)
    return Checked(count, apart)


def pieces(written: Written) -> Iterator[bytes]:
    """Yield each file of an export whole."""
    data = written.data
    for one in data.values() if isinstance(data, dict) else [data]:
        yield one.part(0, len(one)) if isinstance(one, Kept) else one


def strings_in(record: Record) -> set[str]:
    """Return the words and lines of a record, its ids and hashes aside."""
    return {one for text in texts_in(record) for one in strings_of(text)}


def texts_in(record: Record) -> Iterator[str]:
    """Yield the texts of a record, its ids and hashes aside."""
    for key, value in as_row(record).items():
        if key not in _NO_WORDS and not key.endswith("_id"):
            yield from texts(value)


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a value of JSON, the names in objects among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one)
