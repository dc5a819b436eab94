"""Which marking counts for a thing: the highest of what it hangs on, or its own, a lower one only with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.formats.chosen import chosen
from evidenceboard.model.board_marking import BoardMarking, words_on
from evidenceboard.model.changes import Operation
from evidenceboard.model.differing import difference
from evidenceboard.model.document import Document
from evidenceboard.model.markings import above_board, allowed, derivation, effective, rank, read_as, strictest
from evidenceboard.model.records import (
    Attachment,
    Board,
    Card,
    Entity,
    Frame,
    Link,
    Record,
    Setting,
)

ORDER = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
WORDS = st.sampled_from(["", *ORDER, "NOFORN"])
REASONS = st.sampled_from(["", "  ", "printed in a newspaper"])
MARKS = st.tuples(WORDS, REASONS)


def made(of_file: str = "TLP:CLEAR", **marks: tuple[str, str]) -> Document:
    """Return a board with two cards, a link between them and a kept file, each marked as said."""

    def mark(name: str) -> dict[str, str]:
        word, reason = marks.get(name, ("", ""))
        return {"marking": word, "marking_reason": reason}

    records: list[Record] = [
        Setting("marking", of_file),
        Setting("title", "filetitle"),
        Board("b", "boardtitle", **mark("board")),
        Entity("s", "source", "S1", "sourcetitle", **mark("source")),
        Entity("c", "claim", "C1", "claimtitle", **mark("claim")),
        Frame("f", "b", "frametitle", 0, 0, 9, 9),
        Card("ks", "b", "s", 0, 0, 9, 9),
        Card("kc", "b", "c", 0, 0, 9, 9),
        Link("l", "states", "s", "c", notes="linknotes", **mark("link")),
        Attachment("a", "s", "attachmentname", "text/plain", 1, "0", **mark("file")),
    ]
    return Document(records)


def counts(document: Document, table: str, record_id: str) -> tuple[str, str]:
    found = document.find(table, record_id)
    assert isinstance(found, Board | Entity | Link | Attachment | Card | Frame)
    marking = effective(document, found)
    return marking.word, derivation(marking)


# -- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read", "place"),
    [
        ("TLP:WHITE", "TLP:CLEAR", 1), ("white", "TLP:CLEAR", 1), ("amber+strict", "TLP:AMBER+STRICT", 4),
        ("NOFORN", "NOFORN", 6), ("", "", 0), (None, "", 0), (" tlp:red ", "TLP:RED", 5),
    ],
)  # fmt: skip
def test_old_white_reads_as_clear_and_a_word_on_no_scale_stays_as_it_is(
    typed: str | None, read: str, place: int
) -> None:
    assert read_as(typed) == read
    assert rank(read) == place


def test_what_cannot_be_ranked_is_above_all_and_goes_out_at_no_marking() -> None:
    assert [rank(word) for word in ORDER] == [1, 2, 3, 4, 5]
    assert rank("NOFORN") > rank("TLP:RED")
    assert not any(allowed("NOFORN", at_most) for at_most in (*ORDER, "NOFORN"))
    assert strictest(["TLP:GREEN", "NOFORN", "", "TLP:RED", "COSMIC"]) == ("COSMIC", "NOFORN", "TLP:RED")


# -- where a marking comes from --------------------------------------------------------------------------------------


def test_a_thing_without_a_marking_has_its_files() -> None:
    document = made("TLP:AMBER")
    for table, record_id in (("boards", "b"), ("entities", "c"), ("links", "l"), ("attachments", "a"), ("cards", "kc")):
        assert counts(document, table, record_id) == ("TLP:AMBER", "of the file")


def test_a_link_is_as_high_as_its_highest_end_and_a_kept_file_as_its_entity() -> None:
    document = made(source=("TLP:RED", ""), claim=("TLP:GREEN", ""))
    assert counts(document, "links", "l") == ("TLP:RED", "from S1")
    assert counts(document, "attachments", "a") == ("TLP:RED", "from S1")
    assert counts(document, "cards", "kc") == ("TLP:GREEN", "own")
    both = made(source=("TLP:RED", ""), claim=("TLP:RED", ""))
    assert counts(both, "links", "l") == ("TLP:RED", "from S1 and C1")


def test_a_lower_marking_counts_only_with_its_reason_and_says_so() -> None:
    without = made(source=("TLP:RED", ""), link=("TLP:GREEN", ""))
    assert counts(without, "links", "l") == (
        "TLP:RED",
        "from S1; its own TLP:GREEN is lower and has no reason",
    )
    reason = made(source=("TLP:RED", ""), link=("TLP:GREEN", "names nobody"))
    assert counts(reason, "links", "l") == ("TLP:GREEN", "lowered from TLP:RED because names nobody")
    assert counts(made("TLP:AMBER", claim=("TLP:CLEAR", "")), "entities", "c")[0] == "TLP:AMBER"
    assert counts(made("TLP:AMBER", claim=("TLP:CLEAR", "printed")), "entities", "c")[0] == "TLP:CLEAR"


def test_a_lowered_entity_does_not_lower_what_hangs_on_it() -> None:
    document = made("TLP:AMBER", source=("TLP:CLEAR", "known to all"), claim=("TLP:CLEAR", "known to all"))
    assert counts(document, "links", "l") == ("TLP:AMBER", "of the file")
    assert counts(document, "attachments", "a") == ("TLP:AMBER", "of the file")


def test_a_card_and_a_link_show_what_is_above_their_board() -> None:
    document = made(source=("TLP:AMBER", ""), board=("TLP:GREEN", ""))
    source, link = document.get(Entity, "s"), document.get(Link, "l")
    assert (above_board(document, source, "b"), above_board(document, link, "b")) == ("TLP:AMBER", "TLP:AMBER")
    red = made(source=("TLP:AMBER", ""), board=("TLP:RED", ""))
    assert above_board(red, source, "b") == ""
    lowered = made("TLP:AMBER", board=("TLP:CLEAR", "for the press"))
    assert above_board(lowered, lowered.get(Entity, "c"), "b") == "TLP:AMBER"
    assert above_board(lowered, lowered.get(Entity, "c")) == ""


# -- laws ------------------------------------------------------------------------------------------------------------


@given(WORDS, MARKS, MARKS, MARKS, MARKS, MARKS)
def test_nothing_is_below_what_it_hangs_on_without_a_reason(
    of_file: str, board: tuple[str, str], source: tuple[str, str], claim: tuple[str, str], link: tuple[str, str],
    kept: tuple[str, str],
) -> None:  # fmt: skip
    document = made(of_file, board=board, source=source, claim=claim, link=link, file=kept)
    floor = rank(of_file or "TLP:CLEAR")
    ranks = {name: rank(counts(document, *where)[0]) for name, where in {
        "board": ("boards", "b"), "source": ("entities", "s"), "claim": ("entities", "c"), "link": ("links", "l"),
        "file": ("attachments", "a"),
    }.items()}  # fmt: skip
    floors = {
        "board": floor, "source": floor, "claim": floor, "link": max(floor, ranks["source"], ranks["claim"]),
        "file": max(floor, ranks["source"]),
    }  # fmt: skip
    marks = {"board": board, "source": source, "claim": claim, "link": link, "file": kept}
    for name, (word, reason) in marks.items():
        assert ranks[name] == (rank(word) if word and reason.strip() else max(floors[name], rank(word)))


def said(document: Document) -> set[str]:
    return {getattr(record, field) for table in ("boards", "entities", "frames", "links", "attachments", "settings")
            for record in document.table(table).values() for field in ("title", "notes", "name", "value")
            if isinstance(getattr(record, field, None), str)}  # fmt: skip


@given(WORDS, MARKS, MARKS, MARKS, MARKS, MARKS, st.sampled_from(ORDER))
def test_nothing_above_goes_out_and_what_goes_out_is_not_above_in_the_copy_either(
    of_file: str, board: tuple[str, str], source: tuple[str, str], claim: tuple[str, str], link: tuple[str, str],
    kept: tuple[str, str], at_most: str,
) -> None:  # fmt: skip
    document = made(of_file, board=board, source=source, claim=claim, link=link, file=kept)
    out, _ = chosen(document, at_most)
    for table in ("boards", "entities", "links", "attachments", "cards", "frames"):
        for record_id in out.table(table):
            assert allowed(counts(document, table, record_id)[0], at_most)
            assert allowed(counts(out, table, record_id)[0], at_most)
    for found in out.boards:
        assert all(rank(word) <= rank(at_most) for word in words_on(out, found.id))


@given(WORDS, MARKS, MARKS, MARKS, MARKS, MARKS, st.sampled_from(ORDER), st.integers(0, 5), WORDS)
def test_raising_one_marking_never_adds_a_word_to_an_export(
    of_file: str, board: tuple[str, str], source: tuple[str, str], claim: tuple[str, str], link: tuple[str, str],
    kept: tuple[str, str], at_most: str, which: int, higher: str,
) -> None:  # fmt: skip
    marks = {"board": board, "source": source, "claim": claim, "link": link, "file": kept}
    before, _ = chosen(made(of_file, **marks), at_most)
    names = list(marks)
    if which == len(names):
        of_file = max(of_file, higher, key=rank)
    else:
        word, reason = marks[names[which]]
        # A thing without a marking of its own has one already: raising it starts from there.
        where = (("boards", "b"), ("entities", "s"), ("entities", "c"), ("links", "l"), ("attachments", "a"))[which]
        now = counts(made(of_file, **marks), *where)[0]
        marks[names[which]] = (max(now, higher, key=rank), reason if word and rank(higher) <= rank(now) else "")
    after, _ = chosen(made(of_file, **marks), at_most)
    markings = {*ORDER, "NOFORN"}
    assert said(after) - markings <= said(before) - markings


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["mark s", "mark c", "mark l", "mark l2", "card s", "card c", "link", "hang", "board"]), WORDS
    ),
    max_size=14,
)


@given(STEPS)
def test_the_highest_on_a_board_follows_operations_as_if_it_were_counted_anew(steps: list[tuple[str, str]]) -> None:
    document = made()
    document.apply([("links", "l2", Link("l2", "related", "c", "c"))])
    highest = BoardMarking(document, "b")
    for what, word in steps:
        table, record_id, new = _step(document, what, word)
        change = difference(document.find(table, record_id), new, table)
        if change is None:
            continue
        document.apply(document.resolve([change]))
        highest.follow(Operation("o", "Step", {}, "do", None, "a", "s", 1, "", None, (), None, (change,)))
        assert highest.words() == words_on(document, "b")


def _step(document: Document, what: str, word: str) -> tuple[str, str, Record | None]:
    verb, _, name = what.partition(" ")
    if verb == "mark":
        table = "links" if name.startswith("l") else "entities"
        found = document.find(table, name)
        assert isinstance(found, Entity | Link) or name == "l"
        return table, name, replace(found, marking=word) if isinstance(found, Entity | Link) else None
    if verb == "card":
        card_id = f"k{name}"
        return "cards", card_id, None if document.find("cards", card_id) else Card(card_id, "b", name, 0, 0, 9, 9)
    if verb == "link":
        there = document.find("links", "l")
        return "links", "l", None if there else Link("l", "states", "s", "c", marking=word)
    if verb == "hang":
        link = document.get(Link, "l2")
        return "links", "l2", replace(link, from_id="s" if link.from_id == "c" else "c")
    return "boards", "b", replace(document.get(Board, "b"), marking=word)
