"""The pages of an atlas: each card drawn once, lines cut to the page, and a PDF that is read back as it was written."""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from paper_reading import Make, reader_of

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generate
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.kept import Kept
from evidenceboard.model.arriving import Arriving
from evidenceboard.model.beziers import bezier
from evidenceboard.model.kept import KeptRows
from evidenceboard.model.records import TABLES
from evidenceboard.render import pdf_lines, pdf_words
from evidenceboard.render.included import included
from evidenceboard.render.pages import Pages, planned
from evidenceboard.render.paper import laid_out
from evidenceboard.render.pdf_drawn import Drawn
from evidenceboard.render.pdf_file import Packer, PdfFile
from evidenceboard.render.pdf_pages import PageWriter, strips
from evidenceboard.render.pdf_reading import BrokenPdfError, PdfReading
from evidenceboard.render.pdf_texts import texts
from evidenceboard.render.progress import unheard
from evidenceboard.store.arrival import Arrival

pytestmark = pytest.mark.qt


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a board of 150 cards and 300 links on some twenty pages of A4."""
    path = tmp_path / "many.db"
    with Session.create(path, title="Many") as made, made.transaction("Make up") as tx:
        generate(tx, tx.document.boards[0].id, cards=150, links=300, seed=4)
        commands.set_fields(tx, tx.document.entity("A1").id, title="Unmistakable")
    return path


def pages_of(path: Path) -> Pages:
    with Session.open(path, read_only=True) as session:
        return planned(laid_out(included(session.document, None), unheard), "atlas", "A4")


def test_each_page_is_in_one_strip_and_no_drawing_is_kept_after_the_last_page_that_shows_it(many: Path) -> None:
    pages = pages_of(many)
    groups = strips(pages)
    assert sorted(place for group in groups for place in group) == list(range(len(pages.pages)))
    assert 2 < len(groups) < len(pages.pages)
    file = PdfFile(io.BytesIO())
    packer, drawn = Packer(file), Drawn(file)
    writer = PageWriter(pages, packer, drawn, unheard)
    assert all(writer.write())
    packer.close()
    packer.give_up()
    drawn.finish()
    assert not writer._cards, "no card is kept"


def test_lines_are_on_every_page_that_they_cross_and_their_parts_lie_together(many: Path) -> None:
    pages = pages_of(many)
    routes = pages.paper.picture.routes
    links = np.flatnonzero(routes.shown)
    for group in strips(pages):
        tiles = [place for place in group if pages.pages[place].kind == "tile"]
        if not tiles:
            continue
        found = pdf_lines.together(list(pdf_lines.crossings(pdf_lines.lines_of(pages), tiles, links)))
        assert (found.start < found.end).all() and found.start.min() >= 0 and found.end.max() <= 1
        t = np.linspace(0, 1, 400)
        x, y = bezier(routes.points[:, :, links], t)
        for place in tiles:
            a, b, c, d = pages.pages[place].area
            here = found.on(place)
            stretch = {int(link): (low, far) for link, low, far in zip(here.link, here.start, here.end, strict=True)}
            line, step = np.nonzero((x >= a) & (x <= c) & (y >= b) & (y <= d))
            for link, at in zip(links[line].tolist(), t[step].tolist(), strict=True):
                low, far = stretch[link]
                assert low <= at <= far


def test_a_page_that_a_line_passes_by_has_nothing_of_it(many: Path) -> None:
    pages = pages_of(many)
    routes = pages.paper.picture.routes
    tiles = [[place for place in group if pages.pages[place].kind == "tile"] for group in strips(pages)]
    for places in filter(None, tiles):
        found = pdf_lines.together(
            list(pdf_lines.crossings(pdf_lines.lines_of(pages), places, np.flatnonzero(routes.shown)))
        )
        for page, link, start, end in zip(found.page, found.link, found.start, found.end, strict=True):
            a, b, c, d = pages.pages[page].area
            x, y = bezier(routes.points[:, :, [link]], np.linspace(start, end, 500))[:, 0]
            assert ((x > a - 30) & (x < c + 30) & (y > b - 30) & (y < d + 30)).any()


def test_the_key_map_has_a_line_for_each_link_and_a_box_for_each_card(many: Path, made: Make) -> None:
    pages = pages_of(many)
    drawing = reader_of(made(many, product="atlas")).pages[0].get_contents()
    assert drawing is not None
    said = drawing.get_data()
    lines = re.findall(rb"^-?\d+ -?\d+ m(?: -?\d+ -?\d+ l)+ S$", said, re.MULTILINE)
    assert len(lines) == pages.paper.picture.routes.shown.sum()
    boxes = re.findall(rb"^-?\d+ -?\d+ \d+ \d+ re f$", said, re.MULTILINE)
    assert len(boxes) == len(pages.paper.scene.order())


def test_states_are_left_as_they_were_found_on_every_page(many: Path, full: Path, made: Make) -> None:
    for path, options in ((many, {"product": "atlas"}), (full, {"product": "atlas", "paper": "A5"}), (full, {})):
        for page in reader_of(made(path, **options)).pages:
            depth = 0
            for sign in re.findall(rb"(?:^|(?<=\s))[qQ](?=\s|$)", page.get_contents().get_data()):  # type: ignore[union-attr]
                depth += 1 if sign == b"q" else -1
                assert depth >= 0
            assert depth == 0


def test_the_same_words_are_on_the_pages_as_before_a_page_had_neighbours(many: Path, made: Make) -> None:
    """Compare the words of a poster, drawn as one page, with those of all pages of an atlas."""
    poster, atlas = (made(many, product=product).data for product in ("poster", "atlas"))
    assert isinstance(poster, bytes) and isinstance(atlas, bytes)
    one, all_of_them = (set(texts(PdfReading(data))) for data in (poster, atlas))
    with Session.open(many, read_only=True) as session:
        numbers = {entity.number for entity in session.document.entities}
    assert numbers <= one and numbers <= all_of_them
    assert one - all_of_them <= {said for said in one if "page 1 of 1" in said}


def test_a_pdf_that_lies_in_a_file_is_checked_as_one_in_memory_is(many: Path, made: Make) -> None:
    data = made(many, product="atlas").data
    assert isinstance(data, bytes)
    kept = Kept(in_memory=1000)
    for start in range(0, len(data), 5000):
        kept.write(data[start : start + 5000])
    with Session.open(many, read_only=True) as session:
        pages = planned(laid_out(included(session.document, None), unheard), "atlas", "A4")
        pdf_words.check(kept, pages, session.document, unheard, pictures=False)
        with session_of_another(many) as other, pytest.raises(EvidenceBoardError, match="not to go out"):
            changed = planned(laid_out(included(other.document, None), unheard), "atlas", "A4")
            pdf_words.check(kept, changed, other.document, unheard, pictures=False)


def session_of_another(path: Path) -> Session:
    """Return the same board with one title changed."""
    other = path.with_name("other.db")
    other.write_bytes(path.read_bytes())
    session = Session.open(other)
    with session.transaction("Change") as tx:
        commands.set_fields(tx, tx.document.entity("A1").id, title="Somebodyelse")
    return session


def test_bytes_that_are_missing_or_changed_in_the_middle_are_noticed(board_path: Path, made: Make) -> None:
    data = made(board_path).data
    assert isinstance(data, bytes)
    stream = data.index(b"stream\n") + 40
    for spoiled in (data[:-1], data[:stream] + data[stream + 1 :], data.replace(b"/Type /Page ", b"/Type /Paje ", 1),
                    data[:stream] + bytes(60) + data[stream + 60 :]):  # fmt: skip
        with pytest.raises(BrokenPdfError):
            list(texts(PdfReading(spoiled)))


def test_of_each_stage_it_is_told_how_far_it_is(many: Path, made: Make) -> None:
    told: list[float] = []
    made(many, product="atlas", progress=told.append)
    assert told == sorted(told)
    for tenth in range(10):
        assert any(tenth / 10 <= share < (tenth + 1) / 10 for share in told), f"nothing from {tenth * 10} % on"


def test_an_atlas_of_a_board_that_is_held_packed_is_the_same_and_leaves_it_packed(many: Path) -> None:
    with closing(sqlite3.connect(many, isolation_level=None, check_same_thread=False)) as connection:
        arrival = Arrival(connection, large=1)
        packed = Arriving(arrival)
        while packed.take():
            pass
        arrival.end()
    pages, other = planned(laid_out(included(packed, None), unheard), "atlas", "A4"), pages_of(many)
    assert pages.pages == other.pages
    assert (pages.paper.faces, pages.paper.labels) == (other.paper.faces, other.paper.labels)
    # Words are as wide to some hundredths: letters that are met for the first time are measured in another way.
    assert np.allclose(pages.paper.label_boxes, other.paper.label_boxes, rtol=0, atol=0.05, equal_nan=True)
    tables = [rows for rows in map(packed.table, TABLES) if isinstance(rows, KeptRows)]
    assert len(tables) == 4
    assert not any(rows.kept.made for rows in tables)


def test_progress_can_be_stopped_on_any_page(many: Path, made: Make) -> None:
    told: list[float] = []
    made(many, product="atlas", progress=told.append)
    assert told == sorted(told) and len(set(told)) > 100
    for limit in np.linspace(0.01, 0.93, 12).tolist():
        with pytest.raises(EvidenceBoardError, match="stopped; nothing was written"):
            made(many, product="atlas", progress=lambda share, limit=limit: share <= limit)
