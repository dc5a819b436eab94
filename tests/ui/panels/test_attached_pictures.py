"""A source's pictures and address in the inspector: seen small, opened only after a question, never by a guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.ui.panels.attached_picture import AttachedPicture, Picture
from evidenceboard.ui.panels.field_row import FieldRow
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.prose import ProseButton

pytestmark = pytest.mark.qt


def png(colour: str = "#C0392B", wide: int = 400, high: int = 300) -> bytes:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "png")
    return bytes(held.data())


def show(inspector: Inspector, desk: Desk, number: str) -> None:
    inspector.resize(300, 1400)
    inspector.show()
    desk.selection.set(entity=desk.of(number).id)


def pictures(inspector: Inspector, qtbot: QtBot, count: int) -> list[AttachedPicture]:
    def read() -> None:
        found = [one for one in inspector.findChildren(AttachedPicture) if one.isVisible()]
        assert len(found) == count
        assert all(one.seen is not None for one in found)

    qtbot.waitUntil(read, timeout=10_000)
    return [one for one in inspector.findChildren(AttachedPicture) if one.isVisible()]


def attach(desk: Desk, *files: tuple[str, bytes]) -> None:
    with desk.session.transaction("Attach") as tx:
        for name, data in files:
            commands.attach(tx, desk.of("S1").id, name, data)


def title_row(inspector: Inspector) -> FieldRow:
    assert inspector.page is not None
    row = inspector.page.form.row("title")
    assert row is not None
    return row


def test_an_attached_picture_is_seen_and_shown_larger(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    attach(desk, ("photo \u202egpj.png", png()))
    show(inspector, desk, "S1")
    (picture,) = pictures(inspector, qtbot, 1)
    qtbot.wait(50)
    place = picture.place()
    assert 100 < place.width() <= 240
    assert abs(place.width() * 3 - place.height() * 4) <= 4, "neither stretched nor cut"
    seen = picture.grab().toImage().pixelColor(place.center())
    assert seen == QColor("#C0392B")
    assert picture.accessibleName() == "Picture photo ‹RLO›gpj.png"
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place.center())
    box = inspector.findChild(QDialog, "picture") or inspector.window().findChild(QDialog, "picture")
    assert isinstance(box, QDialog)
    large = box.findChild(Picture)
    assert isinstance(large, Picture)
    qtbot.waitUntil(lambda: large.seen is not None and not large.seen.refused)
    box.close()


def test_what_is_no_picture_says_so_in_its_place(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    attach(desk, ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("b.svg", b"<svg/>"), ("c.txt", png()))
    show(inspector, desk, "S1")
    found = pictures(inspector, qtbot, 2)
    assert {one.words for one in found} == {"Only PNG, JPEG, WebP and GIF are shown as pictures."}
    assert all(one.enlarge() is None for one in found)


def test_the_address_of_a_source_can_be_opened_for_as_long_as_it_has_one(
    inspector: Inspector, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    show(inspector, desk, "S1")
    qtbot.waitUntil(lambda: inspector.findChild(ProseButton, "offer_url") is not None)
    offer = inspector.findChild(ProseButton, "offer_url")
    assert isinstance(offer, ProseButton)
    assert not offer.isVisible()
    desk.perform("Change", lambda tx: commands.set_fields(tx, desk.of("S1").id, url="file:///etc/hostname"))
    qtbot.waitUntil(offer.isVisible)
    offer.click()
    assert desk.banners[-1].startswith("This address was not opened: only addresses that begin with https://")


def test_a_name_of_mixed_letters_is_flagged_beneath_the_title(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    desk.perform("Change", lambda tx: commands.set_fields(tx, desk.of("A1").id, title="Р\u0430ypal"))
    show(inspector, desk, "A1")
    qtbot.waitUntil(lambda: title_row(inspector).value.words == "Р\u0430ypal")
    row = title_row(inspector)
    assert "mixes Latin and Cyrillic letters" in row.beneath.words
    desk.perform("Change", lambda tx: commands.set_fields(tx, desk.of("A1").id, title="Paypal \u202ex"))
    qtbot.waitUntil(lambda: row.value.words == "Paypal ‹RLO›x")
    assert "signs that nobody sees" in row.beneath.words
    row.open()
    assert row.editor is not None
    assert row.editor.value() == "Paypal \u202ex", "what is written is the data, without marks"
