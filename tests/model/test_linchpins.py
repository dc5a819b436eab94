"""Linchpins: what falls with a source or an origin, and which removal changes the order of the scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.ach import matrix
from evidenceboard.model.document import Document
from evidenceboard.model.falling import with_origins, with_sources
from evidenceboard.model.linchpins import BOTH, ORIGIN, ROW, SOURCE, change, linchpins, order
from evidenceboard.model.records import Assessment, Entity, Link

ROOT = Path(__file__).parents[2]


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Session]:
    """Two scenarios. C1: II N, from S1, known through S2. C2: N I, from S1 and S3. C3: N N. E1, about C3: N II."""
    path = tmp_path / "small.db"
    with Session.create(path) as session, session.transaction("Fill") as tx:
        first, second = (commands.add_entity(tx, "scenario", title="Scenario").id for _ in range(2))
        sources = [commands.add_entity(tx, "source", title="Source").id for _ in range(4)]
        commands.set_fields(tx, sources[0], known_through="S2")
        rows = [commands.add_entity(tx, "claim", title="Claim").id for _ in range(3)]
        rows.append(commands.add_entity(tx, "event", title="Event").id)
        for row_id, values in zip(rows, (("II", "N"), ("N", "I"), ("N", "N"), ("N", "II")), strict=True):
            for scenario_id, value in zip((first, second), values, strict=True):
                commands.link(tx, "bears on", row_id, scenario_id, props={"consistency": value})
        commands.link(tx, "about", rows[2], rows[3])
        for source, claim, basis in ((0, 0, ""), (0, 1, "own"), (2, 1, "own"), (2, 2, "")):
            commands.link(tx, "states", sources[source], rows[claim], props={"basis": basis})
        commands.link(tx, "cites", sources[0], sources[3])
    with Session.open(path) as session:
        yield session


def of(document: Document, found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what falls, by numbers."""
    return {document.entity(key).number: sorted(document.numbers_of(rows)) for key, rows in found.items()}


def fall(session: Session) -> dict[str, list[str]]:
    rows = [row.entity.id for row in matrix(session.document).rows]
    return of(session.document, with_sources(session.document, rows))


def test_a_row_falls_with_the_last_source_that_carries_it_or_with_what_that_is_known_through(board: Session) -> None:
    # C2 has two sources; C1 has S1 alone, which we know through S2; the event stands on what is said about it.
    assert fall(board) == {"S1": ["C1"], "S2": ["C1"], "S3": ["C3", "E1"]}
    with board.transaction("Known through two") as tx:
        commands.set_fields(tx, tx.document.entity("S1").id, known_through="S2; S4")
    assert fall(board) == {"S1": ["C1"], "S3": ["C3", "E1"]}
    with board.transaction("Both through one") as tx:
        for number in ("S2", "S4"):
            commands.set_fields(tx, tx.document.entity(number).id, known_through="S3")
    assert fall(board) == {"S1": ["C1"], "S3": ["C1", "C2", "C3", "E1"]}


def test_a_row_falls_with_an_origin_where_all_its_reports_lead_to_that_and_nowhere_else(board: Session) -> None:
    rows = [row.entity.id for row in matrix(board.document).rows]
    # C1 is handed on from S4; C2 has two origins; where C3 comes from is not recorded, so nothing is known to carry it.
    assert of(board.document, with_origins(board.document, rows)) == {"S4": ["C1"]}
    with board.transaction("First-hand") as tx:
        commands.set_fields(tx, tx.document.entity("S3").id, first_hand=True)
    assert of(board.document, with_origins(board.document, rows)) == {"S4": ["C1"], "S3": ["C3", "E1"]}


def test_removals_that_change_the_order_are_told_in_words(board: Session) -> None:
    # H1 2, H2 3.
    told = [(one.kind, one.removes, one.rows, one.change) for one in linchpins(board.document, matrix(board.document))]
    assert told == [
        (ROW, "C2", ("C2",), "If C2 is wrong, H1 and H2 tie."),
        (ROW, "E1", ("E1",), "If E1 is wrong, H2 overtakes H1."),
        (SOURCE, "S3", ("C3", "E1"), "If S3 is wrong, H2 overtakes H1."),
    ]
    with board.transaction("Weigh less") as tx:
        commands.set_fields(tx, tx.document.entity("E1").id, weight="low")
    # H1 2 of 2 points, H2 2 of 3 points: the plain points part them.
    told = [(one.kind, one.removes, one.change) for one in linchpins(board.document, matrix(board.document))]
    assert (ROW, "C1", "If C1 is wrong, H2 overtakes H1.") not in told
    assert (ROW, "C2", "If C2 is wrong, H2 overtakes H1.") in told
    assert (ROW, "E1", "If E1 is wrong, H2 overtakes H1.") in told


def test_a_source_is_told_once_where_it_is_its_own_origin_and_apart_where_not(board: Session) -> None:
    with board.transaction("First-hand") as tx:
        commands.set_fields(tx, tx.document.entity("S3").id, first_hand=True)
    told = {(one.kind, one.removes): one.change for one in linchpins(board.document, matrix(board.document))}
    assert told[BOTH, "S3"] == "If S3 is wrong, H2 overtakes H1."
    with board.transaction("Handed on") as tx:
        state = next(link for link in tx.document.links if link.type == "states" and link.props.get("basis") == "")
        other = commands.add_entity(tx, "source", title="Echo")
        commands.link(tx, "states", other.id, state.to_id)
        commands.link(tx, "states", other.id, tx.document.entity("C3").id)
        commands.link(tx, "cites", other.id, tx.document.entity("S3").id)
    told = {(one.kind, one.removes): one.change for one in linchpins(board.document, matrix(board.document))}
    assert told[ORIGIN, "S3"] == "If S3, as an origin, is wrong, H2 overtakes H1."
    assert (SOURCE, "S3") not in told and (BOTH, "S3") not in told


def test_linchpins_of_the_sample_are_those_found_by_hand() -> None:
    with Session.open(ROOT / "sample_board.db", read_only=True) as session:
        found = linchpins(session.document, matrix(session.document))
    # Without C10: H1 8, H2 2, H3 1, H4 2. Without C24: H1 8, H2 1, H3 1, H4 1. S3 alone states C24. Through S1 all.
    assert [(one.kind, one.removes, one.change) for one in found] == [
        (ROW, "C10", "If C10 is wrong, H2 and H4 tie."),
        (ROW, "C24", "If C24 is wrong, H2, H3 and H4 tie."),
        (SOURCE, "S1", "If S1 is wrong, nothing is left to tell the scenarios apart."),
        (BOTH, "S3", "If S3 is wrong, H2, H3 and H4 tie."),
    ]
    assert found[0].after == {"H1": (8, 8), "H2": (2, 2), "H3": (1, 1), "H4": (2, 2)}


def test_every_kind_of_change_has_its_words() -> None:
    before = {"H1": (1.0, 1), "H2": (1.0, 1), "H3": (3.0, 3)}
    assert change(before, before) == ""
    assert change(before, {**before, "H3": (2.0, 2)}) == ""
    assert change(before, {**before, "H2": (2.0, 2)}) == "H1 gets ahead of H2."
    assert change(before, {**before, "H3": (0.0, 0)}) == "H3 overtakes H1 and H2."
    assert change(before, {**before, "H3": (1.0, 1)}) == "H1, H2 and H3 tie."
    assert change(before, {"H1": (1.0, 1), "H2": (0.0, 0), "H3": (0.5, 1)}) == ("H3 overtakes H1; H2 gets ahead of H1.")


marks = st.dictionaries(st.sampled_from(["H1", "H2", "H3", "H10"]), st.tuples(st.just(1.0), st.integers(0, 2)))


@given(marks, st.data())
def test_a_change_is_told_exactly_where_the_order_differs(
    before: dict[str, tuple[float, int]], data: st.DataObject
) -> None:
    after = {number: (1.0, data.draw(st.integers(0, 2))) for number in before}
    assert bool(change(before, after)) == (order(before) != order(after))
    turned = {number: after[number] for number in reversed(before)}
    assert change(dict(reversed(before.items())), turned) == change(before, after)


def test_circles_and_long_chains_of_what_is_known_through_what_end() -> None:
    long = 10_000
    sources = [
        Entity(f"s{n}", "source", f"S{n}", "", props={"known_through": [f"s{(n + 1) % long}"]}) for n in range(long)
    ]
    claims = [Entity(f"c{n}", "claim", f"C{n}", "") for n in range(3)]
    links = [Link(f"l{n}", "states", f"s{n * 4000}", f"c{n}") for n in range(3)]
    # All in one circle: how any of them is known is not recorded, so each falls alone.
    rows = [claim.id for claim in claims]
    assert with_sources(Document([*sources, *claims, *links]), rows) == {"s0": ["c0"], "s4000": ["c1"], "s8000": ["c2"]}
    # Cut open, it is one chain: the last falls with every source behind it.
    sources[-1] = Entity(f"s{long - 1}", "source", f"S{long - 1}", "")
    found = with_sources(Document([*sources, *claims, *links]), rows)
    assert len(found) == long and found["s3999"] == ["c0"] and sorted(found[f"s{long - 1}"]) == rows


def test_ten_thousand_sources_behind_one_claim_are_one_row_that_falls_with_what_all_are_known_through() -> None:
    many = [Entity(f"s{n}", "source", f"S{n}", "", props={"known_through": ["s0"] if n else []}) for n in range(10_000)]
    links = [Link(f"l{n}", "states", f"s{n}", "c") for n in range(1, 10_000)]
    made = Document([*many, Entity("c", "claim", "C1", ""), *links])
    assert with_sources(made, ["c"]) == {"s0": ["c"]}
    assert with_origins(made, ["c"]) == {}


def test_nothing_that_is_missing_or_misspelt_in_a_file_stops_it() -> None:
    made = Document([
        Entity("c", "claim", "C1", ""), Link("l", "states", "gone", "c"), Link("m", "about", "gone", "e"),
        Entity("e", "event", "E1", ""), Entity("s", "source", "S1", "", props={"known_through": "S9"}),
        Link("n", "states", "s", "c"),
    ])  # fmt: skip
    assert with_sources(made, ["c", "e"]) == {}
    assert with_origins(made, ["c", "e"]) == {}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["high", "medium", "low"]),
            st.lists(st.sampled_from(["", "C", "I", "II"]), min_size=3, max_size=3),
        ),
        max_size=5,
    )
)
def test_a_row_is_a_linchpin_exactly_where_the_matrix_without_it_has_another_order(
    rows: list[tuple[str, list[str]]],
) -> None:
    def board_without(left_out: int) -> Document:
        made: list[Entity | Link | Assessment] = [Entity(f"h{n}", "scenario", f"H{n}", "") for n in range(3)]
        for place, (weight, cells) in enumerate(rows):
            if place == left_out:
                continue
            made.append(Entity(f"c{place}", "claim", f"C{place}", "", props={"in_matrix": True}))
            made.append(Assessment(f"w{place}", f"c{place}", "weight", "me", weight))
            for n, value in enumerate(cells):
                made.append(Link(f"l{place}{n}", "bears on", f"c{place}", f"h{n}"))
                made.append(Assessment(f"a{place}{n}", f"l{place}{n}", "consistency", "me", value))
        return Document(made)

    def ranks(document: Document) -> list[tuple[str, int]]:
        return [(one.entity.number, one.rank) for one in matrix(document).scores]

    whole = board_without(-1)
    told = {one.removes for one in linchpins(whole, matrix(whole))}
    assert told == {f"C{place}" for place in range(len(rows)) if ranks(board_without(place)) != ranks(whole)}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=7))
def test_the_words_tell_each_pair_that_stands_otherwise_than_before(marks: list[tuple[int, int]]) -> None:
    before = {f"H{n}": (float(was), was) for n, (was, _) in enumerate(marks, 1)}
    after = {f"H{n}": (float(now), now) for n, (_, now) in enumerate(marks, 1)}
    told = {}
    for part in change(before, after).rstrip(".").split("; "):
        for word in (" overtakes ", " gets ahead of "):
            if word in part:
                one, others = part.split(word)
                told[one, word] = set(others.replace(" and ", ", ").split(", "))
    for one in before:
        passed = {other for other in before if before[one] > before[other] and after[one] < after[other]}
        ahead = {other for other in before if before[one] == before[other] and after[one] < after[other]}
        assert told.get((one, " overtakes "), set()) == passed
        assert told.get((one, " gets ahead of "), set()) == ahead
