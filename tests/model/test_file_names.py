"""A name that came with a file names one file in the folder that was chosen, and nothing else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.file_names import LONGEST, ending_of, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../.bashrc", "bashrc"),
        ("C:\\x\\a:b\u202e.pdf", "a_b‹RLO›.pdf"),
        ("..", "attachment"),
        ("-rf *", "rf _"),
        ("report.pdf. . ", "report.pdf"),
        ("nul", "_nul"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("console.txt", "console.txt"),
        ("a\nb\x00c\td", "a b‹NUL›c d"),
        ("", "attachment"),
        ("보고서 (초안).hwp", "보고서 (초안).hwp"),
    ],
)
def test_a_name_is_what_it_looks_like(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_name_is_one_file_of_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert len(safe.encode()) <= LONGEST + 4
    for kind in (PurePosixPath, PureWindowsPath):
        assert kind("folder", safe).parent == kind("folder")
        assert kind("folder", safe).name == safe
    assert safe[0] not in ".-~ "


@given(st.text(st.characters(categories=["L", "N", "So"]), min_size=1, max_size=300))
def test_a_file_can_be_written_under_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / safe_name(name)
    path.write_bytes(b"said")
    assert path.read_bytes() == b"said"
    path.unlink()


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("한" * 300 + ".pdf").endswith("한….pdf")
    assert ending_of("한" * 300 + ".PDF") == ".pdf"
    assert ending_of("scan") == ""
    assert ending_of("report\u202efdp.exe") == ".exe"
