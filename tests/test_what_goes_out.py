"""Exports tell nothing of who made them, on which machine, where and in which time zone."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader

from evidenceboard import Session, commands

pytestmark = pytest.mark.qt
ROOT = Path(__file__).parents[1]
USER, FOLDER, HOST = "planteduser", "plantedfolder", "plantedhost"
ZONE = "QQJ-05:45"


def run(folder: Path, *words: str) -> None:
    """Run the command line as a user on a machine and in a time zone that can be told."""
    env = {**os.environ, "USER": USER, "LOGNAME": USER, "USERNAME": USER, "HOSTNAME": HOST, "TZ": ZONE}
    env |= {"HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), *sys.path])
    command = [sys.executable, "-m", "evidenceboard", *words]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return one export of each format, made in a folder, by a user and in a time zone that can be told."""
    folder = tmp_path_factory.mktemp(FOLDER)
    path = folder / f"{FOLDER}.db"
    with Session.create(path, title="Winter") as made, made.transaction("Add cards") as tx:
        board = made.document.boards[0].id
        source = commands.add_entity(tx, "source", title="Weekly report", props={"url": "https://example.org/"})
        claim = commands.add_entity(tx, "claim", title="Lorries carried 3,000 soldiers")
        commands.link(tx, "states", source.id, claim.id, props={"quote": "They were many"})
        for place, entity in enumerate((source, claim)):
            commands.place(tx, board, entity.id, x=place * 320, y=0)
        commands.attach(tx, source.id, "note.txt", b"said")
    found: dict[str, bytes] = {}
    for name in ("out.pdf", "out.png", "out.svg", "out.json", "out.csv", "out.md"):
        run(folder, "export", str(path), str(folder / name))
        found[name] = (folder / name).read_bytes()
    run(folder, "export", str(path), str(folder / "atlas.pdf"), "--product", "atlas")
    found["atlas.pdf"] = (folder / "atlas.pdf").read_bytes()
    return found


def opened(data: bytes) -> bytes:
    """Return bytes with what is compressed in them beside them."""
    more = []
    for start in re.finditer(rb"stream\r?\n|zTXt|iTXt|IDAT", data):
        try:
            more.append(zlib.decompressobj().decompress(data[start.end() :]))
        except zlib.error:
            continue
    return b"\n".join([data, *more])


def test_no_export_tells_a_user_a_machine_or_a_path(exports: dict[str, bytes]) -> None:
    assert len(exports) == 7
    secrets = [USER, FOLDER, HOST, "pytest-of"]
    machine = socket.gethostname()
    if len(machine) > 5:  # a shorter name occurs by chance
        secrets.append(machine)
    for name, data in exports.items():
        whole = opened(data).lower()
        for secret in secrets:
            for code in ("utf-8", "utf-16-le", "utf-16-be"):
                assert secret.lower().encode(code) not in whole, f"{name} tells {secret}"


def test_no_export_tells_a_time_zone(exports: dict[str, bytes]) -> None:
    for name, data in exports.items():
        whole = opened(data)
        assert b"QQJ" not in whole, name
        for coded in (b"+05'45'", b"-05'45'", b"+05:45", b"-05:45", b"+0545", b"-0545"):
            assert coded not in whole, f"{name} tells the time zone"


def test_a_pdf_says_only_what_made_it_and_when(exports: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("out.pdf", "atlas.pdf"):
        path = tmp_path / name
        path.write_bytes(exports[name])
        reader = PdfReader(path)
        told = {str(key): str(value) for key, value in (reader.metadata or {}).items()}
        assert set(told) <= {"/Title", "/Producer", "/Creator", "/CreationDate", "/ModDate"}, told
        for key in ("/CreationDate", "/ModDate"):
            assert re.fullmatch(r"D:\d{8,14}", told.get(key, "D:20240101")), told
        assert reader.xmp_metadata is None or "+" not in str(reader.xmp_metadata.xmp_create_date)
        links = [one for page in reader.pages for one in page.get("/Annots") or []]
        for link in links:
            action = link.get_object().get("/A") or {}
            assert str(action.get("/S", "/GoTo")) == "/GoTo", "a PDF of ours leads nowhere but to its own pages"
        assert "/OpenAction" not in reader.trailer["/Root"]
        assert "/AcroForm" not in reader.trailer["/Root"]


def test_a_picture_has_no_text_beside_its_pixels(exports: dict[str, bytes]) -> None:
    data, at, chunks = exports["out.png"], 8, []
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        chunks.append(data[at + 4 : at + 8].decode())
        at += 12 + size
    assert set(chunks) <= {"IHDR", "pHYs", "sRGB", "gAMA", "cHRM", "IDAT", "IEND"}
