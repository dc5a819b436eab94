"""What there is to list of board health: the same in small steps as at once; what was listed, where it is the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.document import Document
from evidenceboard.model.health import UNSOURCED, health, silenced_id
from evidenceboard.model.records import Entity, Setting
from evidenceboard.ui.panels.health_listing import Listed, listing

TITLES = st.sampled_from(["Kim", "KIM", "Kimm Jong", "Kim Jong", "Orient Bank", "Orient Banc", "Полк", "Пoлк"])
ENTITIES = st.lists(st.tuples(st.sampled_from(["claim", "actor", "scenario"]), TITLES), max_size=30)


def document(rows: list[tuple[str, str]], silenced: set[int]) -> Document:
    entities = [Entity(f"e{n}", type_id, f"{type_id[0].upper()}{n}", title) for n, (type_id, title) in enumerate(rows)]
    return Document([*entities, *(Setting(silenced_id(UNSOURCED, f"e{n}"), {"reason": "so"}) for n in silenced)])


def listed(there: Document, falls: set[str], was: Listed) -> Listed:
    *steps, made = listing(there, falls, was)
    assert made is not None and not any(steps)
    return made


@given(ENTITIES, st.sets(st.integers(0, 29)), st.sets(st.integers(0, 29)))
def test_lines_in_steps_are_what_the_rules_find_at_once(
    rows: list[tuple[str, str]], silenced: set[int], falling: set[int]
) -> None:
    there, falls = document(rows, silenced), {f"e{n}" for n in falling}
    made, found = listed(there, falls, Listed()), health(there)
    told = [line.finding for lines in made.told.values() for line in lines]
    assert told == [one for one in found.findings if one.entity_id not in falls]
    hushed = [(line.finding, line.reason) for lines in made.silenced.values() for line in lines]
    assert hushed == found.silenced
    assert all(line.finding.rule == rule for rule, lines in made.told.items() for line in lines)


@given(ENTITIES, ENTITIES)
def test_what_was_listed_is_listed_on_exactly_where_it_is_the_same(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    was = listed(document(before, set()), set(), Listed())
    assert listed(document(before, set()), set(), was) is was
    now = listed(document(after, set()), set(), was)
    assert (now is was) == (health(document(after, set())) == health(document(before, set())))


def test_who_lets_go_of_it_half_way_leaves_what_was_listed_as_it_was() -> None:
    there = document([("claim", f"Claim {n}") for n in range(9_000)], set())
    was = listed(there, set(), Listed())
    for steps in (1, 400, 1200):
        begun = listing(there, set(), was)
        for _ in range(steps):
            next(begun)
        begun.close()
    assert len(was.told[UNSOURCED]) == 9_000 and listed(there, set(), was) is was
