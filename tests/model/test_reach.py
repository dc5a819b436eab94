"""Which dates can lie in a span, what was known on a day, and what hangs on them on a board."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.edtf import Day, readable
from evidenceboard.model.reach import Reach
from evidenceboard.model.scene import Scene
from evidenceboard.model.timeline import Moment, moments

DATES = ["", "2024-10-18", "2024-10", "2024", "2024-09~", "../2024-10", "2024-10/..", "202X", "2024-10-08/2024-11-14"]


def moment(number: str, date: str, *, reported: str = "", captured: str = "") -> Moment:
    return Moment(number, number, "claim", "t", date, reported, captured, readable(date))


def day(year: int, month: int, of_month: int) -> int:
    return Day(year, month, of_month).number


def test_a_vague_date_that_overlaps_the_span_lies_in_it_and_one_that_cannot_does_not() -> None:
    reach = Reach([moment(f"C{n}", date) for n, date in enumerate(DATES)], "happened")
    found = reach.within(day(2024, 10, 8), day(2024, 10, 17))
    inside = [date for date, within in zip(DATES, found, strict=True) if within]
    assert inside == ["2024-10", "2024", "../2024-10", "2024-10/..", "202X", "2024-10-08/2024-11-14"]
    assert reach.dated.tolist() == [bool(date) for date in DATES]


@given(st.lists(st.sampled_from(DATES), max_size=12), st.integers(-500, 500), st.integers(0, 500))
def test_a_wider_span_never_loses_a_date_and_no_span_finds_what_has_none(
    dates: list[str], start: int, length: int
) -> None:
    reach = Reach([moment(f"C{n}", date) for n, date in enumerate(dates)], "happened")
    first = day(2024, 10, 18) + start
    narrow, wide = reach.within(first, first + length), reach.within(first - 1, first + length + 1)
    assert not (narrow & ~wide).any() and not (wide & ~reach.dated).any()
    for date, within in zip(dates, narrow, strict=True):
        span = readable(date)
        expected = span is not None and not (
            (span.latest and span.latest.number < first) or (span.earliest and span.earliest.number > first + length)
        )
        assert bool(within) == expected


@given(st.lists(st.sampled_from(DATES), max_size=12))
def test_what_was_known_stays_known_and_each_day_of_playing_brings_something(dates: list[str]) -> None:
    reach = Reach([moment(f"C{n}", "", reported=date) for n, date in enumerate(dates)], "reported")
    known = [int(reach.known_by(one).sum()) for one in reach.days()]
    assert known == sorted(set(known)), "a day was played on which nothing came to be known"
    assert (known[-1] if known else 0) == int(reach.dated.sum())


def test_a_vague_report_counts_from_the_last_day_on_which_it_may_have_come() -> None:
    reach = Reach([moment("C1", "", reported="2024-10"), moment("C2", "", reported="2024-10-05/..")], "reported")
    assert reach.days() == [day(2024, 10, 5), day(2024, 10, 31)]
    assert reach.known_by(day(2024, 10, 30)).tolist() == [False, True]


def test_the_moment_of_a_capture_counts_as_its_day() -> None:
    reach = Reach([moment("C1", "", captured="2024-12-01T09:00:00.000Z")], "captured")
    assert reach.within(day(2024, 12, 1), day(2024, 12, 1)).all()


@pytest.fixture
def told(session: Session) -> Session:
    """Return a board where S1 states C1 (Oct) and S2 (published in Dec) denies it; C2 has no date; H1 hangs on C1."""
    with session.transaction("Date") as tx:
        claim, other = tx.document.entity("C1"), tx.document.entity("C2")
        commands.set_fields(tx, claim.id, happened="2024-10-10")
        late = commands.add_entity(tx, "source", title="Late", props={"published": "2024-12-01"})
        commands.place(tx, tx.document.boards[0].id, late.id, x=0, y=900)
        commands.link(tx, "denies", late.id, claim.id)
        commands.link(tx, "supports", claim.id, other.id)
        [stated] = [link for link in tx.document.links_into(claim.id) if link.type == "states"]
        commands.set_fields(tx, stated.id, date="2024-10-20")
    return session


def bright(session: Session, reach: Reach, chosen: np.ndarray, scene: Scene, dated_hang: bool) -> set[str]:
    found = np.flatnonzero(reach.bright(scene, chosen, dated_hang=dated_hang) & scene.alive[: scene.n])
    return set(session.document.numbers_of([scene.entity_ids[slot] for slot in found]))


def test_with_a_claim_of_the_span_stay_its_sources_and_scenarios_but_no_other_claim(told: Session) -> None:
    scene = Scene(told.document, told.document.boards[0].id)
    reach = Reach(moments(told.document), "happened")
    october = reach.within(day(2024, 10, 1), day(2024, 10, 31))
    assert bright(told, reach, october, scene, True) == {"C1", "S1", "S2", "H1"}
    december = reach.within(day(2024, 12, 1), day(2024, 12, 31))
    assert bright(told, reach, december, scene, True) == {"S2"}


def test_when_reports_are_played_a_source_of_later_is_not_there_before_its_time(told: Session) -> None:
    scene = Scene(told.document, told.document.boards[0].id)
    reach = Reach(moments(told.document), "reported")
    assert bright(told, reach, reach.known_by(day(2024, 10, 19)), scene, False) == set()
    assert bright(told, reach, reach.known_by(day(2024, 10, 20)), scene, False) == {"C1", "S1", "H1"}
    assert bright(told, reach, reach.known_by(day(2024, 12, 1)), scene, False) == {"C1", "S1", "S2", "H1"}


def test_cards_and_links_that_come_later_are_found_in_their_slots(told: Session) -> None:
    scene = Scene(told.document, told.document.boards[0].id)
    reach = Reach(moments(told.document), "happened")
    october = reach.within(day(2024, 10, 1), day(2024, 10, 31))
    reach.bright(scene, october, dated_hang=True)
    told.subscribe(lambda operation: scene.update(operation, told.document) and None)
    with told.transaction("Add") as tx:
        place = commands.add_entity(tx, "place", title="Kursk")
        commands.place(tx, tx.document.boards[0].id, place.id, x=0, y=1200)
        commands.link(tx, "about", tx.document.entity("C1").id, place.id)
    assert "P1" in bright(told, reach, october, scene, True)
    told.undo()
    assert "P1" not in bright(told, reach, october, scene, True)
