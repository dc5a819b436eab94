"""The outline in Markdown: who states a claim and how surely, and no text that becomes markup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.formats.format import Written
from evidenceboard.formats.markdown import escaped

Export = Callable[..., Written]


def outline(path: Path, export: Export) -> str:
    data = export(path, "md").data
    assert isinstance(data, bytes)
    return data.decode()


def test_the_outline_says_who_states_what_and_what_it_bears_on(rich: Path, export: Export) -> None:
    said = outline(rich, export)
    assert said.startswith("# Winter\n\nTLP:RED\n\n## Scenarios\n\n### H1 They stay until spring\n")
    titles = [line.removeprefix("## ") for line in said.splitlines() if line.startswith("## ")]
    assert titles == ["Scenarios", "Claims", "Sources", "Actors", "Notes", "vessels"]
    claim = said.partition("### C1 ")[2].partition("### ")[0]
    assert "- stated by S1 Weekly report (B2)" in claim
    assert "- denied by S2" in claim
    assert "quote \\=HYPERLINK()" in claim
    assert "- bears on H1 They stay until spring (consistency C)" in claim
    assert "- Likelihood: likely" in claim
    assert "- Tags: troops, transport" in claim
    assert claim.splitlines()[2].startswith("- contested: 1 report, ")
    assert "- unsourced: 0 reports, 0 origins" in said.partition("### C2 ")[2]
    assert "- Known through: S1" in said
    assert "- Marking: TLP:RED" in said
    assert "- Flag: KP" in said


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("[a](javascript:x)", "\\[a\\](javascript:x)"),
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("12. no item", "12\\. no item"),
        ("a\n\n# b", "a \\# b"),
        ("*b* _i_ `c` ~s~ |t| $m$ &amp;", "\\*b\\* \\_i\\_ \\`c\\` \\~s\\~ \\|t\\| \\$m\\$ \\&amp;"),
        ("back\\slash", "back\\\\slash"),
        ("2024-10~ and 2.5", "2024-10\\~ and 2.5"),
        ("3,000 soldiers - 드론", "3,000 soldiers - 드론"),
    ],
)
def test_text_of_a_record_is_never_markup(typed: str, written: str) -> None:
    assert escaped(typed) == written


def test_notes_and_titles_of_many_lines_stay_within_their_place(board_path: Path, export: Export) -> None:
    with Session.open(board_path) as session, session.transaction("Write") as tx:
        title = "one\n# two\n- three"
        commands.add_entity(tx, "note", title=title, notes="first\n\n# second\n```\nthird")
    said = outline(board_path, export)
    assert "### N1 one \\# two - three\n" in said
    assert said.endswith("> first\n>\n> \\# second\n> \\`\\`\\`\n> third\n")


def test_a_deception_twin_names_its_first_row_and_is_not_called_unsourced(board_path: Path, export: Export) -> None:
    with Session.open(board_path) as session, session.transaction("Add a deception twin") as tx:
        commands.add_deception_twin(tx, tx.document.entity("C1").id)
    twin = outline(board_path, export).partition("### C3 ")[2].partition("### ")[0]
    assert twin.startswith("If C1 is deception\n") and "- Deception twin of: C1" in twin and "unsourced" not in twin
