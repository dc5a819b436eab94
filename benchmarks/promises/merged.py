"""Copies of one board that several people work on and merge by chance: in the end all say the same, nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import Records, records, small_board
from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.merge import merge_file
from evidenceboard.model.records import Attachment, Conflict, Entity
from evidenceboard.model.seam import SeededSeam, derived_id
from evidenceboard.model.transaction import Transaction
from evidenceboard.store import personal
from evidenceboard.store.gate import quick_check

STEPS = 14
_LOCAL = ("snapshots", "custody")
"""Tables in which each copy also notes what happened to itself."""


def failures(folder: Path, n: int) -> Tried:
    """Let so many histories run; count those in which copies differ in the end, or something is lost or not shown."""
    wrong = 0
    for number in range(n):
        if said := broken(folder / str(number), number):
            wrong += 1
            print(f"history {number}: {said}", file=sys.stderr)
    return Tried(n, wrong)


def broken(folder: Path, number: int) -> str:
    """Return what went wrong with one history, or ""; a merge that is refused is one of these.

    It runs the same each time, down to the ids, on which it depends who is asked first and which copy wins.
    """
    folder.mkdir()
    try:
        return _ran(History(folder, f"history {number}"), random.Random(number))
    except EvidenceBoardError as error:
        return f"refused: {error.message}"
    finally:
        shutil.rmtree(folder)


class History:
    """The folder of one history, and where all its ids and times come from."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.folder, self._seed = folder, seed
        self._seam = SeededSeam(seed)

    def first(self) -> Path:
        """Make the board that all are copies of."""
        path = self.folder / "0.db"
        with self._as_who_works_on(path):
            return small_board(path, self._seam)

    @contextmanager
    def opened(self, path: Path) -> Iterator[Session]:
        """Open a copy as the person who works on it."""
        with self._as_who_works_on(path), Session.open(path, seam=self._seam) as session:
            yield session

    @contextmanager
    def _as_who_works_on(self, path: Path) -> Iterator[None]:
        usual = os.environ.get("EVIDENCEBOARD_CONFIG_DIR")
        os.environ["EVIDENCEBOARD_CONFIG_DIR"] = str(path.parent / f"of {path.stem}")
        try:
            personal.write_settings({**personal.read_settings(), "author_id": derived_id(self._seed, path.stem)})
            yield
        finally:
            if usual is None:
                del os.environ["EVIDENCEBOARD_CONFIG_DIR"]
            else:
                os.environ["EVIDENCEBOARD_CONFIG_DIR"] = usual


def _ran(history: History, chance: random.Random) -> str:
    folder, first = history.folder, history.first()
    copies = [first]
    for number in range(1, chance.choice((3, 3, 3, 4))):
        copies.append(Path(shutil.copy(first, folder / f"{number}.db")))
    for step in range(STEPS):
        path = chance.choice(copies)
        if step > 2 and chance.random() < 0.25:
            with history.opened(path) as session:
                merge_file(session, chance.choice([one for one in copies if one != path]))
        else:
            with history.opened(path) as session:
                for _ in range(chance.randrange(1, 4)):
                    _work(session, chance, f"{path.stem}.{step}")
    return _ended(history, copies, chance)


def _ended(history: History, copies: list[Path], chance: random.Random) -> str:
    """Merge all copies in several orders; return what differs or is lost, or ""."""
    folder, orders = history.folder, list(permutations(range(len(copies))))
    ends: list[Records] = []
    for place, order in enumerate(chance.sample(orders, 3)):
        target = Path(shutil.copy(copies[order[0]], folder / f"end{place}.db"))
        with history.opened(target) as session:
            for other in order[1:]:
                merge_file(session, copies[other])
            again = merge_file(session, copies[order[1]])
            if again.taken or again.operation:
                return "merging twice took something again"
            ends.append(_compared(session))
            if said := _lost(session, copies) or _unsound(session):
                return said
    # Through a third copy: what one has taken in goes on to another.
    middle = Path(shutil.copy(copies[-1], folder / "middle.db"))
    with history.opened(middle) as session:
        for one in copies[:-1]:
            merge_file(session, one)
    last = Path(shutil.copy(copies[0], folder / "last.db"))
    with history.opened(last) as session:
        merge_file(session, middle)
        ends.append(_compared(session))
    for end in ends[1:]:
        if end != ends[0]:
            keys = [key for key in {**end, **ends[0]} if end.get(key) != ends[0].get(key)]
            return f"copies differ: {[(key, ends[0].get(key), end.get(key)) for key in keys[:3]]}"
    return ""


def _unsound(session: Session) -> str:
    """Return what SQLite finds wrong with a file, or which attachment lacks its bytes, or ""."""
    if wrong := quick_check(session.path):
        return wrong[0]
    kept = session.document.table("attachments").values()
    lacking = [one for one in kept if isinstance(one, Attachment) and len(session.attachment(one.sha256)) != one.size]
    return "an attachment lacks its bytes" if lacking else ""


def _compared(session: Session) -> Records:
    return {key: row for key, row in records(session).items() if key[0] not in _LOCAL}


def _lost(session: Session, copies: list[Path]) -> str:
    """Return what of any copy is neither in the record, nor in a question, nor overruled by somebody who saw it."""
    known = {header.id for header in session.log.headers()}
    told: list[tuple[str, str, Any]] = []
    seen: set[tuple[str, Any]] = set()
    undone: set[str] = set()
    decided: set[str] = set()
    for path in copies:
        with Session.open(path, read_only=True) as other:
            headers = other.log.headers()
            merges = {header.id for header in headers if header.kind == "merge"}
            for header in headers:
                if header.id not in known and not {header.id, header.target} & merges:
                    return f"operation {header.id} is lost"
                if header.kind in ("undo", "redo"):
                    undone.add(str(header.target))
                if header.kind != "do":
                    continue
                for _, change in other.log.changes([header.id]):
                    if change.table == "entities" and change.after and "title" in change.after:
                        told.append((header.id, str(change.record_id), change.after["title"]))
                    if change.table == "entities" and change.before and "title" in change.before:
                        seen.add((str(change.record_id), change.before["title"]))
                    if change.table == "conflicts" and (change.after or {}).get("decision"):
                        row = other.document.find("conflicts", str(change.record_id))
                        decided.add(row.record_id if isinstance(row, Conflict) else "")
    for operation_id, record_id, title in told:
        entity = session.document.find("entities", record_id)
        if (
            not isinstance(entity, Entity)
            or record_id in decided
            or (record_id, title) in seen
            or operation_id in undone
        ):
            continue
        asked = session.document.where("conflicts", "record_id", record_id)
        shown = [entity.title]
        shown += [said["value"] for one in asked if isinstance(one, Conflict) for said in one.candidates.values()]
        if title not in shown:
            return f"the title {title!r} is lost"
    return ""


def _work(session: Session, chance: random.Random, said: str) -> None:
    document = session.document
    entities, cards = [one.id for one in document.entities], [one.id for one in document.cards]
    links, frames = [one.id for one in document.links], [one.id for one in document.frames]
    boards = [one.id for one in document.boards]
    board = boards[0]

    def of(kind: str) -> str:
        return chance.choice([one.id for one in document.entities if one.type == kind])

    def add(tx: Transaction) -> None:
        made = commands.add_entity(tx, chance.choice(("claim", "source", "note")), title=f"new {said}")
        commands.place(tx, board, made.id, x=chance.randrange(2000), y=chance.randrange(2000))

    def decide(tx: Transaction) -> None:
        conflict = chance.choice(document.conflicts)
        if chance.random() < 0.3 and conflict.field == "title":
            commands.decide_otherwise(tx, conflict.id, f"decided {said}")
        else:
            commands.decide(tx, conflict.id, chance.choice(list(conflict.candidates)))

    works: tuple[Callable[[Transaction], object], ...] = (
        add,
        lambda tx: commands.set_fields(tx, chance.choice(entities), title=f"title {said}"),
        lambda tx: commands.set_fields(tx, chance.choice(entities[:3]), title=f"title {said}"),
        lambda tx: commands.set_fields(tx, chance.choice(entities[:3]), notes=chance.choice(("a", "b", said))),
        lambda tx: commands.set_fields(tx, of("claim"), happened=chance.choice(("2024", "2023", "2022-10"))),
        lambda tx: commands.set_fields(tx, of("claim"), likelihood=chance.choice(("likely", "unlikely", ""))),
        lambda tx: commands.set_fields(tx, chance.choice(links), notes=f"note {said}"),
        lambda tx: commands.rate(tx, of("claim"), of("scenario"), chance.choice(("CC", "I", "II", "N"))),
        lambda tx: commands.link(tx, "related", chance.choice(entities), chance.choice(entities)),
        lambda tx: commands.move_cards(tx, chance.sample(cards, min(3, len(cards))), chance.randrange(1, 9) * 8, 8),
        lambda tx: commands.add_frame(tx, board, title=said, x=0, y=0, w=300, h=200, cards=cards[:2]),
        lambda tx: commands.put_into_frame(tx, [chance.choice(cards)], chance.choice([*frames, None])),
        lambda tx: commands.remove(tx, [chance.choice([*entities, *links, *frames, *cards])]),
        lambda tx: commands.remove(tx, [chance.choice(entities)]),
        lambda tx: commands.set_file(tx, title=f"file {said}"),
        lambda tx: commands.attach(tx, chance.choice(entities), "report.txt", said.encode()),
        lambda tx: commands.place(
            tx, commands.add_board(tx, f"board {said}").id, chance.choice(entities), x=0, y=chance.randrange(99)
        ),
        lambda tx: commands.remove_board(tx, chance.choice(boards)),
        lambda tx: commands.place(tx, chance.choice(boards), chance.choice(entities), x=0, y=chance.randrange(99)),
        lambda tx: commands.set_fields(tx, chance.choice(entities), tags=chance.choice(("a", "a;b", "c"))),
        lambda tx: commands.rehang(tx, chance.choice(links), to_id=chance.choice(entities)),
        decide,
        decide,
    )
    kind = chance.random()
    try:
        if kind < 0.12:
            session.undo()
        elif kind < 0.18:
            session.redo()
        else:
            with session.transaction("Work") as tx:
                chance.choice(works)(tx)
    except (EvidenceBoardError, IndexError):
        return  # refused in words, or nothing there to work on: nothing was changed
