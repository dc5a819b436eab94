"""docs/trust.md against the soak: every promise that is counted stands in its table, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.promises.measured import NAMES
from benchmarks.soak import PROMISES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "trust.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.+\|$", TEXT, re.MULTILINE)]


def test_every_promise_stands_in_the_table_with_its_figures() -> None:
    table = {row[0]: row[1:] for row in ROWS if len(row) == 4}
    assert list(table)[2:] == [promise.name for promise in PROMISES]
    for promise in PROMISES:
        full, tried, broken = table[promise.name]
        assert full in ("all", f"{promise.n:,}"), promise.name
        assert re.fullmatch(r"[\d,]+", tried), promise.name
        assert broken == "0", promise.name


def test_what_is_measured_stands_beside_its_bar() -> None:
    assert [row[0] for row in ROWS if len(row) == 3][2:] == list(NAMES)


def test_the_page_says_when_and_on_what_it_was_tried_and_is_linked() -> None:
    assert re.search(r"on \d{4}-\d\d-\d\d", TEXT)
    assert "(docs/trust.md)" in (ROOT / "README.md").read_text("utf-8")
