"""What is exported of the past says in words on every page, and in its text, that it is not the board of now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.formats.kept import Kept
from evidenceboard.render.pdf_reading import PdfReading
from evidenceboard.render.pdf_texts import texts
from evidenceboard.session import Past

pytestmark = pytest.mark.qt
SAID = re.compile(r"as it was on \d+ \w+ \d{4} at \d\d:\d\d UTC, not as it is now")


@pytest.fixture
def past(board_path: Path) -> Iterator[Past]:
    with Session.open(board_path) as now:
        with now.transaction("Rename") as tx:
            commands.set_fields(tx, tx.document.entity("C1").id, title="Another")
        shown = Past(now)
        shown.go(shown.ids[-2])
        yield shown
        shown.close()


def written(session: Session, kind: str, options: ExportOptions | None = None) -> bytes:
    writer = next(one for one in FORMATS if one.id == kind).writer()
    return whole(writer(session, options or ExportOptions()))


def whole(written: Written) -> bytes:
    assert isinstance(written.data, bytes | Kept)
    return written.data if isinstance(written.data, bytes) else written.data.part(0, len(written.data))


@pytest.mark.parametrize("product", ["poster", "atlas"])
def test_every_page_of_a_pdf_says_so(past: Past, product: str) -> None:
    data = written(past, "pdf", ExportOptions(product=product, paper="A5" if product == "atlas" else ""))
    said = " ".join(" ".join(texts(PdfReading(data))).split())
    assert SAID.search(said), said
    assert "Lorries" in said and "Another" not in said


@pytest.mark.parametrize("name", ["svg", "md"])
def test_a_picture_and_an_outline_say_so_in_their_text(past: Past, name: str) -> None:
    assert SAID.search(written(past, name).decode())


def test_a_picture_of_pixels_has_the_words_on_it(past: Past) -> None:
    assert written(past, "png") != written(past.now, "png")
    assert SAID.fullmatch(past.as_of)


def test_the_newest_state_and_the_board_of_now_do_not_say_that_they_are_not(past: Past) -> None:
    past.go(past.ids[-1])
    assert past.as_of.startswith("as it was on") and "not as it is now" not in past.as_of
    assert past.now.as_of == ""
    assert not SAID.search(written(past.now, "svg").decode())
