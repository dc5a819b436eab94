"""Search: what is found, in which order, with which surroundings, and that operations keep it up."""

from __future__ import annotations

import threading
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.commands.judgements import judge
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import Entity
from evidenceboard.model.transaction import Transaction
from evidenceboard.store import index, search_words

scripts = st.text(alphabet="ab한국군дрé 12,-\"*'()\x00\ud800\x1f", max_size=14)


def entity(number: str, title: str, **values: Any) -> Entity:
    return Entity(f"id of {number}", values.pop("type", "claim"), number, title, **values)


def found(document: Document | list[Entity], text: str, limit: int = 50) -> list[str]:
    """Return the numbers of what is found, best first."""
    document = document if isinstance(document, Document) else Document(document)
    hits = index.build(document).search(text, limit)
    return [document.entity(hit.entity_id).number for hit in hits]


# -- what is read --------------------------------------------------------------------------------------------------


@pytest.fixture
def full(session: Session) -> Session:
    """Return the small board with a word of its own in every place that holds text."""
    document = session.document
    claim, source, scenario = document.entity("C1"), document.entity("S1"), document.entity("H1")
    stated = next(link for link in document.links_into(claim.id) if link.type == "states")
    weighed = next(link for link in document.links_into(scenario.id) if link.type == "bears on")
    with session.transaction("Write everywhere") as tx:
        commands.set_fields(tx, claim.id, notes="innote", tags="intag; second", where="inwhere")
        commands.set_fields(tx, source.id, author="inauthor", reliability="C", reason="inreason")
        commands.set_fields(tx, document.entity("A1").id, aliases="inalias; another")
        commands.set_fields(tx, scenario.id, statement="instatement")
        commands.set_fields(tx, stated.id, quote="inquote", locator="inlocator", notes="inlinknote", tags="inlinktag")
        commands.set_fields(tx, weighed.id, consistency="II", reason="inverdict")
        commands.attach(tx, claim.id, "inname.pdf", b"bytes")
        question = commands.add_entity(tx, "question", title="Who counted?", props={"about": ["C1"]})
        commands.add_entity(tx, "note", title="x", props={"from elsewhere": ["instranger"]}, strangers=True)
        commands.link(tx, "related", question.id, claim.id, props={"label": "inlabel", "rests_on": ["C2"]})
    return session


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("C1", "C1"), ("Lorries", "C1"), ("innote", "C1"), ("intag", "C1"), ("inwhere", "C1"), ("inauthor", "S1"),
        ("inreason", "S1"), ("inalias", "A1"), ("instatement", "H1"), ("inquote", "C1"), ("inlocator", "C1"),
        ("inlinknote", "C1"), ("inlinktag", "C1"), ("inverdict", "C1"), ("inname", "C1"), ("instranger", "N1"),
        ("inlabel", "Q1"),
    ],
)  # fmt: skip
def test_every_text_is_found_under_one_entity(full: Session, word: str, number: str) -> None:
    assert found(full.document, word) == [number]


def test_ids_that_a_property_refers_to_are_no_text(full: Session) -> None:
    assert found(full.document, full.document.entity("C1").id) == []


# -- how words are understood --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("lorr", ["C1"]), ("LORRIES", ["C1"]), ("lorr carried", []), ("carried lorr", ["C1"]), ("orries", []),
        ("МІНІСТ", ["A1"]), ("оборони міністерство", ["A1"]), ("드론", ["C2"]), ("부대", ["C2"]), ("대가", ["C2"]),
        ("착했", ["C2"]), ("부대 도착", ["C2"]), ("부대 드", ["C2"]), ("군대", []),
        ("3,000", ["C1"]), ("3,000-soldiers", ["C1"]), ('"carried 3,000 sold', ["C1"]), ('"3,000 carried"', []),
    ],
)  # fmt: skip
def test_the_last_word_may_be_begun_and_hangul_is_found_inside_a_word(
    session: Session, typed: str, numbers: list[str]
) -> None:
    assert found(session.document, typed) == numbers


def test_accents_and_the_way_they_are_encoded_do_not_matter() -> None:
    there = [entity("C1", "Müller in Kraków"), entity("C2", unicodedata.normalize("NFD", "드론 부대가"))]
    assert found(there, "muller krakow") == found(there, unicodedata.normalize("NFD", "Mül")) == ["C1"]
    assert found(there, "론") == found(there, unicodedata.normalize("NFD", "부대")) == ["C2"]


def test_han_and_kana_are_found_inside_text_without_spaces_and_after_other_letters() -> None:
    there = [entity("C1", "北朝鮮の軍隊がロシアに到着したという報告がある"), entity("C2", "신형 KN-23미사일")]
    assert found(there, "ロシア") == found(there, "軍隊がロシアに到着したという報告") == ["C1"]
    assert found(there, "미사") == found(there, "사일") == found(there, "KN-23미") == ["C2"]


@pytest.mark.parametrize(
    "text", ["", " ", '"', '""', "*", "AND", "NOT", "OR C1", "NEAR(", "a AND", "title:x", "^zz", "-", "{", "'", "\x00"]
)
def test_no_text_is_a_syntax_error(session: Session, text: str) -> None:
    assert found(session.document, text) == []


@given(st.text() | scripts)
def test_any_text_is_a_query_and_any_text_finds_itself(text: str) -> None:
    made = text.replace("\x00", "").encode("utf-8", "ignore").decode()[:400]
    document = Document([entity("C1", made, notes=made, tags=(made[:100],))])
    hits = index.build(document).search(text)
    assert [hit.entity_id for hit in hits] in ([], ["id of C1"])
    words = [word for word in made.split() if word.isascii() and word.isalpha()]
    for word in words[:20]:
        assert found(document, word) == ["C1"]


def test_a_query_without_end_is_answered(session: Session) -> None:
    assert found(session.document, "lorries " * 100_000) == ["C1"]
    assert found(session.document, "a" * 1_000_000) == []


# -- order and surroundings ----------------------------------------------------------------------------------------


def test_a_number_comes_before_a_title_and_a_title_before_notes() -> None:
    there = [
        entity("C3", "other", notes="see C2 there"),
        entity("C20", "after twenty"),
        entity("C4", "what C2 says"),
        entity("C2", "the one meant"),
    ]
    assert found(there, "c2") == ["C2", "C20", "C4", "C3"]
    assert found(there, "C2", limit=1) == ["C2"]
    assert found(there, "C2", limit=0) == []


def test_equal_hits_stand_in_the_order_of_numbers() -> None:
    there = [entity(f"C{n}", "same words") for n in (10, 2, 1, 33)] + [entity("C2b", "same words")]
    assert found(there, "words") == ["C1", "C2", "C2b", "C10", "C33"]


def test_the_surroundings_are_plain_text_around_the_hit() -> None:
    long = "word " * 60 + "<b>Dnipro</b>\nriver " + "tail " * 60
    [hit] = index.build(Document([entity("C1", "Crossing", notes=long)])).search("dnip")
    assert "<b>Dnipro</b> river tail" in hit.snippet
    assert hit.snippet.startswith("…word") and hit.snippet.endswith("tail…") and len(hit.snippet) < 160


def test_the_surroundings_are_taken_where_most_words_stand() -> None:
    there = Document([entity("C1", "Crossing of the river", notes="The river Dnipro", tags=("dnipro",))])
    [hit] = index.build(there).search("dnipro river")
    assert hit.snippet == "The river Dnipro"


# -- slices and operations -----------------------------------------------------------------------------------------


def test_an_index_built_in_slices_is_whole_at_the_end_and_takes_operations_in_between(tmp_path: Path) -> None:
    with Session.create(tmp_path / "board.db") as session:
        with session.transaction("Add") as tx:
            for n in range(1000):
                commands.add_entity(tx, "claim", title=f"word{n}")
        slices = index.build_in_slices(session.document)
        first = next(slices)
        leave = session.subscribe(lambda operation: first.update(operation, session.document))
        with session.transaction("Change") as tx:
            commands.set_fields(tx, session.document.entity("C900").id, title="changed")
            commands.remove(tx, [session.document.entity("C2").id])
            commands.add_entity(tx, "claim", title="added")
        left = []
        for made in slices:
            assert made is first
            left.append(made.waiting)
        leave()
        assert left == sorted(left, reverse=True) and left[-1] == 0 and len(left) > 4
        assert [len(first.search(word)) for word in ("changed", "word899", "word1", "added")] == [1, 0, 50, 1]
        assert same(first, session.document)


def test_a_search_between_slices_finds_all_that_was_read_so_far() -> None:
    slices = index.build_in_slices(Document([entity(f"C{n}", f"word{n} all") for n in range(1000)]))
    made = next(slices)
    while made.waiting in (0, 1000):
        next(slices)
    for _ in range(3):
        found = made.search("all", 2000)
        assert [hit.entity_id for hit in found] == [f"id of C{n}" for n in range(1000 - made.waiting)]
        for _ in range(4):
            next(slices)
    assert sum(1 for _ in slices) > 0
    assert len(made.search("all", 2000)) == 1000


def test_an_index_lies_together_once_it_is_full_so_that_no_edit_has_to_put_it_together() -> None:
    made = index.build(Document(entity(f"C{n}", f"Title {n} of a convoy") for n in range(1500)))
    assert made._table._db.execute("select count(distinct segid) from texts_idx").fetchone() == (1,)
    assert len(made.search("convoy", 2000)) == 1500


def test_an_index_that_is_given_up_half_filled_leaves_nothing_running() -> None:
    before = threading.active_count()
    slices = index.build_in_slices(Document([entity(f"C{n}", "text " * 50) for n in range(3000)]))
    made = next(slices)
    while threading.active_count() == before:
        next(slices)
    assert made.waiting > 0
    slices.close()
    assert threading.active_count() == before


def same(kept: index.Index, document: Document) -> bool:
    """Return whether an index answers as a fresh one does, order and surroundings included."""
    fresh = index.build(document)
    words = ("a", "b", "reason", "한", "국", "др", "é", "1", "C", "S", "quote", "re", "note", "file")
    return all(kept.search(word, 500) == fresh.search(word, 500) for word in words)


steps = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 9), st.integers(0, 9), scripts), min_size=1, max_size=14)


@given(steps)
def test_after_any_operations_the_index_is_that_of_a_fresh_one(
    tmp_path_factory: pytest.TempPathFactory, work: list[tuple[int, int, int, str]]
) -> None:
    with Session.create(tmp_path_factory.mktemp("board") / "board.db") as session:
        kept = index.build(session.document)
        session.subscribe(lambda operation: told(operation))

        def told(operation: Operation) -> None:
            kept.update(operation, session.document)
            assert same(kept, session.document)

        for what, one, other, text in work:
            if what >= 9:
                session.undo() if what == 9 else session.redo()
                continue
            try:
                with session.transaction("Work", group="together" if one % 3 else None) as tx:
                    do(tx, what, one, other, text.replace("\x00", " ").replace("\ud800", " "))
            except InvalidValueError:
                assert same(kept, session.document)
        while session.undo():
            assert same(kept, session.document)


def do(tx: Transaction, what: int, one: int, other: int, text: str) -> None:
    entities, links = tx.document.entities, tx.document.links
    start = entities[one % len(entities)] if entities else None
    end = entities[other % len(entities)] if entities else None
    link = links[other % len(links)] if links else None
    if what <= 1 or start is None or end is None:
        commands.add_entity(tx, ("claim", "source", "note")[one % 3], title=text, notes=f"note {text}")
    elif what == 2:
        commands.link(tx, "related", start.id, end.id, props={"label": text}, notes=f"re {text}")
    elif what == 3 and {start.type, end.type} == {"source", "claim"}:
        source, claim = (start, end) if start.type == "source" else (end, start)
        made = commands.link(tx, "states", source.id, claim.id, props={"quote": f"quote {text}"})
        judge(tx, made.id, {"credibility": "2"}, f"reason {text}")
    elif what == 4 and link is not None:
        commands.relink(tx, link, ("states", "related", "supports")[one % 3], start.id, end.id)
    elif what == 5:
        commands.set_fields(tx, start.id, title=text, notes=text * 2)
    elif what == 6:
        commands.attach(tx, start.id, f"file {text}", text.encode())
    elif what == 7:
        commands.remove(tx, dict.fromkeys([link.id if link and one % 2 else start.id, end.id]))
    elif link is not None and one % 2:
        judge(tx, link.id, {"credibility": str(other % 6 + 1)}, f"reason {text}")
    elif link is not None:
        commands.set_fields(tx, link.id, notes=text, tags=f"a {text[:20]}")


def test_words_of_any_length_are_found_by_what_they_hold_and_long_ones_are_not_remembered() -> None:
    long = "한국" * 3000
    before = len(search_words._KNOWN)
    made = index.build(Document([entity("C1", long), entity("C2", f"x한국어{'가' * 30}")]))
    assert [hit.entity_id for hit in made.search("국한국")] == ["id of C1"]
    assert [hit.entity_id for hit in made.search("국어가")] == ["id of C2"]
    assert len(search_words._KNOWN) <= before + 1 and long not in search_words._KNOWN


def test_no_more_words_are_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_words, "_MOST_KNOWN", 3)
    text = " ".join(f"한{'국' * n}" for n in range(1, 12))
    assert search_words.insides(text) == " ".join(search_words._insides_of_word(word) for word in text.split())
    assert len(search_words._KNOWN) <= 3


@pytest.mark.parametrize("many", [0, 1, 3000])
def test_an_index_that_was_filled_is_full(many: int) -> None:
    assert index.build(Document([entity(f"C{n}", "text") for n in range(many)])).is_full
