"""The inspector with real clicks and keys: links, many things at once, files, what is unknown."""

from __future__ import annotations

from pathlib import Path

from desk import Desk, row_of
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
)
from pytestqt.qtbot import QtBot
from reading import NO_GRAB, click, line_to, row, show, type_into, words

from evidenceboard import commands
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.panels.editors import Choice
from evidenceboard.ui.panels.entity_page import EntityPage
from evidenceboard.ui.panels.form import Fact
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.link_list import PAGE
from evidenceboard.ui.panels.link_page import LinkPage
from evidenceboard.ui.panels.other_pages import FilePage, FramePage, ManyPage
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.sections import Leading


def test_a_click_on_a_link_goes_to_the_other_end(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    click(qtbot, line_to(inspector, "S1").title)
    assert desk.went_to[-1] == desk.of("S1").id
    qtbot.waitUntil(lambda: "S1" in words(inspector) and "States  1" in words(inspector))


def test_the_grade_leads_to_the_link_and_the_link_to_its_ends(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    line = line_to(inspector, "S1")
    assert line.chip is not None and line.chip.accessibleName() == "C3"
    click(qtbot, line.chip)
    qtbot.waitUntil(lambda: isinstance(inspector.page, LinkPage))
    inspector.show_selected()
    assert "S1 states C1" in words(inspector)
    assert row(inspector, "credibility").value.words == "3 · possibly true"
    type_into(qtbot, row(inspector, "hedge"), "reportedly")
    qtbot.keyClick(row(inspector, "hedge").editor, Qt.Key.Key_Return)
    assert any(link.props.get("hedge") == "reportedly" for link in desk.document.links)
    ends = inspector.findChildren(Leading)
    click(qtbot, ends[1].title)
    assert desk.went_to[-1] == desk.of("C1").id


def test_the_dots_of_a_link_show_it_by_keyboard(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    more = line_to(inspector, "A1").more
    assert more is not None and more.accessibleName() == "Show the link with A1"
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(inspector.page, LinkPage))
    inspector.show_selected()


@NO_GRAB
def test_a_scenario_is_weighed_where_it_is_listed(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    beneath = line_to(inspector, "H2").beneath
    assert beneath is not None and beneath.words == "not assessed"
    click(qtbot, beneath)
    menu = next(menu for menu in inspector.findChildren(QMenu) if menu.isVisible())
    choice = next(act for act in menu.actions() if act.text() == "CC · very consistent")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(choice).center())
    link = next(x for x in desk.document.links_into(desk.of("H2").id) if x.type == "bears on")
    assert desk.document.judged(link.id, "consistency") == "CC"
    assert link.from_id == desk.of("C1").id
    assert isinstance(inspector.page, EntityPage)
    inspector.page.links.judge(desk.of("H2").id, "II")
    assert desk.document.judged(link.id, "consistency") == "II"
    qtbot.waitUntil(lambda: "II · very inconsistent" in words(inspector))
    inspector.page.links.judge(desk.of("H2").id, "")
    assert desk.document.judged(link.id, "consistency") == ""


def select_link(inspector: Inspector, desk: Desk, type_id: str) -> Link:
    link = next(link for link in desk.document.links if link.type == type_id)
    desk.selection.set(links=[link.id])
    inspector.show_selected()
    assert isinstance(inspector.page, LinkPage)
    return link


def test_a_link_changes_its_type_among_those_that_fit(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    link = select_link(inspector, desk, "supports")
    field = row(inspector, "type")
    assert [value for value, _ in field.field.choices][:3] == ["supports", "contradicts", "depends on"]
    field.open()
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.document.get(Link, link.id).type == "contradicts"
    qtbot.waitUntil(lambda: "C1 contradicts C2" in words(inspector))


def test_a_link_whose_id_changes_with_its_type_stays_shown(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    link = select_link(inspector, desk, "bears on")
    field = row(inspector, "type")
    field.open()
    assert isinstance(field.editor, Choice)
    qtbot.keyClick(field.editor, Qt.Key.Key_End)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.document.find("links", link.id) is None
    made = next(x for x in desk.document.links if x.type == "related")
    assert desk.selection.links == frozenset({made.id})
    qtbot.waitUntil(lambda: "C1 related H1" in words(inspector))


def test_a_link_is_removed_and_undone(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    link = select_link(inspector, desk, "about")
    button = next(b for b in inspector.findChildren(QPushButton) if b.text() == "Remove link")
    click(qtbot, button)
    assert desk.document.find("links", link.id) is None
    qtbot.waitUntil(lambda: isinstance(inspector.page, FilePage))
    desk.session.undo()
    assert desk.document.find("links", link.id) is not None


# -- several, frames, the file -------------------------------------------------------------------------------------


def test_several_cards_are_counted_and_marked_in_one_operation(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    cards = [
        card for number in ("C1", "C2", "S1") if (card := desk.document.card_on(desk.board_id, desk.of(number).id))
    ]
    desk.selection.set(cards=[card.id for card in cards])
    inspector.show_selected()
    assert isinstance(inspector.page, ManyPage)
    assert "3 cards" in words(inspector) and "Claims" in words(inspector)
    before = desk.session.operation_count()
    field = row(inspector, "marking")
    field.open()
    for _ in range(5):
        qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert [desk.of(number).marking for number in ("C1", "C2", "S1", "S2")] == ["TLP:RED"] * 3 + [""]
    assert desk.session.operation_count() == before + 1
    desk.session.undo()
    assert desk.of("C1").marking == ""


def test_tags_of_several_cards_are_added_and_taken_without_touching_the_others(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    cards = [card for number in ("C1", "C2") if (card := desk.document.card_on(desk.board_id, desk.of(number).id))]
    desk.selection.set(cards=[card.id for card in cards])
    inspector.show_selected()
    assert row(inspector, "tags").value.words == "north"
    type_into(qtbot, row(inspector, "tags"), "winter")
    qtbot.keyClick(row(inspector, "tags").editor, Qt.Key.Key_Return)
    assert desk.of("C1").tags == ("troops", "winter") and desk.of("C2").tags == ("winter",)


def test_a_frame_shows_its_cards_and_folds(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    frame = desk.document.frames[0]
    desk.selection.set(frames=[frame.id])
    inspector.show_selected()
    assert isinstance(inspector.page, FramePage)
    assert "What is claimed" in words(inspector) and "2" in words(inspector)
    field = row(inspector, "collapsed")
    field.open()
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.document.frames[0].collapsed
    type_into(qtbot, row(inspector, "title"), "Claims")
    qtbot.keyClick(row(inspector, "title").editor, Qt.Key.Key_Return)
    assert desk.document.frames[0].title == "Claims"


def test_with_nothing_selected_the_file_is_shown_and_its_title_can_be_changed(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    assert isinstance(inspector.page, FilePage)
    qtbot.waitUntil(lambda: "Winter" in words(inspector) and "Press a letter" in words(inspector))
    type_into(qtbot, row(inspector, "title"), "Winter 2024")
    qtbot.keyClick(row(inspector, "title").editor, Qt.Key.Key_Return)
    assert desk.document.setting("title") == "Winter 2024"
    desk.perform("Add", lambda tx: commands.add_entity(tx, "question", title="Who counted?"))
    assert "Questions" in words(inspector)


def test_a_removed_entity_leaves_the_inspector(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    c1 = desk.of("C1").id
    desk.perform("Remove", lambda tx: commands.remove(tx, [c1]))
    qtbot.waitUntil(lambda: isinstance(inspector.page, FilePage))


def test_files_are_listed_and_saved_byte_for_byte(inspector: Inspector, desk: Desk, tmp_path: Path) -> None:
    page = show(inspector, desk, "C1")
    assert "scan of it.pdf" in words(inspector) and "application/pdf" in words(inspector)
    attachment = desk.document.attachments_of(desk.of("C1").id)[0]
    page.files.save(attachment, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == b"%PDF-1.4 scan"
    page.files.save(attachment, tmp_path / "nowhere" / "out.pdf")
    assert "could not be written" in desk.banners[-1]


def test_the_panel_stands_at_the_right_from_the_start(desk: Desk, qtbot: QtBot) -> None:
    assert (
        row_of("inspector").id == "inspector"
        and row_of("inspector").area == "right"
        and row_of("inspector").shown_at_first
    )
    made = row_of("inspector").make(desk)
    qtbot.addWidget(made)
    assert made.objectName() == "inspector"


def test_two_analysts_grades_both_stand_there(inspector: Inspector, desk: Desk) -> None:
    s1 = desk.of("S1").id
    desk.session.author_id = "b" * 32
    desk.perform("Grade", lambda tx: commands.set_fields(tx, s1, reliability="A"))
    show(inspector, desk, "S1")
    field = row(inspector, "reliability")
    assert field.value.words == "C · fairly reliable"
    assert "you: A" in field.beneath.words and "another analyst: C" in field.beneath.words


def test_an_unknown_type_of_entity_is_shown_plainly(inspector: Inspector, desk: Desk) -> None:
    made = desk.perform("Import", lambda tx: commands.add_entity(tx, "vessel", title="Angara", props={"flag": "RU"}))
    assert isinstance(made, Entity)
    show(inspector, desk, made.number)
    assert "Vessel" in words(inspector) and "flag" in words(inspector)


def test_of_many_links_and_scenarios_some_are_listed_and_the_rest_is_told_and_listed_when_asked_for(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    with desk.session.transaction("Add many") as tx:
        claim = desk.of("C1").id
        for number in range(PAGE + 5):
            commands.add_entity(tx, "scenario", title=f"Another way {number}")
            commands.link(tx, "about", claim, commands.add_entity(tx, "actor", title=f"Another actor {number}").id)
        judged = commands.add_entity(tx, "scenario", title="Judged, and last of all")
        commands.link(tx, "bears on", claim, judged.id, props={"consistency": "C"})
    show(inspector, desk, "C1")
    assert isinstance(inspector.page, EntityPage)
    listed = [row.title.words for row in inspector.page.links.lines]
    assert sum(title.startswith("Another actor") for title in listed) == PAGE - 1, "A1 is the first of them"
    assert sum(title.startswith("Another way") for title in listed) == PAGE - 1, "and H2 of the others"
    assert "Judged, and last of all" in listed
    for left in (2, 1):
        qtbot.waitUntil(lambda left=left: words(inspector).split("\n").count("6 more") == left)
        click(qtbot, next(b for b in inspector.findChildren(ProseButton) if b.words == "6 more" and b.isVisible()))
    listed = [row.title.words for row in inspector.page.links.lines]
    assert sum(title.startswith("Another") for title in listed) == 2 * (PAGE + 5)


def test_a_line_of_a_link_that_says_the_same_stays_when_another_one_changes(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    assert isinstance(inspector.page, EntityPage)
    before = list(inspector.page.links.lines)
    focused = line_to(inspector, "A1").title
    focused.setFocus()
    link = next(one for one in desk.document.links_from(desk.of("C1").id) if one.to_id == desk.of("A1").id)
    desk.perform("Link", lambda tx: commands.link(tx, "related", desk.of("C1").id, desk.of("C2").id))
    qtbot.waitUntil(lambda: "C2" in words(inspector))
    assert set(before) <= set(inspector.page.links.lines) and focused.hasFocus()
    QCoreApplication.processEvents()
    tops = [line.mapTo(inspector, line.rect().topLeft()).y() for line in inspector.page.links.lines]
    assert tops == sorted(set(tops)) and len(tops) == len(before) + 1
    desk.perform("Remove a link", lambda tx: commands.remove(tx, [link.id]))
    qtbot.waitUntil(lambda: "A1" not in [line.number.words for line in inspector.page.links.lines])
    assert {line for line in before if line.number.words != "A1"} <= set(inspector.page.links.lines)


def test_the_keyboard_stays_on_a_line_that_comes_to_say_something_else(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    before = line_to(inspector, "H1")
    assert before.beneath is not None and isinstance(inspector.page, EntityPage)
    before.beneath.setFocus()
    said = before.beneath.words
    inspector.page.links.judge(desk.of("H1").id, "II" if not said.startswith("II") else "C")
    qtbot.waitUntil(lambda: line_to(inspector, "H1") is not before)
    beneath = line_to(inspector, "H1").beneath
    assert beneath is not None and beneath.words != said
    qtbot.waitUntil(beneath.hasFocus)


def test_what_very_many_things_have_in_common_follows_the_line_that_counts_them(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    def fill(tx: Transaction) -> list[str]:
        made = [commands.add_entity(tx, "claim", title="Claim", tags=("seen",)) for _ in range(6000)]
        return [commands.place(tx, desk.board_id, one.id, x=0.0, y=0.0).id for one in made]

    desk.selection.set(cards=desk.perform("Fill", fill) or [])
    qtbot.waitUntil(lambda: isinstance(inspector.page, ManyPage))
    page = inspector.page
    assert isinstance(page, ManyPage)
    assert any(prose.words == "6,000 cards" for prose in page.findChildren(Prose))
    qtbot.waitUntil(lambda: bool(page.form.rows))
    assert inspector.page is page
    assert [fact.words.words for fact in page.form.findChildren(Fact)] == ["6,000"]
    tags = page.form.row("tags")
    assert tags is not None
    assert tags.value.words == "seen"


def test_the_page_of_a_link_fills_from_top_to_bottom_and_ends_where_the_link_goes(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    link = next(link for link in desk.document.links if link.type == "states")
    desk.selection.set(links=[link.id])
    qtbot.waitUntil(lambda: isinstance(inspector.page, LinkPage))
    page = inspector.page
    assert isinstance(page, LinkPage)
    assert page.form.row("type") is not None
    qtbot.waitUntil(page.removing.isVisible)
    assert [page.form.row(key) is not None for key in ("credibility", "hedge", "notes", "tags")] == [True] * 4
    desk.selection.clear()
    qtbot.waitUntil(lambda: isinstance(inspector.page, FilePage))
    desk.selection.set(links=[link.id])
    qtbot.waitUntil(lambda: isinstance(inspector.page, LinkPage))
    desk.perform("Remove", lambda tx: commands.remove(tx, [link.id]))
    desk.selection.clear()
    qtbot.waitUntil(lambda: isinstance(inspector.page, FilePage))
