"""The verbs that hand a board on or take something in: export, import, generate, attach, verify."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import evidenceboard
from evidenceboard import Session, commands

Ask = Callable[..., Any]
WITHOUT_QT = """
import importlib.abc, sys

class WithoutQt(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, WithoutQt())
"""


@pytest.mark.parametrize("out", ["board.json", "links.csv", "board.md", "tables/"])
def test_export_writes_the_whole_file_and_says_what_is_not_in_it(ask: Ask, board_path: Path, out: str) -> None:
    before = board_path.read_bytes()
    told = ask("export", "board.db", out)
    assert (told["ok"], told["out"], told["withheld"]) == (True, out, 0)
    assert any("history" in said for said in told["not_expressed"])
    place = board_path.parent / out
    files = list(place.iterdir()) if place.is_dir() else [place]
    assert told["bytes"] == sum(path.stat().st_size for path in files) > 0
    assert board_path.read_bytes() == before


@pytest.mark.qt
@pytest.mark.parametrize(("out", "start"), [("b.pdf", b"%PDF-"), ("b.png", b"\x89PNG"), ("b.svg", b"<?xml")])
def test_export_paints_without_a_screen(ask: Ask, board_path: Path, out: str, start: bytes) -> None:
    told = ask("export", "board.db", out)
    data = (board_path.parent / out).read_bytes()
    assert data.startswith(start)
    assert told["bytes"] == len(data)


def test_export_without_qt_says_what_to_install(board_path: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_QT, "utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(evidenceboard.__file__).parents[1])]),
    }
    for out in ("b.pdf", "b.png", "b.svg"):
        done = subprocess.run(
            [sys.executable, "-m", "evidenceboard", "export", str(board_path), str(tmp_path / out)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (1, "")
        assert "pip install PySide6-Essentials" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert not (tmp_path / out).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.db", "x.json"], "There is no file"),
        (["board.db", "x.docx"], "There is no format “docx”"),
        (["board.db", "x"], "no format"),
        (["board.db", "x.json", "--format", "word"], "There is no format “word”"),
        (["board.db", "x.json", "--board", "West"], "no board of this name"),
        (["board.db", "x.json", "--at-most", "PINK"], "TLP:RED"),
        (["board.db", "board.db", "--format", "json"], "the board itself"),
        (["board.db", "other.db", "--format", "json"], "another database"),
        (["board.db", "no/x.json"], "no such folder"),
        (["board.db", "folder.json"], "a folder or a device"),
        (["board.db", "x/", "--format", "json"], "as a folder"),
        (["board.db", "board.db-journal", "--format", "json"], "part of a board"),
    ],
)
def test_an_export_that_cannot_be_is_said_in_one_line_and_leaves_nothing(
    run: Any, board_path: Path, words: list[str], said: str
) -> None:
    folder = board_path.parent
    (folder / "folder.json").mkdir()
    with closing(sqlite3.connect(folder / "other.db")) as other:
        other.execute("create table places (url text)")
        other.commit()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    ran = run("export", *words, "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_what_is_marked_too_high_stays_behind_and_is_counted(ask: Ask, run: Any, board_path: Path) -> None:
    ask("set", "board.db", "C2", "marking=RED", "notes=the informer's name")
    for out in ("b.json", "b.csv", "b.md", "tables/"):
        told = ask("export", "board.db", out, "--at-most", "green")
        assert told["withheld"] >= 3, "the claim, its card, its link"
        place = board_path.parent / out
        for path in place.iterdir() if place.is_dir() else [place]:
            assert "드론".encode() not in path.read_bytes()
            assert b"informer" not in path.read_bytes()
    assert "Withheld by marking" in run("export", "board.db", "b.json", "--at-most", "TLP:GREEN").out


def test_import_makes_the_file_and_the_same_comes_out_of_it_again(ask: Ask, board_path: Path) -> None:
    ask("export", "board.db", "one.json")
    told = ask("import", "copy.db", "one.json")
    assert told["created"] == {"actor": 1, "claim": 2, "scenario": 1, "source": 1}
    assert (told["links"], told["cards"], told["frames"], told["problems"]) == (3, 5, 0, [])
    assert told["operation"]["label"] == "Import 8 things"
    ask("export", "copy.db", "two.json")
    folder = board_path.parent
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()
    assert ask("info", "copy.db")["operations"] == 2
    ask("undo", "copy.db")
    assert ask("list", "copy.db") == []


def test_an_input_with_a_broken_line_is_told_by_its_line_and_nothing_is_kept(
    ask: Ask, run: Any, board_path: Path, tmp_path: Path
) -> None:
    rows = [f"Person {n},B" for n in range(12)]
    rows[5], rows[8] = "Person 5,B,and more", "Person 8,"
    (tmp_path / "sources.csv").write_text("\n".join(["title,reliability", *rows]) + "\n", "utf-8")
    before = board_path.read_bytes()
    for file in ("board.db", "made.db"):
        ran = run("import", file, "sources.csv", "--json")
        assert (ran.code, ran.json["ok"], ran.json["operation"]) == (1, False, None)
        assert ran.json["problems"] == [{"where": "line 7", "what": "this row has 3 cells, and the header has 2"}]
        assert "line 7" in ran.err
        assert len(ran.err.splitlines()) == 1
    assert board_path.read_bytes() == before
    assert not (tmp_path / "made.db").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.json", b'{"format": "evidenceboard",\n"version": 1,\n"entities": [\nNaN\n]}', "line 4: "),
        ("x.json", b"{", "line 1: "),
        ("x.json", b'{"format": "drawing"}', "another program"),
        ("x.json", b'{"format": "evidenceboard", "version": 9}', "newer version"),
        ("x.bin", b"\x00\x01\x02", "in no format that is read"),
        ("actors.csv", b"title\n", "no rows"),
        ("x.csv", b" \n", "is empty"),
        ("x.csv", b"Full name\nAda\n", "no column is a title"),
        ("actors.csv", b'title\n"Ada\n', "a quotation mark is not closed"),
        ("actors.csv", b"title\nAda\nB\xff\xfeb\n", "line 3: "),
        ("x.db", b"SQLite format 3\x00", "another database"),
    ],
)
def test_an_input_that_cannot_be_read_is_said_in_one_line(
    run: Any, board_path: Path, name: str, content: bytes, said: str
) -> None:
    before = board_path.read_bytes()
    (board_path.parent / name).write_bytes(content)
    for file in ("board.db", "made.db"):
        ran = run("import", file, name, "--json")
        assert (ran.code, ran.json["ok"]) == (1, False)
        assert said in ran.err
        assert len(ran.err.splitlines()) == 1
        assert board_path.read_bytes() == before
        assert not (board_path.parent / "made.db").exists()


def test_an_import_of_nothing_or_with_wrong_words_is_refused(run: Any, board_path: Path, tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("title\nAda\n", "utf-8")
    (tmp_path / "bad.json").write_text('{"kind": "actor"}', "utf-8")
    (tmp_path / "worse.json").write_text("{", "utf-8")
    for words, said in (
        (["nowhere.csv"], "no file to import"),
        (["actors.csv", "--format", "pdf"], "not read"),
        (["actors.csv", "--format", "word"], "There is no format"),
        (["actors.csv", "--mapping", "bad.json"], "“ends”"),
        (["actors.csv", "--mapping", "worse.json"], "cannot be read as JSON"),
        (["actors.csv", "--mapping", "nowhere.json"], "cannot be read as JSON"),
        (["actors.csv", "--board", "West"], "no board of this name"),
    ):
        for file in ("board.db", "made.db"):
            ran = run("import", file, *words)
            assert (ran.code, ran.out) == (1, ""), words
            assert said in ran.err
            assert len(ran.err.splitlines()) == 1
            assert not (tmp_path / "made.db").exists()


def test_generate_makes_a_sound_board_of_the_size_that_was_asked_for(ask: Ask, run: Any) -> None:
    told = ask("generate", "large.db", "--cards", "300", "--links", "500", "--seed", "7")
    assert (told["cards"], told["links"]) == (300, 500)
    info = ask("info", "large.db")
    assert sum(info["entities"].values()) == info["boards"][0]["cards"] == 300
    assert sum(info["links"].values()) == 500
    assert ask("check", "large.db")["ok"]
    assert run("generate", "large.db", "--cards", "3", "--links", "1").code == 1


def test_what_is_no_ordinary_file_is_not_attached_and_never_waited_for(
    run: Any, board_path: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with (tmp_path / "large.bin").open("wb") as out:
        out.truncate(513 * 1024 * 1024)
    (tmp_path / "sound.txt").write_text("sound")
    before = board_path.read_bytes()
    for name, why in (
        ("pipe", "no ordinary file"), ("/dev/zero", "no ordinary file"), ("folder", "a folder"),
        ("large.bin", "512 MB"), ("nowhere.pdf", "No such file"), ("a\0b", "its name"),
    ):  # fmt: skip
        ran = run("attach", "board.db", "S1", "sound.txt", name)
        assert ran.code == 1
        assert why in ran.err and "Nothing was changed." in ran.err
    assert board_path.read_bytes() == before


def test_a_file_whose_name_is_no_text_is_kept_all_the_same(ask: Ask, board_path: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"scan\xff.txt")
    (tmp_path / name).write_bytes(b"words")
    (kept,) = ask("attach", "board.db", "S1", name)["attached"]
    assert (kept["name"], kept["size"]) == ("scan?.txt", 5)
    assert ask("verify", "board.db")["checked"] == 1


def test_attachments_are_kept_verified_and_missed(ask: Ask, run: Any, board_path: Path, tmp_path: Path) -> None:
    (tmp_path / "звіт.pdf").write_bytes(b"%PDF- words")
    told = ask("attach", "board.db", "S1", "звіт.pdf")
    assert (told["attached"][0]["name"], told["attached"][0]["size"]) == ("звіт.pdf", 11)
    assert ask("attach", "board.db", "S1", "звіт.pdf")["attached"] == told["attached"]
    assert run("attach", "board.db", "S1", "nowhere.pdf").code == 1
    assert ask("verify", "board.db") == {"ok": True, "checked": 1, "changed": [], "missing": []}
    with closing(sqlite3.connect(board_path)) as stranger:
        stranger.execute("update chunks set bytes = x'00'")
        stranger.commit()
    ran = run("verify", "board.db", "--json")
    assert (ran.code, [one["name"] for one in ran.json["changed"]]) == (1, ["звіт.pdf"])
    with closing(sqlite3.connect(board_path)) as stranger:
        stranger.execute("delete from chunks")
        stranger.commit()
    assert [one["name"] for one in run("verify", "board.db", "--json").json["missing"]] == ["звіт.pdf"]


def test_the_bytes_of_attachments_go_along_when_they_are_asked_for(ask: Ask, board_path: Path, tmp_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Attach") as tx:
        commands.attach(tx, tx.document.entity("S1").id, "film.mp4", bytes(range(256)) * 40)
    assert any("attachments" in said for said in ask("export", "board.db", "bare.json")["not_expressed"])
    ask("export", "board.db", "whole.json", "--attachments")
    assert ask("import", "whole.db", "whole.json")["notes"] == []
    assert ask("verify", "whole.db") == {"ok": True, "checked": 1, "changed": [], "missing": []}
    ask("export", "whole.db", "again.json", "--attachments")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "whole.json").read_bytes()
    notes = ask("import", "bare.db", "bare.json")["notes"]
    assert ["bytes" in note["what"] for note in notes] == [True]


def test_spoiled_bytes_of_an_attachment_stop_an_import(ask: Ask, run: Any, board_path: Path, tmp_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Attach") as tx:
        commands.attach(tx, tx.document.entity("S1").id, "film.mp4", b"film")
    ask("export", "board.db", "whole.json", "--attachments")
    sound = json.loads((tmp_path / "whole.json").read_text("utf-8"))
    for said in ("AAAA", "no base64!", 5):
        spoiled = {**sound, "bytes": dict.fromkeys(sound["bytes"], said)}
        (tmp_path / "spoiled.json").write_text(json.dumps(spoiled), "utf-8")
        ran = run("import", "made.db", "spoiled.json")
        assert ran.code == 1
        assert "bytes of an attachment" in ran.err
        assert not (tmp_path / "made.db").exists()
