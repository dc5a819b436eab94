"""Adding, changing, linking and removing, on a real file: the effect, the refusals, and that all can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError, InvalidValueError, NotFoundError
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import TYPES
from evidenceboard.store.gate import quick_check


def do(session: Session, work: Callable[[Transaction], Any]) -> Any:
    with session.transaction("Try") as tx:
        return work(tx)


def refused(session: Session, work: Callable[[Transaction], Any], match: str = ".") -> str:
    """Return the refusal of a command; nothing is written and nothing has changed."""
    before, count = session.path.read_bytes(), session.operation_count()
    with pytest.raises((InvalidValueError, NotFoundError), match=match) as caught:
        do(session, work)
    assert (session.path.read_bytes(), session.operation_count()) == (before, count)
    said = str(caught.value)
    assert "othing was changed" in said
    return said


@pytest.mark.parametrize("kind", TYPES, ids=[kind.id for kind in TYPES])
def test_an_entity_of_every_type_gets_the_next_number_of_its_type(session: Session, kind: Any) -> None:
    have = sum(entity.type == kind.id for entity in session.document.entities)
    made = do(session, lambda tx: commands.add_entity(tx, kind.id, title="겨울 – зима", notes="n", tags="a; b;;"))
    assert (made.number, made.title, made.tags) == (f"{kind.prefix}{have + 1}", "겨울 – зима", ("a", "b"))
    with Session.open(session.path, read_only=True) as other:
        assert other.document.entity(made.number) == made


def test_properties_are_read_as_people_write_them(session: Session) -> None:
    made = do(
        session,
        lambda tx: commands.add_entity(
            tx,
            "source",
            title="t",
            marking="amber",
            props={"unnamed": "yes", "known_through": "S1", "reliability": "c"},
        ),
    )
    source = session.document.entity("S1")
    assert made.props == {"unnamed": True, "known_through": [source.id]}
    assert made.marking == "TLP:AMBER"
    assert session.document.values(made)["reliability"] == "C"
    assert session.document.find("assessments", session.document.assessments_of(made.id)[0].id) is not None


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"colour": "red"}, "no field “colour”"),
        ({"x" * 5000: "red"}, "no field"),
        ({"reliability": "G"}, "“reliability” does not take this value"),
        ({"unnamed": "perhaps"}, "yes or no"),
        ({"known_through": "S9"}, "There is no S9"),
        ({"marking": "secret"}, "“marking” does not take"),
        ({"tags": 5}, "“tags” does not take"),
        ({"tags": [5]}, "“tags” does not take"),
        ({"title": "x" * 1_000_000}, "100,000 characters"),
        ({"title": None}, "“title” does not take"),
        ({"notes": "a\x00b"}, "“notes” does not take"),
        ({"author": "a\x00b"}, "“author” does not take"),
        ({"number": "S1"}, "number"),
        ({"id": "x" * 65}, "“id”|The id"),
    ],
)
def test_a_value_that_a_field_does_not_take_is_refused(session: Session, values: dict[str, Any], match: str) -> None:
    assert len(refused(session, lambda tx: commands.add_entity(tx, "source", **values), match)) < 400
    if not {"number", "id"} & set(values):
        source = session.document.entity("S1")
        refused(session, lambda tx: commands.set_fields(tx, source.id, **values), match)


def test_a_number_given_by_hand_is_never_given_again(session: Session) -> None:
    do(session, lambda tx: commands.add_entity(tx, "claim", title="t", number="C7"))
    assert do(session, lambda tx: commands.add_entity(tx, "claim", title="t")).number == "C8"
    refused(session, lambda tx: commands.add_entity(tx, "claim", title="t", number="C1"), "given to another")
    entity = session.document.entity("C1")
    refused(session, lambda tx: commands.add_entity(tx, "claim", title="t", id=entity.id), "this id")


def test_fields_are_set_and_the_card_follows_its_text(session: Session) -> None:
    claim = session.document.entity("C1")
    board = session.document.boards[0].id
    low = session.document.card_on(board, claim.id)
    do(session, lambda tx: commands.set_fields(tx, claim.id, title="Lorries " * 40, happened="2024-10", tags=["x"]))
    high = session.document.card_on(board, claim.id)
    assert low and high and high.h > low.h
    found = session.document.entity("C1")
    assert (found.props, found.tags) == ({"happened": "2024-10"}, ("x",))
    do(session, lambda tx: commands.resize_card(tx, high.id, x=0, y=0, w=200, h=300))
    do(session, lambda tx: commands.set_fields(tx, claim.id, title="short"))
    assert session.document.get(type(high), high.id).h == 300


def test_a_judgement_is_the_analysts_own_and_can_be_taken_back(session: Session) -> None:
    source = session.document.entity("S1")
    do(session, lambda tx: commands.set_fields(tx, source.id, reliability="D", reason="was wrong before"))
    mine = session.document.assessments_of(source.id)[0]
    assert (mine.value, mine.reason, mine.author_id) == ("D", "was wrong before", session.author_id)
    assert "reliability" not in session.document.entity("S1").props
    do(session, lambda tx: commands.set_fields(tx, source.id, reliability="C"))
    assert session.document.assessments_of(source.id)[0].reason == ""
    count = session.operation_count()
    do(session, lambda tx: commands.set_fields(tx, source.id, reliability="c"))
    assert session.operation_count() == count
    do(session, lambda tx: commands.set_fields(tx, source.id, reliability=""))
    assert session.document.assessments_of(source.id) == []
    session.undo()
    assert session.document.judged(source.id, "reliability") == "C"
    refused(session, lambda tx: commands.set_fields(tx, source.id, reason="no judgement beside it"), "reason")
    refused(session, lambda tx: commands.set_fields(tx, "gone", title="x"))


def test_two_analysts_grades_stand_side_by_side(session: Session, own_config: Any) -> None:
    source, path = session.document.entity("S1"), session.path
    session.close()
    (own_config / "settings.json").unlink()
    with Session.open(path) as second:
        do(second, lambda tx: commands.set_fields(tx, source.id, reliability="E"))
        assert sorted(a.value for a in second.document.assessments_of(source.id)) == ["B", "E"]
        assert second.document.judged(source.id, "reliability") == "E"
        do(second, lambda tx: commands.remove(tx, [source.id]))
        assert (
            second.document.table("assessments").keys() & {a.id for a in second.document.assessments_of(source.id)}
            == set()
        )
        second.undo()
        assert len(second.document.assessments_of(source.id)) == 2


@pytest.mark.parametrize("kind", LINK_TYPES, ids=[kind.id for kind in LINK_TYPES])
def test_every_link_type_joins_what_it_says_and_refuses_the_rest(session: Session, kind: Any) -> None:
    def add_all(tx: Transaction) -> dict[str, str]:
        return {one.id: commands.add_entity(tx, one.id, title=one.word).id for one in TYPES}

    ids = do(session, add_all)
    for start in ids:
        for end in ids:
            fits = any(a in ("*", start) and b in ("*", end) for a, b in kind.ends)
            if fits and (start != end or not kind.mutual):
                made = do(session, lambda tx, start=start, end=end: commands.link(tx, kind.id, ids[start], ids[end]))
                assert session.document.get(Link, made.id) == made
            elif start == "source" or end == "source":
                said = refused(session, lambda tx, s=start, e=end: commands.link(tx, kind.id, ids[s], ids[e]))
                assert "related" in said


def test_a_link_says_what_its_type_adds(session: Session) -> None:
    source, claim = session.document.entity("S1"), session.document.entity("C2")
    made = do(
        session,
        lambda tx: commands.link(
            tx,
            "states",
            source.id,
            claim.id,
            props={"quote": "они там", "credibility": 3, "basis": "Own"},
            notes="p. 4",
        ),
    )
    assert made.props == {"quote": "они там", "basis": "own"}
    assert session.document.judged(made.id, "credibility") == "3"
    do(session, lambda tx: commands.set_link(tx, made.id, locator="p. 5", credibility="2", tags="x"))
    found = session.document.get(Link, made.id)
    assert (found.props["locator"], found.tags, found.notes) == ("p. 5", ("x",), "p. 4")
    assert session.document.judged(made.id, "credibility") == "2"
    refused(session, lambda tx: commands.set_link(tx, made.id, credibility="7"), "credibility")
    refused(session, lambda tx: commands.set_link(tx, made.id, consistency="C"), "no field")
    refused(session, lambda tx: commands.set_link(tx, "gone", notes="x"))


def test_a_link_to_nothing_is_refused(session: Session) -> None:
    claim = session.document.entity("C1")
    refused(session, lambda tx: commands.link(tx, "supports", claim.id, "gone"), "entity is no longer")
    refused(session, lambda tx: commands.link(tx, "supports", "gone", claim.id), "entity is no longer")
    refused(session, lambda tx: commands.link(tx, "no such type", claim.id, claim.id), "does not lead")
    said = refused(session, lambda tx: commands.link(tx, "states", claim.id, session.document.entity("A1").id))
    assert "from a claim to an actor" in said and "about" in said


def test_a_claim_bears_on_a_scenario_once(session: Session) -> None:
    claim, scenario = session.document.entity("C1"), session.document.entity("H1")
    refused(session, lambda tx: commands.link(tx, "bears on", claim.id, scenario.id), "C1 bears on H1 already")
    known = session.document.links_from(claim.id)[0]
    do(session, lambda tx: commands.remove(tx, [known.id]))
    again = do(session, lambda tx: commands.link(tx, "bears on", claim.id, scenario.id))
    assert again.id == known.id
    assert session.document.judged(again.id, "consistency") == ""


def test_an_end_is_hung_elsewhere_and_a_type_that_no_longer_fits_becomes_related(session: Session) -> None:
    document = session.document
    states = document.links_from(document.entity("S1").id)[0]
    do(session, lambda tx: commands.rehang(tx, states.id, to_id=document.entity("C2").id))
    assert document.get(Link, states.id).to_id == document.entity("C2").id
    assert document.judged(states.id, "credibility") == "2"
    do(session, lambda tx: commands.rehang(tx, states.id, to_id=document.entity("A1").id))
    assert document.get(Link, states.id).type == "related"
    session.undo()
    assert document.get(Link, states.id) == Link(states.id, "states", states.from_id, document.entity("C2").id)
    count = session.operation_count()
    do(session, lambda tx: commands.rehang(tx, states.id, to_id=document.entity("C2").id))
    assert session.operation_count() == count
    refused(session, lambda tx: commands.rehang(tx, states.id, to_id="gone"))
    refused(session, lambda tx: commands.rehang(tx, "gone", to_id=states.to_id))


def test_a_bears_on_link_that_is_hung_elsewhere_takes_its_judgement_along(session: Session) -> None:
    document = session.document
    bears = document.links_into(document.entity("H1").id)[0]
    do(session, lambda tx: commands.set_link(tx, bears.id, notes="see p. 4", reason="they said so"))
    count = session.operation_count()
    do(session, lambda tx: commands.rehang(tx, bears.id, from_id=bears.from_id))
    assert session.operation_count() == count
    hung = do(session, lambda tx: commands.rehang(tx, bears.id, from_id=document.entity("C2").id))
    assert (hung.id != bears.id, hung.notes, hung.props) == (True, "see p. 4", {"reason": "they said so"})
    assert document.judged(hung.id, "consistency") == "C"
    assert document.assessments_of(bears.id) == []
    do(session, lambda tx: commands.link(tx, "bears on", bears.from_id, bears.to_id))
    refused(session, lambda tx: commands.rehang(tx, hung.id, from_id=bears.from_id), "already")
    related = do(session, lambda tx: commands.rehang(tx, hung.id, to_id=document.entity("A1").id))
    assert (related.type, related.props["reason"]) == ("related", "they said so")
    assert document.judged(related.id, "consistency") == ""
    back = do(session, lambda tx: commands.relink(tx, related, "bears on", document.entity("C2").id, bears.to_id))
    assert back.id == hung.id


def test_a_bears_on_link_that_is_hung_elsewhere_takes_every_analysts_judgement_along(session: Session) -> None:
    document = session.document
    bears = document.links_into(document.entity("H1").id)[0]
    mine, session.author_id = session.author_id, "ann"
    do(session, lambda tx: commands.set_fields(tx, bears.id, consistency="II"))
    session.author_id = "bob"
    hung = do(session, lambda tx: commands.rehang(tx, bears.id, from_id=document.entity("C2").id))
    assert {one.author_id: one.value for one in document.assessments_of(hung.id)} == {mine: "C", "ann": "II"}
    do(session, lambda tx: commands.set_fields(tx, hung.id, consistency="N"))
    assert {one.value for one in document.assessments_of(hung.id)} == {"C", "II", "N"}
    session.undo()
    session.undo()
    assert {one.author_id: one.value for one in document.assessments_of(bears.id)} == {mine: "C", "ann": "II"}


def test_another_type_for_a_link_keeps_what_was_written(session: Session) -> None:
    states = session.document.links_from(session.document.entity("S1").id)[0]
    do(session, lambda tx: commands.set_link(tx, states.id, quote="no", notes="n"))
    found = session.document.get(Link, states.id)
    denies = do(session, lambda tx: commands.relink(tx, found, "denies", states.from_id, states.to_id))
    assert (denies.id, denies.type, denies.props, denies.notes) == (states.id, "denies", {"quote": "no"}, "n")


def test_removing_takes_along_all_that_hangs_on_it_and_undo_brings_it_back(session: Session) -> None:
    document = session.document
    claim = document.entity("C1")
    do(session, lambda tx: commands.attach(tx, claim.id, "photo.jpg", b"jpeg"))
    do(session, lambda tx: commands.set_fields(tx, claim.id, likelihood="likely"))
    before = {
        table: dict(document.table(table)) for table in ("entities", "cards", "links", "assessments", "attachments")
    }
    do(session, lambda tx: commands.remove(tx, [claim.id]))
    assert document.find("entities", claim.id) is None
    assert (document.cards_of(claim.id), document.links_of(claim.id), document.attachments_of(claim.id)) == ([], [], [])
    subjects = {*document.table("entities"), *document.table("links")}
    assert {one.subject_id for one in document.table("assessments").values() if isinstance(one, Assessment)} <= subjects
    assert quick_check(session.path) == []
    session.undo()
    assert {table: dict(document.table(table)) for table in before} == before


def test_things_named_together_with_what_goes_along_are_removed_once(session: Session) -> None:
    document = session.document
    claim, board = document.entity("C1"), document.boards[0].id
    frame = do(session, lambda tx: commands.add_frame(tx, board, title="F", x=0, y=0, w=500, h=500))
    every = [
        claim.id, claim.id, *(link.id for link in document.links_of(claim.id)),
        *(card.id for card in document.cards_of(claim.id)), frame.id,
    ]  # fmt: skip
    do(session, lambda tx: commands.remove(tx, every))
    session.undo()
    do(session, lambda tx: commands.remove(tx, every[::-1]))
    assert document.find("entities", claim.id) is None and document.frames == []
    refused(session, lambda tx: commands.remove(tx, [document.entity("C2").id, "gone"]))


def test_everything_can_be_removed(session: Session) -> None:
    do(session, lambda tx: commands.remove(tx, [entity.id for entity in tx.document.entities]))
    tables = ("entities", "cards", "links", "assessments")
    assert [len(session.document.table(table)) for table in tables] == [0, 0, 0, 0]
    assert quick_check(session.path) == []
    session.undo()
    assert [len(session.document.table(table)) for table in tables] == [5, 5, 3, 3]


def test_claims_that_would_lose_their_last_source_are_named(session: Session) -> None:
    document = session.document
    one, claim = document.entity("S1"), document.entity("C1")
    states = document.links_from(one.id)[0]
    assert commands.left_hanging(document, [one.id]) == [claim]
    assert commands.left_hanging(document, [states.id]) == [claim]
    assert commands.left_hanging(document, [one.id, claim.id]) == []
    assert commands.left_hanging(document, [claim.id, "gone"]) == []

    def second(tx: Transaction) -> tuple[Entity, Link]:
        made = commands.add_entity(tx, "source", title="another")
        return made, commands.link(tx, "states", made.id, claim.id)

    two, other = do(session, second)
    assert commands.left_hanging(document, [one.id]) == []
    assert commands.left_hanging(document, [one.id, two.id]) == [claim]
    assert commands.left_hanging(document, [states.id, other.id]) == [claim]
    assert commands.left_hanging(document, [one.id, other.id]) == [claim]


def test_the_same_bytes_are_kept_once(session: Session) -> None:
    source, claim = session.document.entity("S1"), session.document.entity("C1")
    kept = do(session, lambda tx: commands.attach(tx, source.id, "map.png", b"\x89PNG", url="https://example.org/m"))
    assert (kept.media_type, kept.size, kept.name) == ("image/png", 4, "map.png")
    assert len(kept.sha256) == 64
    count = session.operation_count()
    assert do(session, lambda tx: commands.attach(tx, source.id, "again.png", b"\x89PNG")) == kept
    assert session.operation_count() == count
    other = do(session, lambda tx: commands.attach(tx, claim.id, "x" * 500, b"\x89PNG"))
    assert (other.sha256, len(other.name), other.media_type) == (kept.sha256, 200, "application/octet-stream")
    assert session.attachment(kept.sha256) == b"\x89PNG"
    refused(session, lambda tx: commands.attach(tx, "gone", "a", b""))
    refused(session, lambda tx: commands.attach(tx, claim.id, "a\x00", b"other"))


def test_strangers_properties_pass_where_an_import_says_so(session: Session) -> None:
    made = do(
        session, lambda tx: commands.add_entity(tx, "claim", title="t", strangers=True, props={"x": [1, {"y": 2}]})
    )
    assert made.props == {"x": [1, {"y": 2}]}
    refused(session, lambda tx: commands.add_entity(tx, "claim", strangers=True, props={"x": float("nan")}))
    do(session, lambda tx: commands.set_fields(tx, made.id, x="now text"))
    assert session.document.get(Entity, made.id).props == {"x": "now text"}


def test_a_snapshot_names_a_place_in_the_history(session: Session) -> None:
    newest = session.history(1)[0][0].id
    made = do(session, lambda tx: commands.name_snapshot(tx, "Before the talk", newest))
    assert session.document.snapshots == [made]
    renamed = do(session, lambda tx: commands.rename_snapshot(tx, made.id, "After the talk"))
    assert session.document.snapshots == [renamed] and renamed.operation_id == newest
    do(session, lambda tx: commands.remove_snapshot(tx, made.id))
    assert not session.document.snapshots and session.document_at(newest).entity("C1")
    session.undo()
    with pytest.raises(EvidenceBoardError):
        do(session, lambda tx: commands.name_snapshot(tx, "x" * 200_000, newest))
