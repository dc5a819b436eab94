"""One open file: what changes it, what takes changes back, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import BusyError, EvidenceBoardError, SaveFailedError
from evidenceboard.model.chain import Chain
from evidenceboard.model.changes import Change, Operation, inverted
from evidenceboard.model.joined import Joined
from evidenceboard.model.new_file import first_changes
from evidenceboard.model.pace import Pace, Tick, uncollected, unheard
from evidenceboard.model.seam import RandomSeam, Seam
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.work import Look, Step, Work, drawn
from evidenceboard.session.reading import OpenFile
from evidenceboard.store import hold, new_place, personal, rescue
from evidenceboard.store.failures import only_read

_CLI: Final = "the command line"
Listener = Callable[[Operation], None]


class Session(OpenFile):
    """Hold one open board file. Every change goes disk first, then memory, then the listeners."""

    def __init__(self, held: hold.Hold, seam: Seam, author_id: str, *, staged: bool = False) -> None:
        self._listeners: list[Listener] = []
        self._open_transaction: Transaction | None = None
        self._busy = False
        self._doubtful: Step | None = None
        self.has_written = False
        """Whether something was changed in this session."""
        super().__init__(held, seam, author_id, staged=staged)

    @classmethod
    def open(
        cls, path: str | Path, *, read_only: bool = False, holder: str = _CLI, seam: Seam | None = None,
        staged: bool = False, look: str = "now", tick: Tick = unheard,
    ) -> Session:  # fmt: skip
        """Open a board. Raises `FileRefusedError`. One that another program holds opens for reading, and says so.

        `staged`: return before all is read; `read_on` reads the rest, and until then nothing can be changed.
        `look`: when it is looked over, "now", "later" (by the caller, through `hold.entry`) or "never".
        `tick` is told how far it is looked over; what it raises ends that, and the file is let go of.
        """
        held = hold.take(Path(path), read_only=read_only, holder=holder, look=look, tick=tick)
        try:
            session = cls(held, seam or RandomSeam(), personal.author_id(), staged=staged)
            session.signs_as = personal.author_name()
            return session
        except BaseException:
            held.close(publish=False)
            raise

    @classmethod
    def create(
        cls, path: str | Path, *, title: str = "", holder: str = _CLI, seam: Seam | None = None, author_id: str = ""
    ) -> Session:
        """Make a new board file with one board and open it. Refuses a file that is there."""
        path, seam = Path(path), seam or RandomSeam()
        title = title or path.stem.encode("utf-8", "replace").decode()
        held = hold.make(path, holder)
        try:
            session = cls(held, seam, author_id or personal.author_id())
            session.signs_as = None if author_id else personal.author_name()
            changes = first_changes(title, seam)
            made = session._chain.made("Make a new board", {}, "create", changes)
            session._commit(Step(made, session.document.resolve(changes)))
            held.publish()
        except BaseException:
            held.close(publish=False)
            new_place.discard(held.file.path)  # made a moment ago by this very function, and holding nothing
            raise
        return session

    # -- changing ----------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Tell whether a large change is on its way; until it is there, no other is taken."""
        return self._busy

    @property
    def in_transaction(self) -> bool:
        return self._open_transaction is not None

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

        def make(tick: Tick, look: Look) -> Step | None:
            transaction = Transaction(self.document, self._seam, self.author_id, self._numbers)
            transaction.pace = Pace(tick, 0.0, 0.3, size)
            command(transaction)
            step = drawn(transaction, self._chain, label, values, kind, group, tick)
            return step and self._write_beside(step, tick, look)

        return self._work(make)

    def begin_merge(self, command: Callable[[Transaction], Joined], label: str, **values: Any) -> Work:
        """Begin to take in another copy: `command` makes the changes and returns what is taken along."""
        self._check_free()

        @uncollected()
        def make(tick: Tick, look: Look) -> Step | None:
            self._file.check_unchanged()
            transaction = Transaction(self.document, self._seam, self.author_id, self._numbers)
            transaction.pace = Pace(tick, 0.0, 0.3, 0)
            joined = command(transaction)
            step = drawn(transaction, self._chain, label, values, "merge", None, tick, joined)
            return step and self._write_beside(step, tick, look)

        return self._work(make)

    def begin_step(self, kind: str) -> Work | None:
        """Begin a large `undo` or `redo`; None where there is nothing."""
        self._check_free()
        if not self._stacks.next(kind):
            return None

        def make(tick: Tick, look: Look) -> Step:
            return self._write_beside(self._inverse(kind, tick), tick, look)

        return self._work(make)

    def _work(self, make: Callable[[Tick, Look], Step | None]) -> Work:
        self._busy = True
        return Work(make, self._take_in, self._free)

    def sign(self, name: str) -> None:
        """Leave another name in this file, "" for none: at once where this author has worked on it, else with that.

        The name is no part of the log. Raises `SaveFailedError`.
        """
        self.signs_as = personal.fitting_name(name)
        if not self.read_only and not self._busy and self.author_name(self.author_id) != self.signs_as:
            self._settle()
            self._file.sign(self.author_id, self.signs_as)
            self.hold.entry.wrote()

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

    def _write_beside(self, step: Step, tick: Tick, look: Look) -> Step:
        count = len(step.swaps)
        step.after = self.document.following(step.swaps, Pace(tick, 0.55, 0.6, count))
        look(step.after, step.operation.changes)
        self._write(step, Pace(tick, 0.6, 1.0, count + len(step.operation.changes)))
        return step

    def _write(self, step: Step, pace: Pace | None = None) -> None:
        brought = step.joined.brought if step.joined else None
        try:
            self._file.write(
                step.operation, step.swaps, step.numbers, step.blobs, self.signs_as, pace=pace, brought=brought
            )
        except EvidenceBoardError:
            self._doubtful = step if self._file.in_doubt else None
            raise

    def _check_free(self, *, to_write: bool = True) -> None:
        if self._open_transaction is not None:
            raise RuntimeError("a transaction is open already")
        if self._busy:
            raise BusyError("Large work is still under way, so nothing else was changed.", "Wait until it is done.")
        if to_write and self.read_only:
            raise only_read(self.read_only)
        self._settle()

    def _settle(self) -> None:
        """Take in a step whose writing failed where the file has it nevertheless. Raises while that is unknown."""
        if self._doubtful is not None and self._file.settled():
            self._doubtful.after = None
            self._take_in(self._doubtful)
        self._doubtful = None

    def look_at_file(self) -> None:
        """Settle what is in doubt. Raises `StaleFileError` where the file is no longer as this session left it."""
        if not self._busy and self._open_transaction is None and self._steps is None:
            self._settle()
            if self._file.has_changed():
                self._file.check_unchanged()

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
            if self.log.has_gaps(header.id):
                raise EvidenceBoardError(
                    "What this changed was taken out of the history for good, so the way back ends here; nothing was "
                    "changed."
                )
            found = self._file.operation(header.id).changes
            changes.extend(inverted(found) if kind == "undo" else found)
        first = entry[0]
        swaps = self.document.resolve(changes, Pace(tick, 0.1, 0.4, len(changes)))
        pace = Pace(tick, 0.4, 0.55, len(changes))
        made = self._chain.made(first.label_key, first.label_values, kind, tuple(changes), target=first.id, pace=pace)
        return Step(made, swaps)

    def _commit(self, step: Step) -> Operation:
        self._write(step)
        self._take_in(step)
        return step.operation

    def _take_in(self, step: Step) -> list[Any]:
        """Swap memory over to what is on the disk, and tell the listeners; return what was there before."""
        old: list[Any] = []
        if step.after is None:
            self.document.apply(step.swaps)
        else:
            old = self.document.become(step.after)
        made, self.has_written = step.operation, True
        self.hold.entry.wrote()
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
        path, chain = Path(path), Chain(self._seam, self.author_id)
        rescue.save_copy(
            self._file, path, lambda: rescue.write_anew(path, self.document, self._numbers, chain, self.attachment)
        )
        self.hold.entry.vouch_for(path)

    def close(self, *, publish: bool = True) -> None:
        """Let go of the file. There is nothing to save: it is on the disk already.

        `publish`: put a board that is worked on through a copy back. Raises `SaveFailedError`; all is in the copy then.
        """
        self._arrival.end()
        self.hold.close(publish=publish)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # What went wrong in the block is what has to be told.
        with suppress(*([SaveFailedError] if kind else [])):
            self.close()
