"""Full-text search over all text of a file: an FTS5 index in memory, kept up by operations."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import groupby, islice
from typing import Final

from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.numbers import FREE, KIND, place_of
from evidenceboard.model.records import Entity
from evidenceboard.model.values import dataclass
from evidenceboard.store.arrival import Arrival
from evidenceboard.store.gatherer import FROM, Gatherer
from evidenceboard.store.gathering import BETWEEN, Row, row_of
from evidenceboard.store.handing import as_held
from evidenceboard.store.read_texts import TABLES, ReadTexts, differing
from evidenceboard.store.search_words import all_of, exact, quoted, words_of
from evidenceboard.store.searched_text import Gathered, Under, texts, touched, under
from evidenceboard.store.snippets import cut_out
from evidenceboard.store.text_table import TextTable

SLICE: Final = 40
"""Entities of one slice: 1 to 2 ms."""
_LATE: Final = 10
"""The same, where everything of them may have to be looked up."""
_MANY: Final = 5000
"""Changed entities above which what stands under all of them is gathered, rather than looked up for each."""
MOST_RANKED: Final = 3000
"""Hits up to which they are ranked by how well they fit; of more, those in titles come first, then by number."""
_TOGETHER: Final = 400
"""Entities that the worker is given at a time: some 10 ms of its work."""
_AHEAD: Final = 2
"""How often the reader gathers ahead of it."""
_PATIENCE: Final = 0.002
"""Seconds that one step waits for what is gathered."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found, and the words around the place where: plain text on one line."""

    entity_id: str
    snippet: str


def build(document: Document) -> Index:
    """Return the index of a whole document."""
    index = Index()
    for _ in index.filling(document):
        pass
    return index


def build_in_slices(document: Document) -> Generator[Index, None, None]:
    """Yield one and the same index after each slice of 1 to 2 ms, `waiting` telling what is still to come.

    Between slices it may be searched, and must be told of operations by `update`.
    """
    index = Index()
    yield index
    for _ in index.filling(document):
        yield index


class Index:
    """Find entities by words. Text of a link stands under its claim, else under the end that it starts from.

    Found are words in any case and with or without accents, the last one by its first letters; words in Hangul, kana
    and Han by any stretch of theirs up to twelve letters, so that endings and compounds do not matter. "In quotation
    marks" the words must follow each other. Not found: the inside of a Latin or Cyrillic word, other forms of it, and
    values of judgements, which are no text (their reasons are).

    The text itself is not held a second time: kept are the records that were read, which tell it again.
    """

    def __init__(self) -> None:
        self._table = TextTable()
        self._rows: dict[str, int] = {}
        self._entities: dict[int, Entity] = {}
        self._under: dict[int, tuple[Under, ...]] = {}
        self._made: list[Row] = []
        """Rows that were made and are not handed to the worker yet."""
        self._read_texts: ReadTexts | None = None
        """The entities that stand here as they were read, where they are held in little room."""
        self._early: dict[str, None] = {}
        """Entities that operations have touched before these were known: what is known then may be older."""
        self._gatherer: Gatherer | None = None
        self.is_full = False
        """Whether all that was read when it was filled can be found; some of it may still lie apart."""
        self.waiting = 0

    def filling(self, document: Document) -> Iterator[None]:
        """Read every entity of a document, a slice at each step; a worker puts in what was read."""
        base = document.as_read(TABLES)
        if base is not None:
            self.prepare(base)
            yield from self._filling_as_read(document, ReadTexts(base))
            return
        self.stop()
        gathered = Gathered()
        self.waiting = document.size("entities")
        for _ in gathered.gathering(document):
            yield
        # FTS5 takes rows quickly only in the order of their ids.
        entities, by_kind = document.entities, dict[int, list[tuple[int, str]]]()
        for start in range(0, len(entities), 20 * SLICE):
            for entity in entities[start : start + 20 * SLICE]:
                place = place_of(entity.number)
                by_kind.setdefault(place >> KIND, []).append((place, entity.id))
            yield
        del entities
        places: list[tuple[int, str]] = []
        for kind in sorted(by_kind, reverse=True):
            # Of one kind they stand nearly in order already, as they were made.
            found = by_kind.pop(kind)
            found.sort(reverse=True)
            places += found
            yield
        with ThreadPoolExecutor(1) as worker:
            while places:
                now, places[-SLICE:] = places[: -SLICE - 1 : -1], ()
                for place, entity_id in now:
                    # What an operation has touched meanwhile was read anew then.
                    known = document.find("entities", entity_id) if entity_id not in self._rows else None
                    if isinstance(known, Entity):
                        self._make(place, known, gathered.under(known))
                self.waiting = len(places)
                if len(self._made) >= _TOGETHER or not places:
                    yield from self._handing_over(worker)
                yield
            yield from self._putting_together(worker)

    def _filling_as_read(self, document: Document, texts: ReadTexts) -> Iterator[None]:
        """Let a worker gather and put in what was read, and read anew what has changed since."""
        late = list(dict.fromkeys([*(yield from differing(document)), *self._early]))
        self._begin_again()
        self._read_texts = texts
        self._early.clear()
        for count, entity_id in enumerate(late, start=1):
            texts.forget(entity_id)
            if count % _TOGETHER == 0:
                yield
        self.waiting = document.size("entities")
        self._table.begin_filling()
        with ThreadPoolExecutor(1) as worker:
            yield from self._putting_in(texts, worker)
            gathered = Gathered() if len(late) > _MANY else None
            for _ in gathered.gathering(document) if gathered is not None else ():
                yield
            while late:
                now, late[-_LATE:] = late[-_LATE:], ()
                for entity_id in now:
                    known = document.find("entities", entity_id) if entity_id not in self._rows else None
                    if isinstance(known, Entity):
                        below = under(document, known) if gathered is None else gathered.under(known)
                        self._make(place_of(known.number), known, below)
                self.waiting = len(late)
                if len(self._made) >= _TOGETHER or not late:
                    yield from self._handing_over(worker)
                yield
            yield from self._putting_together(worker)
        self._table.end_filling()
        self.waiting = 0

    def _putting_in(self, texts: ReadTexts, worker: ThreadPoolExecutor) -> Iterator[None]:
        """Let a worker put in what was read, as it is gathered."""
        following = texts.gathered(self._gatherer)
        with ThreadPoolExecutor(1) as reader:
            try:
                coming = deque(reader.submit(next, following, None) for _ in range(_AHEAD))
                while True:
                    while not wait((coming[0],), _PATIENCE).done:
                        yield
                    chunks = coming.popleft().result()
                    if chunks is None:
                        return
                    coming.append(reader.submit(next, following, None))
                    for chunk in chunks:
                        while not self._table.has_room():
                            yield
                        left = texts.note(chunk)
                        self.waiting = max(0, self.waiting - len(left.places))
                        self._table.put_beside(worker, left.rows)
                        yield
            finally:
                self.stop()

    def prepare(self, document: Document, arrival: Arrival | None = None) -> None:
        """Have what is there of a large document gathered in a process of its own; the rest of it may still come.

        `arrival` reads it, if it is still being read.
        """
        if self._read_texts is not None:
            return
        if document.has(("entities",)):
            kept = as_held(document, "entities")
            if kept is None or len(kept) < FROM:
                self.stop()  # what may have been taken of them came to nothing
                return
            table = "links"
        elif arrival is None or not arrival.reads("entities") or arrival.size("entities") < FROM:
            return
        else:
            table = "entities"
        if self._gatherer is None:
            with suppress(OSError):  # where no process can be started, it is gathered here
                self._gatherer = Gatherer()
        if self._gatherer is not None:
            self._gatherer.hand(document)
            if arrival is not None and not document.has((table,)):
                self._gatherer.take(table, arrival)

    def stop(self) -> None:
        """Gather no more: all that is wanted was gathered, or nobody wants it."""
        if self._read_texts is not None:
            self._read_texts.stopped = True
        gatherer, self._gatherer = self._gatherer, None
        if gatherer is not None:
            gatherer.stop()

    def _putting_together(self, worker: ThreadPoolExecutor) -> Iterator[None]:
        for whole in self._table.putting_together(worker):
            self.is_full = self.is_full or whole
            yield
        self.is_full = True

    def _handing_over(self, worker: ThreadPoolExecutor) -> Iterator[None]:
        """Hand the rows that were made to the worker, once it has room."""
        while not self._table.has_room():
            yield
        made, self._made = sorted(self._made), []
        self._table.put_beside(worker, json.dumps(made, ensure_ascii=False).encode("utf-8", "replace"))
        self._table.let_begin()

    def _begin_again(self) -> None:
        """Take out what operations have put in before anything was read; it is read anew at the end."""
        self._settle()
        for row in self._rows.values():
            self._table.take_out(self._row(row))
        self._rows.clear()
        self._entities.clear()
        self._under.clear()

    def update(self, operation: Operation, document: Document) -> None:
        """Take in what an operation changed; `document` is the one after it."""
        self.renew(document, touched(operation, document))

    def renew(self, document: Document, ids: Iterable[str]) -> None:
        """Read the texts of some entities anew; of those that are gone nothing stays."""
        found = {i: document.find("entities", i) for i in ids}
        if self._read_texts is None and not self.is_full:
            self._early.update(dict.fromkeys(found))
        self._read(document, sorted(found, key=lambda i: place_of(getattr(found[i], "number", ""))))

    def search(self, text: str, limit: int = 50) -> list[Hit]:
        """Return what fits all words of a query, best first: numbers before titles before other text, then by number.

        Any text is a query; one without a letter or digit finds nothing.
        """
        return [Hit(found, self.snippet(found, text)) for found in islice(self.ordered(text), max(0, limit))]

    def ordered(self, text: str) -> Iterator[str]:
        """Yield the ids of all that fits, in the order of `search`, never long after the one before."""
        words = words_of(text)
        if not words:
            return
        self._settle()
        query = all_of(words)
        seen: set[int] = set()
        for asked, ranked in self._queries(words, query):
            for row, found in self._in_order(self._table.rows(asked, ranked=ranked)):
                if row not in seen:
                    seen.add(row)
                    yield found

    def _id(self, row: int) -> str | None:
        """Return the id of the entity that stands at a row; None where none does."""
        known = self._entities.get(row)
        if known is not None:
            return known.id
        return self._read_texts.id(row) if self._read_texts is not None else None

    def _queries(self, words: list[str], query: str) -> Iterator[tuple[str, bool]]:
        """Yield what is asked for one after the other, and whether that is few enough to be ranked."""
        if len(words) == 1:
            yield f"number : {quoted(words[0])}", True
        if self._table.count(query, MOST_RANKED + 1) <= MOST_RANKED:
            yield query, True
        else:
            yield f"title : ({query})", False
            yield query, False

    def matching(self, text: str) -> Iterator[str]:
        """Yield the ids of all that holds a word or passage, whole, in any order."""
        words = words_of(text)
        if words:
            self._settle()
            yield from (found for _, found in self._in_order(self._table.rows(" AND ".join(map(exact, words)))))

    def everyone(self) -> list[str]:
        """Return the ids of all entities in the order of their numbers."""
        rows = [*self._entities, *(self._read_texts.everyone() if self._read_texts is not None else ())]
        return [found for _, found in self._in_order((0.0, row) for row in sorted(rows))]

    def _in_order(self, rows: Iterable[tuple[float, int]]) -> Iterator[tuple[int, str]]:
        """Yield rows of entities and the ids of these. Two that have one number stand in the order of their ids."""
        for _, same in groupby(rows, lambda found: (found[0], found[1] >> FREE)):
            there = [(found, row) for _, row in same if (found := self._id(row)) is not None]
            yield from ((row, found) for found, row in sorted(there))

    def snippet(self, entity_id: str, text: str) -> str:
        """Return the words around the place where an entity fits a query, plain, on one line; "" where it has none."""
        row = self._known(entity_id)
        words = [part for word in words_of(text) for part in word.split()]
        return self._snippet(row, words) if row is not None else ""

    def _snippet(self, row: int, words: list[str]) -> str:
        _, _, title, body, _ = self._row(row)
        return cut_out([title, *body.split("\x1f")], words)

    def _settle(self) -> None:
        """See to it that everything that was read is in the table, and that nobody else is at it."""
        self._table.settle()
        if self._made:
            made, self._made = self._made, []
            self._table.put(made)

    def _read(self, document: Document, ids: Iterable[str]) -> None:
        self._settle()
        for entity_id in ids:
            entity = document.find("entities", entity_id)
            known = self._known(entity_id)
            if known is not None:
                self._table.take_out(self._row(known))
            if self._read_texts is not None:
                self._read_texts.forget(entity_id)
            if self._rows.pop(entity_id, None) is not None and known is not None:
                del self._entities[known]
                self._under.pop(known, None)
            if isinstance(entity, Entity):
                self._make(place_of(entity.number), entity, under(document, entity))
        self._settle()
        self._table.keep()

    def _known(self, entity_id: str) -> int | None:
        """Return the row at which an entity stands; None where it does not."""
        row = self._rows.get(entity_id)
        return self._read_texts.row(entity_id) if row is None and self._read_texts is not None else row

    def _make(self, row: int, entity: Entity, below: tuple[Under, ...]) -> None:
        """Note an entity with what stands under it, to be put in."""
        while row in self._entities or (self._read_texts is not None and self._read_texts.is_taken(row)):
            row += 1
        self._rows[entity.id], self._entities[row] = row, entity
        if below:
            self._under[row] = below
        self._made.append(self._row(row))

    def _row(self, row: int) -> Row:
        """Return what the table was given for a row, or is to be given."""
        known = self._entities.get(row)
        if known is not None:
            entity, below = known, self._under.get(row, ())
        else:
            assert self._read_texts is not None, "nothing stands at this row"
            entity, below = self._read_texts.of(row)
        return row_of(row, entity.number, entity.title, BETWEEN.join(texts(entity, below)))
