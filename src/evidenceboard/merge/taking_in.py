"""Taking another copy in: both logs are read, what differs is worked out, and one operation takes it all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.merge.by_records import asked
from evidenceboard.merge.effects import Key, effects
from evidenceboard.merge.lines import Lines
from evidenceboard.merge.merged import Merging
from evidenceboard.merge.side import Side
from evidenceboard.model.changes import Operation
from evidenceboard.model.conflicts import Row
from evidenceboard.model.joined import Brought, Joined
from evidenceboard.model.pace import Tick, uncollected
from evidenceboard.model.records import Conflict, Record, Snapshot, from_row
from evidenceboard.model.takes import NotTakenError
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.work import Work
from evidenceboard.session import Session
from evidenceboard.store.taking import check_hashes

LABEL: Final = "Take in {n} operations of another copy"
SNAPSHOT: Final = "Before the merge"


@dataclass(slots=True)
class Plan:
    """What taking another copy in would change in mine. Nothing is written yet.

    `rows`: records by table and id as they will be, None where one goes. `theirs`: those of them that stand just so in
    the other file. `taken`: operations newly applied. `joined`: what is taken along. `conflicts`: what will be open,
    old questions included. `by_records`: the copy has no history in common with mine, so that the records were
    compared and every difference is a question.
    """

    rows: dict[Key, Row | None] = field(default_factory=dict)
    taken: int = 0
    joined: Joined = field(default_factory=Joined)
    by_records: bool = False
    head: str = ""
    theirs: dict[Key, Record] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to take."""
        return not self.taken and not self.rows

    @property
    def conflicts(self) -> list[Conflict]:
        """Return the questions that the merge asks anew or otherwise than before."""
        made = [from_row(table, row) for (table, _), row in self.rows.items() if table == "conflicts" and row]
        return [one for one in made if isinstance(one, Conflict) and not one.decision]


@dataclass(slots=True)
class Merged:
    """What a merge did: operations newly applied, the operation it became (None where there was nothing), questions."""

    taken: int
    operation: Operation | None
    conflicts: list[Conflict]


def plan(mine: Session, theirs: Session) -> Plan:
    """Return what taking `theirs` into `mine` changes. Neither is written to. Raises `EvidenceBoardError`."""
    try:
        with uncollected():
            return _plan(mine, theirs)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # Whoever wrote the other file may have sealed anything: what no program of ours writes shows only here.
        raise _strange() from error


def _strange() -> EvidenceBoardError:
    return EvidenceBoardError(
        "The other file holds what no record takes, so nothing was merged; both files are as they were.",
        "Check the other file, and ask where it comes from.",
    )


def _plan(mine: Session, theirs: Session) -> Plan:
    logs = mine.log, theirs.log
    headers = [log.headers() for log in logs]
    if not {one.hash for one in headers[0]} & {one.hash for one in headers[1]}:
        return _by_records(mine, theirs)
    lines = Lines(*headers)
    reached = [lines.reached(head) for head in (lines.head_mine, lines.head_theirs)]
    own = (reached[0] - reached[1], reached[1] - reached[0])
    new = [lines.headers[index].id for index in lines.theirs_new]
    operations, rows = logs[1].raw(new)
    check_hashes(operations, rows)
    if not own[1]:
        return Plan()
    active = lines.unsettled(own[0] | own[1], reached[0] & reached[1])
    sides = (Side(mine.document, logs[0], own[0]), Side(theirs.document, logs[1], own[1]))
    wanted = [lines.headers[index].id for index in active if index not in lines.theirs_new]
    coming = (one for one in logs[1].changes_in(rows) if lines.of_id[one[0]] in active)
    changes = [(lines.of_id[op], change) for op, change in (*logs[0].changes(wanted), *coming)]
    changes.sort(key=lambda one: one[0])
    found = effects(lines, changes, own[0], own[1], {**sides[1].conflicts(), **sides[0].conflicts()})
    made = Merging(lines, found, lines.undone(active), active, sides).outcome()
    as_there = {key: record for key, row in made.items() if row and (record := sides[1].record_of(key, row))}
    head = lines.headers[lines.head_mine]
    joined = Joined(
        (lines.headers[lines.head_theirs].hash,),
        max(one.counter for one in lines.headers),
        _brought(mine, theirs, operations, rows),
    )
    return Plan(made, len(own[1]), joined, head=head.id, theirs=as_there)


def _brought(mine: Session, theirs: Session, operations: list[Any], rows: list[Any]) -> Brought:
    missing = theirs.log.attached() - mine.log.attached()
    return Brought(operations, rows, theirs.log.authors(), theirs.log.chunks(missing))


def _by_records(mine: Session, theirs: Session) -> Plan:
    """Return the plan for a copy that was made without its history: what differs is asked about."""
    rows = asked(mine.document, theirs.document)
    if rows is None:
        raise EvidenceBoardError(
            "The other file is another board: it has neither history nor records in common with this one. Nothing was "
            "merged; both files are as they were.",
            "To take over what it holds, export it as JSON and import that.",
        )
    missing = theirs.log.attached() - mine.log.attached()
    joined = Joined(brought=Brought(authors=theirs.log.authors(), chunks=theirs.log.chunks(missing)))
    newest = mine.history(1)
    return Plan(rows, 0, joined, by_records=True, head=newest[0][0].id if newest else "")


def begin(mine: Session, theirs: Session, planned: Plan | None = None) -> Work | None:
    """Begin to take `theirs` into `mine` as one operation that can be undone; None where there is nothing to take.

    `run` and `end` of what is returned do it, or `carry_out` at once. Raises `EvidenceBoardError`.
    """
    made = planned or plan(mine, theirs)
    if made.is_empty:
        return None

    def command(tx: Transaction) -> Joined:
        _put(tx, made)
        for prefix, number in theirs.log.numbers().items():
            tx.keep_number(f"{prefix}{number}")
        tx.put(Snapshot(tx.new_id(), SNAPSHOT, made.head, tx.seam.now()))
        return made.joined

    return mine.begin_merge(command, LABEL if not made.by_records else "Compare with a copy", n=made.taken)


def _put(tx: Transaction, made: Plan) -> None:
    for key, row in made.rows.items():
        if row is None:
            known = tx.document.find(*key)
            if known is not None:
                tx.remove(known)
            continue
        try:
            tx.put(made.theirs.get(key) or from_row(key[0], row))
        except (NotTakenError, TypeError) as error:
            raise _strange() from error


def merge(mine: Session, theirs: Session, tick: Tick = lambda share: None) -> Merged:
    """Take `theirs` into `mine` at once. Raises `EvidenceBoardError`; then both files are as they were."""
    with uncollected():
        planned = plan(mine, theirs)
        work = begin(mine, theirs, planned)
        operation = work.carry_out(tick) if work else None
    return Merged(planned.taken, operation, planned.conflicts)


def merge_file(mine: Session, path: Path, tick: Tick = lambda share: None) -> Merged:
    """Take the file at a path into an open board; that file is only read. Raises `EvidenceBoardError`."""
    with uncollected(), Session.open(path, read_only=True) as theirs:
        return merge(mine, theirs, tick)
