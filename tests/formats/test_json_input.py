"""JSON that is broken, foreign or half known: each problem by its line, and nothing of it in the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.formats.format import Finding, Written
from evidenceboard.formats.importing import Taken, import_file
from evidenceboard.model.records import as_row

Export = Callable[..., Written]


def taken(folder: Path, content: Any, file: str = "made.db") -> Taken:
    text = content if isinstance(content, str) else json.dumps({"format": "evidenceboard", "version": 1, **content})
    (folder / "in.json").write_text(text, "utf-8")
    return import_file(folder / file, folder / "in.json")


def entity(record_id: str, type_id: str = "claim", number: str = "", **more: Any) -> dict[str, Any]:
    return {"id": record_id, "type": type_id, "number": number or f"X{record_id}", "title": record_id, **more}


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"type":"states"', '"type":5', "“type” of this link does not take this value"),
        ('"value":"likely"', '"value":"maybe"', "“likelihood” does not take this value; it takes one of almost no"),
        ('"marking":"TLP:RED"', '"marking":"PINK"', "“marking” does not take this value; it takes one of TLP:CLEAR"),
        ('"first_hand":false', '"first_hand":"now and then"', "“first_hand” does not take this value. It takes yes or"),
        ('"w":900.5', '"w":-1', "“w” of this frame does not take this value"),
        ('"w":900.5', '"w":1e999', "“w” of this frame does not take this value"),
        ('"x":-10.125,', "", "“x” of this frame is missing"),
        ('"board_id":"', '"board_id":"no', "“board_id” of this frame names a board that is not there"),
        ('"title":"Angara"', '"title":"\\u0000"', "“title” of this entity does not take this value"),
        ('"knots":9', '"knots":NaN', "this is no JSON: nan is not a number"),
        ('"knots":9', '"knots":-Infinity', "this is no JSON: -infinity is not a number"),
        ('"knots":9', '"knots":', "this is no JSON: expecting value"),
        ('"knots":9', '"knots":' + "[" * 60 + "]" * 60, "“props” of this link does not take this value"),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_kept(
    rich: Path, export: Export, tmp_path: Path, old: str, new: str, what: str
) -> None:
    data = export(rich, "json").data
    assert isinstance(data, bytes)
    sound = data.decode()
    at = sound.rindex(old) if old == '"board_id":"' else sound.index(old)
    broken = sound[:at] + new + sound[at + len(old) :]
    report = taken(tmp_path, broken).report
    assert [(one.where, one.what.startswith(what)) for one in report.problems] == [
        (f"line {sound[:at].count(chr(10)) + 1}", True)
    ], report.problems
    assert not (tmp_path / "made.db").exists()


def test_every_problem_is_told_and_not_only_the_first(tmp_path: Path) -> None:
    lines = [
        '{"format": "evidenceboard", "version": 1,',
        '"entities": [',
        '{"id": "1", "type": "claim", "number": "C1", "title": "sound"},',
        '{"id": "2", "type": "claim", "number": "C2"},',
        '{"id": "3", "type": "claim", "number": "C3", "title": 7},',
        "5,",
        '{"id": "1", "type": "claim", "number": "C9", "title": "again"}],',
        '"links": [{"id": "l", "type": "supports", "from_id": "1", "to_id": "nobody"}]}',
    ]
    report = taken(tmp_path, "\n".join(lines)).report
    assert [one.where for one in report.problems] == ["line 4", "line 5", "line 6", "line 7", "line 8"]
    assert report.problems[-1] == Finding("line 8", "“to_id” of this link names an entity that is not there")


def test_a_judgement_a_card_and_an_attachment_of_nothing_are_problems(tmp_path: Path) -> None:
    report = taken(
        tmp_path,
        {
            "boards": [{"id": "b", "title": "One"}, {"id": "c", "title": "Two"}],
            "entities": [entity("1")],
            "frames": [{"id": "f", "board_id": "c", "title": "", "x": 0, "y": 0, "w": 1, "h": 1}],
            "cards": [
                {"id": "k", "board_id": "b", "entity_id": "2", "x": 0, "y": 0, "w": 1, "h": 1},
                {"id": "l", "board_id": "b", "entity_id": "1", "x": 0, "y": 0, "w": 1, "h": 1, "frame_id": "f"},
            ],
            "assessments": [
                {"id": "j", "subject_id": "3", "field": "likelihood", "author_id": "me", "value": "likely"}
            ],
            "attachments": [
                {"id": "a", "entity_id": "4", "name": "", "media_type": "", "size": 0, "sha256": ""},
            ],
        },
    ).report
    assert [one.what.partition(" names")[0] for one in report.problems] == [
        "“entity_id” of this card",
        "this card is owned by a frame of another board",
        "“subject_id” of this judgement",
        "“entity_id” of this attachment",
    ]
    assert not (tmp_path / "made.db").exists()


def test_what_is_foreign_is_kept_and_what_is_unknown_is_noted(tmp_path: Path) -> None:
    done = taken(
        tmp_path,
        {
            "later": [1, 2],
            "entities": [entity("1", "vessel", "V1", props={"flag": "KP"}, mood="calm"), entity("2", "claim", "C5")],
            "links": [
                {"id": "l", "type": "tows", "from_id": "1", "to_id": "2"},
                {"id": "m", "type": "states", "from_id": "2", "to_id": "1"},
            ],
            "snapshots": [{"id": "s", "name": "then", "operation_id": "o", "at": ""}],
            "settings": [{"id": "searches", "value": [1, 2.0, {"deep": None}]}],
        },
    )
    assert done.report.problems == []
    said = " ".join(one.what for one in done.report.notes)
    assert "does not know" in said
    assert "“states” does not usually join" in said
    assert "1 names of states" in said
    with Session.open(tmp_path / "made.db") as session:
        assert session.document.entity("V1").props == {"flag": "KP", "mood": "calm"}
        assert session.document.setting("searches") == [1, 2.0, {"deep": None}]
        assert len(session.document.boards) == 1
        with session.transaction("Add") as tx:
            assert commands.add_entity(tx, "claim", title="next").number == "C6"


def test_into_a_file_that_has_work_in_it_only_what_is_new_is_taken(rich: Path, export: Export, tmp_path: Path) -> None:
    before = export(rich, "json").data
    assert isinstance(before, bytes)
    again = taken(tmp_path, before.decode(), rich.name)
    assert (again.report.problems, again.operation) == ([], None)
    assert "exactly so" in again.report.notes[-2].what or "exactly so" in again.report.notes[-1].what
    changed = json.loads(before)
    changed["entities"] = [{**one, "title": "another"} for one in changed["entities"][:1]]
    refused = taken(tmp_path, {"entities": changed["entities"]}, rich.name)
    assert [one.what for one in refused.report.problems] == [
        "this entity is in the file already, and is not the same there"
    ]
    assert export(rich, "json").data == before


def test_numbers_that_are_given_already_become_the_next_and_boards_come_behind(
    board_path: Path, tmp_path: Path
) -> None:
    done = taken(
        tmp_path,
        {
            "boards": [{"id": "b", "title": "Guest", "position": 0}],
            "entities": [entity("1", number="C1"), entity("2", number="C9"), entity("3", number="C9")],
            "cards": [{"id": "k", "board_id": "b", "entity_id": "1", "x": 0, "y": 0, "w": 1, "h": 1}],
            "settings": [{"id": "title", "value": "Guest"}],
        },
        board_path.name,
    )
    assert done.report.problems == []
    with Session.open(board_path) as session:
        numbers = [session.document.get(type(session.document.entities[0]), one).number for one in ("1", "2", "3")]
        assert numbers == ["C10", "C9", "C11"]
        assert [board.title for board in session.document.boards] == ["Main board", "Guest"]
        assert session.document.setting("title") == "Winter"
        session.undo()
        assert len(session.document.boards) == 1
        assert len(session.document.entities) == 5


def test_judgements_of_analysts_who_never_worked_on_the_file_come_in_as_theirs(
    rich: Path, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session.open(rich) as session:
        session.author_id = "ann"
        with session.transaction("Judge") as tx:
            commands.set_fields(tx, tx.document.entity("S1").id, reliability="E", reason="seen otherwise")
    data = export(rich, "json").data
    assert isinstance(data, bytes)
    expected = {one["id"]: one for one in json.loads(data)["assessments"]}
    assert len({one["author_id"] for one in expected.values()}) == 2
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "other"))
    with Session.create(tmp_path / "mine.db") as session, session.transaction("Work") as tx:
        commands.add_entity(tx, "source", title="mine", props={"reliability": "A"})
    done = taken(tmp_path, data.decode(), "mine.db")
    assert done.report.problems == []
    with Session.open(tmp_path / "mine.db") as session:
        came = session.document.table("assessments")
        assert {one_id: as_row(came[one_id]) for one_id in expected} == expected
        assert len(came) == len(expected) + 1
        assert session.author_id not in {one["author_id"] for one in expected.values()}
        session.undo()
        assert len(session.document.table("assessments")) == 1
        session.redo()
        assert session.document.table("assessments").keys() >= expected.keys()
