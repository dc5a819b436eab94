"""The document, and a transaction that reads its own writes."""

from __future__ import annotations

import pytest

from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.document import Document
from evidenceboard.model.records import Assessment, Board, Card, Entity, Frame, Link, Setting
from evidenceboard.model.seam import RandomSeam, SeededSeam, derived_id
from evidenceboard.model.transaction import Transaction


@pytest.fixture
def document() -> Document:
    return Document(
        [
            Board("b2", "Second", 1),
            Board("b1", "First", 0),
            Entity("s", "source", "S1", "Report"),
            Entity("c", "claim", "C1", "주장"),
            Frame("f", "b1", "F", 0, 0, 100, 100),
            Card("k1", "b1", "s", 0, 0, 200, 90, frame_id="f"),
            Card("k2", "b1", "c", 300, 0, 200, 90),
            Card("k3", "b2", "c", 0, 0, 200, 90),
            Link("l", "states", "s", "c"),
            Link("self", "related", "c", "c"),
            Assessment("a1", "s", "reliability", "ann", "B"),
            Assessment("a2", "s", "reliability", "bob", "D"),
        ]
    )


@pytest.fixture
def tx(document: Document) -> Transaction:
    return Transaction(document, SeededSeam("s"), "ann", {"C": 7})


def test_records_are_found_by_what_they_hang_on(document: Document) -> None:
    assert [board.id for board in document.boards] == ["b1", "b2"]
    assert document.entity("C1") is document.entity("c")
    assert [card.id for card in document.cards_of("c")] == ["k2", "k3"]
    assert [card.id for card in document.cards_on("b1")] == ["k1", "k2"]
    assert [card.id for card in document.cards_in("f")] == ["k1"]
    assert document.card_on("b2", "s") is None
    assert [link.id for link in document.links_of("c")] == ["self", "l"]
    assert [link.id for link in document.links_into("c")] == ["l", "self"]
    assert document.numbers_of(["s", "gone", "c"]) == ["S1", "C1"]


def test_what_is_not_there_is_refused_in_words(document: Document) -> None:
    with pytest.raises(NotFoundError, match="nothing was changed"):
        document.entity("C99")
    with pytest.raises(NotFoundError) as caught:
        document.entity("x" * 10_000)
    assert len(str(caught.value)) < 200
    with pytest.raises(NotFoundError, match="This card"):
        document.get(Card, "gone")


def test_the_more_cautious_judgement_counts_unless_an_assessor_is_chosen(document: Document) -> None:
    assert document.judged("s", "reliability") == "D"
    assert document.values(document.entity("S1")) == {"reliability": "D"}
    document.apply([("settings", "assessor", Setting("assessor", "ann"))])
    assert document.judged("s", "reliability") == "B"
    document.apply([("settings", "assessor", Setting("assessor", "nobody"))])
    assert document.judged("s", "reliability") == "D"
    assert document.judged("s", "credibility") == ""


def test_a_transaction_reads_its_own_writes_and_the_document_does_not(document: Document, tx: Transaction) -> None:
    made = tx.make(Entity, type="claim", number="C9", title="new")
    tx.change(document.find("cards", "k1"), frame_id=None, board_id="b2")  # type: ignore[type-var]
    tx.remove(document.get(Link, "l"))
    tx.change(document.entity("c"), number="C5")
    draft = tx.document
    assert draft.entity("C9").id == made.id
    assert draft.entity("C5").id == "c"
    with pytest.raises(NotFoundError):
        draft.entity("C1")
    assert draft.cards_in("f") == []
    assert {card.id for card in draft.cards_on("b2")} == {"k1", "k3"}
    assert draft.links_from("s") == []
    assert {entity.number for entity in draft.entities} == {"S1", "C5", "C9"}
    assert document.entity("C1").id == "c"
    assert [card.id for card in document.cards_in("f")] == ["k1"]
    assert len(document.links) == 2


def test_a_transaction_can_remove_make_again_and_change_its_mind(document: Document, tx: Transaction) -> None:
    claim = document.entity("c")
    tx.remove(claim)
    with pytest.raises(NotFoundError):
        tx.remove(claim)
    tx.put(claim)
    assert tx.document.entity("C1") == claim
    made = tx.make(Board, id="b3", title="Third")
    assert tx.document.get(Board, "b3") == made
    with pytest.raises(InvalidValueError, match="id"):
        tx.make(Board, id="b3", title="again")
    with pytest.raises(InvalidValueError, match="id"):
        tx.make(Board, id="b1", title="again")
    tx.remove(made)
    tx.make(Board, id="b3", title="once more")
    assert [change.record_id for change in tx.changes()] == ["b3"]


def test_numbers_go_on_from_the_highest_ever_given(tx: Transaction) -> None:
    assert tx.next_number("C") == "C8"
    tx.keep_number("C12")
    tx.keep_number("C3")
    tx.keep_number("C3b")
    tx.keep_number("C99999999999999999999")
    tx.keep_number("7")
    assert tx.next_number("C") == "C13"
    assert tx.next_number("Q") == "Q1"


def test_a_refusal_says_what_is_safe_and_holds_no_text_of_the_record(document: Document, tx: Transaction) -> None:
    secret = "the secret name\x00" + "s" * 200_000
    for change in (
        lambda: tx.make(Entity, type="claim", number="C9", title=secret),
        lambda: tx.change(document.entity("c"), title=secret[:50]),
        lambda: tx.change(document.entity("c"), notes="secret" * 1_000_000),
        lambda: tx.change(document.get(Card, "k1"), x=float("nan")),
        lambda: tx.change(document.get(Card, "k1"), x="secret"),
        lambda: tx.change(document.get(Card, "k1"), z=2**60),
    ):
        with pytest.raises(InvalidValueError, match="Nothing was changed") as caught:
            change()
        assert "secret" not in str(caught.value)
        assert len(str(caught.value)) < 300
    assert tx.changes() == ()


def test_ids_and_salts_are_random_and_a_seed_repeats_them() -> None:
    random = RandomSeam()
    assert len({random.new_id() for _ in range(100)} | {random.salt() for _ in range(100)}) == 200
    assert random.now().endswith("Z")
    one, two = SeededSeam("a"), SeededSeam("a")
    assert [one.new_id(), one.now(), one.salt()] == [two.new_id(), two.now(), two.salt()]
    assert SeededSeam("b").new_id() != SeededSeam("a").new_id()
    assert derived_id("a", "b") == derived_id("a", "b") != derived_id("ab", "")
