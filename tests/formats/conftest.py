"""A board with one of everything that a format may stumble over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.formats.importing import format_named
from evidenceboard.model.records import Assessment, Link, Setting

FORMULAS = ("=1+1", "+1", "-1", "@sum", "\tx", "'=x", "''@", "＝1")


@pytest.fixture
def rich(board_path: Path) -> Path:
    """Return the small board with frames, two boards, foreign fields, unknown types, odd text and two settings."""
    with Session.open(board_path) as session, session.transaction("Add the rest") as tx:
        first = tx.document.boards[0].id
        second = commands.add_board(tx, "East; “2”, C:\\path")
        cards = [card.id for card in tx.document.cards_on(first)]
        commands.add_frame(tx, first, title="a\nb", x=-10.125, y=0, w=900.5, h=500, z=3, cards=cards[:2])
        commands.move_cards(tx, cards[:1], -0.375, 1e6)
        for text in FORMULAS:
            commands.add_entity(tx, "note", title=text, notes=f"{text}\r\nnext line", tags=["a b"])
        vessel = commands.add_entity(tx, "vessel", title="Angara", props={"flag": "KP", "draught": [1.5, None]})
        source = commands.add_entity(
            tx,
            "source",
            title='"Quoted", and; more',
            marking="RED",
            props={"known_through": ["S1"], "first_hand": False},
        )
        claim = tx.document.entity("C1")
        commands.set_fields(tx, claim.id, likelihood="likely", tags="troops;transport", happened="2024-10~")
        commands.place(tx, second.id, vessel.id, x=1 / 8, y=-3, w=100, h=80)
        commands.link(tx, "denies", source.id, claim.id, props={"quote": "=HYPERLINK()", "credibility": "6"})
        commands.link(
            tx, "related", tx.document.entity("A1").id, vessel.id, props={"label": "owns", "rests_on": ["C1"]}
        )
        tx.make(Link, type="tows", from_id=vessel.id, to_id=claim.id, props={"knots": 9}, tags=("x;y",))
        tx.make(Setting, id="searches", value={"mine": ["type:claim", 2, None, True]})
        commands.attach(tx, source.id, "film.mp4", bytes(range(256)))
        commands.name_snapshot(tx, "Before winter", "0" * 32)
        assert any(isinstance(one, Assessment) for one in tx.document.table("assessments").values())
    return board_path


Export = Callable[..., Written]


@pytest.fixture
def export() -> Export:
    """Return what writes a board file in a format."""

    def work(path: Path, format_id: str, **options: Any) -> Written:
        with Session.open(path, read_only=True) as session:
            return format_named(format_id).writer()(session, ExportOptions(**options))

    return work
