"""A board on paper: no word is left out, nothing overlaps, and the screen stays as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evidenceboard import Session, commands
from evidenceboard.model.card_size import text_width
from evidenceboard.model.scene import Scene
from evidenceboard.render.faces import paint_card, whole_rows
from evidenceboard.render.included import included
from evidenceboard.render.label_room import PATCH
from evidenceboard.render.page_paint import paint
from evidenceboard.render.pages import planned
from evidenceboard.render.palette import PAPER
from evidenceboard.render.paper import Paper, laid_out, title_box
from evidenceboard.render.resources import sample_board
from evidenceboard.render.text import line_width

pytestmark = pytest.mark.qt


def on_paper(session: Session) -> Paper:
    return laid_out(included(session.document, None), lambda share: None)


def test_every_card_has_room_for_all_its_lines(full: Path) -> None:
    with Session.open(full) as session:
        paper = on_paper(session)
    for slot, one in paper.faces.items():
        assert paper.scene.box[3, slot] >= one.rows.height
        assert "…" not in "".join((*one.rows.title, *one.rows.second))
        assert " ".join(one.rows.title).replace(" ", "") == one.face.title.replace(" ", "").strip()
        room = text_width(float(paper.scene.box[2, slot]))
        assert all(line_width(row, 13) <= room + 1 for row in one.rows.title)


def test_what_overlaps_on_paper_overlapped_before(full: Path) -> None:
    with Session.open(full) as session:
        screen, paper = Scene(session.document, session.document.boards[0].id), on_paper(session)
    order = screen.order()

    def overlaps(scene: Scene) -> set[tuple[int, int]]:
        x, y, w, h = scene.box[:, order]
        both = (x[:, None] < x + w) & (x[:, None] + w[:, None] > x)
        both &= (y[:, None] < y + h) & (y[:, None] + h[:, None] > y)
        return {(int(a), int(b)) for a, b in np.argwhere(both) if a < b}

    assert overlaps(paper.scene) <= overlaps(screen)
    grown = paper.scene.box[3, order] > screen.box[3, order]
    assert grown.sum() >= 3
    frame = paper.scene.frame_box(0)
    held = [slot for slot in order.tolist() if paper.scene.frame[slot] == 0]
    assert held and all(paper.scene.box[1, slot] + paper.scene.box[3, slot] <= frame[3] for slot in held)


def test_the_file_and_the_screen_do_not_change(full: Path) -> None:
    before = full.read_bytes()
    with Session.open(full) as session:
        scene = Scene(session.document, session.document.boards[0].id)
        box, frames = scene.box.copy(), list(scene.frames)
        on_paper(session)
        assert (scene.box == box).all() and scene.frames == frames
        assert Scene(session.document, scene.board_id).frames == frames
    assert full.read_bytes() == before


def test_titles_of_frames_and_words_of_links_are_whole(session: Session) -> None:
    label, title = "hands the papers of its archive over to the press of another country", "A title " * 30
    with session.transaction("Add") as tx:
        source, actor = tx.document.entity("S1"), tx.document.entity("A1")
        commands.link(tx, "related", source.id, actor.id, props={"label": label})
        commands.add_frame(tx, tx.document.boards[0].id, title=title.strip(), x=0, y=900, w=200, h=100)
    paper = on_paper(session)
    assert label in [" ".join(rows) for rows in paper.labels]
    assert " ".join(paper.titles[0]) == title.strip() and len(paper.titles[0]) > 3
    _, top, _, bottom = paper.scene.frame_box(0)
    assert bottom - top >= 100 + (len(paper.titles[0]) - 1) * 18
    assert all(low <= 0 for low in (paper.bounds[0] - paper.label_boxes[:, 0]).tolist())


def test_chips_that_do_not_fit_go_on_in_the_next_row(session: Session) -> None:
    reach = "quoted in the second part of a report of which nobody has seen the first, and mentioned in a talk"
    with session.transaction("Add") as tx:
        commands.set_fields(tx, tx.document.entity("S1").id, reach=reach)
    paper = on_paper(session)
    slot = paper.scene.entity_ids.index(session.document.entity("S1").id)
    rows = paper.faces[slot].rows.chips
    assert len(rows) > 2
    assert " ".join(chip.text for row in rows for chip in row if chip.text != "B") == reach


def test_a_card_without_a_title_and_a_long_foreign_type_keep_their_height(session: Session) -> None:
    with session.transaction("Add") as tx:
        vessel = commands.add_entity(tx, "ocean going fishery protection vessel of the second class", title="Angara")
        bare = commands.add_entity(tx, "actor", title="")
        for place, entity in enumerate((vessel, bare)):
            commands.place(tx, tx.document.boards[0].id, entity.id, x=place * 300, y=900, w=150)
    paper = on_paper(session)
    for slot in (paper.scene.entity_ids.index(vessel.id), paper.scene.entity_ids.index(bare.id)):
        one = paper.faces[slot]
        assert one.rows.height == whole_rows(one.face, 150).height <= paper.scene.box[3, slot]
        assert one.rows.title and one.rows.head
    assert len(paper.faces[paper.scene.entity_ids.index(vessel.id)].rows.head) > 1


def test_what_paper_cannot_show_is_said(full: Path) -> None:
    with Session.open(full) as session:
        assert on_paper(session).said == ["1 card in collapsed frames"]
        with session.transaction("Add") as tx:
            note = commands.add_entity(tx, "note", title="word " * 600)
            commands.place(tx, tx.document.boards[0].id, note.id, x=3000, y=0)
        said = on_paper(session).said
    assert said[1] == "the end of a text of more than 2,000 characters"


def test_painting_stays_inside_the_card_and_the_page(full: Path) -> None:
    """Paint each card onto a ground of its own and look for ink beyond its edge."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter

    with Session.open(full) as session:
        paper = on_paper(session)
    for slot, one in paper.faces.items():
        _, _, w, h = paper.scene.box[:, slot].tolist()
        image = QImage(int(w) + 60, int(h) + 60, QImage.Format.Format_RGB32)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, PAPER, one.face, QRectF(20, 20, w, h), whole=one.rows)
        painter.end()
        pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1) & 0xFFFFFF
        ink = np.argwhere(pixels != 0xFFFFFF)
        assert ink[:, 0].min() >= 19 and ink[:, 0].max() <= 20 + h + 1
        assert ink[:, 1].min() >= 19 and ink[:, 1].max() <= 20 + w + 1
        words = np.argwhere(pixels[:, 20 + 14 :] < 0x808080)
        assert words[:, 0].max() < 20 + h - 4, "the last line stands clear of the edge"


def test_every_page_keeps_its_margins_white(full: Path) -> None:
    from PySide6.QtGui import QColor, QImage, QPainter

    with Session.open(full) as session:
        paper = on_paper(session)
    for product in ("poster", "atlas"):
        pages = planned(paper, product)
        for place, page in enumerate(pages.pages):
            image = QImage(round(page.width), round(page.height), QImage.Format.Format_RGB32)
            image.fill(QColor("#FFFFFF"))
            painter = QPainter(image)
            paint(painter, pages, place)
            painter.end()
            pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[:, : image.width()]
            ink = np.argwhere(pixels & 0xFFFFFF != 0xFFFFFF)
            # The signs for the neighbours stand in the margin, but nothing stands at the very edge.
            edge = 33 if product == "poster" else 8
            assert ink.min(axis=0)[0] >= 33 and ink.max(axis=0)[0] <= page.height - 33
            assert ink.min(axis=0)[1] >= edge and ink.max(axis=0)[1] <= page.width - edge


def test_cards_that_were_pushed_down_are_found_where_they_stand_on_paper(session: Session) -> None:
    with session.transaction("Add") as tx:
        for place, words in enumerate((400, 2)):
            note = commands.add_entity(tx, "note", title="word " * words)
            commands.place(tx, tx.document.boards[0].id, note.id, x=5000, y=5000 + place * 150, w=300, h=100)
    scene = on_paper(session).scene
    slot = scene.entity_ids.index(note.id)
    x, y, w, h = scene.box[:, slot].tolist()
    assert y > 6000
    assert slot in scene.cards_in((x, y, x + w, y + h))
    assert slot not in scene.cards_in((x, 5150, x + w, 5250))


def test_words_of_links_lie_neither_under_cards_nor_under_titles_nor_under_other_words() -> None:
    with Session.open(sample_board(), read_only=True) as session:
        paper = on_paper(session)
    assert paper.said == []
    words = paper.label_boxes
    assert len(words) > 100 and not np.isnan(words).any()
    x, y, w, h = paper.scene.box[:, paper.scene.order()]
    cards = np.array([x, y, x + w, y + h]).T
    titles = np.array([title_box(paper.scene, place, rows) for place, rows in enumerate(paper.titles)])
    for box in (cards, titles):
        touching = (words[:, None, 0] < box[:, 2]) & (words[:, None, 2] > box[:, 0])
        touching &= (words[:, None, 1] < box[:, 3]) & (words[:, None, 3] > box[:, 1])
        assert not touching.any()
    wide = np.minimum(words[:, None, 2], words[:, 2]) - np.maximum(words[:, None, 0], words[:, 0])
    high = np.minimum(words[:, None, 3], words[:, 3]) - np.maximum(words[:, None, 1], words[:, 1])
    deep = np.minimum(wide, high)
    np.fill_diagonal(deep, 0)
    assert deep.max() <= PATCH + 1e-6, "patches may share the ground around words, never words"


def test_words_without_any_room_are_left_out_and_counted(session: Session) -> None:
    with session.transaction("Add") as tx:
        board = tx.document.boards[0].id
        first, other = (commands.add_entity(tx, "note", title=title) for title in ("One", "Other"))
        commands.place(tx, board, first.id, x=0, y=2000, w=200, h=100)
        commands.place(tx, board, other.id, x=210, y=2000, w=200, h=100)
        commands.link(tx, "related", first.id, other.id, props={"label": "unmistakably"})
    paper = on_paper(session)
    assert paper.said == ["the words of a link, for which there is no room between the cards"]
    assert () in paper.labels and np.isnan(paper.label_boxes).any() and not np.isnan(paper.bounds).any()
