"""What copied cards refer to beside their links: to the copies that came along, else to what the file has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.commands.clipboard import copied, paste


@pytest.fixture
def referring(session: Session) -> Session:
    """Return the small board with a question about a claim, a source known through another, and a relation."""
    with session.transaction("Refer") as tx:
        board = tx.document.boards[0].id
        asked = commands.add_entity(tx, "question", title="Who counted?", props={"about": ["C1"]})
        through = commands.add_entity(tx, "source", title="Cited report", props={"known_through": ["S1"]})
        unit = commands.add_entity(tx, "actor", title="A unit")
        commands.link(
            tx, "related", tx.document.entity("A1").id, unit.id, props={"label": "commands", "rests_on": ["C1", "C2"]}
        )
        for place, made in enumerate((asked, through, unit)):
            commands.place(tx, board, made.id, x=place * 320, y=900)
    return session


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Session]:
    """Return an empty board."""
    with Session.create(tmp_path / "other.db") as opened:
        yield opened


def carry(start: Session, end: Session, *numbers: str) -> None:
    """Copy the cards of these numbers onto the first board of a file, as any clipboard would carry them."""
    cards = [start.document.cards_of(start.document.entity(number).id)[0].id for number in numbers]
    data = json.loads(json.dumps(copied(start.document, cards)))
    with end.transaction("Paste") as tx:
        paste(tx, end.document.boards[0].id, data, dx=0, dy=0)


def refers(session: Session, number: str, key: str) -> list[str]:
    """Return the numbers of what an entity refers to; each must be in the file."""
    ids = session.document.entity(number).props[key]
    found = session.document.numbers_of(ids)
    assert len(found) == len(ids)
    return found


def test_copies_refer_to_the_copies_that_came_along(referring: Session) -> None:
    carry(referring, referring, "Q1", "C1", "S1", "S2")
    assert refers(referring, "Q2", "about") == ["C3"]
    assert refers(referring, "S4", "known_through") == ["S3"]


def test_alone_a_copy_refers_to_what_the_file_has(referring: Session) -> None:
    carry(referring, referring, "Q1", "S2")
    assert refers(referring, "Q2", "about") == ["C1"]
    assert refers(referring, "S3", "known_through") == ["S1"]


def test_in_another_file_nothing_refers_to_what_is_not_there(referring: Session, other: Session) -> None:
    carry(referring, other, "Q1", "S2")
    assert refers(other, "Q1", "about") == []
    assert refers(other, "S1", "known_through") == []


def test_a_relation_goes_on_resting_on_the_claims_that_came_along(referring: Session, other: Session) -> None:
    carry(referring, other, "A1", "A2", "C2")
    (link,) = [one for one in other.document.links if one.type == "related"]
    assert link.props["label"] == "commands"
    assert other.document.numbers_of(link.props["rests_on"]) == ["C1"]
    assert other.document.entity("C1").title == referring.document.entity("C2").title
    assert len(link.props["rests_on"]) == 1
    carry(referring, referring, "A1", "A2")
    twin = referring.document.links_from(referring.document.entity("A3").id)[0]
    assert referring.document.numbers_of(twin.props["rests_on"]) == ["C1", "C2"]
