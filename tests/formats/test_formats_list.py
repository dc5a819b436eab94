"""The list of formats: each is told from the others, and what cannot be loaded is said in words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from evidenceboard.errors import EvidenceBoardError, FormatError
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import Format, Input
from evidenceboard.formats.importing import format_named, format_of


def test_ids_and_endings_belong_to_one_format_each() -> None:
    words = [word for kind in FORMATS for word in {kind.id, *kind.endings}]
    assert len(words) == len(set(words))
    for kind in FORMATS:
        assert kind.write or kind.read
        assert all(format_named(word) is kind for word in (kind.id, kind.id.upper(), f".{kind.endings[0]}"))


def test_importing_the_list_loads_no_qt() -> None:
    import subprocess

    code = "import sys, evidenceboard.formats.importing\nprint('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt", b'{"format":"evidenceboard","version":1}', "json"),
        ("a.csv", b' \n{"entities":[]}', "json"),
        ("a", b"title,type\nx,claim\n", "csv"),
        ("a.tsv", b"title\nx\n", "csv"),
        ("tables", {"entities.csv": b"id,type,number,title\n"}, "csv"),
    ],
)
def test_a_format_is_told_by_its_content_first_and_by_its_name_then(name: str, data: Any, found: str) -> None:
    assert format_of(Input(name, data, "")).id == found


@pytest.mark.parametrize("given", [Input("a.docx", b"PK\x03\x04", ""), Input("folder", {"a.txt": b"x,y"}, "")])
def test_what_is_in_no_format_is_refused_with_those_that_are_read(given: Input) -> None:
    with pytest.raises(FormatError, match="Formats read: json, csv"):
        format_of(given)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ('raise ModuleNotFoundError("no", name="PySide6.QtGui")', "pip install PySide6-Essentials"),
        ('raise ImportError("libEGL.so.1: cannot open shared object file")', "libEGL.so.1"),
    ],
)
def test_a_writer_that_cannot_be_loaded_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: str, said: str
) -> None:
    (tmp_path / "painter_that_fails.py").write_text(f"{error}\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(EvidenceBoardError, match=said):
        Format("x", "X", ("x",), "painter_that_fails:write").writer()
    (tmp_path / "painter_with_a_bug.py").write_text("import nowhere_to_be_found\n", "utf-8")
    with pytest.raises(ModuleNotFoundError, match="nowhere_to_be_found"):
        Format("x", "X", ("x",), "painter_with_a_bug:write").writer()


def test_a_format_that_is_only_read_or_only_written_says_so() -> None:
    with pytest.raises(FormatError, match="written but not read"):
        format_named("md").reader()
    with pytest.raises(FormatError, match="read but not written"):
        Format("x", "X", ("x",)).writer()
