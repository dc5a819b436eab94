"""What every format that is read and written must keep: out, into a new file, and out again is the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.formats.importing import format_named, import_file
from evidenceboard.formats.safe_write import write_folder, write_whole
from evidenceboard.model.gradings import CREDIBILITY, LIKELIHOOD

Export = Callable[..., Written]
BOTH = [kind for kind in FORMATS if kind.read and kind.write]


def put(place: Path, data: bytes | dict[str, bytes]) -> None:
    """Write what a writer made."""
    if isinstance(data, dict):
        write_folder(place, data)
    else:
        write_whole(place, data)


@pytest.mark.parametrize("kind", BOTH, ids=[kind.id for kind in BOTH])
def test_out_in_and_out_again_is_the_same(rich: Path, export: Export, tmp_path: Path, kind: Any) -> None:
    written = export(rich, kind.id)
    put(tmp_path / f"out.{kind.endings[0]}", written.data)
    taken = import_file(tmp_path / "copy.db", tmp_path / f"out.{kind.endings[0]}")
    assert taken.report.problems == []
    assert export(tmp_path / "copy.db", kind.id).data == written.data


@pytest.mark.parametrize("options", [{}, {"attachments": True}], ids=["bare", "with attachments"])
def test_json_brings_back_every_record_with_its_id(rich: Path, export: Export, tmp_path: Path, options: Any) -> None:
    put(tmp_path / "out.json", export(rich, "json", **options).data)
    import_file(tmp_path / "copy.db", tmp_path / "out.json")
    with Session.open(rich, read_only=True) as one, Session.open(tmp_path / "copy.db", read_only=True) as other:
        for table in ("boards", "entities", "frames", "cards", "links", "assessments", "attachments", "settings"):
            assert dict(one.document.table(table)) == dict(other.document.table(table)), table
        digests = [kept.sha256 for kept in one.document.attachments_of(one.document.entity("S2").id)]
        for digest in digests if options else ():
            assert one.attachment(digest) == other.attachment(digest)


def test_a_folder_of_tables_brings_back_the_same_json(rich: Path, export: Export, tmp_path: Path) -> None:
    written = export(rich, "csv", folder=True)
    put(tmp_path / "tables", written.data)
    taken = import_file(tmp_path / "copy.db", tmp_path / "tables")
    assert taken.report.problems == []
    assert export(tmp_path / "copy.db", "json").data == export(rich, "json").data
    assert export(tmp_path / "copy.db", "csv", folder=True).data == written.data


def test_what_was_done_and_undone_leaves_no_trace_in_the_json(rich: Path, export: Export) -> None:
    before = export(rich, "json").data
    with Session.open(rich) as session:
        with session.transaction("Remove much") as tx:
            commands.remove(tx, [tx.document.entity(number).id for number in ("C1", "S1", "A1")])
        session.undo()
    assert export(rich, "json").data == before


def test_another_person_gets_the_judgements_of_those_who_made_them(
    rich: Path, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = {source: Path(shutil.copy(rich, tmp_path / f"older {source}.db")) for source in ("out.json", "tables")}
    for author_id, letter in (("ann", "C"), ("김 분석관", "F")):
        with Session.open(rich) as session:
            session.author_id = author_id
            with session.transaction("Judge") as tx:
                commands.set_fields(tx, tx.document.entity("S1").id, reliability=letter)
    before = export(rich, "json").data
    put(tmp_path / "out.json", before)
    put(tmp_path / "tables", export(rich, "csv", folder=True).data)
    judged = {one["author_id"] for one in json.loads(before)["assessments"]}
    assert len(judged) == 3
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "other"))
    for source, worked_on in older.items():
        for path in (tmp_path / f"new {source}.db", worked_on):
            taken = import_file(path, tmp_path / source)
            assert taken.report.problems == []
            assert taken.operation is not None and taken.operation.author_id not in judged
            assert export(path, "json").data == before


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)
names = text.filter(lambda word: word not in ("happened", "where", "likelihood", "confidence", "weight", "in_matrix"))
claims = st.tuples(
    text, text, st.lists(text, max_size=3), st.dictionaries(names, anything, max_size=3),
    st.sampled_from(["", *LIKELIHOOD.words]), st.floats(-1e8, 1e8),
)  # fmt: skip
links = st.tuples(st.integers(0, 9), st.integers(0, 9), text, st.sampled_from(["", *CREDIBILITY.words]))


@given(st.lists(claims, max_size=5), st.lists(links, max_size=5))
@example([("", "", [], {"credibility": None}, "", 0.0)], [])
def test_whatever_people_type_comes_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, typed: list[Any], joined: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("typed")
    with Session.create(folder / "one.db", title="x") as session:
        board = session.document.boards[0].id
        with session.transaction("Write") as tx:
            made = [commands.add_entity(tx, "source", title="a source")]
            for title, notes, tags, props, likelihood, x in typed:
                judged = {"likelihood": likelihood, "in_matrix": not title}
                values = {"title": title, "notes": notes, "tags": tags, "props": {**props, **judged}}
                made.append(commands.add_entity(tx, "claim", strangers=True, **values))
                commands.place(tx, board, made[-1].id, x=x, y=-x, w=200, h=90)
            for start, end, quote, credibility in joined:
                ends = made[start % len(made)], made[end % len(made)]
                props = {"quote": quote, "credibility": credibility, "hedge": quote[:3]}
                commands.link(tx, "states", ends[0].id, ends[1].id, strangers=True, props=props)
        outs = {}
        for name, kind, options in (
            ("out.json", "json", ExportOptions()),
            ("tables", "csv", ExportOptions(folder=True)),
            ("out.csv", "csv", ExportOptions()),
        ):
            outs[name] = format_named(kind).writer()(session, options).data
            put(folder / name, outs[name])
    for name in ("out.json", "tables"):
        assert import_file(folder / f"{name}.db", folder / name).report.problems == []
        with Session.open(folder / f"{name}.db", read_only=True) as copy:
            assert format_named("json").writer()(copy, ExportOptions()).data == outs["out.json"]
