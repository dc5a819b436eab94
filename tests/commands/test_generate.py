"""Made-up boards: as many cards and links as were asked for, valid in every way, the same for the same seed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session
from evidenceboard.commands.generate import generated
from evidenceboard.errors import InvalidValueError, SaveFailedError
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import checked
from evidenceboard.model.gradings import SCALES
from evidenceboard.model.link_types import LINK_TYPES, fits, link_type
from evidenceboard.model.records import Assessment, Entity
from evidenceboard.model.types import TYPES, entity_type
from evidenceboard.store.gate import quick_check


def is_valid(document: Document) -> None:
    """Check that every link fits, every value is on its scale, and every card lies in its frame and on no other."""
    for link in document.links:
        start, end = document.get(Entity, link.from_id), document.get(Entity, link.to_id)
        assert fits(link_type(link.type), start.type, end.type)
        assert start != end
        assert checked(link_type(link.type).props, link.props) == link.props
    pairs = [(link.from_id, link.to_id) for link in document.links if link.type == "bears on"]
    assert len(pairs) == len(set(pairs))
    for entity in document.entities:
        assert entity.title.strip()
        assert checked(entity_type(entity.type).props, entity.props) == entity.props
    for judged in document.table("assessments").values():
        assert isinstance(judged, Assessment)
        assert judged.value in SCALES[judged.field].words
    frames = {frame.id: frame for frame in document.frames}
    places = set()
    for card in document.cards:
        places.add((card.x, card.y))
        if card.frame_id:
            frame = frames[card.frame_id]
            assert frame.x <= card.x
            assert card.x + card.w <= frame.x + frame.w
            assert frame.y <= card.y
            assert card.y + card.h <= frame.y + frame.h
    assert len(places) == len(document.cards)


def test_ten_thousand_cards_and_twice_as_many_links_are_made_and_are_valid(tmp_path: Path) -> None:
    told = generated(tmp_path / "large.db", cards=10_000, links=20_000, seed=1)
    assert (told["cards"], told["links"], sum(told["entities"].values())) == (10_000, 20_000, 10_000)
    assert quick_check(tmp_path / "large.db") == []
    with Session.open(tmp_path / "large.db", read_only=True) as session:
        assert session.problems == []
        document = session.document
        is_valid(document)
        assert {entity.type for entity in document.entities} == {kind.id for kind in TYPES}
        assert {link.type for link in document.links} == {kind.id for kind in LINK_TYPES}
        assert 5 < len(document.frames) < 100
        assert any(card.frame_id is None for card in document.cards)
        words = " ".join(entity.title for entity in document.entities)
        for script in ("[a-z]{4}", "[가-힣]{3}", "[а-яії]{4}"):
            assert len(re.findall(script, words)) > 1000


def test_one_seed_makes_one_board_and_no_seed_another_one(tmp_path: Path) -> None:
    documents = []
    for number, seed in enumerate((7, 7, 8, None, None)):
        generated(tmp_path / f"{number}.db", cards=60, links=90, seed=seed)
        with Session.open(tmp_path / f"{number}.db", read_only=True) as session:
            document = session.document
            documents.append([*document.entities, *document.cards, *document.links, *document.frames])
    assert documents[0] == documents[1]
    assert documents[1] != documents[2]
    assert {record.id for record in documents[3]}.isdisjoint(record.id for record in documents[4])


@given(st.integers(1, 25), st.integers(0, 60), st.integers())
def test_small_boards_of_any_size_are_valid_too(
    tmp_path_factory: pytest.TempPathFactory, cards: int, links: int, seed: int
) -> None:
    path = tmp_path_factory.mktemp("made") / "made.db"
    if cards == 1 and links:
        with pytest.raises(InvalidValueError, match="two cards at least"):
            generated(path, cards=cards, links=links, seed=seed)
        assert not path.exists()
        return
    told = generated(path, cards=cards, links=links, seed=seed)
    assert (told["cards"], told["links"]) == (cards, links)
    with Session.open(path) as session:
        is_valid(session.document)
        session.undo()
        assert session.document.entities == []


def test_a_file_that_is_there_is_not_touched(board_path: Path) -> None:
    before = board_path.read_bytes()
    with pytest.raises(SaveFailedError, match="There is a file at this place already"):
        generated(board_path, cards=3, links=1)
    assert board_path.read_bytes() == before
