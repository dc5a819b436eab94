"""Saying something to the others: added, answered, resolved, said in other words, gone with what it was about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidenceboard import Session, commands
from evidenceboard.cli.verbs import verbs
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.formats.chosen import chosen
from evidenceboard.model.comments import comments_on, threads
from evidenceboard.model.records import Comment
from evidenceboard.store.index import build
from evidenceboard.store.sifting import first as found_first


def say(session: Session, number: str, text: str, field: str = "") -> Comment:
    with session.transaction("Add a comment") as tx:
        return commands.add_comment(tx, tx.document.entity(number).id, text, field)


def test_an_answer_stands_in_the_thread_of_what_it_answers_and_on_the_same_field(session: Session) -> None:
    asked = say(session, "C1", "Why so sure?", "likelihood")
    with session.transaction("Answer a comment") as tx:
        answer = commands.answer_comment(tx, asked.id, "Two sources.")
        again = commands.answer_comment(tx, answer.id, "Not independent.")
    assert (again.reply_to, again.field, again.subject_id) == (asked.id, "likelihood", asked.subject_id)


def test_a_comment_without_words_or_on_nothing_is_refused(session: Session) -> None:
    for subject, text, refused in (
        (session.document.entity("C1").id, " \n", InvalidValueError),
        ("x", "a", NotFoundError),
    ):
        with pytest.raises(refused), session.transaction("Add a comment") as tx:
            commands.add_comment(tx, subject, text)
    assert not session.document.table("comments")


def test_only_ones_own_words_are_changed_or_removed(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    own = say(session, "C1", "Mine")
    with session.transaction("Put") as tx:
        tx.make(Comment, subject_id=own.subject_id, field="", author_id="kim", text="Kim's", reply_to=own.id, at="2030")
        other = tx.make(Comment, subject_id=own.subject_id, field="", author_id="kim", text="Kim's own", at="2030")
    with session.transaction("Change a comment") as tx:
        commands.change_comment(tx, own.id, "Mine, better")
    for refused in (
        lambda tx: commands.change_comment(tx, other.id, "Not mine"),
        lambda tx: commands.remove_comment(tx, other.id),
        lambda tx: commands.remove_comment(tx, own.id),
    ):
        with pytest.raises(InvalidValueError), session.transaction("Refused") as tx:
            refused(tx)
    said = {one.text for one in comments_on(session.document, own.subject_id)}
    assert said == {"Mine, better", "Kim's", "Kim's own"}


@pytest.mark.parametrize("number", ["C1", "S1"])
def test_what_goes_takes_its_comments_along_and_undo_brings_them_back(session: Session, number: str) -> None:
    say(session, number, "On the card")
    link = next(one for one in session.document.links if one.type == "states")
    with session.transaction("Add a comment") as tx:
        commands.add_comment(tx, link.id, "On the link")
    before = dict(session.document.table("comments"))
    with session.transaction("Remove") as tx:
        commands.remove(tx, [session.document.entity(number).id])
    assert not session.document.table("comments")
    session.undo()
    assert dict(session.document.table("comments")) == before


def test_comments_stay_on_a_link_that_gets_another_id(session: Session) -> None:
    link = next(one for one in session.document.links if one.type == "bears on")
    with session.transaction("Add a comment") as tx:
        commands.add_comment(tx, link.id, "Is it?")
    with session.transaction("Retype") as tx:
        made = commands.relink(tx, tx.document.find("links", link.id), "related", link.from_id, link.to_id)  # type: ignore[arg-type]
    assert made.id != link.id
    assert [one.text for one in comments_on(session.document, made.id)] == ["Is it?"]


def test_comments_are_found_by_their_words_in_any_script_and_by_a_filter(session: Session) -> None:
    from evidenceboard.model.query import read

    asked = say(session, "C1", "근거가 하나뿐이다")
    index = build(session.document)
    assert [hit.entity_id for hit in index.search("하나뿐")] == [asked.subject_id]
    session.subscribe(lambda operation: index.update(operation, session.document))
    with session.transaction("Change a comment") as tx:
        commands.change_comment(tx, asked.id, "Перевірено")
    assert not index.search("하나뿐") and [hit.entity_id for hit in index.search("перевірено")] == [asked.subject_id]
    for query, found in (("has:comment", True), ("has:open-comment", True)):
        assert bool(list(found_first(index, session.document, read(query, session.document), 9))) is found
    with session.transaction("Resolve a comment") as tx:
        commands.resolve_comment(tx, asked.id)
    assert not list(found_first(index, session.document, read("has:open-comment", session.document), 9))
    session.undo()
    session.undo()
    session.undo()
    assert not index.search("перевірено") and not index.search("하나뿐")


def test_a_comment_on_a_withheld_thing_is_withheld(session: Session) -> None:
    say(session, "C1", "Secret remark")
    say(session, "C2", "Open remark")
    with session.transaction("Mark") as tx:
        commands.set_fields(tx, tx.document.entity("C1").id, marking="TLP:RED")
    kept, _ = chosen(session.document, "TLP:GREEN")
    assert [one.text for one in kept.table("comments").values()] == ["Open remark"]  # type: ignore[attr-defined]


def test_comments_come_back_from_json_as_they_were(session: Session, tmp_path: Path) -> None:
    asked = say(session, "C1", "Line one\nline two", "title")
    with session.transaction("Answer a comment") as tx:
        commands.answer_comment(tx, asked.id, "Да")
        commands.resolve_comment(tx, asked.id)
    out, made = str(tmp_path / "out.json"), str(tmp_path / "made.db")
    for words in (["export", str(session.path), out], ["import", made, out]):
        assert CliRunner().invoke(verbs, words).exit_code == 0
    with Session.open(made) as other:
        assert dict(other.document.table("comments")) == dict(session.document.table("comments"))
        assert threads(other.document, asked.subject_id)[0].first.resolved_by


def test_a_comment_on_what_is_not_in_an_import_is_a_problem_and_nothing_is_written(
    session: Session, tmp_path: Path
) -> None:
    say(session, "C1", "On nothing")
    out = tmp_path / "out.json"
    CliRunner().invoke(verbs, ["export", str(session.path), str(out)])
    data = json.loads(out.read_text("utf-8"))
    data["comments"][0]["subject_id"] = "gone"
    out.write_text(json.dumps(data), "utf-8")
    ran = CliRunner().invoke(verbs, ["import", str(tmp_path / "made.db"), str(out), "--json"])
    assert ran.exit_code == 1
    assert "subject_id" in ran.stdout


@pytest.mark.parametrize("name", ["out.md", "out.csv", pytest.param("out.pdf", marks=pytest.mark.qt)])
def test_formats_without_comments_say_that_they_leave_them_out(session: Session, tmp_path: Path, name: str) -> None:
    say(session, "C1", "Zwischen uns")
    ran = CliRunner().invoke(verbs, ["export", str(session.path), str(tmp_path / name), "--json"])
    assert any("1 comment of the analysts" in said for said in json.loads(ran.stdout)["not_expressed"])
    assert b"Zwischen" not in (tmp_path / name).read_bytes()


def test_show_tells_comments_with_who_said_them(session: Session) -> None:
    say(session, "C1", "Who says so?", "likelihood")
    told = json.loads(CliRunner().invoke(verbs, ["show", str(session.path), "C1", "--json"]).stdout)
    (one,) = told["comments"]
    assert (one["text"], one["field"], one["author"]) == ("Who says so?", "likelihood", session.author_id)
    assert "Who says so?" in CliRunner().invoke(verbs, ["show", str(session.path), "C1"]).stdout
