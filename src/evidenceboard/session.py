"""The open file: what changes it, what takes changes back, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, Final

from evidenceboard.errors import BusyError, EvidenceBoardError, ReadOnlyError
from evidenceboard.model.arriving import Arriving
from evidenceboard.model.chain import Chain
from evidenceboard.model.changes import Change, Operation, inverted
from evidenceboard.model.document import Document
from evidenceboard.model.judged import JudgementChange, history_of
from evidenceboard.model.new_file import first_changes
from evidenceboard.model.pace import Pace, Tick
from evidenceboard.model.seam import RandomSeam, Seam
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.undo import UndoStacks
from evidenceboard.model.work import Step, Work, drawn
from evidenceboard.store import boardfile, gate, lock, personal
from evidenceboard.store.arrival import Arrival
from evidenceboard.store.failures import told
from evidenceboard.store.rescue import write_anew

_HEADERS: Final = 200
"""Operations of the log that are read at a time."""
Listener = Callable[[Operation], None]


class Session:
    """Hold one open board file. Every change goes disk first, then memory, then the listeners."""

    def __init__(
        self, file: boardfile.BoardFile, seam: Seam, author_id: str, held: lock.Lock | None, *, staged: bool = False
    ) -> None:
        self._file = file
        self._seam = seam
        self._held = held
        self._listeners: list[Listener] = []
        self._open_transaction: Transaction | None = None
        self._busy = False
        self.author_id = author_id
        self._arrival = file.arrival()
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

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        read_only: bool = False,
        holder: str = "the command line",
        seam: Seam | None = None,
        staged: bool = False,
    ) -> Session:
        """Open a board. Raises `FileRefusedError`. One that another program holds opens for reading, and says so.

        `staged`: return before all is read; `read_on` reads the rest, and until then nothing can be changed.
        """
        path = Path(path)
        gate.check_bytes(path)
        reason, held = ("it was opened so" if read_only else ""), None
        if not read_only:
            taken = lock.take(path, holder)
            if isinstance(taken, str):
                reason = f"it is open in {taken}"
            else:
                held = taken
        file = None
        try:
            file = boardfile.BoardFile(path, reason)
            return cls(file, seam or RandomSeam(), personal.author_id(), held, staged=staged)
        except BaseException:
            if file:
                file.close()
            if held:
                held.release()
            raise

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        title: str = "",
        holder: str = "the command line",
        seam: Seam | None = None,
        author_id: str = "",
    ) -> Session:
        """Make a new board file with one board and open it. Refuses a file that is there."""
        path = Path(path)
        seam = seam or RandomSeam()
        title = title or path.stem.encode("utf-8", "replace").decode()
        file, held = boardfile.create(path), None
        try:
            taken = lock.take(path, holder)
            held = None if isinstance(taken, str) else taken
            session = cls(file, seam, author_id or personal.author_id(), held)
            changes = first_changes(title, seam)
            made = session._chain.made("Make a new board", {}, "create", changes)
            session._commit(Step(made, session.document.resolve(changes)))
        except BaseException:
            file.close()
            if held:
                held.release()
            boardfile.discard(path)  # made a moment ago by this very function, and holding nothing
            raise
        return session

    # -- what is known of the file -----------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def read_only(self) -> str:
        """Return why nothing can be written, in words, or ""."""
        return self._file.read_only or ("it is still being read" if self._steps is not None else "")

    @property
    def sidecars(self) -> list[str]:
        return self._file.sidecars

    @property
    def busy(self) -> bool:
        """Tell whether a large change is on its way; until it is there, no other is taken."""
        return self._busy

    @property
    def in_transaction(self) -> bool:
        return self._open_transaction is not None

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

    def operation_count(self) -> int:
        return self._file.count("operations")

    def today(self) -> str:
        """Return the day that the clock of the session has (UTC), such as 2024-10-18."""
        return self._seam.now()[:10]

    def author_name(self, author_id: str) -> str:
        """Return the name an author chose, or ""."""
        return self._file.author_name(author_id)

    def judgement_history(self, subject_id: str, field: str) -> list[JudgementChange]:
        """Return how a judgement of an entity or link came to be, oldest first; undone and taken back included."""
        present = [one.id for one in self.document.assessments_of(subject_id) if one.field == field]
        return history_of(self._file.judgements(subject_id, field, present))

    def attachment(self, sha256: str) -> bytes:
        """Return the bytes of an attachment."""
        return self._file.blob(sha256)

    # -- changing ----------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(
        self, label: str, *, group: str | None = None, kind: str = "do", limit: float = inf, **values: Any
    ) -> Iterator[Transaction]:
        """Collect changes and commit them as one operation when the block ends; an exception drops them all.

        `label` is a template such as "Move {n} cards"; it never holds text of a record. Operations of one `group`
        that follow each other are undone together. Nothing changed: nothing is written. Raises `TooMuchError` above
        `limit` records: then nothing was done, and `begin` does it beside the window.
        """
        self._check_free()
        transaction = Transaction(self.document, self._seam, self.author_id, self._numbers, limit=limit)
        self._open_transaction = transaction
        try:
            yield transaction
            step = drawn(transaction, self._chain, label, values, kind, group)
        finally:
            self._open_transaction = None
        if step:
            self._commit(step)

    def begin(
        self,
        label: str,
        command: Callable[[Transaction], object],
        *,
        group: str | None = None,
        kind: str = "do",
        size: int = 0,
        **values: Any,
    ) -> Work:
        """Begin a large change, as `transaction` would make it; `size` is about how many records it is about."""
        self._check_free()

        def make(tick: Tick, look: Callable[[Document], None]) -> Step | None:
            transaction = Transaction(self.document, self._seam, self.author_id, self._numbers)
            transaction.pace = Pace(tick, 0.0, 0.3, size)
            command(transaction)
            step = drawn(transaction, self._chain, label, values, kind, group, tick)
            return step and self._write_beside(step, tick, look)

        return self._work(make)

    def begin_step(self, kind: str) -> Work | None:
        """Begin a large `undo` or `redo`; None where there is nothing."""
        self._check_free()
        if not self._stacks.next(kind):
            return None

        def make(tick: Tick, look: Callable[[Document], None]) -> Step:
            return self._write_beside(self._inverse(kind, tick), tick, look)

        return self._work(make)

    def _work(self, make: Callable[[Tick, Callable[[Document], None]], Step | None]) -> Work:
        self._busy = True
        return Work(make, self._take_in, self._free)

    def _free(self) -> None:
        self._busy = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Take no change in this block: what is read of the document beside the window stays as it is."""
        self._check_free(to_write=False)
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def _write_beside(self, step: Step, tick: Tick, look: Callable[[Document], None]) -> Step:
        count = len(step.swaps)
        step.after = self.document.following(step.swaps, Pace(tick, 0.55, 0.6, count))
        look(step.after)
        pace = Pace(tick, 0.6, 1.0, count + len(step.operation.changes))
        self._file.write(step.operation, step.swaps, step.numbers, step.blobs, pace=pace)
        return step

    def _check_free(self, *, to_write: bool = True) -> None:
        if self._open_transaction is not None:
            raise RuntimeError("a transaction is open already")
        if self._busy:
            raise BusyError("Large work is still under way, so nothing else was changed.", "Wait until it is done.")
        if to_write and self.read_only:
            raise ReadOnlyError(
                f"This board is open for reading only: {self.read_only}. Nothing was changed.",
                "Save a copy to work on.",
            )

    def undo(self) -> Operation | None:
        """Take back the last thing done; None where there is nothing. Raises when the file refuses."""
        return self._step("undo")

    def redo(self) -> Operation | None:
        """Do again what was undone last; None where there is nothing."""
        return self._step("redo")

    def undo_label(self) -> str:
        """Return the label of what undo would take back, or ""."""
        entry = self._stacks.next("undo")
        return entry[0].label if entry else ""

    def redo_label(self) -> str:
        entry = self._stacks.next("redo")
        return entry[0].label if entry else ""

    def step_size(self, kind: str) -> int:
        """Return how many records `undo` or `redo` would change."""
        entry = self._stacks.next(kind)
        return sum(self._file.size_of(header.id) for header in entry or ())

    def _step(self, kind: str) -> Operation | None:
        if not self._stacks.next(kind):
            return None
        self._check_free()
        return self._commit(self._inverse(kind))

    def _inverse(self, kind: str, tick: Tick | None = None) -> Step:
        entry = self._stacks.next(kind) or []
        self._file.check_unchanged()
        changes: list[Change] = []
        for header in reversed(entry) if kind == "undo" else entry:
            found = self._file.operation(header.id).changes
            changes.extend(inverted(found) if kind == "undo" else found)
        first = entry[0]
        swaps = self.document.resolve(changes, Pace(tick, 0.1, 0.4, len(changes)))
        pace = Pace(tick, 0.4, 0.55, len(changes))
        made = self._chain.made(first.label_key, first.label_values, kind, tuple(changes), target=first.id, pace=pace)
        return Step(made, swaps)

    def _commit(self, step: Step) -> Operation:
        self._file.write(step.operation, step.swaps, step.numbers, step.blobs)
        self._take_in(step)
        return step.operation

    def _take_in(self, step: Step) -> list[dict[str, Any]]:
        """Swap memory over to what is on the disk, and tell the listeners; return what was there before."""
        old: list[dict[str, Any]] = []
        if step.after is None:
            self.document.apply(step.swaps)
        else:
            old = self.document.become(step.after)
        made = step.operation
        self._numbers.update(step.numbers)
        self._chain.noted(made)
        self._stacks.note(made)
        for listener in tuple(self._listeners):
            listener(made)
        return old

    # -- listening and leaving ---------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each commit; the function returned ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def save_copy(self, path: str | Path) -> None:
        """Write the whole file, history included, to a place that holds nothing yet."""
        if self._open_transaction is not None or self._busy:
            raise EvidenceBoardError("A change is under way; try again when it is done.")
        if self._file.overwritten:
            write_anew(Path(path), self.document, self._numbers, Chain(self._seam, self.author_id), self.attachment)
        else:
            self._file.copy_to(Path(path))

    def close(self) -> None:
        """Let go of the file. There is nothing to save: it is on the disk already."""
        self._arrival.end()
        self._file.close()
        if self._held:
            self._held.release()
            self._held = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
