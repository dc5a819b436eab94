"""Searches that a file keeps: named, renamed, removed, each one step; and never in what goes out below a marking."""

from __future__ import annotations

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.formats.chosen import chosen
from evidenceboard.model.records import Setting
from evidenceboard.model.saved_searches import saved_searches


def kept(session: Session) -> list[tuple[str, str]]:
    return [(one.name, one.text) for one in saved_searches(session.document)]


def test_a_search_is_kept_renamed_and_removed_and_undo_takes_each_back(session: Session) -> None:
    with session.transaction("Save a search") as tx:
        first = commands.save_search(tx, "  Weak\nclaims ", "type:claim origins:1")
        commands.save_search(tx, "amber", "marking:AMBER")
    assert kept(session) == [("amber", "marking:AMBER"), ("Weak claims", "type:claim origins:1")]
    with session.transaction("Rename a search") as tx:
        commands.rename_search(tx, first.id, "Thin claims")
    assert kept(session)[1] == ("Thin claims", "type:claim origins:1")
    with session.transaction("Remove a search") as tx:
        commands.remove_search(tx, first.id)
    assert kept(session) == [("amber", "marking:AMBER")]
    session.undo()
    session.undo()
    assert kept(session)[1] == ("Weak claims", "type:claim origins:1")


def test_saving_under_a_name_that_is_there_replaces_it(session: Session) -> None:
    with session.transaction("Save a search") as tx:
        commands.save_search(tx, "Weak", "origins:1")
        commands.save_search(tx, "WEAK", "origins:0")
    assert kept(session) == [("WEAK", "origins:0")]


@pytest.mark.parametrize(("name", "text"), [("", "x"), (" ", "x"), ("n" * 201, "x"), ("n", " "), ("n", "x" * 2001)])
def test_what_is_no_search_or_no_name_is_refused(session: Session, name: str, text: str) -> None:
    with pytest.raises(InvalidValueError, match="nothing was changed"), session.transaction("Save a search") as tx:
        commands.save_search(tx, name, text)
    assert not kept(session)


def test_a_name_that_another_search_has_is_refused_and_what_is_no_search_cannot_be_removed(session: Session) -> None:
    with session.transaction("Save a search") as tx:
        first = commands.save_search(tx, "one", "x")
        commands.save_search(tx, "two", "y")
    with pytest.raises(InvalidValueError, match="has this name"), session.transaction("Rename a search") as tx:
        commands.rename_search(tx, first.id, "Two")
    with pytest.raises(NotFoundError), session.transaction("Remove a search") as tx:
        commands.remove_search(tx, "title")


@pytest.mark.parametrize("value", [None, [], "text", {}, {"name": 3, "text": "x"}, {"name": "n", "text": ""}])
def test_what_another_program_wrote_in_another_form_is_passed_over(session: Session, value: object) -> None:
    with session.transaction("Write oddly") as tx:
        tx.make(Setting, id="search-odd", value=value)
    assert not kept(session)


def test_a_saved_search_does_not_go_out_below_a_marking(session: Session) -> None:
    with session.transaction("Save a search") as tx:
        commands.save_search(tx, "one", "a secret name")
    assert saved_searches(chosen(session.document, "")[0])
    assert not saved_searches(chosen(session.document, "TLP:RED")[0])
