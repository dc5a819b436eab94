"""A poisoned board: text that Qt, a terminal, a spreadsheet or an eye falls for, in every field of every record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import fields
from itertools import count, cycle
from pathlib import Path
from typing import Any, Final

from evidenceboard import Session, commands
from evidenceboard.model.entity_type import Props
from evidenceboard.model.gradings import ASSESSED
from evidenceboard.model.health import RULES, silenced_id
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.records import (
    TITLE_LIMIT,
    Assessment,
    Attachment,
    Board,
    Comment,
    Conflict,
    Custody,
    Entity,
    Link,
    Record,
    Redaction,
    Setting,
    Snapshot,
)
from evidenceboard.model.saved_searches import PREFIX
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import TYPES

MARKUP: Final = (
    '<img src="{url}">',
    "<img src='{path}'>",
    '<img src="//{host}/share/x.png">',
    '<a href="{url}">Annual report</a>',
    '<html><head><link rel="stylesheet" href="{url}"><style>@import url({url});</style></head><body>said</body></html>',
    '<table background="{url}"><tr><td style="background-image:url({path})">cell</td></tr></table>',
    '<object data="{url}" type="text/html"></object><iframe src="http://{host}/"></iframe>',
    "<script>alert(1)</script><b>bold</b>&lt;i&gt;&amp;",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{url}">]><svg xmlns="http://www.w3.org/2000/svg">&e;</svg>',
    "![a picture]({url}) [a link](http://{host}/) `code` # Heading",
    "]]></text><text>--><!-- \\href{{{url}}}",
)
"""Text that asks whoever reads it as more than text for a planted file or a host."""
SIGNS: Final = (
    "&File and E&xit && &",
    "%1 %n %s {} {0} {title} {n:d} {",
    '=HYPERLINK("http://198.51.100.7/","open")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "Annual report \u202egpj.exe",
    "\u2066\u202dnever \u202c\u202aclosed",
    "Na\u200bmes \u2060with\ufeff nothing\u200d bet\u200cween\u00ad letters",
    "Р\u0430yp\u0430l and \u0410lfa Bank",
    "\u3164\u115f\u2800",
    "민간 트럭이 병력 3천 명을 실어 날랐다",
    "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "Міністерство оборони повідомило",
    "קרא \u05d0\u05d1 12-34 (שלום)",
    "مى\u200cخواهم ۱۲۳",
    "👨\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f ❤\ufe0f 👍🏽",
    "seen\U000e0068\U000e0069\U000e0064 not",
    "bell\x07 escape\x1b[31mred\x1b]8;;http://198.51.100.7/\x1b\\ back\x08 delete\x7f \x85\x9b",
    "two\nlines\r\nthree\tand\u2028four\u2029five\x0b\x0c",
    "Z" + "\u0300\u0489\u0336" * 40 + "algo",
    "../../../etc/passwd",
    "CON.txt",
    "-rf .hidden",
    "\uffff\ufdd0\ue000\U0010fffd",
    " \u00a0\u2003\u3000 ",
    "'; drop table entities; --",
    "http://user:word@198.51.100.7:80/\u202e?q=<b>",
    "javascript:alert(1)",
    "한글" * 60,
    "W" * TITLE_LIMIT,
)
"""Text that is not what it looks like, looks like nothing, or goes on for ever."""
_WIDE: Final = 320.0
_HIGH: Final = 260.0
_ENOUGH: Final = 3000
"""Characters of what goes on for ever, where it stands in other fields than titles."""


def poisons(planted: Path) -> list[str]:
    """Return every poisoned text; those that ask for a file ask for `planted`, those that ask for a host this one."""
    path = planted.resolve()
    filled = [one.format(url=path.as_uri(), path=path.as_posix(), host="127.0.0.1:9") for one in MARKUP]
    return [*filled, *SIGNS]


def poisoned(path: Path, planted: Path | None = None) -> Path:
    """Make a board with every poison as the title of every type of entity, and poison in every other field.

    `planted`: the file that the texts ask for, one beside the board by default; whoever reads it has fallen for them.
    """
    planted = planted or path.with_name("planted.png")
    planted.touch()
    texts = poisons(planted)
    with Session.create(path, title=texts[0]) as session:
        for text in texts:
            # A label is a template of our own; a hostile file can hold any.
            with session.transaction(text[:200]) as tx:
                _entities(tx, text, texts)
        with session.transaction("Link {n} cards", n=1) as tx:
            _links(tx, texts)
        with session.transaction("{title}", title=texts[1]) as tx:
            _others(tx, texts)
            _notes(tx, texts)
    # No command gives an author a name that holds poison, but the sender of a file can.
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update authors set name = ?", (texts[0],))
    return path


def _entities(tx: Transaction, text: str, texts: list[str]) -> None:
    """Add one entity of each type, and of a type that nobody knows, with a card on the first board."""
    board = tx.document.boards[0].id
    row = texts.index(text)
    turn = _turn([*texts[row:], *texts[:row]])
    for column, kind in enumerate([*TYPES, None]):
        own = _properties(kind.props if kind else Props, turn)
        made = tx.make(
            Entity,
            type=kind.id if kind else text[:200],
            number=tx.next_number(kind.prefix if kind else "X"),
            title=text,
            props={**_unjudged(own), text[:200]: [text[:_ENOUGH], {"deep": next(turn)}]},
            **_filled(Entity, turn, "id", "type", "number", "title", "props"),
        )
        card = commands.place(tx, board, made.id, x=column * _WIDE, y=row * _HIGH)
        tx.change(card, colour=text[:200])
        _judge(tx, made.id, ASSESSED & own.keys(), turn)
    kept = commands.attach(tx, made.id, text[:200], text.encode())
    tx.change(kept, **_filled(Attachment, turn, "id", "entity_id", "size", "sha256"))


def _links(tx: Transaction, texts: list[str]) -> None:
    """Add a link of each type and of one that nobody knows between neighbours, with poison in all that it carries."""
    entities = [one for one in tx.document.table("entities").values() if isinstance(one, Entity)]
    turn = _turn(texts)
    by_type = {kind.id: [one for one in entities if one.type == kind.id] for kind in TYPES}
    for place, text in enumerate(texts):
        for kind in [*LINK_TYPES, None]:
            start, end = kind.ends[0] if kind else ("*", "*")
            first = by_type["claim" if start == "*" else start][place]
            other = by_type["note" if end == "*" else end][(place + 1) % len(texts)]
            own = _properties(kind.props if kind else Props, turn)
            made = tx.make(
                Link,
                id=(kind.pair_id(first.id, other.id) if kind else "") or tx.new_id(),
                type=kind.id if kind else text[:200],
                from_id=first.id,
                to_id=other.id,
                props={**_unjudged(own), text[:200]: next(turn)},
                **_filled(Link, turn, "id", "type", "from_id", "to_id", "props"),
            )
            _judge(tx, made.id, ASSESSED & own.keys(), turn)


def _others(tx: Transaction, texts: list[str]) -> None:
    """Add boards, frames, snapshots and settings with poison in them."""
    turn, places = _turn(texts), count()
    first = tx.document.boards[0]
    operation = tx.seam.new_id()
    for text in texts:
        frame = commands.add_frame(tx, first.id, title=text, x=-700, y=next(places) * 300.0, w=500, h=220)
        tx.change(frame, colour=text[:200])
        tx.make(Snapshot, name=text, operation_id=operation, at=text[:200])
        search = {"name": text[:200], "text": text[:200], "by": text[:60], "at": text[:60]}
        tx.make(Setting, id=PREFIX + tx.seam.new_id(), value=search)
        if tx.document.find("settings", text[:60]) is None:
            tx.make(Setting, id=text[:60], value=text[:_ENOUGH])
    for text in texts[:12]:
        tx.make(Board, title=text, position=next(places), **_filled(Board, turn, "id", "title", "position"))
    entities = [one.id for one in tx.document.table("entities").values()]
    for rule, subject in zip(RULES, entities, strict=False):
        value = {"rule": rule, "subject": subject, "reason": next(turn), "by": next(turn)[:60], "at": next(turn)[:60]}
        tx.make(Setting, id=silenced_id(rule, subject), value=value)
    commands.set_file(tx, title=texts[2])
    tx.change(first, **_filled(Board, turn, "id", "position"))


def _notes(tx: Transaction, texts: list[str]) -> None:
    """Add what is said and noted about records: disputed values, comments, custody, redactions."""
    turn, entities = _turn(texts), [one.id for one in tx.document.table("entities").values()]
    for place, text in enumerate(texts):
        short, about = text[:200], entities[place]
        candidates = {
            tx.new_id(): {"value": next(turn), "author": tx.author_id, "counter": counter, "at": short}
            for counter in (1, 2)
        }
        tx.make(
            Conflict, record_table="entities", record_id=about, field="title", candidates=candidates,
            decision="", decided_by=short, decided_at=short, value=next(turn),
        )  # fmt: skip
        tx.make(
            Comment, subject_id=about, field="title", author_id=tx.author_id, text=text,
            at=short, resolved_by=short if place % 2 else "", resolved_at=short if place % 2 else "",
        )  # fmt: skip
        tx.make(Custody, what=short, subject_id=about, author_id=tx.author_id, at=short, details=text)
        tx.make(
            Redaction, record_table="entities", record_id=about, field=short, operations=(short,),
            author_id=tx.author_id, at=short, reason=text,
        )  # fmt: skip


def _turn(texts: list[str]) -> Iterator[str]:
    return cycle([text[:_ENOUGH] for text in texts])


def _filled(kind: type[Record], turn: Iterator[str], *but: str) -> dict[str, Any]:
    """Return poison for every field of a record that takes text, but these."""
    values: dict[str, Any] = {}
    for one in fields(kind):
        if one.name in but or one.name.endswith("_id"):
            continue
        if one.name == "tags":
            values[one.name] = (next(turn)[:200], next(turn)[:200])
        elif any(word in str(one.type) for word in ("Word", "Title", "Text")):
            long = "Text" in str(one.type) or "Title" in str(one.type)
            values[one.name] = next(turn) if long else next(turn)[:200]
    return values


def _properties(model: type[Props], turn: Iterator[str]) -> dict[str, Any]:
    """Return poison for every property, in the form in which its readers expect it."""
    return {key: _property(one.annotation, turn) for key, one in model.model_fields.items()}


def _property(annotation: Any, turn: Iterator[str]) -> Any:
    if annotation is bool:
        return True
    return [next(turn), next(turn)] if getattr(annotation, "__origin__", None) is list else next(turn)


def _unjudged(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in ASSESSED}


def _judge(tx: Transaction, subject_id: str, names: AbstractSet[str], turn: Iterator[str]) -> None:
    for name in sorted(names):
        values = _filled(Assessment, turn, "id", "subject_id", "field", "author_id")
        tx.make(Assessment, subject_id=subject_id, field=name, author_id=tx.author_id, **values)
