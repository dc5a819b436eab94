"""One working day of two analysts on copies of the sample board: 41 judgements, 10 of them disputed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from evidenceboard import Session, commands
from evidenceboard.cli import run
from evidenceboard.model.document import Document
from evidenceboard.model.records import Link

SAMPLE = Path(__file__).parents[1] / "sample_board.db"
Step = tuple[str, dict[str, Any]]
"""The number of an entity, and the fields that are set; `remove` deletes it."""

DISPUTED: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("C10", {"title": "The force might grow to about 100,000."}, {"title": "The force might reach some 120,000 men."}),
    ("C8", {"title": "Moscow treats the first 10,000 men as a trial."},
     {"title": "Pyongyang treats the first 12,000 men as a trial."}),
    ("C12", {"notes": "Rank alone proves little."}, {"notes": "Compare the visit of 2023."}),
    ("C20", {"happened": "2024-11-20"}, {"happened": "2024-11~"}),
    ("S5", {"published": "2024-10-28"}, {"published": "2024-10-30"}),
    ("S6>C3", {"quote": "in civilian lorries"}, {"quote": "by civilian lorries, unnoticed"}),
    ("A4", {"role": "Colonel general"}, {"role": "Deputy chief of the General Staff"}),
    ("H3", {"title": "Fighting inside Ukraine"}, {"title": "Fighting in Ukraine proper"}),
    ("P3", {"title": "Donbas (Donetsk and Luhansk)"}, {"remove": True}),
    ("C35", {"remove": True}, {"notes": "The team left on 5 November."}),
)  # fmt: skip
"""What both worked on: the number, what Anna did, what Borys did. An arrow names the link between two."""
ANNAS: tuple[Step, ...] = (
    ("S1", {"reliability": "B"}), ("S2", {"reliability": "A"}), ("S3", {"reliability": "B"}),
    ("S4", {"reliability": "B"}), ("S7", {"reliability": "C"}), ("H1", {"likelihood": "likely"}),
    ("H2", {"confidence": "moderate"}), ("C1", {"notes": "See the count of October."}),
    ("C5", {"tags": "contact"}), ("Q1", {"answered": "yes"}), ("C23", {"likelihood": "unlikely"}),
)  # fmt: skip
BORYS: tuple[Step, ...] = (
    ("S1", {"reliability": "C"}), ("S2", {"reliability": "B"}), ("S3", {"reliability": "B"}),
    ("S10", {"reliability": "D"}), ("H1", {"likelihood": "very likely"}), ("H4", {"confidence": "low"}),
    ("C7", {"notes": "Only officially."}), ("C21", {"title": "North Koreans keep KN-23 missiles in Russian units."}),
    ("E1", {"happened": "2024-12-03"}), ("Q3", {"notes": "Asked on Monday."}),
)  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """The copy of one analyst, the folder in which the program knows who that is, and the name."""

    path: Path
    config: Path
    name: str


class Day:
    """Two desks, and turning from one to the other."""

    def __init__(self, folder: Path, setenv: Callable[[str, str], None]) -> None:
        self._setenv = setenv
        self.anna, self.borys = (
            Desk(folder / f"{name.lower()}.db", folder / name.lower(), name) for name in ("Anna", "Borys")
        )
        for desk in (self.anna, self.borys):
            shutil.copy(SAMPLE, desk.path)
            desk.path.chmod(0o600)

    def sit_down(self, desk: Desk) -> None:
        """Be the analyst of a desk."""
        self._setenv("EVIDENCEBOARD_CONFIG_DIR", str(desk.config))
        self._setenv("EVIDENCEBOARD_AUTHOR", desk.name)

    @contextmanager
    def at(self, desk: Desk) -> Iterator[Session]:
        """Open a desk's copy as its analyst."""
        self.sit_down(desk)
        with Session.open(desk.path) as session:
            yield session

    def work(self) -> int:
        """Let both do their day, Anna in a session, Borys by verbs; return how many judgements that were."""
        with self.at(self.anna) as session:
            for number, fields, _ in DISPUTED:
                judge(session, number, fields)
            for number, fields in ANNAS:
                judge(session, number, fields)
        self.sit_down(self.borys)
        with redirect_stdout(StringIO()):
            for number, _, fields in DISPUTED:
                by_verb(self.borys.path, number, fields)
            for number, fields in BORYS:
                by_verb(self.borys.path, number, fields)
        return 2 * len(DISPUTED) + len(ANNAS) + len(BORYS)


def find(document: Document, number: str) -> str:
    """Return the id of an entity, or of the link that an arrow names."""
    start, _, end = number.partition(">")
    if not end:
        return document.entity(start).id
    ends = (document.entity(start).id, document.entity(end).id)
    links: list[Link] = [one for one in document.links if (one.from_id, one.to_id) == ends]
    return links[0].id


def judge(session: Session, number: str, fields: dict[str, Any]) -> None:
    """Do one judgement as one operation."""
    record_id = find(session.document, number)
    with session.transaction("Judge") as tx:
        if "remove" in fields:
            commands.remove(tx, [record_id])
        else:
            commands.set_fields(tx, record_id, **fields)


def by_verb(path: Path, number: str, fields: dict[str, Any]) -> None:
    """Do one judgement on the command line."""
    with Session.open(path, read_only=True) as session:
        record_id = find(session.document, number)
    words = ["remove", str(path), record_id]
    if "remove" not in fields:
        words = ["set", str(path), record_id, *(f"{key}={value}" for key, value in fields.items())]
    assert run(words, lambda path: 70) == 0, words
