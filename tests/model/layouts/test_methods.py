"""What each way of laying out makes of what it knows."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laid_boards import after, boards, made, overlaps

from evidenceboard.model.layouts import method
from evidenceboard.model.layouts.gathering import Content, card_things
from evidenceboard.model.layouts.laying import Wish, laid

CARD = (0.0, 0.0, 250.0, 90.0)
Box = tuple[float, float, float, float]


def lay(found: Content, way: str) -> list[Box]:
    """Return where the cards lie, in their order."""
    boxes = after(found, laid(found, Wish(method(way))))
    return [boxes[card.id] for card in found.cards]


# -- layered -------------------------------------------------------------------------------------------------------


def test_sources_stand_left_of_claims_and_these_of_scenarios() -> None:
    words = ["scenario", "claim", "source"] * 5
    links = [(2, "states", 1), (1, "bears on", 0), (5, "states", 4), (4, "bears on", 3)]
    boxes = lay(made([(word, *CARD) for word in words], links), "layered")
    rights = {
        word: max(x + w for other, (x, _, w, _) in zip(words, boxes, strict=True) if other == word) for word in words
    }
    lefts = {word: min(x for other, (x, *_) in zip(words, boxes, strict=True) if other == word) for word in words}
    assert rights["source"] < lefts["claim"] and rights["claim"] < lefts["scenario"]


def test_a_source_stands_right_of_those_it_cites_and_a_claim_of_those_it_rests_on() -> None:
    words = ["source"] * 3 + ["claim"] * 3
    links = [(0, "cites", 1), (1, "cites", 2), (3, "supports", 4), (5, "depends on", 4)]
    x = [box[0] for box in lay(made([(word, *CARD) for word in words], links), "layered")]
    assert x[2] < x[1] < x[0] < x[3] < x[4] < x[5]


@pytest.mark.parametrize("many", [1, 2, 7])
def test_sources_that_cite_each_other_in_a_circle_are_laid_out_all_the_same(many: int) -> None:
    links = [(n, "cites", (n + 1) % many) for n in range(many)]
    found = made([("source", *CARD)] * many, links)
    boxes = lay(found, "layered")
    assert len({box[:2] for box in boxes}) == many


def test_a_long_way_of_claims_takes_no_more_than_a_few_layers() -> None:
    found = made([("claim", *CARD)] * 400, [(n, "supports", n + 1) for n in range(399)])
    x = [box[0] for box in lay(found, "layered")]
    assert x[0] < x[200] < x[399]
    assert max(x) - min(x) < 400 * 250 / 4


def test_what_is_neither_source_nor_claim_nor_scenario_stands_below_all_of_them() -> None:
    words = ["source", "claim", "scenario", "actor", "place", "event", "question", "spaceship"]
    boxes = lay(made([(word, *CARD) for word in words], [(3, "author of", 0), (1, "about", 4)]), "layered")
    assert max(y + h for _, y, _, h in boxes[:3]) < min(y for _, y, _, _ in boxes[3:])


def test_links_that_need_not_cross_do_not() -> None:
    n = 12
    links = [(k, "states", 2 * n - 1 - k) for k in range(n)]
    boxes = lay(made([("source", *CARD)] * n + [("claim", *CARD)] * n, links), "layered")
    pairs = [(boxes[a][1], boxes[b][1]) for a, _, b in links]
    assert all((a - c) * (b - d) >= 0 for (a, b), (c, d) in itertools.combinations(pairs, 2))


# -- force ---------------------------------------------------------------------------------------------------------


def test_what_is_linked_lies_nearer_than_what_is_not() -> None:
    ring = 40
    found = made([("claim", *CARD)] * ring, [(n, "supports", (n + 1) % ring) for n in range(ring)])
    boxes = lay(found, "force")
    apart = {
        (a, b): abs(boxes[a][0] - boxes[b][0]) + abs(boxes[a][1] - boxes[b][1])
        for a, b in itertools.combinations(range(ring), 2)
    }
    linked = [far for (a, b), far in apart.items() if b - a in (1, ring - 1)]
    others = [far for (a, b), far in apart.items() if b - a not in (1, ring - 1)]
    assert sum(linked) / len(linked) < sum(others) / len(others) / 3


def test_groups_that_no_link_joins_lie_side_by_side() -> None:
    links = [(5 * group + k, "supports", 5 * group + k + 1) for group in range(8) for k in range(4)]
    boxes = lay(made([("claim", *CARD)] * 40, links), "force")
    around = []
    for group in range(8):
        mine = boxes[5 * group : 5 * group + 5]
        left, top = min(box[0] for box in mine), min(box[1] for box in mine)
        around.append((left, top, max(x + w for x, _, w, _ in mine) - left, max(y + h for _, y, _, h in mine) - top))
    assert not overlaps({str(group): box for group, box in enumerate(around)})


def test_a_thousand_cards_and_more_are_pushed_on_a_mesh_to_the_same_end() -> None:
    side = 24
    links = [(n, "related", n + 1) for n in range(side * side) if (n + 1) % side]
    links += [(n, "related", n + side) for n in range(side * (side - 1))]
    found = made([("note", *CARD)] * side**2, links)
    boxes = lay(found, "force")
    assert not overlaps({str(n): box for n, box in enumerate(boxes)})
    corner = [boxes[n] for n in (0, side - 1, side * (side - 1), side**2 - 1)]
    near = [abs(boxes[a][0] - boxes[b][0]) + abs(boxes[a][1] - boxes[b][1]) for a, _, b in links]
    ends = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in itertools.combinations(corner, 2)]
    assert min(ends) > 8 * sum(near) / len(near)


# -- grid and time -------------------------------------------------------------------------------------------------


def test_a_grid_goes_by_type_and_number_in_rows_that_stand_in_columns() -> None:
    words = ["claim", "actor"] * 20
    boxes = lay(made([(word, *CARD) for word in words]), "grid")
    read = sorted(range(40), key=lambda n: (boxes[n][1], boxes[n][0]))
    assert read == [*range(1, 40, 2), *range(0, 40, 2)]
    assert len({box[0] for box in boxes}) < 12 and len({box[1] for box in boxes}) < 12


@given(boards(framed=False, pins=False))
def test_an_earlier_day_never_stands_right_of_a_later_one(found: Content) -> None:
    days = card_things(found, ()).day.tolist()
    result = laid(found, Wish(method("time")))
    boxes = after(found, result)
    dated = sorted((day, boxes[card.id][0]) for card, day in zip(found.cards, days, strict=True) if day == day)
    for (day, x), (later, right) in itertools.pairwise(dated):
        assert day == later or x <= right
    undated = [boxes[card.id][0] for card, day in zip(found.cards, days, strict=True) if day != day]
    assert result.beside == len(undated)
    assert not dated or not undated or max(x for _, x in dated) < min(undated)


@given(st.permutations(range(6)))
def test_a_claim_without_a_date_stands_where_it_was_first_reported(order: list[int]) -> None:
    cards = [
        ("source", *CARD),
        ("source", *CARD),
        ("claim", *CARD),
        ("claim", *CARD),
        ("event", *CARD),
        ("claim", *CARD),
    ]
    props = {0: {"published": "2024-05"}, 1: {"published": "2023"}, 3: {"happened": "2020"}, 4: {"happened": "2025"}}
    links = [(0, "states", 2), (1, "denies", 2), (0, "states", 3)]
    place = {n: at for at, n in enumerate(order)}
    found = made(
        [cards[n] for n in order],
        [(place[a], kind, place[b]) for a, kind, b in links],
        props={place[n]: given for n, given in props.items()},
    )
    days = card_things(found, ()).day.tolist()
    assert days[place[2]] == days[place[1]] and days[place[3]] < days[place[1]] < days[place[0]] < days[place[4]]
    assert days[place[5]] != days[place[5]]
