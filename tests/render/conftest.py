"""Boards for paper, and what writes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_reading import Make

from evidenceboard import Session, commands
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.formats.importing import format_named

LONG = (
    "In a formal request to Kyiv and Seoul two hundred defectors offer to come to Europe and talk their countrymen "
    "into giving up; У листі до Києва вони просять дозволу прибути, 북한군 이백 명이 유럽으로 오겠다고 제안했다. "
)


@pytest.fixture
def made() -> Make:
    """Return what writes a board file in a painted format."""

    def work(path: Path, format_id: str = "pdf", **options: object) -> Written:
        with Session.open(path, read_only=True) as session:
            return format_named(format_id).writer()(session, ExportOptions(**options))  # type: ignore[arg-type]

    return work


@pytest.fixture
def full(board_path: Path) -> Path:
    """Return the small board with long cards above others, a frame, a collapsed frame, and words on links."""
    with Session.open(board_path) as session, session.transaction("Add the rest") as tx:
        board = tx.document.boards[0].id
        for place in range(4):
            claim = commands.add_entity(tx, "claim", title=f"{LONG * (1 + place)}The end of claim {place}")
            note = commands.add_entity(tx, "note", title=f"Note below {place}")
            commands.place(tx, board, claim.id, x=place * 300, y=600)
            commands.place(tx, board, note.id, x=place * 300, y=790)
        cards = [card.id for card in tx.document.cards_on(board)]
        commands.add_frame(tx, board, title="What is claimed", x=-20, y=560, w=600, h=330, cards=cards[-8:-4])
        hidden = commands.add_entity(tx, "actor", title="Folded away")
        card = commands.place(tx, board, hidden.id, x=1300, y=650)
        folded = commands.add_frame(tx, board, title="Folded frame", x=1280, y=600, w=300, h=200, cards=[card.id])
        commands.collapse_frame(tx, folded.id, True)
        source, actor = tx.document.entity("S1"), tx.document.entity("A1")
        commands.link(tx, "related", source.id, actor.id, props={"label": "hands its papers over to the press of"})
        commands.link(tx, "denies", source.id, tx.document.entity("C2").id)
    return board_path


@pytest.fixture(autouse=True)
def room_for_large_pictures(request: pytest.FixtureRequest) -> None:
    """Let a test read a large picture of our own, also after the program has read one of a file with its limit."""
    if request.node.get_closest_marker("qt"):
        from PySide6.QtGui import QImageReader

        QImageReader.setAllocationLimit(2048)
