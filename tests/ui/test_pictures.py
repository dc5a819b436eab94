"""Pictures of files: four formats, the size looked at first, a refusal in a sentence, read beside the window."""

from __future__ import annotations

import struct
import zlib
from threading import get_ident

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from evidenceboard.render.picture_in import kind_of
from evidenceboard.ui import pictures
from evidenceboard.ui.pictures import Reading, Seen, read

pytestmark = pytest.mark.qt
GIF = bytes.fromhex(
    "47494638396102000100800000ff000000ff0021f90400000000002c000000000200010000020284510021f90401000000002c000000000200"
    "01000002020c0a003b"
)


def made(kind: str, wide: int = 40, high: int = 30) -> bytes:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("#2F6DB5"))
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(held.data())


def png_of(wide: int, high: int, body: bytes = b"") -> bytes:
    """Return a PNG that says how large it is, with hardly anything in it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
def test_a_picture_is_read_and_made_smaller(kind: str) -> None:
    data = made(kind, 400, 300)
    seen = read(data, QSize(100, 100))
    assert not seen.refused
    assert (seen.image.width(), seen.image.height()) == (100, 75)
    assert seen.whole == QSize(400, 300)
    assert abs(seen.image.pixelColor(50, 40).blue() - 0xB5) < 12
    assert read(data).image.size() == QSize(400, 300)


def test_only_the_first_frame_of_a_gif_is_read() -> None:
    assert kind_of(GIF) == b"gif"
    seen = read(GIF)
    assert not seen.refused
    assert seen.image.size() == QSize(2, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        b"BM" + bytes(60),
        b"%PDF-1.4",
        b"II*\x00" + bytes(40),
        b"RIFF\x00\x00\x00\x00AVI " + bytes(20),
        b"P6 9 9 255 " + bytes(300),
    ],
)
def test_anything_else_is_no_picture_whatever_its_name(data: bytes) -> None:
    assert kind_of(data) == b""
    assert read(data).refused == "Only PNG, JPEG, WebP and GIF are shown as pictures."


def test_a_picture_of_too_many_pixels_is_refused_before_any_of_it_is_read() -> None:
    seen = read(png_of(8000, 5001), QSize(100, 100))
    assert seen.refused == "This picture has 40.1 megapixels, and at most 40 are shown; save it to look at it."
    assert "4,000.0 megapixels" in read(png_of(100_000, 40_000)).refused


@pytest.mark.qt_log_level_fail("CRITICAL")
def test_a_picture_that_takes_too_much_memory_or_is_damaged_is_refused() -> None:
    assert "too much memory" in read(png_of(7000, 5000)).refused, "35 megapixels take 105 MB or more"
    assert "damaged" in read(made("png")[:60]).refused
    for kind in ("png", "jpg", "webp"):
        whole = made(kind, 200, 200)
        for at in range(12, len(whole), 37):
            broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
            seen = read(broken, QSize(64, 64))
            assert seen.refused or not seen.image.isNull()


def test_a_picture_is_read_in_another_thread(qtbot: QtBot) -> None:
    holder = QObject()
    reading = Reading(holder)
    threads = [get_ident()]
    pictures._worker().submit(lambda: threads.append(get_ident())).result()
    with qtbot.waitSignal(reading.done, timeout=10_000) as told:
        reading.start(made("png"), QSize(20, 20))
        assert reading.busy
    seen = told.args[0]
    assert isinstance(seen, Seen)
    assert seen.image.size() == QSize(20, 15)
    assert not reading.busy
    assert threads[0] != threads[1]


def test_whoever_asked_may_be_gone_when_a_picture_is_there(qtbot: QtBot) -> None:
    holder = QObject()
    reading = Reading(holder)
    reading.start(made("jpg", 2000, 2000), QSize(200, 200))
    holder.deleteLater()
    qtbot.wait(30)
    pictures._worker().submit(lambda: None).result()
    qtbot.wait(30)
