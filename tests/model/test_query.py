"""What one types to search: words and filters, read without ever failing, and said back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.document import Document
from evidenceboard.model.filters import FILTERS
from evidenceboard.model.query import LONGEST, MOST, Query, completions, read

EMPTY = Document()
PIECES = ["type:", "grade:<=C3", "-", '"', ":", ",", "tag:", "<", ">=", "B2", "claim", "팔", "після", "2024-10", " ",
          "\n", "origins:1", "standing:con", "NEAR", "*", "(", "after:", "linked:", "S1", "\x00", "́"]  # fmt: skip


@pytest.fixture
def board(session: Session) -> Session:
    """Return a board with grades, dates, tags, markings, a matrix and likelihoods."""
    with session.transaction("Fill the board") as tx:
        of = session.document.entity
        commands.set_fields(tx, of("C1").id, happened="2024-10-18", tags="Troops;north korea", likelihood="likely",
                            notes="Seen twice")  # fmt: skip
        commands.set_fields(tx, of("C2").id, happened="2024-11/..", marking="TLP:AMBER", confidence="low")
        commands.set_fields(tx, of("S1").id, published="2024-11-05", first_hand="yes")
        second = commands.add_entity(tx, "source", title="Unnamed", props={"reliability": "F", "unnamed": "yes"})
        third = commands.add_entity(tx, "source", title="Bulletin", props={"reliability": "D"})
        poor = commands.add_entity(tx, "claim", title="Soldiers desert", tags="north", props={"happened": "2024-10~"})
        commands.link(tx, "states", second.id, poor.id, props={"credibility": "6", "quote": "They run"})
        commands.link(tx, "states", third.id, poor.id, props={"credibility": "4", "date": "2024-12-01"})
        commands.link(tx, "denies", third.id, of("C1").id, props={"credibility": "5"})
        commands.link(tx, "bears on", of("C2").id, of("H1").id, props={"consistency": "II"})
        commands.attach(tx, second.id, "scan.pdf", b"%PDF-1.4")
        commands.set_fields(tx, poor.id, weight="high")
    return session


def fitting(session: Session, text: str) -> str:
    """Return the numbers of what fits the filters of a query, in the order in which they were made."""
    query = read(text, session.document)
    assert not query.problems
    return " ".join(entity.number for entity in session.document.entities if query.fits(entity))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("type:claim", "C1 C2 C3"),
        ("type:Claims", "C1 C2 C3"),
        ("TYPE:sc,act", "A1 H1"),
        ("-type:claim", "A1 S1 H1 S2 S3"),
        ("grade:B2", "C1"),
        ("grade:<=C3", "C1"),
        ("grade:<=b2", "C1"),
        ("grade:<B2", ""),
        ("grade:>C3", "C3"),
        ("grade:>=D4", "C3"),
        ("grade:F6", "C3"),
        ("grade:B2,D4", "C1 C3"),
        ("-grade:<=C3 type:claim", "C2 C3"),
        ("reliability:B,D", "S1 S3"),
        ("reliability:<=D", "S1 S3"),
        ("reliability:F", "S2"),
        ("credibility:<=4", "C1 C3"),
        ("credibility:>2", "C1 C3"),
        ("credibility:6", "C3"),
        ("origins:1", "C1"),
        ("origins:0", "C2 C3"),
        ("origins:>=1", "C1"),
        ("reports:2", "C3"),
        ("reports:<2", "C1 C2"),
        ("standing:contested", "C1"),
        ("standing:un", "C2"),
        ('standing:"origin not recorded"', "C3"),
        ("after:2024-10", "C2 S1"),
        ("since:2024-10", "C1 C2 S1 C3"),
        ("before:2024-11-05", "C1 C2 C3"),
        ("until:2024-11-05", "C1 C2 S1 C3"),
        ("on:2024-10-18", "C1 C3"),
        ('on:"18 Oct 2024"', "C1 C3"),
        ("on:2025", "C2"),
        ("reported:>2024-11", "C3"),
        ("reported:2024-11", "C1 S1"),
        ("tag:troops", "C1"),
        ("tag:north", "C3"),
        ('tag:"north korea",NORTH', "C1 C3"),
        ("marking:AMBER", "C2"),
        ("marking:tlp:clear type:claim", "C1 C3"),
        ("marking:>GREEN", "C2"),
        ("likelihood:likely", "C1"),
        ("likelihood:>=unlikely", "C1"),
        ("likelihood:v", ""),
        ("confidence:low", "C2"),
        ("weight:high", "C3"),
        ("number:c2,S1", "C2 S1"),
        ("has:notes", "C1"),
        ("has:attachment", "S2"),
        ("has:quote", "S2 C3"),
        ("has:likelihood", "C1"),
        ("has:tag", "C1 C3"),
        ("has:card", "A1 C1 C2 S1 H1"),
        ("has:grade", "C1 S1 S2 S3 C3"),
        ("linked:C1", "S1 H1 S3"),
        ("linked:s1", "C1"),
        ("bears:H1", "C1 C2"),
        ("for:H1", "C1"),
        ("against:h1", "C2"),
        ("in:matrix", "C1 C2"),
    ],
)
def test_each_filter_finds_what_it_says(board: Session, text: str, numbers: str) -> None:
    assert fitting(board, text) == numbers


def test_words_of_likelihood_are_those_of_the_file_and_compare_by_their_ranges(board: Session) -> None:
    with board.transaction("Choose a yardstick") as tx:
        commands.set_file(tx, yardstick="phia")
        commands.set_fields(tx, board.document.entity("C2").id, likelihood="highly likely")
    assert read("likelihood:likely", board.document).said == "likely or probable or likely"
    assert fitting(board, "likelihood:likely") == "C1"
    assert fitting(board, 'likelihood:"highly l"') == "C2"
    assert fitting(board, 'likelihood:>="highly likely"') == "C2"
    assert fitting(board, 'likelihood:>="realistic possibility"') == "C1 C2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "type:claim grade:<=C3 origins:1 after:2024-10 tag:troops soldiers",
            "claims, tagged “troops”, after Oct 2024, grade C3 or better, 1 origin, with “soldiers”",
        ),
        ("-type:source -north", "not sources, without “north”"),
        ('"carried 3,000 soldiers" lorr', "with “carried 3,000 soldiers lorr”"),
        ("standing:co", "contested or corroborated"),
        ("confidence:low,high", "low or high confidence"),
        ("reports:>3", "more than 3 reports"),
        ("marking:red", "marked TLP:RED"),
    ],
)
def test_what_was_understood_is_said(session: Session, text: str, said: str) -> None:
    assert read(text, session.document).said == said


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("grade:Z9", "“grade:Z9” is no grade; left out of the search. Grades are A1 to F6; <=C3 is C3 or better."),
        ("grade:<=F6", "“grade:<=F6” compares with a grade that means unknown"),
        ("reliability:<=F", "compares with a grade that means unknown"),
        ("after:2024-13", "“after:2024-13” is no date that can be read; left out of the search. Dates are such as"),
        ("after:yesterday-ish", "is no date that can be read"),
        ("on:../..", "is no date that can be read"),
        ("after:2024-10/..", "has no end to compare with"),
        ("likelihood:83", "“likelihood:83” is no likelihood"),
        ("origins:many", "is no number"),
        ("origins:²", "is no number"),
        ("origins:99999999999999999999", "is no number"),
        ("type:lorry", "“type:lorry” is no type; left out of the search. Types are actor"),
        ("number:C99", "“number:C99” is no number in this file"),
        ("bears:C1", "“bears:C1” is no scenario"),
        ("marking:pink", "Markings are TLP:CLEAR"),
        ("type:", "“type:” has no value yet"),
        ("has:wings", "is nothing that a card may have"),
        ("in:box", "It takes matrix"),
        ("foo:bar", "“foo:” is no filter, so it is searched for as text. Filters are type, number"),
    ],
)
def test_a_filter_that_is_wrong_is_said_and_the_rest_still_counts(board: Session, text: str, problem: str) -> None:
    query = read(f"{text} type:scenario", board.document)
    assert problem in query.problems[0]
    assert [one.text for one in query.filters] == ["type:scenario"]


@pytest.mark.parametrize("text", ["http://example.org/a?b=c", "C:\\temp", "at 10:30", "ratio:3"])
def test_an_address_a_path_or_a_time_is_text(text: str) -> None:
    query = read(text, EMPTY)
    assert query.words == text
    assert not query.problems


def test_a_type_of_another_version_is_found_under_its_own_name(session: Session) -> None:
    from evidenceboard.model.records import Entity

    strange = Document([*session.document.entities, Entity("x", "vehicle", "V1", "Grey lorry")])
    query = read("type:vehicle", strange)
    assert [entity.number for entity in strange.entities if query.fits(entity)] == ["V1"]


def test_a_query_that_is_too_long_is_read_as_far_as_it_goes() -> None:
    query = read("word " * LONGEST, EMPTY)
    assert len(query.words.split()) == MOST
    assert len(query.problems) == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    (('grade:A1 0"', "0"), ('grade:A1 "open phrase', '"open phrase"'), ('"a b" c"', '"a b" c'), ('c"d e', 'c"d e"')),
)
def test_a_quotation_mark_that_is_left_open_ends_with_its_word(typed: str, words: str) -> None:
    query = read(typed, EMPTY)
    assert query.words == words
    assert read(query.written, EMPTY).words == words


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_a_query_that_can_be_typed_again(text: str) -> None:
    query = read(text, EMPTY)
    assert isinstance(query, Query)
    again = read(query.written, EMPTY)
    assert (again.words, again.without, again.filters) == (query.words, query.without, query.filters)
    assert again.said == query.said


@given(st.sampled_from(sorted(FILTERS)), st.text(max_size=30))
def test_a_value_is_read_or_refused_with_what_the_filter_takes(key: str, value: str) -> None:
    query = read(f'{key}:"{value.replace(chr(34), "")}"', EMPTY)
    assert query.filters or query.problems


@given(st.lists(st.sampled_from("ABCDEF"), max_size=4), st.lists(st.sampled_from("123456"), max_size=4),
       st.sampled_from("ABCDE"), st.sampled_from("12345"))  # fmt: skip
def test_a_grade_is_as_good_as_asked_or_worse_or_unknown(
    letters: list[str], numbers: list[str], letter: str, number: str
) -> None:
    from evidenceboard.model.filters.judged import _graded, _pair

    found = [pair for one, other in zip(letters, numbers, strict=False) if (pair := _pair(one + other))]
    wanted = _pair(letter + number)
    assert wanted is not None
    good, worse = _graded("<=", wanted)(found), _graded(">", wanted)(found)
    known = any(pair[0] < 5 and pair[1] < 5 for pair in found)
    assert good + worse == known
    assert not _graded("<", wanted)(found) or good


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("soldiers typ", ["soldiers type:"]),
        ("-sta", ["-standing:"]),
        ("on", []),
        ("standing", []),
        ("type:c", ["type:claim"]),
        ("x -type:claim,s", ["x -type:claim,source", "x -type:claim,scenario"]),
        ("type:claim", []),
        ("standing:origin", ['standing:"origin not recorded"']),
        ('likelihood:"very l', ['likelihood:"very likely"']),
        ("tag:n", ["tag:north", 'tag:"north korea"']),
        ("type:c ", []),
        ("foo:b", []),
        ("", []),
    ],
)
def test_what_is_typed_can_be_completed(board: Session, text: str, wholes: list[str]) -> None:
    assert [whole for _, whole in completions(text, board.document)] == wholes


@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_completing_leaves_alone_what_stands_before(text: str) -> None:
    for offered, whole in completions(text, EMPTY):
        assert offered
        assert whole.startswith(text[: len(text) - len(text.split()[-1])] if text.split() else "")
