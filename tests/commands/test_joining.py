"""Joining two entities loses nothing, splitting gives both back, and each is one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.document import Document
from evidenceboard.model.in_steps import ended
from evidenceboard.model.joins import joins, names_used
from evidenceboard.model.records import TABLES, Entity, Link, Record
from evidenceboard.model.seam import SeededSeam
from evidenceboard.model.transaction import Transaction

WORDS = st.sampled_from(["", "one", "two\nlines", "셋", "чотири"])


def records(document: Document) -> dict[str, dict[str, Record]]:
    return {table: dict(document.table(table)) for table in TABLES}


def made(build: Any, author: str = "me", base: Document | None = None, seed: str = "s") -> tuple[Document, Any]:
    tx = Transaction(base or Document(), SeededSeam(seed), author, {"S": 50, "C": 50, "A": 50})
    value = build(tx)
    return Document([record for table in TABLES for record in tx.document.table(table).values()]), value


@st.composite
def boards(draw: st.DrawFn) -> tuple[Document, str, str]:
    """Draw a file with two sources or actors that have all that an entity can have."""
    type_id = draw(st.sampled_from(["source", "actor", "claim"]))

    def build(tx: Transaction) -> tuple[str, str]:
        places = [commands.add_board(tx, "First").id, commands.add_board(tx, "Second").id]
        scenario = commands.add_entity(tx, "scenario", title="H").id
        claims = [commands.add_entity(tx, "claim", title=f"c{n}").id for n in range(3)]
        sources = [commands.add_entity(tx, "source", title=f"s{n}").id for n in range(2)]
        pair = []
        for _ in range(2):
            one = commands.add_entity(
                tx, type_id, title=draw(WORDS), notes=draw(WORDS),
                tags=draw(st.lists(st.sampled_from("ab"), max_size=2)),
                props={"strange": draw(WORDS), "aliases": draw(st.lists(WORDS.filter(bool), max_size=2))},
                strangers=True, marking=draw(st.sampled_from(["", "TLP:AMBER", "TLP:RED"])),
            ).id  # fmt: skip
            pair.append(one)
            for board in places:
                if draw(st.booleans()):
                    commands.place(tx, board, one, x=draw(st.integers(0, 9)) * 100, y=0)
        for one in pair:
            for claim in claims:
                if type_id == "source" and draw(st.booleans()):
                    credibility = draw(st.sampled_from(["", "2", "6"]))
                    props = {"quote": draw(WORDS), "credibility": credibility}
                    commands.link(tx, "states", one, claim, props=props)
                if type_id != "source" and draw(st.booleans()):
                    commands.link(tx, "related", one, claim, props={"label": draw(WORDS)})
            if type_id == "source":
                if draw(st.booleans()):
                    commands.set_fields(tx, one, reliability=draw(st.sampled_from("ABF")))
                for other in sources:
                    if draw(st.booleans()):
                        commands.link(
                            tx, "independent of", one, other,
                            props={"independent": draw(st.sampled_from(["yes", "no"])), "reason": "because"},
                        )  # fmt: skip
                    if draw(st.booleans()):
                        commands.set_fields(tx, other, known_through=";".join(pair))
            if type_id == "claim" and draw(st.booleans()):
                commands.link(tx, "bears on", one, scenario, props={"consistency": draw(st.sampled_from(["C", "I"]))})
        if draw(st.booleans()):
            commands.link(tx, "related", pair[0], pair[1], props={"label": "the same?"})
        return pair[0], pair[1]

    document, (kept, gone) = made(build)
    return document, kept, gone


@given(boards())
def test_joined_and_split_everything_is_as_it_was(drawn: tuple[Document, str, str]) -> None:
    document, kept, gone = drawn
    joined, setting = made(lambda tx: commands.join(tx, kept, gone), base=document, seed="j")
    assert joined.find("entities", gone) is None
    again, _ = made(lambda tx: commands.split(tx, setting.id), base=joined, seed="k")
    assert records(again) == records(document)


@given(boards())
def test_nothing_is_lost_by_a_join(drawn: tuple[Document, str, str]) -> None:
    document, kept, gone = drawn
    joined, _ = made(lambda tx: commands.join(tx, kept, gone), base=document, seed="j")
    one = joined.get(Entity, kept)
    was = document.get(Entity, gone)
    said = "\n".join((one.title, one.notes, *one.props.get("aliases", [])))
    assert was.title in said and was.notes in one.notes and set(was.tags) <= set(one.tags)
    quotes = [link.props.get("quote") for link in joined.links_from(kept)]
    for link in document.links_from(gone):
        if link.to_id != kept and link.props.get("quote"):
            assert link.props["quote"] in quotes
    assert {e for link in document.links_of(gone) for e in (link.from_id, link.to_id)} - {kept, gone} <= {
        e for link in joined.links_of(kept) for e in (link.from_id, link.to_id)
    }
    ids = set(joined.table("entities"))
    for link in joined.links:
        assert {link.from_id, link.to_id} <= ids
    assert all(card.entity_id in ids for card in joined.cards)
    kept_boards = {card.board_id for card in joined.cards_of(kept)}
    assert kept_boards == {card.board_id for card in (*document.cards_of(kept), *document.cards_of(gone))}
    assert gone not in repr([link.props for link in joined.links]) + repr([e.props for e in joined.entities])


@given(boards())
def test_a_join_is_marked_as_high_as_the_higher_of_the_two(drawn: tuple[Document, str, str]) -> None:
    from evidenceboard.model.markings import effective, rank

    document, kept, gone = drawn
    joined, _ = made(lambda tx: commands.join(tx, kept, gone), base=document, seed="j")
    before = [rank(effective(document, document.get(Entity, one)).word) for one in (kept, gone)]
    assert rank(effective(joined, joined.get(Entity, kept)).word) == max(before)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "board.db", title="Winter") as session:
        with session.transaction("Fill it") as tx:
            board = session.document.boards[0].id
            one = commands.add_entity(tx, "source", title="Yonhap", props={"reliability": "B"})
            other = commands.add_entity(tx, "source", title="연합뉴스", notes="In Korean.", props={"reliability": "C"})
            claim = commands.add_entity(tx, "claim", title="3,000 soldiers")
            third = commands.add_entity(tx, "source", title="Reuters")
            commands.link(tx, "states", other.id, claim.id, props={"quote": "3천 명", "credibility": "2"})
            commands.link(tx, "cites", third.id, other.id)
            for place, entity in enumerate((one, other, claim, third)):
                commands.place(tx, board, entity.id, x=place * 300, y=0)
            commands.attach(tx, other.id, "a.txt", os.urandom(9))
        yield session


def join(session: Session, kept: str = "S1", gone: str = "S2") -> str:
    with session.transaction("Join") as tx:
        return commands.join(tx, session.document.entity(kept).id, session.document.entity(gone).id).id


def test_a_join_and_a_split_are_one_step_each_and_outlive_closing(desk: Session) -> None:
    path, before, steps = desk.path, records(desk.document), desk.operation_count()
    setting_id = join(desk)
    assert desk.operation_count() == steps + 1
    after = records(desk.document)
    desk.undo()
    assert records(desk.document) == before
    desk.redo()
    assert records(desk.document) == after
    desk.close()
    with Session.open(path) as again:
        with again.transaction("Split") as tx:
            commands.split(tx, setting_id)
        assert records(again.document) == before
        again.undo()
        assert records(again.document) == after


def test_the_one_that_is_kept_has_the_name_the_words_and_the_file_of_the_other(desk: Session) -> None:
    join(desk)
    kept = desk.document.entity("S1")
    assert kept.props["aliases"] == ["연합뉴스"]
    assert "In Korean." in kept.notes and "Reliability: C" in kept.notes
    assert desk.document.judged(kept.id, "reliability") == "B"
    assert [one.name for one in desk.document.attachments_of(kept.id)] == ["a.txt"]
    (named,) = ended(names_used(desk.document, kept))
    assert desk.document.numbers_of(named.came) == ["S3"]
    assert named.join is not None and named.join.number == "S2"


def test_what_is_new_stays_where_it_was_added_and_what_was_changed_stays_as_it_is(desk: Session) -> None:
    setting_id = join(desk)
    document = desk.document
    kept, claim = document.entity("S1"), document.entity("C1")
    (link,) = document.links_into(claim.id)
    with desk.transaction("Go on") as tx:
        commands.set_fields(tx, kept.id, notes=f"Mine.\n{kept.notes}", title="Yonhap News Agency")
        commands.set_link(tx, link.id, locator="p. 3")
        new = commands.add_entity(tx, "claim", title="New")
        commands.link(tx, "states", kept.id, new.id)
    with desk.transaction("Split") as tx:
        commands.split(tx, setting_id)
    one, other = document.entity("S1"), document.entity("S2")
    assert one.title == "Yonhap News Agency" and one.notes == "Mine.\n" and one.props.get("aliases", []) == []
    assert other.notes == "In Korean." and document.judged(other.id, "reliability") == "C"
    assert document.get(Link, link.id).from_id == other.id and document.get(Link, link.id).props["locator"] == "p. 3"
    assert [one.id for one in document.links_from(one.id)] == [link.id for link in document.links_into(new.id)]


def test_what_was_removed_meanwhile_stays_away_and_the_rest_comes_back(desk: Session) -> None:
    setting_id = join(desk)
    with desk.transaction("Remove") as tx:
        commands.remove(tx, [desk.document.entity("C1").id, desk.document.entity("S3").id])
    with desk.transaction("Split") as tx:
        commands.split(tx, setting_id)
    assert desk.document.links == [] and len(desk.document.attachments_of(desk.document.entity("S2").id)) == 1


def test_two_joined_into_one_are_split_in_any_order_and_a_chain_from_its_end(desk: Session) -> None:
    before = records(desk.document)
    first = join(desk, "S1", "S2")
    second = join(desk, "S3", "S1")
    with pytest.raises(InvalidValueError), desk.transaction("Split") as tx:
        commands.split(tx, first)
    for setting_id in (second, first):
        with desk.transaction("Split") as tx:
            commands.split(tx, setting_id)
    assert records(desk.document) == before
    settings = [join(desk, "S3", "S1"), join(desk, "S3", "S2")]
    assert len(joins(desk.document)[desk.document.entity("S3").id]) == 2
    for setting_id in settings:
        with desk.transaction("Split") as tx:
            commands.split(tx, setting_id)
    ends = {(link.from_id, link.to_id) for link in desk.document.links}
    assert ends == {(link.from_id, link.to_id) for link in before["links"].values() if isinstance(link, Link)}


def test_what_cannot_be_joined_is_refused_and_nothing_changed(desk: Session) -> None:
    before = records(desk.document)
    for kept, gone in (("S1", "S1"), ("S1", "C1")):
        with pytest.raises(InvalidValueError):
            join(desk, kept, gone)
    with pytest.raises(NotFoundError), desk.transaction("Split") as tx:
        commands.split(tx, "joined-nothing")
    with desk.transaction("Twin") as tx:
        commands.add_deception_twin(tx, desk.document.entity("C1").id)
        commands.add_entity(tx, "claim", title="Another")
    with pytest.raises(InvalidValueError, match="deception twin"):
        join(desk, "C1", next(one.number for one in desk.document.entities if one.title == "Another"))
    desk.undo()
    assert records(desk.document) == before


def test_not_the_same_is_remembered_with_by_whom_and_when_and_can_be_taken_back(desk: Session) -> None:
    one, other = desk.document.entity("S1").id, desk.document.entity("S2").id
    with desk.transaction("Not the same") as tx:
        setting = commands.judge_unlike(tx, one, other)
        assert commands.judge_unlike(tx, other, one) == setting
    assert setting.value["by"] and setting.value["at"].endswith("Z")
    with desk.transaction("Forget it") as tx:
        commands.forget_unlike(tx, other, one)
    assert desk.document.find("settings", setting.id) is None


def test_a_memory_that_another_program_spoiled_is_passed_over(desk: Session) -> None:
    from evidenceboard.model.records import Setting

    for value in (None, [], {"changes": 3}, {"changes": [[1, 2]]}, {"gone": "x", "subject": "y", "changes": []}):
        document = Document([Setting("joined-x", value)])
        assert joins(document) == {}
