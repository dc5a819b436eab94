"""What nobody sees is shown by marks; what a script or a picture is made of stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.marks import SHOWN, marked, one_line, visible

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
WALES = "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("report \u202egpj.exe", "report ‹RLO›gpj.exe"),
        ("\u2066\u202dnever\u202c\u2069", "‹LRI›‹LRO›never‹PDF›‹PDI›"),
        ("Al\u200bpha \u2060Ba\ufeffnk", "Al‹ZWSP›pha ‹WJ›Ba‹BOM›nk"),
        ("pay\u200dpal pay\u200cpal", "pay‹ZWJ›pal pay‹ZWNJ›pal"),
        ("co\u00adoperate", "co¬operate"),
        ("Alpha\u200e Bank\u200f", "Alpha‹LRM› Bank‹RLM›"),
        ("a\u034fb\u3164\u115f\uffa0\u2800c", "a‹CGJ›b‹FILLER›‹FILLER›‹FILLER›‹BLANK›c"),
        ("\x1b[31mred\x07\x08\x7f\x9b", "‹ESC›[31mred‹BEL›‹BS›‹DEL›‹U+009B›"),
        ("plain\U000e0068\U000e0069 text", "plain‹TAG hi› text"),
        ("🏴\U000e0067\U000e0062", "🏴‹TAG gb›"),
        ("A\ufe0f b\U000e0101", "A‹U+FE0F› b‹U+E0101›"),
        ("\uffff\ufdd0\U0001fffe", "‹U+FFFF›‹U+FDD0›‹U+1FFFE›"),
        ("\ue000 \uf8ff\U000f0001\U0010fffd", "‹U+E000› ‹U+F8FF›‹U+F0001›‹U+10FFFD›"),
        ("\u0378x\n\u0530\U000e1000\ud800", "‹U+0378›x\n‹U+0530›‹U+E1000›‹U+D800›"),
        ("a\r\nb\rc\u2028d\u2029e\x0bf\x85g\th", "a\nb\nc\nd\ne\nf\ng h"),
        ("Z" + "\u0336" * 30, "Z" + "\u0336" * 8 + "‹+22›"),
    ],
)
def test_a_sign_that_hides_is_shown(text: str, shown: str) -> None:
    assert marked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Lorries carried 3,000 soldiers – “north” of Зоря’s house, 50 % ± 2",
        FAMILY,
        WALES,
        "❤\ufe0f 1\ufe0f\u20e3 ☎\ufe0e ✊🏽 🏳\ufe0f\u200d🌈 👩🏽\u200d🚀 🧔🏿\u200d♂\ufe0f 🇺🇦",
        "می\u200cخواهم نامه\u200cای",
        "क्\u200dष र्\u200dय",
        "קרא \u200f(שלום)\u200e 12",
        "مرحبا\u061c 2024-10-18",
        "ภาษา\u200bไทย ភាសា\u200bខ្មែរ",
        "ᠮᠣᠩᠭᠣᠯ\u180e\u180b",
        "민간 트럭 \u1112\u1161\u11ab \u115f\u1161 \u1100\u1160",
        "葛\U000e0100 辻\ufe00",
        "⠓⠑⠇⠇⠕\u2800⠺",
        "Vǐệt Nâm ﷺ \u06dd \u0600",
        "Αθήνα Київ 東京 ไทย հայերեն",
        "\U0001fae8 \U0001fabf a newer emoji than Python knows",
    ],
)
def test_what_a_script_or_a_picture_is_made_of_stays_as_it_is(text: str) -> None:
    assert marked(text) == text


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M", "Z", "C"]), max_size=200))
def test_nothing_that_turns_or_hides_text_is_left_and_nothing_seen_is_lost(text: str) -> None:
    shown = marked(text)
    turning = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    assert not set(shown) & (turning | set("\ufeff\u2060\x1b\x07\x7f\x00\t\r"))
    assert not any(unicodedata.category(sign) == "Cc" for sign in shown if sign != "\n")
    assert not any(unicodedata.category(sign) in ("Co", "Cs") for sign in shown)
    assert marked(shown) == shown or "\u200d" in shown or "\u200b" in shown, "marks are ordinary text"
    seen = [sign for sign in text if unicodedata.category(sign)[0] in "LNPS" and not "\u115f" <= sign <= "\u1160"]
    left = iter(shown)
    assert all(sign in left for sign in seen if sign not in "\u2800\u3164\uffa0"), "letters stay in their order"


@given(st.text(max_size=4000), st.integers(2, 300))
def test_one_line_is_one_line_of_no_more_than_the_limit(text: str, limit: int) -> None:
    shown = one_line(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    assert shown == " ".join(shown.split()) or shown.endswith("…")


def test_a_card_looks_at_two_thousand_characters_and_says_how_many_more_there_are() -> None:
    assert visible("x" * SHOWN) == "x" * SHOWN
    assert visible("x" * (SHOWN + 1500)) == "x" * SHOWN + " [… 1,500 more characters]"
    assert visible("a\u202eb") == "a‹RLO›b"
