"""What if: what falls with what is supposed false or true, why, and the figures that follow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.ach import matrix
from evidenceboard.model.document import Document
from evidenceboard.model.face import Face
from evidenceboard.model.falling import with_origins, with_sources
from evidenceboard.model.health import health
from evidenceboard.model.linchpins import compared, linchpins
from evidenceboard.model.origins import standing_of
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.model.seam import derived_id
from evidenceboard.model.supposing import Supposed, Supposition, suppose

ROOT = Path(__file__).parents[2]


def document(*links: str, **props: dict[str, object]) -> Document:
    """Return cards tied as in “S1 states C1”; numbers tell their types, `props` are given by number."""
    types = {"C": "claim", "S": "source", "E": "event", "H": "scenario", "A": "actor"}
    pairs = [(line.split()[0], " ".join(line.split()[1:-1]), line.split()[-1]) for line in links]
    numbers = dict.fromkeys([*(end for a, _, b in pairs for end in (a, b)), *props])
    cards = [Entity(n, types[n[0]], n, f"Title of {n}", props=props.get(n, {})) for n in numbers]
    return Document([*cards, *(Link(derived_id(*pair), pair[1], pair[0], pair[2]) for pair in pairs)])


def supposed(made: Document, false: str = "", true: str = "") -> Supposed:
    return suppose(made, Supposition(frozenset(false.split()), frozenset(true.split())))


def why(made: Document, false: str = "", true: str = "") -> dict[str, str]:
    return supposed(made, false, true).fallen


def test_a_claim_falls_with_its_last_source() -> None:
    made = document("S1 states C1", "S2 states C1", "S2 states C2")
    assert why(made, "S2") == {"C2": "C2 falls: only S2 states it, and S2 is supposed false."}
    assert why(made, "S1 S2")["C1"] == "C1 falls: only S1 and S2 state it, and none of them stands."
    view = supposed(made, "S2").document
    assert standing_of(made, "C1").reports == 2 and standing_of(view, "C1").reports == 1


def test_a_claim_that_no_source_states_falls_with_none() -> None:
    assert why(document("S1 denies C1"), "S1") == {}


def test_what_is_known_only_through_a_source_falls_with_it() -> None:
    made = document(
        "S2 states C1", "S3 states C2", S1={}, S2={"known_through": ["S1"]}, S3={"known_through": ["S1", "S4"]}, S4={}
    )
    assert why(made, "S1") == {
        "S2": "S2 falls: it is known only through S1, and S1 is supposed false.",
        "C1": "C1 falls: only S2 states it, and S2 falls.",
    }
    assert set(why(made, "S1 S4")) == {"S2", "S3", "C1", "C2"}
    assert why(made, "S1", "S2") == {}, "a source supposed true stands by itself"


def test_sources_known_through_each_other_fall_with_the_one_way_into_their_circle() -> None:
    circle = {"S2": {"known_through": ["S3"]}, "S3": {"known_through": ["S2", "S1"]}}
    made = document("S2 states C1", S1={}, **circle)
    assert set(why(made, "S1")) == {"S2", "S3", "C1"}


def test_a_report_counts_no_longer_where_it_leads_back_to_nothing_but_what_fell() -> None:
    made = document("S1 states C1", "S1 cites S9", "S2 states C2", "S2 cites S9", "S2 cites S8", "S3 states C2")
    assert why(made, "S9") == {"C1": "C1 falls: every report of it leads back to S9, and S9 is supposed false."}
    view = supposed(made, "S9").document
    assert standing_of(view, "C2").reports == 2
    assert set(why(made, "S9 S8 S3")) == {"C1", "C2"}


def test_what_depends_on_what_falls_falls_too_and_circles_end() -> None:
    made = document("C2 depends on C1", "C3 depends on C2", "C1 depends on C3", "C4 supports C1", "C2 depends on C2")
    assert why(made, "C1") == {
        "C2": "C2 falls: it depends on C1, and C1 is supposed false.",
        "C3": "C3 falls: it depends on C2, and C2 falls.",
    }


def test_an_event_falls_with_the_last_claim_about_it() -> None:
    made = document("C1 about E1", "C2 about E1", "C1 about E2")
    assert why(made, "C1") == {"E2": "E2 falls: only C1 is about it, and C1 is supposed false."}
    assert why(made, "C1 C2")["E1"] == "E1 falls: only C1 and C2 are about it, and none of them stands."


def test_what_contradicts_a_claim_supposed_true_is_false_and_it_never_falls() -> None:
    made = document("C1 contradicts C2", "C3 contradicts C1", "C4 depends on C3", "S1 states C1", "S1 states C2")
    assert why(made, true="C1") == {
        "C3": "C3 falls: it contradicts C1, and C1 is supposed true.",
        "C2": "C2 falls: it is contradicted by C1, and C1 is supposed true.",
        "C4": "C4 falls: it depends on C3, and C3 falls.",
    }
    assert "C1" not in why(made, "S1", "C1") and "C2" in why(made, "S1")


def test_a_contradiction_in_what_is_supposed_is_said_once_in_words() -> None:
    made = document("C1 contradicts C2", "C3 depends on C4")
    assert supposed(made, true="C1 C2").clashes == ("C1 contradicts C2, and both are supposed true.",)
    assert supposed(made, "C4", "C3").clashes == ("C3 is supposed true, but depends on C4, and C4 is supposed false.",)
    assert supposed(made, "C2", "C1").clashes == ()


def test_only_claims_events_and_sources_can_be_supposed_and_only_one_way() -> None:
    made = document("C1 about A1", "C1 bears on H1")
    for number, word in (("A1", "an actor"), ("H1", "a scenario")):
        with pytest.raises(InvalidValueError, match=f"{number} is {word}, which is neither false nor true"):
            Supposition().having(made.entity(number), true=False)
    with pytest.raises(InvalidValueError, match="false and true at once"):
        Supposition(frozenset({"C1"}), frozenset({"C1"}))
    turned = Supposition(frozenset({"C1"})).having(made.entity("C1"), true=True)
    assert turned == Supposition(frozenset(), frozenset({"C1"})) and turned.said(made) == "C1 is true"
    assert supposed(made, "A1 H1 C99").falls == {}


def test_rows_that_fall_leave_the_matrix_and_its_figures() -> None:
    made = document("C1 bears on H1", "C2 bears on H1", "C3 depends on C2", C3={"in_matrix": True})
    assert {row.entity.number for row in matrix(made).rows} == {"C1", "C2", "C3"}
    view = supposed(made, "C2").document
    assert {row.entity.number for row in matrix(view).rows} == {"C1"}
    assert matrix(view).scores[0].not_assessed == 1


def test_a_change_of_the_order_is_said_in_words() -> None:
    made = document("C1 bears on H1", "C1 bears on H2")
    cells = {"H1": "I", "H2": "N"}
    judged = [Assessment(n, derived_id("C1", "bears on", n), "consistency", "me", v) for n, v in cells.items()]
    made = Document([*made.entities, *made.links, *judged])
    whole = matrix(made)
    assert compared(whole, whole) == ""
    found = matrix(supposed(made, "C1").document)
    assert compared(whole, found) == "nothing is left to tell the scenarios apart."
    assert compared(found, whole) == "H2 gets ahead of H1."


def test_a_face_says_what_is_supposed() -> None:
    made = document("C2 depends on C1", C3={})
    found, plain = supposed(made, "C1", "C3"), Face("claim", "Claim", "C1", "Title")
    assert [chip.text for chip in found.face("C1", plain).chips] == ["supposed false"]
    assert found.face("C2", plain).struck and [chip.text for chip in found.face("C2", plain).chips] == ["falls"]
    assert [chip.text for chip in found.face("C3", plain).chips] == ["✓ supposed true"]
    assert not found.face("C3", plain).struck and found.face("C4", plain) is plain


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Session]:
    shutil.copy(ROOT / "sample_board.db", tmp_path / "sample.db")
    with Session.open(tmp_path / "sample.db") as session:
        yield session


def test_the_sample_without_s3_is_the_one_computed_by_hand(sample: Session) -> None:
    whole = sample.document
    found = suppose(whole, Supposition().having(whole.entity("S3"), true=False))
    assert whole.numbers_of(list(found.fallen)) == ["C24", "C34"]
    # C24 says II, II, CC, I of H1 to H4: 10 - 2, 3 - 2, 1, 2 - 1.
    assert {s.entity.number: s.inconsistency for s in matrix(found.document).scores} == {
        "H1": 8, "H2": 1, "H3": 1, "H4": 1
    }  # fmt: skip
    assert {s.entity.number: s.inconsistency for s in matrix(whole).scores} == {"H1": 10, "H2": 3, "H3": 1, "H4": 2}


def test_supposing_writes_nothing(sample: Session) -> None:
    before, counted = sample.path.read_bytes(), sample.operation_count()
    links = list(sample.document.links)
    for entity in sample.document.entities:
        if entity.type in ("claim", "event", "source"):
            for true in (False, True):
                found = suppose(sample.document, Supposition().having(entity, true=true))
                linchpins(found.document, matrix(found.document))
                health(found.document)
    assert sample.path.read_bytes() == before and sample.operation_count() == counted
    assert sample.document.links == links


def test_long_chains_are_followed_to_their_end() -> None:
    lines = [f"S{n} states C{n}" for n in range(1, 2500)]
    lines += [f"C{n} depends on C{n - 1}" for n in range(2, 2500)]
    through: dict[str, dict[str, object]] = {f"S{n}": {"known_through": [f"S{n - 1}"]} for n in range(2, 2500)}
    made = document(*lines, **through)
    assert len(why(made, "S1")) == 2498 + 2499


sources, claims = [f"S{n}" for n in range(1, 5)], [f"C{n}" for n in range(1, 5)]
ties = st.one_of(
    st.tuples(st.sampled_from(sources), st.just("states"), st.sampled_from(claims)),
    st.tuples(st.sampled_from(sources), st.just("cites"), st.sampled_from(sources)),
    st.tuples(st.sampled_from(claims), st.sampled_from(["depends on", "contradicts"]), st.sampled_from(claims)),
    st.tuples(st.sampled_from(claims), st.just("about"), st.sampled_from(["E1", "E2"])),
    st.tuples(st.sampled_from([*claims, "E1"]), st.just("bears on"), st.sampled_from(["H1", "H2"])),
)
through = st.dictionaries(st.sampled_from(sources), st.lists(st.sampled_from(sources), max_size=2))
boards = st.tuples(st.lists(ties, max_size=14, unique=True), through)
chosen = st.tuples(*[st.frozensets(st.sampled_from([*sources, *claims, "E1"]), max_size=3)] * 2).map(
    lambda pair: Supposition(pair[0] - pair[1], pair[1])
)


def drawn(board: tuple[list[tuple[str, str, str]], dict[str, list[str]]]) -> Document:
    lines, known = board
    everything: dict[str, dict[str, object]] = {number: {} for number in [*sources, *claims, "E1", "E2", "H1", "H2"]}
    return document(*map(" ".join, lines), **everything | {n: {"known_through": found} for n, found in known.items()})


@given(boards, chosen, st.randoms(use_true_random=False))
def test_the_order_of_links_never_matters(
    board: tuple[list[tuple[str, str, str]], dict[str, list[str]]], choice: Supposition, chance: Random
) -> None:
    lines, known = board
    mixed = list(lines)
    chance.shuffle(mixed)
    one, other = suppose(drawn(board), choice), suppose(drawn((mixed, known)), choice)
    assert one.falls == other.falls and one.clashes == other.clashes
    assert matrix(one.document).scores == matrix(other.document).scores


@given(boards, chosen)
def test_supposing_nothing_and_taking_a_supposition_back_change_nothing(
    board: tuple[list[tuple[str, str, str]], dict[str, list[str]]], choice: Supposition
) -> None:
    made = drawn(board)
    before = matrix(made), [standing_of(made, claim) for claim in claims]
    assert suppose(made, Supposition()).document is made
    suppose(made, choice)
    for entity_id in choice.false | choice.true:
        choice = choice.without(entity_id)
    assert not choice and not suppose(made, choice).falls
    assert (matrix(made), [standing_of(made, claim) for claim in claims]) == before


@given(boards, chosen)
def test_what_is_supposed_true_never_falls_and_what_falls_bears_on_nothing(
    board: tuple[list[tuple[str, str, str]], dict[str, list[str]]], choice: Supposition
) -> None:
    found = suppose(drawn(board), choice)
    assert not choice.true & found.falls.keys() and choice.false <= found.falls.keys()
    assert all(not found.document.links_of(entity_id) for entity_id in found.falls)
    assert not {row.entity.id for row in matrix(found.document).rows} & found.falls.keys()


@given(boards, st.sampled_from(sources))
def test_with_a_source_falls_at_least_what_the_linchpins_take_along(
    board: tuple[list[tuple[str, str, str]], dict[str, list[str]]], source: str
) -> None:
    made = drawn(board)
    falls = suppose(made, Supposition(frozenset({source}))).falls
    assert set(with_sources(made, claims).get(source, [])) <= falls.keys()
    assert set(with_origins(made, claims).get(source, [])) <= falls.keys()
