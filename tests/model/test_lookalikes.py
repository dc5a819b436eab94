"""Names that can be taken for another are found, ordinary names of every language are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.health import LOOKALIKE, health
from evidenceboard.model.lookalikes import mixed, skeleton


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Р\u0430ypal", "“Р\u0430ypal” mixes Latin and Cyrillic letters"),
        ("\u0410lfa Bank", "“\u0410lfa” mixes Latin and Cyrillic letters"),
        ("Ρaul Smith", "“Ρaul” mixes Latin and Greek letters"),
        (
            "Bank of \u041e\u0420\u0415\u0421",
            "“\u041e\u0420\u0415\u0421” looks Latin and is written in Cyrillic letters",
        ),
        ("Zоря", "“Zоря” mixes Latin and Cyrillic letters"),
    ],
)
def test_a_word_of_several_scripts_is_named(name: str, why: str) -> None:
    assert mixed(name) == why


@pytest.mark.parametrize(
    "name",
    ["Alfa Bank", "Міністерство оборони (MoD)", "СССР и NATO", "5 μm", "Δt = 3", "α-synuclein", "Αθήνα και Πάτρα", "kΩ",
     "드론 KN-23 부대", "東京 Tower", "об'єкт", "iPhone'ом", "Müller & Şahin", "нота а", ""],
)  # fmt: skip
def test_ordinary_names_are_left_alone(name: str) -> None:
    assert mixed(name) == ""


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x2FF), max_size=60))
def test_latin_alone_is_never_mixed(name: str) -> None:
    assert mixed(name) == ""


def test_names_that_look_alike_share_a_skeleton() -> None:
    assert skeleton("\u0410lfa  Bank") == skeleton("alfa Bank") == skeleton("Al\u200bfa Bank")
    assert skeleton("Alfa Bank") != skeleton("Beta Bank")


def test_board_health_tells_of_names_that_look_like_others(session: Session) -> None:
    with session.transaction("Add") as tx:
        commands.add_entity(tx, "actor", title="\u041e\u0420\u0415\u0421")  # all of it Cyrillic
        commands.add_entity(tx, "actor", title="OPEC")
        commands.add_entity(tx, "actor", title="opec")
        commands.add_entity(tx, "actor", title="Re\u202eport")
        commands.add_entity(tx, "claim", title="A sentence\u200b may hold what a web page had")
        commands.add_entity(tx, "place", title="Р\u0430ris")
    found = {one.number: one.what for one in health(session.document).findings if one.rule == LOOKALIKE}
    assert found == {
        "A3": "Its title looks like that of A2 and is written in other letters.",
        "A4": "Its title looks like that of A2 and is written in other letters.",
        "A5": "Its title holds signs that nobody sees, shown here by marks in ‹ ›.",
        "P1": "“Р\u0430ris” mixes Latin and Cyrillic letters: it may be another name than it looks like.",
    }
