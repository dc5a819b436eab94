"""Write sample_board.db from the facts and the arrangement in scripts/sample.

Run it when either changes: python scripts/make_sample.py [PATH]
Ids, times and salts come from a seed, so that every run writes the same records.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sample_layout import Layout, heights_of, lay_out, read_plans

from evidenceboard import Session, commands
from evidenceboard.model.records import Entity
from evidenceboard.model.seam import SeededSeam, derived_id
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import BY_ID

HERE = Path(__file__).resolve().parent
FACTS = HERE / "sample"
TITLE = "North Korean troops in Russia, autumn 2024"
_PADDED = re.compile(r"\b([A-Z])0(\d)\b")

Row = dict[str, str]


def main() -> None:
    """Write the file anew, beside the scripts or where the first argument says."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "sample_board.db"
    path.unlink(missing_ok=True)
    make(path)
    path.chmod(0o644)


def make(path: Path) -> None:
    """Write the sample board into a new file."""
    seam = SeededSeam("sample board")
    with Session.create(path, title=TITLE, seam=seam, author_id=derived_id("sample board", "author")) as session:
        for label, work in FACT_STEPS:
            with session.transaction(label) as tx:
                work(tx)
        main_board = session.document.boards[0].id
        with session.transaction("Add a second board") as tx:
            second = commands.add_board(tx, "Scenarios").id
        for board_id, name, where in (
            (main_board, "main", "the main board"),
            (second, "scenarios", "the second board"),
        ):
            strips = read_plans(FACTS / f"{name}_board.csv")
            for layout in lay_out(strips, heights_of(session.document, strips)):
                types = {session.document.entity(number).type for number, *_ in layout.cards}
                what = BY_ID[types.pop()].plural.lower() if len(types) == 1 else "cards"
                with session.transaction(f"Frame {what} on {where}") as tx:
                    _put(tx, board_id, layout)


def rows(name: str) -> list[Row]:
    """Return the rows of a table of facts, numbers as the product writes them: C1 for C01."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: _PADDED.sub(r"\1\2", value) for key, value in row.items()} for row in csv.DictReader(file)]


def _add(tx: Transaction, type_id: str, row: Row, title: str, **props: Any) -> Entity:
    values: dict[str, Any] = {key: value for key, value in props.items() if value not in ("", [], False)}
    values |= {name: row[key] for key, name in (("note", "notes"), ("tags", "tags")) if row.get(key)}
    made = commands.add_entity(tx, type_id, title=title, props={}, **values)
    if made.number != row["id"]:
        raise ValueError(f"{row['id']} became {made.number}")
    return made


def _actors(tx: Transaction) -> None:
    for row in rows("actors"):
        _add(tx, "actor", row, row["name"], aliases=row["aliases"], kind=row["kind"], role=row["role"])


def _claims(tx: Transaction) -> None:
    unassessed = {row["claim"] for row in rows("matrix") if not any(row[key] for key in row if key != "claim")}
    for row in rows("claims"):
        waiting = row["id"] in unassessed
        _add(tx, "claim", row, row["statement"], happened=row["happened"], where=row["where"], in_matrix=waiting)


def _sources(tx: Transaction) -> None:
    for row in rows("sources"):
        through = re.search(r"S\d+$", row["reach"])
        names = ("kind", "author", "published", "unnamed", "reliability", "reach")
        _add(tx, "source", row, row["title"], known_through=through[0] if through else "", **{n: row[n] for n in names})


def _scenarios(tx: Transaction) -> None:
    for row in rows("scenarios"):
        _add(tx, "scenario", row, row["title"], statement=row["statement"])


def _places(tx: Transaction) -> None:
    for row in rows("places"):
        _add(tx, "place", row, row["name"])


def _events(tx: Transaction) -> None:
    for row in rows("events"):
        _add(tx, "event", row, row["title"], happened=row["happened"])


def _questions(tx: Transaction) -> None:
    for row in rows("questions"):
        _add(tx, "question", row, row["title"], about=row["about"])


def _links(tx: Transaction) -> None:
    for row in rows("links"):
        note = "label" if row["type"] == "related" else "notes"
        values = {key: row[key] for key in ("credibility", "basis", "hedge", "rests_on") if row[key]}
        values |= {note: row["note"]} if row["note"] else {}
        start, end = tx.document.entity(row["from"]), tx.document.entity(row["to"])
        commands.link(tx, row["type"], start.id, end.id, **values)


def _matrix(tx: Transaction) -> None:
    for row in rows("matrix"):
        claim = tx.document.entity(row["claim"])
        for number, consistency in row.items():
            if number != "claim" and consistency:
                scenario = tx.document.entity(number)
                commands.link(tx, "bears on", claim.id, scenario.id, props={"consistency": consistency})


FACT_STEPS: tuple[tuple[str, Callable[[Transaction], None]], ...] = (
    ("Add the actors", _actors),
    ("Add the claims", _claims),
    ("Add the sources", _sources),
    ("Add the scenarios", _scenarios),
    ("Add the places", _places),
    ("Add the event", _events),
    ("Add the open questions", _questions),
    ("Link who says what of whom", _links),
    ("Weigh claims against the scenarios", _matrix),
)


def _put(tx: Transaction, board_id: str, layout: Layout) -> None:
    x, y, w, h = layout.box
    cards = []
    for number, left, top, width in layout.cards:
        entity = tx.document.entity(number)
        cards.append(commands.place(tx, board_id, entity.id, x=left, y=top, w=width).id)
    commands.add_frame(tx, board_id, title=layout.title, x=x, y=y, w=w, h=h, cards=cards)


if __name__ == "__main__":
    main()
