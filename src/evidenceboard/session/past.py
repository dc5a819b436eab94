"""The board as it was: the records of an open file after one of its steps, to look at and to go on from to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from evidenceboard.model.chain import Chain
from evidenceboard.model.changes import Operation
from evidenceboard.model.dates import shown
from evidenceboard.model.document import Document, Swap
from evidenceboard.model.pace import Tick
from evidenceboard.model.records import Snapshot
from evidenceboard.model.walking import as_seen, swaps_of
from evidenceboard.session.reading import walked_to
from evidenceboard.session.session import Session
from evidenceboard.store import rescue
from evidenceboard.store.hold import Hold


class Past(Session):
    """Show a state of an open file that was. It changes nothing, and ends before the session that it looks back from.

    `place` is how many steps led to the state, 1 to `len(self)`. Listeners are told of an operation that was never
    written whenever another state is shown.
    """

    def __init__(self, now: Session) -> None:
        """Begin at the newest state of a session that has read all of its file."""
        hold = Hold(now.hold.file, None, made_here=True)  # no lock, no copy to put back: those are of the session
        super().__init__(hold, now._seam, now.author_id, staged=True)
        self._arrival.end()
        self._steps = None
        self._now = now
        self.document: Document = now.document.copied()
        self._ids, self._rows = self.steps.all()
        self.place = len(self._ids)
        self._touched: dict[tuple[str, str], None] = {}
        self._end = now.subscribe(self._note)

    def __len__(self) -> int:
        return len(self._ids)

    # -- which state -------------------------------------------------------------------------------------------

    @property
    def operation_id(self) -> str:
        return self._ids[self.place - 1]

    @property
    def ids(self) -> Sequence[str]:
        """Return the ids of the operations that led to what is there now, oldest first."""
        return self._ids

    @property
    def since(self) -> dict[tuple[str, str], None]:
        """Return tables and ids of all records that may differ between this state and what is there now."""
        return self._touched

    def size_of_way(self, place: int) -> int:
        """Return how many records the steps between here and there changed, each as often as it was."""
        low, high = sorted((self.place, place))
        return self.steps.size(self._rows[low - 1], self._rows[high - 1])

    def way_to(self, place: int, tick: Tick | None = None) -> list[Swap]:
        """Return what differs in the state after so many steps; `show` shows it. Raises `EvidenceBoardError`."""
        return swaps_of(walked_to(self.document, self.steps, self._rows, (self.place, place), tick))

    def show(self, place: int, swaps: list[Swap]) -> None:
        """Show the state that `way_to` led to, and tell the listeners."""
        self.place = place
        self._touched.update(((table, record_id), None) for table, record_id, _ in swaps)
        self._tell(swaps)

    def go(self, operation_id: str) -> None:
        """Show the state after an operation. Raises `EvidenceBoardError`."""
        place = self.place_of(operation_id, self._ids)
        self.show(place, self.way_to(place))

    def _note(self, operation: Operation) -> None:
        """Follow the session: what is done now comes after whatever is shown here."""
        self._ids, self._rows = self.steps.all()
        for table in operation.tables():
            self._touched.update(((table, record_id), None) for record_id in operation.ids(table))
        self._tell([])

    def _tell(self, swaps: list[Swap]) -> None:
        """Swap records in and tell the listeners; there may be none, where only what came later is another."""
        told = as_seen(self.document, swaps)
        self.document.apply(swaps)
        for listener in tuple(self._listeners):
            listener(told)

    # -- what a session answers otherwise ----------------------------------------------------------------------

    @property
    def is_past(self) -> bool:
        return True

    @property
    def as_of(self) -> str:
        at = self.saved_at()
        try:
            time = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(UTC)
        except (ValueError, OverflowError):
            # A stranger's file may hold any text.
            return "as it was at an earlier time that is not known"
        said = f"as it was on {shown(time.date().isoformat())} at {time:%H:%M} UTC"
        return said if self.place == len(self) else f"{said}, not as it is now"

    @property
    def place_shown(self) -> int:
        return self.place

    @property
    def now(self) -> Session:
        return self._now

    @property
    def path(self) -> Path:
        return self.now.path

    @property
    def read_only(self) -> str:
        return "it is shown as it was at an earlier time"

    def saved_at(self) -> str:
        """Return when the state came to be, in UTC."""
        return self.header(self.operation_id).at

    def look_at_file(self) -> None:
        """Leave that to the session that holds the file."""

    def _until(self) -> int:
        return self._rows[self.place - 1]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Take no change in this block, here nor in the session that holds the file."""
        with self.now.held(), super().held():
            yield

    def save_copy(self, path: str | Path) -> None:
        """Write this state as a board of its own, whose history begins with it, to a place that holds nothing yet.

        The names of states stay behind with the history that they are about.
        """
        kept = self.document.copied()
        kept.apply([("snapshots", one.id, None) for one in kept.snapshots if isinstance(one, Snapshot)])
        chain, label = Chain(self._seam, self.author_id), "Make a board of an earlier state"
        rescue.write_anew(Path(path), kept, self.now._numbers, chain, self.attachment, label)

    def close(self, *, publish: bool = True) -> None:
        """Look back no more; the file stays with the session that holds it."""
        self._end()
