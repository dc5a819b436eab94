"""How high a card is for its text: more text is never lower, more room never higher."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidenceboard.model.card_size import TITLE_LINE, count_lines, fitted_height, full_height, text_width
from evidenceboard.model.document import Document
from evidenceboard.model.face import Chip, Face
from evidenceboard.model.marks import SHOWN
from evidenceboard.model.records import Entity
from evidenceboard.model.types import TYPES

texts = st.text("il Wm\nжщ한國😀-", max_size=80)
widths = st.floats(24, 900)


def face(title: str, second: str = "", chips: tuple[Chip, ...] = ()) -> Face:
    return Face("claim", "Claim", "C1", title, second, chips)


@settings(max_examples=150)
@given(texts, st.text("ilW mж한\n", min_size=1, max_size=20), widths)
def test_more_text_is_never_lower(text: str, more: str, width: float) -> None:
    assert fitted_height(face(text), width) <= fitted_height(face(text + more), width)
    assert full_height(face(text), width) <= full_height(face(text + more), width)
    assert full_height(face("t", text), width) <= full_height(face("t", text + more), width)


@settings(max_examples=150)
@example("W한 한", 30.0, 45.0)
@given(texts, widths, widths)
def test_a_wider_card_is_never_higher(text: str, one: float, other: float) -> None:
    narrow, wide = sorted((one, other))
    assert fitted_height(face(text, text), narrow) >= fitted_height(face(text, text), wide)
    assert full_height(face(text, text), narrow) >= full_height(face(text, text), wide)


@given(texts, widths)
def test_the_screen_never_shows_more_than_paper(text: str, width: float) -> None:
    shown = face(text, text, (Chip("B2"),))
    assert 0 < fitted_height(shown, width) <= full_height(shown, width)
    assert fitted_height(shown, width) <= fitted_height(face("x\n" * 9, "x\n" * 9, (Chip("B2"),)), width)


def test_chips_and_a_second_line_take_room() -> None:
    plain = fitted_height(face("t"), 250)
    assert plain < fitted_height(face("t", "second"), 250) < fitted_height(face("t", "second", (Chip("B2"),)), 250)


@pytest.mark.parametrize("width", [math.nan, -math.inf, -5, 0, 1])
def test_a_width_that_is_none_gives_a_height_all_the_same(width: float) -> None:
    assert text_width(width) == 20
    assert math.isfinite(full_height(face("드론 부대가 도착했다 " * 20), width))


def test_letters_of_other_scripts_are_as_wide_as_they_are_drawn() -> None:
    room, size = 200.0, 13.0
    assert count_lines("한" * 15, room, size, "regular") == 1
    assert count_lines("한" * 16, room, size, "regular") == 2
    assert count_lines("i" * 40, room, size, "regular") == 1
    assert count_lines("W" * 40, room, size, "regular") > 2
    assert count_lines("а" * 20, room, size, "medium") == 1
    assert count_lines("", room, size, "regular") == 1
    assert count_lines("a\nb\n\nc", room, size, "regular") == 4


def test_a_million_characters_are_sized_by_their_beginning() -> None:
    beginning = full_height(face("x" * SHOWN), 250)
    assert beginning < full_height(face("x" * 1_000_000), 250) <= beginning + 2 * TITLE_LINE, "the rest is told"


@pytest.mark.parametrize("kind", TYPES, ids=[kind.id for kind in TYPES])
def test_every_type_has_a_face_without_any_property(kind: object) -> None:
    from evidenceboard.model.entity_type import EntityType

    assert isinstance(kind, EntityType)
    document = Document()
    shown = kind.face(Entity("e", kind.id, f"{kind.prefix}1", ""), document)
    assert fitted_height(shown, kind.width) > 30
    for value in (["gone", 5, None], 5, True, {"a": 1}, "text", "2024/2025"):
        odd = dict.fromkeys(kind.props.model_fields, value) | {"x": 1}
        assert kind.face(Entity("e", kind.id, "1", "t", props=odd), document).title == "t"
