"""The signs in the margin of a tile that point at the tiles beside it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session
from evidenceboard.commands.generate import generated
from evidenceboard.render.included import included
from evidenceboard.render.page_paint import clear, neighbours
from evidenceboard.render.pages import MARGIN, SMALL, SMALL_LINE, Pages, planned
from evidenceboard.render.paper import laid_out
from evidenceboard.render.text import line_width

SPANS = st.lists(st.tuples(st.integers(-50, 150), st.integers(1, 60)).map(lambda one: (one[0], one[0] + one[1])))


@given(SPANS, st.integers(1, 90))
def test_a_place_is_clear_if_there_is_one_and_no_other_is_nearer_to_the_middle(
    spans: list[tuple[float, float]], room: int
) -> None:
    def is_clear(at: float) -> bool:
        return 0 <= at <= 100 - room and all(at + room <= start or end <= at for start, end in spans)

    at, middle = clear(spans, 0, 100, room), (100 - room) / 2
    there = [place / 2 for place in range(201) if is_clear(place / 2)]
    assert is_clear(at) if there else at == middle
    assert all(abs(at - middle) <= abs(one - middle) for one in there)


@pytest.fixture
def pages(tmp_path: Path, qtbot: object) -> Pages:
    generated(tmp_path / "board.db", cards=120, links=60, seed=2)
    with Session.open(tmp_path / "board.db") as session:
        return planned(laid_out(included(session.document, None), lambda share: None), "atlas", "A5")


def test_the_signs_stand_in_the_margin_apart_from_each_other_and_beside_no_card_that_is_cut(pages: Pages) -> None:
    beside, all_of_them = 0, 0
    for place, page in enumerate(pages.pages):
        signs = neighbours(pages, place)
        assert [name for _, name, _ in signs] == [name for _, name, _ in neighbours(pages, place)]
        for (x, y), words, to in signs:
            assert pages.pages[to].name in words
            assert x >= 4 and x + line_width(words, SMALL) <= page.width - 4
            assert y >= MARGIN and y + SMALL_LINE <= page.height - MARGIN
        in_column = sorted(y for (_, y), words, _ in signs if words.endswith("→"))
        assert all(low + SMALL_LINE <= far + 0.01 for low, far in pairwise(in_column))
        right = page.area[2]
        cards = pages.paper.scene.box[:, pages.paper.scene.cards_in(page.area)]
        for x, y, w, h in cards[:, cards[0] + cards[2] > right].T.tolist():
            top, bottom = page.on_page(x, y)[1], page.on_page(x + w, y + h)[1]
            beside += sum(at < bottom and at + SMALL_LINE > top for at in in_column)
        all_of_them += len(in_column)
    assert all_of_them > 10
    assert beside <= all_of_them // 10
