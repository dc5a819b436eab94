"""Very many strings are searched in bytes at once: in any case, in three codes, and in what is packed in them."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.formats.byte_search import Search, found, is_long, strings_of
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.formats.inside import inside
from evidenceboard.formats.outgoing import LeakError, check_export
from evidenceboard.formats.vocabulary import vocabulary

WORDS = st.text(st.characters(categories=["L"]), min_size=4, max_size=12)
CODES = ("utf-8", "utf-16-le", "utf-16-be")
CASES = (str, str.lower, str.upper)
NOISE = st.binary(max_size=300)


@given(
    WORDS,
    NOISE,
    NOISE,
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
    st.sampled_from([str, str.lower, str.upper]),
)
def test_a_string_is_found_in_any_case_and_code(
    word: str, before: bytes, after: bytes, code: str, case: Callable[[str], str]
) -> None:
    assert found([word, "qqqqqqqqqqqq"], [b"nothing", before + case(word).encode(code) + after]) == {word}


@given(st.sets(WORDS, max_size=20), st.lists(WORDS, max_size=20))
def test_of_many_strings_those_are_found_that_a_simple_search_finds(words: set[str], texts: list[str]) -> None:
    there = {word for word in words if any(word in text for text in texts)}
    assert there <= found(words, [text.encode() for text in texts])


def test_nothing_is_lost_between_two_parts_of_many_bytes() -> None:
    data = bytearray(9_000_000)
    for place in (0, 4_194_300, 8_388_604, len(data) - 10):
        data[place : place + 10] = b"Wintermute"
        assert found(["wintermute"], [bytes(data)]) == {"wintermute"}
        data[place : place + 10] = bytes(10)
    assert not found(["wintermute"], [bytes(data)])


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", data)
    return out.getvalue()


@pytest.mark.parametrize("pack", [zlib.compress, gzip.compress, zipped, base64.b64encode])
def test_what_is_packed_is_opened_also_twice(pack: Callable[[bytes], bytes]) -> None:
    said = b"Signed by Wintermute " * 20
    assert found(["Wintermute"], inside(b"\x00" + pack(said))) == {"Wintermute"}
    assert found(["Wintermute"], inside(b"\x00" + base64.b64encode(pack(said)))) == {"Wintermute"}


@given(st.binary(max_size=2000))
def test_bytes_of_any_kind_are_looked_into_without_a_failure(data: bytes) -> None:
    for start in (
        b"",
        b"%PDF-1.4 1 0 obj <</Filter /FlateDecode>> stream\n",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04",
        b"x\x9c",
    ):
        assert all(isinstance(piece, bytes) for piece in inside(start + data))


def test_what_is_too_short_or_in_every_hash_is_told_apart() -> None:
    assert [word for word in ("abc", "dead", "facade", "2024", "Kyiv", "김정", "deadbeef1") if is_long(word)] == [
        "Kyiv", "김정", "deadbeef1",
    ]  # fmt: skip
    assert strings_of("Signed in Kyiv\nNobody") == {"Signed", "in", "Kyiv", "Nobody", "Signed in Kyiv"}
    assert not strings_of("2024-12-01T09:00:01.000Z")


def test_the_words_of_the_product_are_known_and_those_of_its_boards_are_not() -> None:
    said = vocabulary()
    assert b"independence not established" in said and b"create table" in said
    assert b"Wintermute" not in said


def test_an_export_that_says_what_stays_behind_is_refused(session: Session) -> None:
    with session.transaction("Mark") as tx:
        commands.set_fields(tx, tx.document.entity("C1").id, marking="RED", notes="told by Wintermute")
    options = ExportOptions(at_most="TLP:GREEN")
    assert check_export(session, options, Written(b"# Weekly report")).strings > 3
    for data in (b"x Wintermute", zlib.compress("wintermute".encode("utf-16-le"))):
        with pytest.raises(LeakError) as error:
            check_export(session, options, Written(data))
        assert "intermute" not in str(error.value) and "(of C1)" in str(error.value)
    assert not check_export(session, ExportOptions(), Written(b"Wintermute")).strings


_LOTS = st.lists(
    st.lists(st.sampled_from(["Ostrava", "Łódź", "김정은 동지", "ostra", "va Kyiv", "kyiv"]), max_size=4), max_size=4
)


@given(st.sets(st.sampled_from(["Ostrava", "OSTRAVA", "łódź", "김정은", "Kyiv", "never", "va k"])), _LOTS, st.data())
def test_one_search_through_several_lots_finds_each_string_where_a_plain_search_finds_it_first(
    strings: set[str], lots: list[list[str]], data: st.DataObject
) -> None:
    search, left = Search(strings), set(strings)
    for texts in lots:
        code = data.draw(st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
        expected = {one for one in left if any(one.lower() in text.lower() for text in texts)}
        assert search.found(text.encode(code) for text in texts) == expected
        left -= expected
        assert search.left == left
