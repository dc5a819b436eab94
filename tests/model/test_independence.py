"""Origins judged independent, pair by pair: what is established, and what nonsense in a file cannot make so."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from counting import calls
from evidenceboard.model.document import Document
from evidenceboard.model.independence import pair_link
from evidenceboard.model.lineage import ESTABLISHED, NOWHERE, RECORDED, lineage_of
from evidenceboard.model.link_look import words
from evidenceboard.model.link_types import link_type
from evidenceboard.model.origins import CORROBORATED, SEVERAL, SINGLE, Standing, standing_of
from evidenceboard.model.records import Assessment, Entity, Link, Setting

KIND = link_type("independent of")


def tick(one: str, other: str, value: str = "yes", author: str = "kim", link_id: str = "") -> list[Any]:
    """Return the records of one judgement of a pair."""
    made = link_id or KIND.pair_id(one, other)
    return [
        Link(made, "independent of", one, other, props={"reason": "apart"}),
        Assessment(f"{made} {author}", made, "independent", author, value),
    ]


def document(sources: int, *ticks: list[Any], basis: str = "own") -> Document:
    """Return a claim that so many sources state, each on its own."""
    names = [f"S{n}" for n in range(1, sources + 1)]
    made: list[Any] = [Entity("C1", "claim", "C1", "Said"), *(Entity(one, "source", one, "") for one in names)]
    stated = [Link(f"{one} states", "states", one, "C1", props={"basis": basis}) for one in names]
    links = {record.id: record for records in ticks for record in records if isinstance(record, Link)}
    judged = {record.id: record for records in ticks for record in records if isinstance(record, Assessment)}
    return Document([*made, *stated, *links.values(), *judged.values()])


def standing(sources: int, *ticks: list[Any]) -> Standing:
    return standing_of(document(sources, *ticks), "C1")


def counts(found: Standing) -> tuple[int, int, int]:
    return found.established, found.recorded, found.unrecorded


def test_two_origins_ticked_as_independent_corroborate() -> None:
    assert standing(2).standing == SEVERAL
    found = standing(2, tick("S2", "S1"))
    assert (counts(found), found.standing, set(found.independent)) == ((2, 0, 0), CORROBORATED, {"S1", "S2"})


def test_only_a_set_in_which_every_pair_was_ticked_counts() -> None:
    chained = standing(3, tick("S1", "S2"), tick("S2", "S3"))
    assert (counts(chained), chained.standing) == ((2, 1, 0), CORROBORATED)
    assert counts(standing(3, tick("S1", "S2"), tick("S2", "S3"), tick("S1", "S3"))) == (3, 0, 0)


def test_no_is_not_yes_and_of_two_analysts_the_more_cautious_counts_unless_the_file_chose_one() -> None:
    assert counts(standing(2, tick("S1", "S2", "no"))) == (0, 2, 0)
    both = (tick("S1", "S2"), tick("S1", "S2", "no", "lee"))
    assert counts(standing(2, *both)) == (0, 2, 0)
    made = document(2, *both)
    chosen = Document([*made.entities, *made.links, *made.table("assessments").values(),
                       Setting("assessor", "kim")])  # fmt: skip
    assert counts(standing_of(chosen, "C1")) == (2, 0, 0)


def test_a_tick_between_sources_that_are_no_origins_of_the_claim_says_nothing_of_it() -> None:
    found = standing_of(document(2, tick("S1", "S2"), basis="none given"), "C1")
    assert (counts(found), found.standing) == ((0, 0, 2), "origin not recorded")
    assert counts(standing(1, tick("S1", "S1"))) == (0, 1, 0)
    assert standing(1, tick("S1", "S1")).standing == SINGLE


def test_nonsense_in_a_file_is_no_tick_and_stops_nothing() -> None:
    for value in ("YES!", "true", "1", "банан", "maybe"):
        assert counts(standing(2, tick("S1", "S2", value))) == (0, 2, 0)
    in_props = Link(KIND.pair_id("S1", "S2"), "independent of", "S1", "S2", props={"independent": ["yes"], "reason": 7})
    found = document(2, [in_props])
    assert counts(standing_of(found, "C1")) == (0, 2, 0)
    assert words(found, in_props) == "not judged"


def test_of_two_links_of_one_pair_the_derived_one_counts_in_whatever_direction_it_goes() -> None:
    stray, right = tick("S2", "S1", "yes", link_id="0 stray"), tick("S1", "S2", "no")
    for order in ((stray, right), (right, stray)):
        made = document(2, *order)
        assert counts(standing_of(made, "C1")) == (0, 2, 0)
        for pair in (("S1", "S2"), ("S2", "S1")):
            found = pair_link(made, *pair)
            assert found is not None
            assert found.id == right[0].id
    assert counts(standing(2, stray)) == (2, 0, 0)


def test_the_board_says_what_was_judged() -> None:
    for value, said in (("yes", "independent"), ("no", "not independent"), ("", "not judged")):
        made = document(2, tick("S1", "S2", value))
        assert words(made, next(link for link in made.links if link.type == "independent of")) == said


PAIRS = list(combinations([f"S{n}" for n in range(1, 7)], 2))


@given(st.integers(0, 6), st.sets(st.sampled_from(PAIRS)), st.sampled_from(PAIRS), st.randoms())
def test_the_laws_of_counting(sources: int, ticked: set[tuple[str, str]], more: tuple[str, str], chance: Any) -> None:
    here = {f"S{n}" for n in range(1, sources + 1)}
    ticks = [tick(*pair) for pair in sorted(ticked) if here.issuperset(pair)]
    found = standing(sources, *ticks)
    assert found.established + found.recorded == found.origins == sources
    assert len(found.independent) == found.established != 1
    turned = [tick(pair[1], pair[0]) for pair in sorted(ticked) if here.issuperset(pair)]
    chance.shuffle(turned)
    again = standing(sources, *turned)
    assert (counts(again), again.standing, set(again.independent)) == (
        counts(found), found.standing, set(found.independent))  # fmt: skip
    if here.issuperset(more):
        assert standing(sources, *ticks, tick(*more)).established >= found.established


def test_ten_thousand_sources_behind_one_claim_are_as_little_work_each_as_a_few() -> None:
    names = [f"S{n}" for n in range(1, 10_001)]
    ticks = [tick(one, other) for one, other in pairwise(names)]
    made = document(10_000, *ticks, *(tick(*pair) for pair in combinations(names[:20], 2)))
    assert calls(lambda: standing_of(made, "C1")) < 10_000 * 100
    found = standing_of(made, "C1")
    assert (counts(found), found.exact) == ((20, 9_980, 0), True)
    assert calls(lambda: lineage_of(made, "C1")) < 10_000 * 150
    assert len(lineage_of(made, "C1").ends) == 10_000


def test_the_lineage_names_every_end_and_why_it_counts_and_every_circle() -> None:
    sources = {
        "S1": {}, "S2": {"first_hand": True}, "S3": {}, "S4": {"unnamed": True}, "S5": {}, "S6": {}, "S7": {}, "S8": {},
    }  # fmt: skip
    made: list[Any] = [
        Entity("C1", "claim", "C1", ""),
        *(Entity(n, "source", n, "", props=p) for n, p in sources.items()),
    ]
    for at, (start, end) in enumerate((("S1", "S2"), ("S1", "S3"), ("S1", "S4"), ("S6", "S7"), ("S7", "S6"))):
        made.append(Link(f"cites {at}", "cites", start, end))
    stated = (("S1", ""), ("S5", "none given"), ("S6", "as cited"), ("S8", "as cited"))
    made += [Link(f"states {one}", "states", one, "C1", props={"basis": basis}) for one, basis in stated]
    made += tick("S3", "S2")
    found = lineage_of(Document(made), "C1")
    assert {end.source_id: (end.kind, end.why) for end in found.ends} == {
        "S2": (ESTABLISHED, "at first hand"),
        "S3": (ESTABLISHED, "named and cited"),
        "S4": (NOWHERE, "unnamed, with no reason to count"),
        "S5": (NOWHERE, "gives no basis"),
        "S6": (NOWHERE, "goes round in a circle"),
        "S8": (NOWHERE, "hands on another's words, and whose is not recorded"),
    }
    assert found.ends_of(RECORDED) == []
    assert found.reports == ("S1", "S5", "S6", "S8")
    assert found.sources == tuple(sorted(sources))
    assert found.circles == (("S6", "S7"),)
    assert found.circular == {"cites 3", "cites 4"}
    assert found.links == {f"cites {at}" for at in range(5)} | {f"states {one}" for one, _ in stated}
    assert (found.standing.established, found.standing.recorded, found.standing.unrecorded) == (2, 0, 4)
