"""A large PDF is read back by a process of its own too: the same words, whatever becomes of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest
from paper_reading import Make

from evidenceboard.commands.generate import generated
from evidenceboard.formats.kept import Kept
from evidenceboard.render import pdf_reader
from evidenceboard.render.pdf_reader import Reader, words_in
from evidenceboard.render.pdf_reading import BrokenPdfError, PdfReading
from evidenceboard.render.pdf_texts import texts, words_of
from evidenceboard.render.progress import stopped, unheard

pytestmark = [pytest.mark.qt]
In_a_file = Callable[[bytes], Kept]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reader") / "board.db"
    generated(path, cards=150, links=200, seed=4)
    return path


@pytest.fixture
def data(board: Path, made: Make) -> bytes:
    written = made(board, product="atlas", paper="A5").data
    assert isinstance(written, bytes)
    return written


@pytest.fixture
def in_a_file() -> In_a_file:
    def work(data: bytes) -> Kept:
        kept = Kept(in_memory=0)
        kept.write(data)
        return kept

    return work


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Reader]:
    """Return the processes that read, one entry for each time that one is asked for words."""
    found: list[Reader] = []
    words = Reader.words

    def noted(self: Reader, pages: range) -> Future[list[str]]:
        found.append(self)
        return words(self, pages)

    monkeypatch.setattr(Reader, "words", noted)
    return found


def test_its_words_are_those_that_are_read_here_alone(data: bytes, in_a_file: In_a_file, asked: list[Reader]) -> None:
    here = words_of(texts(PdfReading(data)))
    assert len(here) > 100 and words_in(data, PdfReading(data), unheard) == here
    assert not asked
    kept = in_a_file(data)
    assert words_in(kept, PdfReading(kept), unheard) == here
    assert bool(asked) == (os.name == "posix")
    assert kept.part(0, len(kept)) == data


@pytest.mark.parametrize("pages", [1, 2, 3, 10_000])
def test_each_page_is_read_by_one_of_both(
    data: bytes, in_a_file: In_a_file, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    monkeypatch.setattr(pdf_reader, "_SPANS", pages)
    kept = in_a_file(data)
    assert words_in(kept, PdfReading(kept), unheard) == words_of(texts(PdfReading(data)))


@pytest.mark.parametrize("before", [1, 2, 5])
def test_where_the_process_ends_the_rest_is_read_here(
    data: bytes, in_a_file: In_a_file, asked: list[Reader], monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    words = Reader.words

    def ended(self: Reader, pages: range) -> Future[list[str]]:
        if len(asked) == before - 1:
            self._process.kill()
        return words(self, pages)

    monkeypatch.setattr(pdf_reader, "_AHEAD", 1000)
    monkeypatch.setattr(Reader, "words", ended)
    kept = in_a_file(data)
    assert words_in(kept, PdfReading(kept), unheard) == words_of(texts(PdfReading(data)))
    assert os.name != "posix" or len(asked) >= before


def test_where_no_process_can_be_begun_all_is_read_here(
    data: bytes, in_a_file: In_a_file, asked: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_reader.own_process, "command", lambda *words: ["/nowhere/at/all"])
    kept = in_a_file(data)
    assert words_in(kept, PdfReading(kept), unheard) == words_of(texts(PdfReading(data)))
    assert not asked


def test_who_stops_it_ends_the_process(data: bytes, in_a_file: In_a_file, asked: list[Reader]) -> None:
    def stop(share: float) -> None:
        if asked:
            raise stopped()

    kept = in_a_file(data)
    with pytest.raises(type(stopped())):
        words_in(kept, PdfReading(kept), stop)
    assert asked[0]._process.wait(10) != 0


@pytest.mark.parametrize("place", [0.3, 0.5, 0.9])
def test_a_page_that_is_spoiled_is_found_whoever_reads_it(data: bytes, in_a_file: In_a_file, place: float) -> None:
    streams = [at for at in range(len(data)) if data.startswith(b"stream\n", at)]
    at = streams[int(len(streams) * place)] + 20
    kept = in_a_file(data[:at] + bytes(30) + data[at + 30 :])
    with pytest.raises(BrokenPdfError):
        words_in(kept, PdfReading(kept), unheard)
