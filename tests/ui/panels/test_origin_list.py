"""Where a claim comes from, in the inspector: every term, every end and why; two origins judged in place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reading import click, line_to, show, words

from evidenceboard import commands
from evidenceboard.model.independence import pair_link
from evidenceboard.model.origins import standing_of
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.origin_list import FEW, OriginList
from evidenceboard.ui.panels.pair_row import PairRow
from evidenceboard.ui.panels.prose import ProseButton


def witnesses(desk: Desk, count: int) -> list[str]:
    """Add sources that state C2 on their own, and return their ids."""
    with desk.session.transaction("Add witnesses") as tx:
        claim = tx.document.entity("C2").id
        made = [commands.add_entity(tx, "source", title=f"Witness {n}").id for n in range(count)]
        for source in made:
            commands.link(tx, "states", source, claim, props={"basis": "own"})
    return made


def section(inspector: Inspector) -> OriginList:
    return inspector.findChildren(OriginList)[-1]


def pair(inspector: Inspector, place: int = 0) -> PairRow:
    return section(inspector).pairs[place]


def open_pair(inspector: Inspector, qtbot: QtBot, place: int = 0) -> PairRow:
    row = pair(inspector, place)
    click(qtbot, row.said)
    assert row.editor is not None
    return row


def test_each_count_is_told_with_its_terms_and_each_end_with_its_rule(inspector: Inspector, desk: Desk) -> None:
    with desk.session.transaction("Add") as tx:
        ids = {n: tx.document.entity(n).id for n in ("S1", "S2", "C1")}
        third = commands.add_entity(tx, "source", title="Somebody", props={"unnamed": True})
        commands.link(tx, "cites", ids["S1"], third.id)
        commands.link(tx, "cites", ids["S2"], ids["S2"])
    show(inspector, desk, "C1")
    said = words(inspector)
    assert "2 reports (S1, S2)" in said
    assert "2 lineages not recorded (S2, S3)" in said
    assert "origin not recorded · unnamed, with no reason to count" in said
    assert "origin not recorded · goes round in a circle · known through S1" in said
    assert "In a circle: S2 cites S2" in said
    assert [row.number.words for row in section(inspector).ends] == ["S2", "S3"]
    assert section(inspector).pairs == []


def test_a_claim_without_a_source_says_so_and_other_pages_have_no_such_section(
    inspector: Inspector, desk: Desk
) -> None:
    show(inspector, desk, "C2")
    assert "no report: nobody states it" in words(inspector)
    assert inspector.findChild(OriginList, "originList") is not None
    show(inspector, desk, "S1")
    assert "Where it comes from" not in words(inspector)


def test_a_pair_is_judged_in_place_with_its_reason(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    one, other = witnesses(desk, 2)
    show(inspector, desk, "C2")
    assert pair(inspector).said.words == "S3 and S4: independence not judged"
    row = open_pair(inspector, qtbot)
    assert row.editor is not None
    assert row.editor.reason.hasFocus()
    qtbot.keyClicks(row.editor.reason, "They never met")
    qtbot.keyClick(row.editor.reason, Qt.Key.Key_Return)
    link = pair_link(desk.document, one, other)
    assert link is not None
    assert desk.document.judged(link.id, "independent") == "yes"
    qtbot.waitUntil(lambda: pair(inspector).said.words == "S3 and S4: independent · you: They never met")
    assert pair(inspector).said.hasFocus(), "the keyboard is where it was"
    qtbot.waitUntil(lambda: "2 independent origins (S3, S4)" in words(inspector))
    assert "corroborated" in words(inspector)
    assert "S4" not in desk.newest().label
    row = open_pair(inspector, qtbot)
    assert row.editor is not None
    row.editor.no.click()
    row.editor.reason.selectAll()
    qtbot.keyClicks(row.editor.reason, "Same office")
    click(qtbot, row.editor.keeping)
    assert pair(inspector).said.words == "S3 and S4: not independent · you: Same office"
    row = open_pair(inspector, qtbot)
    assert row.editor is not None
    click(qtbot, row.editor.taking_back)
    assert pair(inspector).said.words == "S3 and S4: independence not judged"
    assert desk.document.assessments_of(link.id) == []
    assert desk.banners == []


def test_without_a_reason_it_is_not_kept_and_esc_puts_back(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    witnesses(desk, 2)
    show(inspector, desk, "C2")
    count = desk.session.operation_count()
    row = open_pair(inspector, qtbot)
    assert row.editor is not None
    assert not row.editor.taking_back.isVisible()
    qtbot.keyClick(row.editor.reason, Qt.Key.Key_Return)
    assert row.editor is not None
    assert "say why" in words(inspector)
    qtbot.keyClicks(row.editor.reason, "Because")
    qtbot.keyClick(row.editor.reason, Qt.Key.Key_Escape)
    assert row.editor is None
    assert row.said.hasFocus()
    assert desk.session.operation_count() == count


def test_what_is_being_written_stays_when_something_else_changes_and_is_kept_when_one_goes_on(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    one, other = witnesses(desk, 2)
    show(inspector, desk, "C2")
    row = open_pair(inspector, qtbot)
    assert row.editor is not None
    qtbot.keyClicks(row.editor.reason, "Two towns")
    with desk.session.transaction("Add") as tx:
        commands.set_fields(tx, one, title="The first witness")
    again = pair(inspector)
    assert again is not row
    assert again.editor is not None
    assert again.editor.reason.value() == "Two towns"
    qtbot.keyClicks(again.editor.reason, " apart")
    desk.show_entity(desk.of("S1").id)
    inspector.show_selected()
    link = pair_link(desk.document, one, other)
    assert link is not None
    assert desk.document.assessments_of(link.id)[0].reason == "Two towns apart"


def test_two_of_many_origins_are_chosen(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    ids = witnesses(desk, 500)
    show(inspector, desk, "C2")
    found = section(inspector)
    qtbot.waitUntil(lambda: len(found.pairs) == 1)
    assert len(found.ends) == 12
    qtbot.waitUntil(lambda: "488 more" in words(inspector))
    assert found.one is not None and found.other is not None
    assert (found.one.count(), found.one.currentText(), found.other.currentText()) == (500, "S3", "S4")
    found.other.setCurrentIndex(found.other.findText("S444"))
    found.other.activated.emit(found.other.currentIndex())
    qtbot.waitUntil(lambda: pair(inspector).said.words.startswith("S3 and S444"))
    row = open_pair(inspector, qtbot)
    assert row.editor is not None
    qtbot.keyClicks(row.editor.reason, "Far apart")
    qtbot.keyClick(row.editor.reason, Qt.Key.Key_Return)
    assert standing_of(desk.document, desk.of("C2").id).independent == (ids[0], ids[441])
    qtbot.waitUntil(lambda: found.pairs[0].editor is None)
    assert found.one is not None and found.other is not None
    found.one.setCurrentIndex(found.one.findText("S444"))
    found.one.activated.emit(found.one.currentIndex())
    assert pair(inspector).said.words.startswith("S444 and S445"), "a source is not judged with itself"


def test_a_few_origins_have_every_pair_listed(inspector: Inspector, desk: Desk) -> None:
    witnesses(desk, FEW)
    show(inspector, desk, "C2")
    assert len(section(inspector).pairs) == FEW * (FEW - 1) // 2
    assert section(inspector).one is None


def test_the_section_leads_to_the_board_and_to_the_sources(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    witnesses(desk, 1)
    show(inspector, desk, "C2")
    button = inspector.findChild(ProseButton, "showChain")
    assert isinstance(button, ProseButton)
    click(qtbot, button)
    assert desk.ran == ["chain"]
    click(qtbot, section(inspector).ends[0].title)
    assert desk.went_to[-1] == desk.of("S3").id


def test_the_page_of_a_source_says_with_whom_it_was_judged_by_whom_and_why(inspector: Inspector, desk: Desk) -> None:
    one, other = witnesses(desk, 2)
    with desk.session.transaction("Judge") as tx:
        commands.judge_independence(tx, one, other, "yes", "They never <b>met</b>")
    show(inspector, desk, "S4")
    line = line_to(inspector, "S3")
    assert line.beneath is not None
    assert line.beneath.words == "independent · you: They never <b>met</b>"
    assert "Independence  1" in words(inspector)


@pytest.mark.parametrize("value", ["perhaps", "да", "x" * 200])
def test_nonsense_in_a_file_is_shown_as_what_it_is(inspector: Inspector, desk: Desk, value: str) -> None:
    one, other = witnesses(desk, 2)
    with desk.session.transaction("Judge") as tx:
        made = commands.judge_independence(tx, one, other, "yes", "Apart")
        assert made is not None
        tx.put(replace(tx.document.assessments_of(made.id)[0], value=value))
    show(inspector, desk, "C2")
    assert pair(inspector).said.words.startswith("S3 and S4: independence not judged · you")
    assert "2 origins (S3, S4)" in words(inspector)
    QApplication.processEvents()
