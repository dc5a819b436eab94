"""A document for who passes by once says what the other one says, and leaves that as little as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidenceboard.commands.generate import generated
from evidenceboard.model import many_by_id
from evidenceboard.model import passing as module
from evidenceboard.model.copied import changed
from evidenceboard.model.document import Document
from evidenceboard.model.kept import KeptRows
from evidenceboard.model.passing import Passing, passing
from evidenceboard.model.records import TABLES, Card, Entity, Link
from read_boards import COLUMNS, ROWS, read

ASKED = (("cards", "entity_id"), ("links", "from_id"), ("links", "to_id"), ("assessments", "subject_id"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("passing") / "board.db"
    generated(made, cards=300, links=700, seed=5)
    return made


@pytest.fixture
def packed(path: Path) -> Document:
    return read(path, COLUMNS)[0]


def held(document: Document) -> Iterator[KeptRows]:
    """Yield the tables that are held packed."""
    yield from (rows for rows in map(document.table, TABLES) if isinstance(rows, KeptRows))


def said(document: Document) -> object:
    """Return all records, each found by its id too, and all that names an entity or a link."""
    tables = {table: list(document.each(table)) for table in TABLES}
    assert all(document.find(table, one.id) == one for table, found in tables.items() for one in found)
    assert all(list(document.table(table).values()) == found for table, found in tables.items())
    named = {one.id for table in ("entities", "links") for one in tables[table]}
    return tables, [list(document.where(*asked, one)) for asked in ASKED for one in sorted(named)]


def test_it_holds_the_same_before_while_and_after_something_is_expected(path: Path, packed: Document) -> None:
    by_rows = said(read(path, ROWS)[0])
    found = passing(packed)
    assert isinstance(found, Passing)
    assert said(found) == by_rows
    ids = list(packed.each_id("entities"))
    for some in (ids[:100], ids[50:200], ["none", *ids[-3:]], ids):
        found.expect_around(some)
        assert said(found) == by_rows
    found.expect_around(())
    assert said(found) == by_rows


@pytest.mark.parametrize(("each", "near"), [(1 << 60, 3), (1 << 60, 10_000), (500, 3)])
def test_however_few_records_are_kept_it_holds_the_same(
    path: Path, packed: Document, monkeypatch: pytest.MonkeyPatch, each: int, near: int
) -> None:
    monkeypatch.setattr(module, "_EACH", each)
    monkeypatch.setattr(module, "_NEAR", near)
    found, by_rows = passing(packed), said(read(path, ROWS)[0])
    found.expect_all()
    assert said(found) == by_rows
    found.expect_around(list(packed.each_id("entities"))[:150])
    assert said(found) == by_rows
    found.expect_around(())
    assert said(found) == by_rows


@pytest.mark.parametrize("very_many", [1, 1_000_000])
def test_where_all_is_expected_and_not_too_much_each_record_is_made_once(
    packed: Document, monkeypatch: pytest.MonkeyPatch, very_many: int
) -> None:
    monkeypatch.setattr(many_by_id, "_FROM", very_many)
    found = passing(packed)
    link = packed.links[5]
    assert found.links_into(link.to_id)[0] is not passing(packed).links_into(link.to_id)[0]
    found.expect_all()
    assert found.links_into(link.to_id)[0] is found.links_into(link.to_id)[0]
    assert found.links_from(link.from_id)[0] in found.links_into(found.links_from(link.from_id)[0].to_id)
    assert found.find("entities", link.to_id) is found.find("entities", link.to_id)
    found.expect_around(())
    assert said(found) == said(packed)


@pytest.mark.parametrize("all_of_it", [False, True])
def test_what_was_changed_since_is_there_too(packed: Document, all_of_it: bool) -> None:
    entity, card, link, gone = packed.entities[7], packed.cards[3], packed.links[20], packed.links[31]
    packed.apply([
        ("entities", entity.id, changed(entity, title="Other")), ("cards", card.id, None),
        ("links", link.id, changed(link, to_id=packed.entities[9].id)), ("links", gone.id, None),
    ])  # fmt: skip
    packed.apply([("links", "new", changed(gone, id="new", from_id=entity.id))])
    found = passing(packed)
    if all_of_it:
        found.expect_all()
    found.expect_around([entity.id, packed.entities[9].id])
    assert said(found) == said(packed)
    assert found.get(Entity, entity.id).title == "Other" and found.find("cards", card.id) is None
    assert found.get(Link, link.id) in found.links_into(packed.entities[9].id)
    assert not any(isinstance(one, Card) and one.id == card.id for one in found.each("cards"))


def test_the_other_document_makes_no_record_for_it(packed: Document) -> None:
    found = passing(packed)
    found.expect_around(list(packed.each_id("entities")))
    said(found)
    assert len(list(held(packed))) == 4
    assert not any(rows.kept.made for rows in held(packed))


def test_where_nothing_has_to_be_made_it_is_the_same_document(path: Path, packed: Document) -> None:
    by_rows, found = read(path, ROWS)[0], passing(packed)
    assert passing(by_rows) is by_rows
    assert passing(found) is found
