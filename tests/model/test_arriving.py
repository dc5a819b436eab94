"""A document that is still arriving answers as the whole one does, whatever has come already."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session
from evidenceboard.commands.generate import generated
from evidenceboard.model.document import Document


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Document]:
    path = tmp_path_factory.mktemp("arriving") / "board.db"
    generated(path, cards=500, links=1100, seed=2)
    with Session.open(path, read_only=True) as session:
        return path, session.document


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10_000)), max_size=12))
def test_every_question_has_the_same_answer_before_and_after(
    whole: tuple[Path, Document], asked: list[tuple[int, int]]
) -> None:
    path, document = whole
    with Session.open(path, read_only=True, staged=True) as session:
        arriving = session.document
        for steps, place in asked:
            for _ in range(steps):
                session.read_on(0)
            link = list(document.links)[place % len(document.links)]
            entity = document.entity(link.from_id)
            assert arriving.find("links", link.id) == link
            assert arriving.entity(entity.number) == entity
            assert arriving.links_of(entity.id) == document.links_of(entity.id)
            assert arriving.cards_of(entity.id) == document.cards_of(entity.id)
            assert arriving.values(link) == document.values(link)
            assert arriving.count("entities", "type", entity.type) == document.count("entities", "type", entity.type)
            assert arriving.size("links") == document.size("links")
            assert arriving.find("entities", "no such thing") is None
        session.read_on()
        assert session.reading is None
        assert arriving.is_whole
        assert arriving.entities == document.entities


def test_a_whole_table_that_is_asked_for_early_comes_at_once(whole: tuple[Path, Document]) -> None:
    path, document = whole
    with Session.open(path, read_only=True, staged=True) as session:
        assert session.reading is not None
        assert session.document.links == document.links
        assert session.document.table("assessments") == document.table("assessments")
