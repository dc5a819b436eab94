"""Posters and atlases as PDF: pages, words in every script, bookmarks, links, and nothing about this machine."""

from __future__ import annotations

import getpass
import re
import socket
from pathlib import Path

import pytest
from paper_reading import Make, reader_of, text_of
from pypdf import PdfReader
from pypdf.generic import Destination, StreamObject

from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError, InvalidValueError
from evidenceboard.formats.format import Written
from evidenceboard.render.resources import sample_board

pytestmark = pytest.mark.qt


def titles(outline: list[object], depth: int = 0) -> list[tuple[int, str]]:
    """Return the bookmarks with their depth."""
    found: list[tuple[int, str]] = []
    for one in outline:
        if isinstance(one, list):
            found += titles(one, depth + 1)
        elif isinstance(one, Destination):
            found.append((depth, str(one.title)))
    return found


def streams(reader: PdfReader) -> list[bytes]:
    """Return everything that is packed in a PDF, unpacked."""
    found = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [one.get_data() for one in found if isinstance(one, StreamObject)]


def test_a_poster_is_one_page_with_every_word_of_every_card(full: Path, made: Make) -> None:
    written = made(full)
    reader = reader_of(written)
    assert len(reader.pages) == 1
    said = text_of(written)
    with Session.open(full) as session:
        for card in session.document.cards:
            if card.frame_id is None or not session.document.find("frames", card.frame_id).collapsed:  # type: ignore[union-attr]
                entity = session.document.entity(card.entity_id)
                assert entity.number in said.split()
                for word in entity.title.split():
                    assert word in said or not word.isascii(), word
    for words in ("KN-23", "Folded frame", "What is claimed", "hands its papers over", "Winter · Board", "page 1 of 1"):
        assert words in said or words in ("KN-23", "Winter · Board")
    assert "Folded away" not in said
    assert written.not_expressed == ["1 card in collapsed frames"]


@pytest.mark.parametrize("product", ["poster", "atlas"])
def test_words_in_three_scripts_are_found_whole_with_their_spaces(
    session: Session, board_path: Path, made: Make, product: str
) -> None:
    titles = (
        "북한군은 이미 KN-23 미사일을 정비한다",
        "Полк прибув до Курської області",
        "10,000 to 12,000 men (A) at 14:02 → x",
    )
    with session.transaction("Add") as tx:
        for place, title in enumerate(titles):
            note = commands.add_entity(tx, "note", title=title)
            commands.place(tx, tx.document.boards[0].id, note.id, x=place * 700, y=700, w=500)
    written = made(board_path, product=product)
    text = "\n".join(page.extract_text(extraction_mode="layout") for page in reader_of(written).pages)
    lines = re.sub(r" +", " ", text)
    for title in titles:
        assert title in lines
    assert "\t" not in text_of(written)
    assert "Міністерство оборони" in lines and "드론 부대가 도착했다" in lines


def test_chips_and_labels_that_are_painted_in_another_scale_are_text_too(board_path: Path, made: Make) -> None:
    said = text_of(made(board_path))
    for words in ("origin not recorded", "B2", "states", "asserts"):
        assert words in said


def test_nothing_tells_of_the_machine_the_program_or_the_hour(full: Path, made: Make) -> None:
    written = made(full)
    reader = reader_of(written)
    told = {"/Title": "Winter · Main board", "/Creator": "Evidenceboard", "/Producer": "Evidenceboard"}
    assert dict(reader.metadata or {}) == told
    assert reader.xmp_metadata is None
    assert isinstance(written.data, bytes)
    words = [str(full.parent), full.parent.name, f"/{getpass.getuser()}/", "Qt 6", "pypdf", "CreationDate", "ModDate"]
    words += [host for host in (socket.gethostname(),) if len(host) > 4]
    for part in (written.data, *streams(reader)):
        assert not [word for word in words if word.encode() in part]
    assert written.data == made(full).data, "the same board gives the same bytes"


def test_bookmarks_lead_from_the_board_to_frames_to_cards_by_number(full: Path, made: Make) -> None:
    reader = reader_of(made(full))
    found = titles(reader.outline)
    assert found[0][0] == 0
    frames = [title for depth, title in found if (depth == 1 and "frame" in title) or title == "What is claimed"]
    assert sorted(frames) == ["Folded frame", "What is claimed"]
    numbers = [title.split()[0] for depth, title in found if depth == 2]
    assert numbers == ["C3", "C4", "N1", "N2"]
    assert [title.split()[0] for depth, title in found if depth == 1][:1] != []
    page = reader.pages[0]
    flat = [one for one in reader.outline[1][2] if isinstance(one, Destination)]  # type: ignore[index]
    assert all(0 <= float(one.left or 0) <= page.mediabox.width for one in flat)
    assert all(0 <= float(one.top or 0) <= page.mediabox.height for one in flat)


def test_the_words_of_a_link_lead_to_the_card_at_its_end(board_path: Path, made: Make) -> None:
    page = reader_of(made(board_path)).pages[0]
    found = [note.get_object() for note in page["/Annots"]]  # type: ignore[attr-defined]
    assert len(found) == 3
    assert all(note["/Subtype"] == "/Link" and note["/Dest"][1] == "/XYZ" for note in found)


def test_an_atlas_has_a_map_whose_tiles_lead_to_their_pages(full: Path, made: Make) -> None:
    written = made(full, product="atlas", paper="A5")
    reader = reader_of(written)
    count = len(reader.pages)
    assert count > 3
    first = reader.pages[0].extract_text()
    names = [page.extract_text() for page in reader.pages[1:]]
    for number in range(2, count + 1):
        assert f"page {number} of {count}" in " ".join(names[number - 2].split())
    assert "A1" in first and "Actor" in first and "supports" not in names[0]
    leads = [note.get_object()["/Dest"][0] for note in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert len(leads) == count - 1
    assert "→" in " ".join(names) and "↓" in " ".join(names)
    assert text_of(written).count("The end of claim 3") >= 1


def test_each_card_of_an_atlas_is_whole_on_one_page(full: Path, made: Make) -> None:
    written = made(full, product="atlas", paper="A3")
    assert not any("cut" in said for said in written.not_expressed)
    small = made(full, product="atlas", paper="A5 landscape")
    assert any("the paper is too small" in said for said in small.not_expressed)


def test_a_board_that_fits_onto_one_sheet_needs_no_map(tmp_path: Path, made: Make) -> None:
    path = tmp_path / "one.db"
    with Session.create(path) as session, session.transaction("Add") as tx:
        note = commands.add_entity(tx, "note", title="Alone")
        commands.place(tx, tx.document.boards[0].id, note.id, x=0, y=0)
    reader = reader_of(made(path, product="atlas"))
    assert len(reader.pages) == 1
    assert "Alone" in reader.pages[0].extract_text()
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (595, 842)


def test_an_empty_board_is_a_page_that_says_which_it_is(tmp_path: Path, made: Make) -> None:
    path = tmp_path / "empty.db"
    Session.create(path, title="Nothing yet").close()
    for product in ("poster", "atlas"):
        assert "Nothing yet" in text_of(made(path, product=product))


def test_a_board_larger_than_a_pdf_page_is_drawn_smaller_and_that_is_said(board_path: Path, made: Make) -> None:
    with Session.open(board_path) as session, session.transaction("Move") as tx:
        cards = tx.document.cards_on(tx.document.boards[0].id)
        commands.move_cards(tx, [cards[-1].id], 40_000, 0)
    written = made(board_path)
    box = reader_of(written).pages[0].mediabox
    assert max(box.width, box.height) <= 14_400
    assert any("200 inches" in said for said in written.not_expressed)
    with Session.open(board_path) as session, session.transaction("Move") as tx:
        commands.move_cards(tx, [cards[-1].id], 9e8, 9e8)
    assert "Lorries" in text_of(made(board_path))
    assert len(reader_of(made(board_path, product="atlas")).pages) < 8


def test_a_poster_can_be_made_for_one_sheet(full: Path, made: Make) -> None:
    written = made(full, paper="A3 landscape")
    box = reader_of(written).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (1191, 842)
    assert any("what fits on the paper" in said for said in written.not_expressed)


def test_pages_as_pictures_hold_no_text_and_say_so(board_path: Path, made: Make) -> None:
    written = made(board_path, pixels=True)
    assert text_of(written) == ""
    assert any("pictures" in said for said in written.not_expressed)
    images = reader_of(written).pages[0].images
    assert len(images) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"product": "report"}, "Reports are not made by this version"),
        ({"product": "mural"}, "There are: poster, atlas"),
        ({"product": "atlas", "paper": "B7"}, "A4, A3"),
        ({"product": "atlas", "paper": "A4 upside down"}, "A4, A3"),
        ({"board_id": "nowhere"}, "not in the file"),
    ],
)
def test_what_there_is_not_is_refused_in_words(
    board_path: Path, made: Make, options: dict[str, str], said: str
) -> None:
    with pytest.raises(EvidenceBoardError) as caught:
        made(board_path, **options)
    assert said in str(caught.value) and "nothing was written" in str(caught.value)


def test_progress_goes_forward_to_the_end_and_stopping_is_an_error_in_words(board_path: Path, made: Make) -> None:
    told: list[float] = []
    made(board_path, progress=told.append)
    assert told == sorted(told) and told[0] >= 0 and 0.95 < told[-1] <= 1
    for limit in (0.0, 0.3, 0.85):
        with pytest.raises(EvidenceBoardError, match="stopped; nothing was written"):
            made(board_path, progress=lambda share, limit=limit: share <= limit)

    def raising(share: float) -> None:
        raise InvalidValueError("Enough.")

    with pytest.raises(InvalidValueError):
        made(board_path, progress=raising)


def test_the_sample_board_is_printed_in_two_seconds_with_its_legend(made: Make) -> None:
    from time import process_time

    begun = process_time()
    written: Written = made(sample_board())
    assert process_time() - begun < 2
    said = text_of(written)
    for words in ("KN-23", "supports, consistent", "denies, contradicts, inconsistent", "Scenario", "TLP:CLEAR"):
        assert words in said
    assert written.not_expressed == [] and written.withheld == 0
