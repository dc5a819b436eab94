"""Two keys grade what is selected: G, then the grade; a changed one may be explained where it stands."""

from __future__ import annotations

from hands import SHIFT, Hand, Key
from PySide6.QtWidgets import QApplication

from evidenceboard import commands
from evidenceboard.model.records import Link
from evidenceboard.ui.actions import ACTIONS


def report(hand: Hand) -> Link:
    return hand.link("S1", "C1")


def select(hand: Hand, *links: Link) -> None:
    hand.window.selection.set(links=[link.id for link in links])
    hand.surface.setFocus()


def judged(hand: Hand, link: Link, field: str = "credibility") -> str:
    return hand.document.judged(link.id, field)


def second_report(hand: Hand) -> Link:
    def make(tx):  # type: ignore[no-untyped-def]
        return commands.link(tx, "states", hand.of("S1").id, hand.of("C2").id)

    made = hand.window.perform("Link", make)
    assert isinstance(made, Link)
    return made


def test_g_and_a_digit_grade_the_report_and_g_and_a_letter_its_source(hand: Hand) -> None:
    select(hand, report(hand))
    with hand.one_step():
        hand.key(Key.Key_G)
        hand.key(Key.Key_4)
        assert judged(hand, report(hand)) == "4"
        hand.key(Key.Key_Escape)
    hand.key(Key.Key_G)
    hand.key(Key.Key_E)
    assert hand.document.judged(hand.of("S1").id, "reliability") == "E"


def test_the_list_says_what_each_grade_means_and_begins_at_the_present_one(hand: Hand) -> None:
    select(hand, report(hand))
    hand.key(Key.Key_G)
    said = [choice.text for choice in hand.chooser.choices]
    assert said[1] == "probably true" and said[7] == "usually reliable" and len(said) == 12
    assert hand.chooser.choices[hand.chooser.current].value == ("credibility", "2")
    assert "S1" in hand.chooser.accessibleName() and "1–6" in hand.chooser.accessibleName()
    with hand.nothing_changes():
        hand.key(Key.Key_Escape)


def test_a_source_is_graded_by_its_letter(hand: Hand) -> None:
    hand.click(hand.at("S1"))
    hand.key(Key.Key_G)
    assert [choice.key for choice in hand.chooser.choices] == list("ABCDEF")
    with hand.one_step():
        hand.key(Key.Key_C)
        assert hand.document.judged(hand.of("S1").id, "reliability") == "C"
        hand.key(Key.Key_Escape)


def test_several_reports_are_graded_as_one_step(hand: Hand) -> None:
    other = second_report(hand)
    select(hand, report(hand), other)
    with hand.one_step():
        hand.key(Key.Key_G)
        hand.key(Key.Key_5)
        assert (judged(hand, report(hand)), judged(hand, other)) == ("5", "5")
        assert hand.newest().label == "Grade 2 reports"
        hand.key(Key.Key_Escape)


def test_a_cell_takes_the_keys_of_the_matrix(hand: Hand) -> None:
    cell = hand.link("C2", "H1")
    for key, held, value in (
        (Key.Key_5, None, "I"), (Key.Key_I, SHIFT, "II"), (Key.Key_N, None, "N"), (Key.Key_C, SHIFT, "CC"),
        (Key.Key_A, None, "NA"),
    ):  # fmt: skip
        select(hand, cell)
        hand.key(Key.Key_G)
        hand.key(key, held) if held else hand.key(key)
        assert judged(hand, cell, "consistency") == value
        hand.key(Key.Key_Escape)


def test_the_keys_count_by_their_place_under_other_scripts(hand: Hand) -> None:
    select(hand, report(hand))
    hand.foreign_key(0x041F, 42, "п")  # the place of G under Cyrillic
    assert hand.chooser.isVisible()
    hand.foreign_key(0x26, 13, "'")  # the place of 4 on a French keyboard
    assert judged(hand, report(hand)) == "4"


def test_a_changed_grade_may_be_explained_where_it_stands(hand: Hand) -> None:
    select(hand, report(hand))
    hand.key(Key.Key_G)
    hand.key(Key.Key_3)
    assert hand.editor.isVisible() and hand.editor.label.text() == "Why 3 instead of 2?"
    hand.type("seen from afar")
    hand.key(Key.Key_Return)
    assert hand.document.assessments_of(report(hand).id)[0].reason == "seen from afar"
    assert hand.newest().label == "Say why" and not hand.editor.isVisible()


def test_enter_on_nothing_leaves_the_grade_without_a_reason(hand: Hand) -> None:
    select(hand, report(hand))
    hand.key(Key.Key_G)
    hand.key(Key.Key_3)
    hand.key(Key.Key_Return)
    assert judged(hand, report(hand)) == "3" and not hand.editor.isVisible()


def test_a_first_grade_asks_nothing(hand: Hand) -> None:
    select(hand, second_report(hand))
    hand.key(Key.Key_G)
    hand.key(Key.Key_3)
    assert not hand.editor.isVisible() and QApplication.focusWidget() is hand.surface


def test_confirmed_asks_by_whom_and_two_can_be_chosen_instead(hand: Hand) -> None:
    made = second_report(hand)
    select(hand, made)
    with hand.nothing_changes():
        hand.key(Key.Key_G)
        hand.key(Key.Key_1)
        assert hand.chooser.isVisible() and "by whom" in hand.chooser.accessibleName()
    hand.key(Key.Key_2)
    assert judged(hand, made) == "2"


def test_confirmed_is_kept_with_the_reason_that_is_written(hand: Hand) -> None:
    made = second_report(hand)
    select(hand, made)
    with hand.nothing_changes():
        hand.key(Key.Key_G)
        hand.key(Key.Key_1)
        hand.key(Key.Key_1)
        assert hand.editor.isVisible()
    hand.type("two ministries")
    hand.key(Key.Key_Return)
    assert judged(hand, made) == "1"
    assert hand.document.assessments_of(made.id)[0].reason == "two ministries"
    assert hand.newest().label == "Grade 1 report"


def test_confirmed_without_a_word_changes_nothing(hand: Hand) -> None:
    select(hand, second_report(hand))
    with hand.nothing_changes():
        hand.key(Key.Key_G)
        hand.key(Key.Key_1)
        hand.key(Key.Key_1)
        hand.key(Key.Key_Return)
    assert not hand.editor.isVisible()


def test_where_nothing_can_be_graded_the_action_rests(hand: Hand) -> None:
    hand.click(hand.at("A1"))
    assert not ACTIONS["grade"].can_run(hand.window)
    with hand.nothing_changes():
        hand.key(Key.Key_G)
    assert not hand.chooser.isVisible()
