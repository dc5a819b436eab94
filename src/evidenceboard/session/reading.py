"""What is known of an open file: its records, its log, how it is held and how far it has been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path
from time import monotonic
from typing import Final

from evidenceboard.errors import InvalidValueError, NotFoundError, StaleChangeError
from evidenceboard.model.arriving import Arriving
from evidenceboard.model.chain import Chain
from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.judged import JudgementChange, history_of
from evidenceboard.model.pace import Pace, Tick
from evidenceboard.model.seam import Seam
from evidenceboard.model.transaction import Draft
from evidenceboard.model.undo import UndoStacks
from evidenceboard.model.walking import walked
from evidenceboard.store.arrival import Arrival
from evidenceboard.store.failures import told
from evidenceboard.store.hold import Hold
from evidenceboard.store.log import EVER
from evidenceboard.store.steps import Steps, lost
from evidenceboard.store.taking import Log

_HEADERS: Final = 200
"""Operations of the log that are read at a time."""
_SLICE: Final = 0.05
"""Seconds of reading after which it is told how far it is."""


def walked_to(
    document: Document, steps: Steps, rows: Sequence[int], places: tuple[int, int], tick: Tick | None
) -> Draft:
    """Return a document, which is as it was after `places[0]` of the steps at these rows, as after `places[1]`.

    Raises `EvidenceBoardError`.
    """
    here, there = places
    at = [0, *rows]
    each = steps.back(at[here], at[there]) if there < here else steps.forth(at[here], at[there])
    try:
        return walked(document, each, Pace(tick, 0.0, 1.0, abs(there - here)))
    except (StaleChangeError, InvalidValueError) as error:
        raise lost() from error


class OpenFile:
    """Read one open board file, all of it at once or in stages. A session adds what changes it."""

    def __init__(self, held: Hold, seam: Seam, author_id: str, *, staged: bool = False) -> None:
        self.hold = held
        self.author_id = author_id
        self.signs_as: str | None = None
        """The name that this author leaves in the file; None: the one that is there stays."""
        self._file = held.file
        self._seam = seam
        self._arrival = held.file.arrival()
        self._numbers: dict[str, int] = {}
        self._arriving = Arriving(self._arrival)
        self.document: Document = self._arriving
        self._chain = Chain(seam, author_id)
        self._stacks = UndoStacks()
        self._steps: Iterator[None] | None = self._reading()
        if not staged:
            self.read_on()

    # -- reading the file --------------------------------------------------------------------------------------

    @property
    def reading(self) -> float | None:
        """Return how much of a file that is opened in stages has been read, 0 to 1; None where all of it is there."""
        return None if self._steps is None else self._arrival.share

    @property
    def problems(self) -> list[str]:
        """Return a sentence for each value of the file that is not as it should be."""
        return self._arrival.problems

    def read_on(self, seconds: float = inf) -> bool:
        """Read more of the file for a while; return whether there is still more. Raises `FileRefusedError`."""
        end = monotonic() + seconds
        while self._steps is not None:
            try:
                next(self._steps)
            except StopIteration:
                self._steps = None
            if monotonic() > end:
                break
        return self._steps is not None

    def read_all(self, tick: Tick) -> None:
        """Read what there still is; `tick` is told how far that is, and may raise. Raises `FileRefusedError`."""
        while self.read_on(_SLICE):
            tick(self.reading or 1.0)

    @property
    def arrival(self) -> Arrival:
        """Return what reads a file bit by bit, and what a board of it looks like before all is read."""
        return self._arrival

    def _reading(self) -> Iterator[None]:
        while self._arriving.take():
            yield
        with told():
            self._numbers = {prefix: int(number) for prefix, number in self._file.meta("highest_number.").items()}
            for place, header in enumerate(self._file.headers(), 1):
                self._stacks.note(header)
                self._chain.found(header)
                if place % _HEADERS == 0:
                    yield
        self._arrival.end()

    # -- what is known of the file -----------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        return self.hold.path

    @property
    def read_only(self) -> str:
        """Return why nothing can be written, in words, or ""."""
        reading = "it is still being read" if self._steps is not None else ""
        return self._file.read_only or reading or self.hold.entry.reason

    @property
    def is_past(self) -> bool:
        """Tell whether what is shown is a state that was, and not what the file holds now."""
        return False

    @property
    def as_of(self) -> str:
        """Return in words of when the state is that is shown; "" where it is what the file holds now."""
        return ""

    @property
    def place_shown(self) -> int | None:
        """Return how many steps led to the state that is shown; None where it is what the file holds now."""
        return None

    @property
    def operation_id(self) -> str:
        """Return the id of the operation after which the state is that is shown; "" where there is none."""
        newest = self.history(1)
        return newest[0][0].id if newest else ""

    @property
    def now(self) -> OpenFile:
        """Return what holds the file as it is now, whatever is shown here."""
        return self

    @property
    def sidecars(self) -> list[str]:
        return self._file.sidecars

    def history(self, limit: int = 100, skip: int = 0) -> list[tuple[Operation, int]]:
        """Return the newest operations with the number of records that they changed, newest first.

        `skip` leaves out as many.
        """
        # The log is only ever added to, so the rows of operations are numbered without a gap.
        return self._file.recent(limit, self._file.count("operations") + 1 - skip)

    def saved_at(self) -> str:
        """Return when the newest operation was written, in UTC; "" where there is none."""
        return self._file.newest_at()

    def operation(self, operation_id: str) -> Operation:
        """Return an operation with its changes."""
        return self._file.operation(operation_id)

    def header(self, operation_id: str) -> Operation:
        """Return an operation without its changes."""
        return self.steps.header(operation_id)

    def operation_count(self) -> int:
        return self._file.count("operations")

    @property
    def log(self) -> Log:
        """Return the log as a merge reads it."""
        return self._file.log()

    def today(self) -> str:
        """Return the day that the clock of the session has (UTC), such as 2024-10-18."""
        return self._seam.now()[:10]

    def author_name(self, author_id: str) -> str:
        """Return the name an author chose, or ""."""
        return self._file.author_name(author_id)

    def judgement_history(self, subject_id: str, field: str) -> list[JudgementChange]:
        """Return how a judgement of an entity or link came to be, oldest first; undone and taken back included."""
        present = [one.id for one in self.document.assessments_of(subject_id) if one.field == field]
        return history_of(self._file.judgements(subject_id, field, present, self._until()))

    def _until(self) -> int:
        """Return the last row of the log that counts for what is shown."""
        return EVER

    @property
    def steps(self) -> Steps:
        """Return the log as going back reads it."""
        return self.log.steps

    def operations_about(self, entity_id: str) -> set[str]:
        """Return the ids of the operations about an entity, its cards, its links and what was judged of them."""
        document = self.document
        own = [one.id for one in document.cards_of(entity_id)]
        own += [one.id for one in document.links_of(entity_id)]
        judged = [one.id for subject in (entity_id, *own) for one in document.assessments_of(subject)]
        return self.steps.about(entity_id, [*own, *judged])

    def document_at(self, operation_id: str, tick: Tick | None = None) -> Document:
        """Return the records as they were after an operation, worked out backwards from what they are.

        An operation that a merge brought was never alone in this file: after it means after the merge. Nothing is
        written. `tick` is told how far it is, and may raise. Raises `EvidenceBoardError` where the log does not lead
        back there.
        """
        ids, rows = self.steps.all()
        place = self.place_of(operation_id, ids)
        return walked_to(self.document, self.steps, rows, (len(rows), place), tick)

    def place_of(self, operation_id: str, ids: Sequence[str]) -> int:
        """Return how many steps led to the state after an operation. Raises `NotFoundError`."""
        wanted = self.steps.brought().get(operation_id, operation_id)
        if wanted not in ids:
            raise NotFoundError("This operation is not in the file.", "The history shows those that are.")
        return ids.index(wanted) + 1

    def attachment(self, sha256: str) -> bytes:
        """Return the bytes of an attachment."""
        return self._file.blob(sha256)
