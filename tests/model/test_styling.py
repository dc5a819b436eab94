"""Stylings: every card is in exactly one class, the classes are the rule's, and following equals counting anew."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.affected import MOST, affected
from evidenceboard.model.document import Document
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.model.scene import Scene
from evidenceboard.model.style_classes import NOT_SET, OUTSIDE, STRANGE
from evidenceboard.model.styled import Styled
from evidenceboard.model.styling import STYLINGS, TYPE, Styling, scenario_styling, styling
from evidenceboard.model.yardsticks import PHIA

SAMPLE = Path(__file__).parents[2] / "sample_board.db"


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Session]:
    shutil.copy(SAMPLE, tmp_path / "sample_board.db")
    with Session.open(tmp_path / "sample_board.db", read_only=True) as session:
        yield session


def counted(session: Session, styling_id: str) -> dict[str, int]:
    """Return how many cards of the first board are in each class that occurs."""
    document = session.document
    styled = Styled(styling(document, styling_id), document, Scene(document, document.boards[0].id))
    styled.work(None)
    return {one.id: n for one, n in zip(styled.styling.classes, styled.counts(), strict=True) if n}


def every(document: Document) -> list[Styling]:
    """Return all stylings that a file offers."""
    scenarios = [scenario_styling(document, one.id) for one in document.where("entities", "type", "scenario")]
    return [*STYLINGS, *(one for one in scenarios if one is not None)]


# -- the classes, by hand ------------------------------------------------------------------------------------------


def test_the_claims_of_the_sample_have_the_standing_and_grades_that_were_counted_by_hand(sample: Session) -> None:
    others = len(sample.document.cards_on(sample.document.boards[0].id)) - 35
    assert counted(sample, "standing") == {
        "origin not recorded": 15,
        "single origin": 19,
        "several origins, independence not established": 1,
        OUTSIDE: others,
    }
    assert counted(sample, "origins") == {"0": 15, "1": 19, "2": 1, OUTSIDE: others}
    assert counted(sample, "grade") == {"B2": 3, "C3": 11, "F6": 21, OUTSIDE: others}


def test_the_cells_of_the_first_scenario_of_the_sample_are_the_classes_of_their_rows(sample: Session) -> None:
    scenario = sample.document.entity("H1")
    found = counted(sample, f"scenario:{scenario.id}")
    # Inconsistency 10 is 4 × I and 3 × II, and one row is not assessed: the matrix says the same.
    assert (found["I"], found["II"], found[NOT_SET]) == (4, 3, 1)


def test_each_grade_falls_in_the_step_whose_letter_and_number_it_reaches(session: Session) -> None:
    wanted = {"A1": "B2", "B2": "B2", "A3": "C3", "C1": "C3", "C4": "D4", "D1": "D4", "E1": "E5", "A5": "E5"}
    wanted |= {"F1": "F6", "A6": "F6", "F6": "F6"}
    made = {}
    with session.transaction("Add claims") as tx:
        for pair in wanted:
            claim = commands.add_entity(tx, "claim", title=pair)
            source = commands.add_entity(tx, "source", title=pair, props={"reliability": pair[0]})
            link = commands.link(tx, "states", source.id, claim.id)
            tx.put(Assessment(f"grade {pair}", link.id, "credibility", tx.author_id, pair[1]))
            made[pair] = claim
    grade = styling(session.document, "grade")
    for pair, claim in made.items():
        assert grade.classes[grade.place(session.document, claim)].id == wanted[pair], pair


def test_half_a_grade_is_not_graded_and_a_grade_of_no_scale_has_a_class_of_its_own(session: Session) -> None:
    document = session.document
    with session.transaction("Judge") as tx:
        half = commands.add_entity(tx, "claim", title="Half graded")
        strange = commands.add_entity(tx, "claim", title="Graded Z")
        better = commands.add_entity(tx, "source", title="B", props={"reliability": "B"})
        odd = commands.add_entity(tx, "source", title="Z")
        commands.link(tx, "states", better.id, half.id)
        commands.link(tx, "states", odd.id, strange.id, props={"credibility": "2"})
        tx.put(Assessment("z", odd.id, "reliability", tx.author_id, "Z"))
    for styling_id, claim, wanted in (
        ("grade", half, NOT_SET),
        ("credibility", half, NOT_SET),
        ("reliability", half, "B"),
        ("grade", strange, STRANGE),
        ("reliability", odd, STRANGE),
        ("grade", document.entity("A1"), OUTSIDE),
    ):
        found = styling(document, styling_id)
        assert found.classes[found.place(document, claim)].id == wanted, (styling_id, claim.title)


def test_what_is_not_known_is_grey_and_never_on_the_scale_of_good_and_bad() -> None:
    for one in STYLINGS:
        unknown = {each.id for each in one.classes if each.unknown}
        assert all((each.colour == "unknown") == each.unknown for each in one.classes), one.id
        if one.id in ("reliability", "grade", "credibility"):
            assert unknown & {"F", "F6", "6"}


def test_every_class_but_what_lies_outside_and_the_types_has_a_sign_that_no_other_has(sample: Session) -> None:
    for one in every(sample.document):
        signs = [each.sign for each in one.classes if each.id != OUTSIDE]
        if not one.is_plain:
            assert all(signs) and len(set(signs)) == len(signs), one.id


def test_the_classes_of_likelihood_are_the_words_of_the_yardstick_that_the_file_uses(session: Session) -> None:
    claim = session.document.entity("C1")
    with session.transaction("Judge") as tx:
        commands.set_fields(tx, claim.id, likelihood="likely")
    american = styling(session.document, "likelihood")
    assert american.classes[american.place(session.document, claim)].words == "likely, 55–80 %"
    with session.transaction("Choose a yardstick") as tx:
        commands.set_file(tx, yardstick="phia")
    british = styling(session.document, "likelihood")
    assert [one.id for one in british.classes[:7]] == list(PHIA.words)
    assert british.classes[british.place(session.document, claim)].words == "a word of another yardstick"


def test_a_scenario_that_is_gone_leaves_the_styling_by_type(session: Session) -> None:
    assert styling(session.document, "scenario:gone").id == TYPE
    assert styling(session.document, "no such styling").id == TYPE
    assert scenario_styling(session.document, session.document.entity("C1").id) is None


def test_a_card_coloured_by_hand_keeps_its_class_and_is_counted_apart(session: Session) -> None:
    document = session.document
    board = document.boards[0].id
    scene = Scene(document, board)
    styled = Styled(styling(document, "standing"), document, scene)
    styled.work(None)
    before = styled.counts()
    card = document.card_on(board, document.entity("C1").id)
    assert card is not None
    with session.transaction("Colour a card") as tx:
        commands.set_colour(tx, [card.id], "question")
    follow(session, scene, styled)
    slot = scene.slot_of[card.id]
    assert (styled.count_by_hand(), styled.counts()) == (1, before)
    assert styled.by_hand[styled.painted[slot] - styled.pending - 1] == "question"
    session.undo()
    follow(session, scene, styled)
    assert styled.count_by_hand() == 0 and styled.painted[slot] == styled.of[slot]


# -- following -----------------------------------------------------------------------------------------------------


def follow(session: Session, scene: Scene, *all_styled: Styled) -> None:
    """Let what is shown take in the last operation of a file."""
    operation = session.operation(session.history(1)[0][0].id)
    scene.update(operation, session.document)
    for styled in all_styled:
        styled.follow(operation)
        styled.work(None)


def step(session: Session, chance: random.Random) -> None:
    """Do one thing that somebody may do with claims, sources and grades."""
    document = session.document
    board = document.boards[0].id
    claims, sources = ([e for e in document.entities if e.type == kind] for kind in ("claim", "source"))
    links = [link for link in document.links if link.type != "related"]
    deed = chance.randrange(10)
    with session.transaction("Do one thing") as tx:
        if deed == 0 or len(claims) < 3 or len(sources) < 3:
            made = commands.add_entity(tx, chance.choice(("claim", "source")), title="One more")
            if chance.random() < 0.7:
                commands.place(tx, board, made.id, x=chance.randrange(2000), y=0)
        elif deed == 1:
            source = chance.choice(sources)
            commands.link(tx, chance.choice(("states", "states", "denies")), source.id, chance.choice(claims).id)
        elif deed == 2:
            one, other = chance.sample(sources, 2)
            commands.link(tx, "cites", one.id, other.id)
        elif deed == 3:
            one, other = chance.sample(claims, 2)
            commands.link(tx, "contradicts", one.id, other.id)
        elif deed == 4:
            commands.set_fields(tx, chance.choice(sources).id, reliability=chance.choice("ABCDEF"))
        elif deed == 5:
            stated = [link for link in links if link.type in ("states", "denies")]
            for link in stated[:1] and [chance.choice(stated)]:
                basis = chance.choice(("own", "as cited", "none given"))
                said = {"credibility": chance.choice("123456"), "reason": "as told", "basis": basis}
                commands.set_fields(tx, link.id, **said)
        elif deed == 6:
            flag = chance.choice(("unnamed", "first_hand"))
            commands.set_fields(tx, chance.choice(sources).id, **{flag: chance.choice((True, False))})
        elif deed == 7:
            one, other = chance.sample(sources, 2)
            commands.judge_independence(tx, one.id, other.id, chance.choice(("yes", "yes", "no")), "Two offices")
        elif deed == 8:
            gone: Entity | Link = chance.choice([*links, chance.choice(sources), chance.choice(claims)])
            commands.remove(tx, [gone.id])
        else:
            commands.set_fields(tx, chance.choice(claims).id, marking="TLP:RED", likelihood="likely")


@given(seed=st.integers(0, 2**32 - 1))
def test_classes_that_follow_operations_are_those_that_are_counted_anew(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    with Session.create(tmp_path_factory.mktemp("styled") / "board.db") as session:
        document = session.document
        with session.transaction("Begin") as tx:
            made = commands.add_entity(tx, "scenario", title="A way it may go")
            commands.place(tx, document.boards[0].id, made.id, x=0, y=0)
        scene = Scene(document, document.boards[0].id)
        followed = [Styled(one, document, scene) for one in every(document)]
        for styled in followed:
            styled.work(None)
        for _ in range(14):
            before = session.operation_count()
            if chance.random() < 0.2 and session.undo_label():
                session.undo()
            else:
                step(session, chance)
            if session.operation_count() == before:
                continue
            follow(session, scene, *followed)
            alive = scene.alive[: scene.n]
            for styled in followed:
                anew = Styled(styled.styling, document, scene)
                anew.work(None)
                assert np.array_equal(styled.of[alive], anew.of[alive]), styled.styling.id
                assert sum(styled.counts()) == int(scene.shown.sum())


def test_every_entity_falls_in_exactly_one_class_of_every_styling(sample: Session) -> None:
    document = sample.document
    for one in every(document):
        assert len({each.id for each in one.classes}) == len(one.classes)
        places = Counter(one.place(document, entity) for entity in document.entities)
        assert all(0 <= place < len(one.classes) for place in places), one.id


def test_a_source_far_away_and_off_the_board_is_felt_by_the_claim_that_rests_on_it(session: Session) -> None:
    document = session.document
    with session.transaction("Cite") as tx:
        far = commands.add_entity(tx, "source", title="The first to say it", props={"first_hand": True})
        between = commands.add_entity(tx, "source", title="A report of it")
        commands.link(tx, "cites", document.entity("S1").id, between.id)
        commands.link(tx, "cites", between.id, far.id)
    scene = Scene(document, document.boards[0].id)
    styled = Styled(styling(document, "standing"), document, scene)
    styled.work(None)
    slot = scene.slot_of_entity[document.entity("C1").id]
    before = styled.class_of(slot)
    assert before is not None and before.id == "single origin"
    with session.transaction("Learn of it") as tx:
        commands.set_fields(tx, far.id, first_hand=False, unnamed=True)
    follow(session, scene, styled)
    after = styled.class_of(slot)
    assert after is not None and after.id == "origin not recorded"


def test_a_source_behind_thousands_of_claims_has_all_of_them_looked_at(session: Session) -> None:
    source = session.document.entity("S1")
    with session.transaction("State much") as tx:
        for place in range(MOST + 1):
            commands.link(tx, "states", source.id, commands.add_entity(tx, "claim", title=f"Claim {place}").id)
    with session.transaction("Judge it") as tx:
        commands.set_fields(tx, source.id, reliability="D")
    assert affected(session.document, session.operation(session.history(1)[0][0].id)) is None
