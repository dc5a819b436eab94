"""Where claims come from: origins and standing by the rule, at any shape of citations."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import calls
from evidenceboard.model.circles import circles, knots
from evidenceboard.model.document import Document
from evidenceboard.model.face import Chip
from evidenceboard.model.in_steps import ended
from evidenceboard.model.origins import STANDINGS, Chain, Standing, standing_of
from evidenceboard.model.records import Assessment, Entity, Link, Setting
from evidenceboard.model.types import TYPES, entity_type

BASES = ("own", "as cited", "none given", "", "odd")


class Case:
    """A document written in a few letters: S1 states C1, S1 cites S2."""

    def __init__(self) -> None:
        self.entities = {"C1": Entity("C1", "claim", "C1", "Said")}
        self.others: list[Any] = []

    def source(self, number: str, **props: Any) -> Case:
        self.entities[number] = Entity(number, "source", number, "", props=props)
        return self

    def link(self, kind: str, start: str, end: str, letter: str = "", **props: Any) -> Case:
        for number in (start, end):
            name = "claim" if number.startswith("C") else "source"
            self.entities.setdefault(number, Entity(number, name, number, ""))
        link_id = f"{len(self.others)} {kind}"
        self.others.append(Link(link_id, kind, start, end, props=props))
        for field, subject, value in (("reliability", start, letter[:1]), ("credibility", link_id, letter[1:])):
            if value:
                self.others.append(Assessment(f"{field} {subject}", subject, field, "somebody", value))
        return self

    def states(self, source: str, basis: str = "", letter: str = "") -> Case:
        return self.link("states", source, "C1", letter, **({"basis": basis} if basis else {}))

    def cites(self, *chain: str) -> Case:
        for start, end in pairwise(chain):
            self.link("cites", start, end)
        return self

    @property
    def document(self) -> Document:
        return Document([*self.entities.values(), *self.others])

    @property
    def standing(self) -> Standing:
        return standing_of(self.document, "C1")

    @property
    def counts(self) -> tuple[int, int, int, int]:
        found = self.standing
        return found.reports, found.established, found.recorded, found.unrecorded

    @property
    def chips(self) -> list[str]:
        document = self.document
        return [chip.text for chip in entity_type("claim").face(document.entity("C1"), document).chips]


# -- the walk ------------------------------------------------------------------------------------------------------


def test_a_source_that_speaks_for_itself_is_the_origin_whatever_it_cites() -> None:
    assert Case().states("S1", "own").counts == (1, 0, 1, 0)
    assert Case().states("S1", "own").cites("S1", "S2").counts == (1, 0, 1, 0)


def test_what_hands_on_is_followed_to_the_named_end_and_as_cited_is_the_default() -> None:
    chain = Case().states("S1").states("S2", "as cited").cites("S1", "S2", "S3").cites("S4", "S3")
    assert chain.states("S4", "as cited").counts == (3, 0, 1, 0)


def test_a_report_without_basis_or_citation_is_not_recorded() -> None:
    assert Case().states("S1", "none given").cites("S1", "S2").counts == (1, 0, 0, 1)
    assert Case().states("S1", "as cited").counts == (1, 0, 0, 1)
    assert Case().states("S1", "as cited").cites("S1", "S1").counts == (1, 0, 0, 1)


def test_a_named_end_counts_only_where_somebody_cites_it_and_one_with_first_hand_access_always() -> None:
    assert Case().states("S1").cites("S2", "S1").counts == (1, 0, 1, 0)
    assert Case().source("S1", first_hand=True).states("S1").counts == (1, 0, 1, 0)


def test_an_unnamed_source_is_no_origin_unless_it_is_said_why_it_counts() -> None:
    for basis in ("own", "as cited"):
        assert Case().source("S1", unnamed=True, first_hand=True).states("S1", basis).counts == (1, 0, 0, 1)
    assert Case().source("S2", unnamed=True).states("S1").cites("S1", "S2").counts == (1, 0, 0, 1)
    why = "an officer whom the editor knows"
    assert Case().source("S1", unnamed=True, counts_because=why).states("S1", "own").counts == (1, 0, 1, 0)
    assert Case().source("S1", unnamed=True, counts_because=" ").states("S1", "own").counts == (1, 0, 0, 1)


def test_a_source_on_the_way_ends_the_chain_where_it_saw_it_or_says_so_of_this_claim() -> None:
    assert Case().source("S2", first_hand=True).states("S1").cites("S1", "S2", "S3").counts == (1, 0, 1, 0)
    assert Case().states("S1").states("S2", "own").cites("S1", "S2", "S3").counts == (2, 0, 1, 0)
    assert Case().states("S1").states("S2", "none given").cites("S1", "S2", "S3").counts == (2, 0, 0, 1)


def test_several_links_of_one_source_are_one_report() -> None:
    twice = Case().states("S1", "none given").states("S1", "own")
    assert twice.counts == (1, 0, 1, 0)


def test_four_reports_that_go_back_to_one_source_have_one_origin() -> None:
    case = Case().states("S1", "own").states("S2").states("S3").states("S4").cites("S4", "S3", "S1").cites("S2", "S1")
    assert case.counts == (4, 0, 1, 0)
    assert case.standing.standing == "single origin"
    assert case.chips == ["4 reports · 1 origin"]


def test_one_report_with_several_ends_counts_each_apart() -> None:
    case = Case().source("S3", unnamed=True).states("S1").cites("S1", "S2").cites("S1", "S3").cites("S1", "S4")
    assert case.counts == (1, 0, 2, 1)


# -- circles -------------------------------------------------------------------------------------------------------


def test_a_circle_without_a_way_out_is_named_and_not_recorded() -> None:
    case = Case().states("S10").states("S3").cites("S10", "S2", "S3", "S2")
    assert case.standing.cycles == [["S2", "S3"]]
    assert case.counts == (2, 0, 0, 1)
    assert "circular" in case.chips


def test_a_circle_with_a_way_out_leads_to_the_origin_and_is_named_all_the_same() -> None:
    case = Case().states("S1").cites("S1", "S2", "S1").cites("S2", "S9")
    assert (case.standing.cycles, case.counts) == ([["S1", "S2"]], (1, 0, 1, 0))


def test_citations_that_this_claim_does_not_rest_on_make_no_circle_of_it() -> None:
    assert Case().states("S1", "own").cites("S1", "S2", "S1").standing.cycles == []


def test_a_chain_of_many_thousand_sources_is_walked_without_end_or_delay() -> None:
    case = Case().states("S0").cites(*(f"S{n}" for n in range(20_000)))
    assert case.counts == (1, 0, 1, 0)
    case.cites("S19999", "S0")
    found = case.standing
    assert (found.unrecorded, len(found.cycles), len(found.cycles[0])) == (1, 1, 20_000)
    assert calls(lambda: case.standing) < 20_000 * 100, "no more for each source than in a short chain"


# -- standing and words --------------------------------------------------------------------------------------------


def test_the_standing_is_the_first_that_fits() -> None:
    two = Case().states("S1", "own").states("S2", "own")
    said = [
        Case(), Case().states("S1", "none given"), Case().states("S1", "own"), two,
        Case().states("S1", "none given").link("denies", "S2", "C1"),
        Case().states("S1", "own").link("contradicts", "C2", "C1").link("states", "S3", "C2"),
    ]  # fmt: skip
    words = [
        "unsourced", "origin not recorded", "single origin", "several origins, independence not established",
        "contested", "contested",
    ]  # fmt: skip
    assert [case.standing.standing for case in said] == words
    assert two.chips == ["2 reports · 2 origins"]


def test_a_denial_of_what_nobody_states_and_a_contradiction_without_a_source_contest_nothing() -> None:
    assert Case().link("denies", "S1", "C1").standing.standing == "unsourced"
    assert Case().states("S1", "own").link("contradicts", "C2", "C1").standing.standing == "single origin"


@pytest.mark.parametrize(
    ("case", "chips"),
    [
        (Case(), ["unsourced"]),
        (Case().states("S1", "none given", "F6"), ["F6", "origin not recorded"]),
        (Case().states("S1", "own", "B2"), ["B2", "1 report · 1 origin"]),
        (Case().states("S1", "none given").states("S2", "none given"), ["2 reports · no origin"]),
        (Case().states("S1", "own").link("denies", "S2", "C1"), ["contested", "1 report · 1 origin"]),
    ],
)
def test_the_face_of_a_claim_says_it_in_short(case: Case, chips: list[str]) -> None:
    assert case.chips == chips


def test_the_grades_stand_best_first_one_a_report() -> None:
    case = (
        Case().states("S1", letter="F6").states("S2", letter="C3").states("S2", letter="C2").states("S3", letter="A6")
    )
    assert case.standing.grades == ["C2", "A6", "F6"]


# -- known through -------------------------------------------------------------------------------------------------


def test_a_claim_says_through_which_source_alone_all_its_sources_are_known() -> None:
    case = (
        Case()
        .source("S1")
        .source("S2", known_through=["S1"])
        .source("S3", known_through=["S2"])
        .source("S4", known_through=["S1"])
    )
    assert case.states("S3").standing.known_through == "S2"
    assert case.states("S4").standing.known_through == "S1"
    assert case.states("S1").standing.known_through == "S1"
    assert case.states("S5").standing.known_through is None


def test_a_source_in_hand_or_one_with_two_ways_to_it_is_known_through_none() -> None:
    assert Case().states("S1").standing.known_through is None
    assert (
        Case().source("S2").source("S3").source("S1", known_through=["S2", "S3"]).states("S1").standing.known_through
        is None
    )
    assert Case().source("S1", known_through=["gone"]).states("S1").standing.known_through is None


def test_sources_known_through_each_other_end() -> None:
    case = Case().source("S1", known_through=["S2"]).source("S2", known_through=["S1"]).source("S3", known_through="S1")
    assert case.states("S1").standing.known_through == "S2"
    assert Case().source("S1", known_through="S1").states("S1").standing.known_through is None


# -- laws ----------------------------------------------------------------------------------------------------------

edges = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=16)
reports = st.dictionaries(st.integers(0, 6), st.sampled_from(BASES), max_size=5)
marks = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=7, max_size=7)


@given(edges, reports, marks)
def test_the_counts_are_disjoint_and_every_report_leads_somewhere(
    cited: list[tuple[int, int]], stated: dict[int, str], marked: list[tuple[bool, bool]]
) -> None:
    case = Case()
    for n, (unnamed, first_hand) in enumerate(marked):
        case.source(f"S{n}", unnamed=unnamed, first_hand=first_hand)
    for start, end in cited:
        case.cites(f"S{start}", f"S{end}")
    for n, basis in stated.items():
        case.states(f"S{n}", basis)
    found = case.standing
    chain = Chain(case.document, {f"S{n}": {basis} for n, basis in stated.items()})
    ended(chain.walk())
    assert not set(chain.origins) & set(chain.nowhere)
    assert len(chain.origins) == len(set(chain.origins)) and len(chain.nowhere) == len(set(chain.nowhere))
    assert (found.origins, found.unrecorded) == (len(chain.origins), len(chain.nowhere))
    assert found.reports == len(stated)
    assert (found.origins + found.unrecorded > 0) == bool(stated)
    assert found.standing in STANDINGS
    assert (found.standing == "unsourced") == (not stated)
    # By another way: what can be reached, and which ends it has.
    reach = {n: {n} for n in range(7)}
    for _ in range(7):
        for n in range(7):
            for m in tuple(reach[n]):
                reach[n] |= {int(one[1:]) for one in chain.leads.get(f"S{m}", ())}
    on_the_way = set().union(*(reach[n] for n in stated)) if stated else set()
    ends = {n for n in on_the_way if not chain.leads[f"S{n}"]}
    lost = {frozenset(reach[n]) for n in on_the_way if all(n in reach[m] for m in reach[n]) and n not in ends}
    assert found.origins + found.unrecorded == len(ends) + len(lost)
    assert {f"S{n}" for n in on_the_way} == set(chain.leads)
    # Every circle is one, and every source in a circle is in one that is named.
    follows = set(cited)
    for circle in found.cycles:
        numbers = [int(number[1:]) for number in circle]
        assert set(zip(numbers, [*numbers[1:], numbers[0]], strict=True)) <= follows
        assert numbers[0] == min(numbers)
    circling = {n for n in on_the_way if any(n in reach[int(one[1:])] for one in chain.leads[f"S{n}"])}
    assert {int(number[1:]) for circle in found.cycles for number in circle} == circling


@given(edges)
def test_circles_are_found_once_each_and_knots_are_what_leads_to_each_other(pairs: list[tuple[int, int]]) -> None:
    graph = {str(n): [str(end) for start, end in pairs if start == n] for n in range(7)}
    found = circles(graph)
    assert len({tuple(circle) for circle in found}) == len(found)
    assert sorted(node for knot in knots(graph) for node in knot) == sorted({node for c in found for node in c})


# -- markings on faces ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_file", "own", "shown"),
    [
        ("TLP:CLEAR", "", []), ("TLP:CLEAR", "TLP:CLEAR", []), ("TLP:CLEAR", "TLP:GREEN", ["TLP:GREEN"]),
        ("TLP:AMBER", "TLP:GREEN", []), ("TLP:AMBER", "TLP:AMBER+STRICT", ["TLP:AMBER+STRICT"]),
        ("TLP:RED", "TLP:RED", []), ("TLP:RED", "odd", ["odd"]), ("odd", "TLP:CLEAR", []),
    ],
)  # fmt: skip
def test_every_card_shows_a_marking_that_is_stricter_than_the_files(of_file: str, own: str, shown: list[str]) -> None:
    for kind in TYPES:
        entity = Entity("e", kind.id, "X1", "", marking=own)
        face = kind.face(entity, Document([entity, Setting("marking", of_file)]))
        assert [chip.text for chip in face.chips if chip.role == "marking"] == shown
        assert face.chips[-1:] == tuple(Chip(text, "marking") for text in shown) or not shown


def test_the_face_of_a_claim_is_little_work_however_many_claims_there_are() -> None:
    case = Case()
    for n in range(2000):
        case.source(f"S{n}").cites(f"S{n}", f"S{(n * 7 + 1) % 2000}") if n % 3 else case.source(f"S{n}")
    claims = [Entity(f"c{n}", "claim", f"C{n + 2}", "Said") for n in range(10_000)]
    stated = [Link(f"l{n}", "states", f"S{n * 13 % 2000}", f"c{n // 2}") for n in range(20_000)]
    document = Document([*case.entities.values(), *case.others, *claims, *stated])
    face = entity_type("claim").face
    assert calls(lambda: all(face(claim, document).chips for claim in claims)) < len(claims) * 400
    assert all(face(claim, document).chips for claim in claims)
