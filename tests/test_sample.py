"""The sample board: every fact of the tables is in it, it is the one that the script makes, and it reads well."""

from __future__ import annotations

import csv
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest

from evidenceboard import Session
from evidenceboard.formats import json as json_format
from evidenceboard.formats.format import ExportOptions
from evidenceboard.model.card_size import fitted_height, full_height
from evidenceboard.model.document import Document
from evidenceboard.model.origins import standing_of
from evidenceboard.model.records import Card, Entity, Frame
from evidenceboard.model.scene import FRAME_TITLE, Scene
from evidenceboard.model.types import entity_type

ROOT = Path(__file__).parents[1]
FACTS = ROOT / "scripts" / "sample"
GRID = 24
CELLS = {"I": 1, "II": 2}


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Session]:
    """Return a copy of the sample that comes with the program, open."""
    path = tmp_path / "sample_board.db"
    shutil.copy(ROOT / "sample_board.db", path)
    with Session.open(path) as session:
        yield session


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import make_sample

    return cast(ModuleType, make_sample)


def table(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(table_id: str) -> str:
    """Return the number that an id of the tables has in the product: C8 for C08."""
    return f"{table_id[0]}{int(table_id[1:])}" if table_id else ""


# -- the facts -----------------------------------------------------------------------------------------------------


def test_the_sample_is_what_the_script_makes(sample: Session, script: ModuleType, tmp_path: Path) -> None:
    script.make(tmp_path / "made.db")
    with Session.open(tmp_path / "made.db") as made:
        assert json_format.write(made, ExportOptions()).data == json_format.write(sample, ExportOptions()).data
        heads = [operation.hash for operation, _ in made.history(100)]
        assert heads == [operation.hash for operation, _ in sample.history(100)]


def test_everything_of_the_tables_is_there_under_its_number(sample: Session) -> None:
    document = sample.document
    counts = Counter(entity.type for entity in document.entities)
    assert counts == {
        "actor": 19, "claim": 35, "source": 13, "scenario": 4, "place": 3, "event": 1, "question": 3
    }  # fmt: skip
    for name in ("actors", "claims", "sources", "scenarios", "places", "events", "questions"):
        for row in table(name):
            entity = document.entity(number(row["id"]))
            assert entity.title == row.get("title", row.get("name", row.get("statement"))), entity.number
            values = document.values(entity)
            for key in ("kind", "role", "author", "published", "reliability", "happened", "where"):
                assert str(values.get(key, "")) == row.get(key, ""), (entity.number, key)
            assert values.get("statement", "") == (row["statement"] if name == "scenarios" else "")
            assert values.get("aliases", []) == [part.strip() for part in row.get("aliases", "").split(";") if part]
            assert document.numbers_of(values.get("about", [])) == ([number(row["about"])] if "about" in row else [])
            assert bool(values.get("unnamed")) == (row.get("unnamed") == "yes")
            assert list(entity.tags) == [tag for tag in row.get("tags", "").split(";") if tag]
            assert entity.notes == row.get("note", "").replace("S0", "S")


def test_every_link_of_the_table_is_there_with_what_it_carries(sample: Session) -> None:
    document = sample.document
    found = Counter[tuple[str, ...]]()
    for link in document.links:
        if link.type != "bears on":
            values = document.values(link)
            note = values.get("label", "") or link.notes
            rests_on = ";".join(document.numbers_of(values.get("rests_on", [])))
            ends = document.numbers_of([link.from_id, link.to_id])
            said = tuple(str(values.get(key, "")) for key in ("credibility", "basis", "hedge"))
            found[(*ends, link.type, *said, rests_on, note)] += 1
    rows = table("links")
    keys = ("credibility", "basis", "hedge")
    wanted = Counter(
        (number(r["from"]), number(r["to"]), r["type"], *(r[k] for k in keys), number(r["rests_on"]), r["note"])
        for r in rows
    )
    assert len(rows) == 130
    assert found == wanted


def test_the_ratings_are_links_and_put_the_scenarios_in_their_order(sample: Session) -> None:
    document = sample.document
    cells = {
        tuple(document.numbers_of([link.from_id, link.to_id])): document.judged(link.id, "consistency")
        for link in document.links
        if link.type == "bears on"
    }
    assert cells == {
        (number(row["claim"]), scenario): row[scenario]
        for row in table("matrix")
        for scenario in ("H1", "H2", "H3", "H4")
        if row[scenario]
    }
    assert len(cells) == 44
    scores = {
        scenario: sum(CELLS.get(value, 0) for (_, end), value in cells.items() if end == scenario)
        for scenario in ("H1", "H2", "H3", "H4")
    }
    assert scores == {"H1": 10, "H2": 3, "H3": 1, "H4": 2}
    assert sorted(scores, key=scores.__getitem__) == ["H3", "H4", "H2", "H1"]
    waiting = [entity.number for entity in document.entities if entity.props.get("in_matrix")]
    assert waiting == ["C8"]
    for scenario in scores:
        rows = {claim for claim, _ in cells} | set(waiting)
        assert len([claim for claim in rows if (claim, scenario) not in cells]) == 1


def test_all_but_what_is_in_hand_is_known_through_the_article(sample: Session) -> None:
    document = sample.document
    through = {
        entity.number: document.numbers_of(entity.props.get("known_through", []))
        for entity in document.where("entities", "type", "source")
        if isinstance(entity, Entity)
    }
    assert {name for name, found in through.items() if not found} == {"S1", "S11"}
    assert all(found in ([], ["S1"]) for found in through.values())
    assert standing_of(document, document.entity("C13").id).known_through == "S1"
    assert standing_of(document, document.entity("C20").id).standing == "single origin"
    assert standing_of(document, document.entity("C21").id).standing == "origin not recorded"


def test_no_likelihood_is_set_because_that_is_for_the_user_to_judge(sample: Session) -> None:
    fields = {assessment.field for entity in sample.document.entities
              for assessment in sample.document.assessments_of(entity.id)}  # fmt: skip
    assert fields == {"reliability"}


def test_the_history_is_short_and_says_what_was_done(sample: Session) -> None:
    labels = [operation.label for operation, _ in reversed(sample.history(100))]
    assert len(labels) <= 40
    assert labels[1:4] == ["Add the actors", "Add the claims", "Add the sources"]
    assert all(len(label) < 48 and "{" not in label for label in labels)
    assert sample.undo_label() == labels[-1]


# -- the boards ----------------------------------------------------------------------------------------------------


def boards(document: Document) -> list[tuple[list[Card], list[Frame]]]:
    return [(document.cards_on(board.id), document.frames_on(board.id)) for board in document.boards]


def overlap(a: Card | Frame, b: Card | Frame) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def title(document: Document, card: Card) -> str:
    return document.get(Entity, card.entity_id).number


def test_the_main_board_shows_everything_and_the_second_the_evidence_for_the_scenarios(sample: Session) -> None:
    document = sample.document
    assert [board.title for board in document.boards] == ["Main board", "Scenarios"]
    (everything, _), (evidence, _) = boards(document)
    assert {card.entity_id for card in everything} == {entity.id for entity in document.entities}
    weighed = {number(row["claim"]) for row in table("matrix")}
    assert {title(document, card) for card in evidence} == weighed | {"H1", "H2", "H3", "H4"}


def test_no_card_lies_on_another_and_each_lies_in_its_own_frame_alone(sample: Session) -> None:
    for cards, frames in boards(sample.document):
        assert not [(a.id, b.id) for a, b in combinations(cards, 2) if overlap(a, b)]
        assert not [(a.title, b.title) for a, b in combinations(frames, 2) if overlap(a, b)]
        for card in cards:
            [frame] = [frame for frame in frames if overlap(card, frame)]
            assert card.frame_id == frame.id
            assert frame.x + GRID <= card.x and card.x + card.w <= frame.x + frame.w - GRID
            assert frame.y + FRAME_TITLE + 12 <= card.y and card.y + card.h <= frame.y + frame.h - GRID


def test_no_text_of_a_card_is_cut_and_no_title_of_a_frame(sample: Session) -> None:
    document = sample.document
    for cards, frames in boards(document):
        for card in cards:
            entity = document.get(Entity, card.entity_id)
            face = entity_type(entity.type).face(entity, document)
            assert card.fitted and card.h == fitted_height(face, card.w) == full_height(face, card.w), entity.number
        for frame in frames:
            assert len(frame.title) * 8 < frame.w - 28, frame.title


def test_gutters_are_even_and_there_is_room_for_words_between_columns(sample: Session) -> None:
    for cards, frames in boards(sample.document):
        for frame in frames:
            columns: dict[float, list[Card]] = {}
            for card in sorted((card for card in cards if card.frame_id == frame.id), key=lambda card: card.y):
                columns.setdefault(card.x, []).append(card)
            gutters = {b.y - a.y - a.h for column in columns.values() for a, b in pairwise(column)}
            assert len(gutters) <= 1 and all(gutter >= GRID and gutter % GRID == 0 for gutter in gutters), frame.title
            for left, right in pairwise(sorted(columns)):
                assert right - left - columns[left][0].w >= 5 * GRID
        for a, b in combinations(frames, 2):
            beside = a.y < b.y + b.h and b.y < a.y + a.h
            assert not beside or max(b.x - a.x - a.w, a.x - b.x - b.w) >= 5 * GRID


def test_both_boards_have_about_the_shape_of_a_screen(sample: Session) -> None:
    for _, frames in boards(sample.document):
        wide = max(frame.x + frame.w for frame in frames) - min(frame.x for frame in frames)
        high = max(frame.y + frame.h for frame in frames) - min(frame.y for frame in frames)
        assert 1.4 < wide / high < 2.0


def test_on_the_second_board_the_scenarios_stand_above_the_claims(sample: Session) -> None:
    document = sample.document
    evidence, _ = boards(document)[1]
    scenarios = [card for card in evidence if title(document, card).startswith("H")]
    assert len({card.y for card in scenarios}) == 1
    assert [title(document, card) for card in sorted(scenarios, key=lambda card: card.x)] == ["H1", "H2", "H3", "H4"]
    lowest = max(card.y + card.h for card in scenarios)
    assert all(card.y > lowest for card in evidence if card not in scenarios)


def test_looking_for_a_better_order_loses_no_card_and_makes_nothing_worse(
    sample: Session, script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    import arrange_sample
    import sample_layout

    document = sample.document
    scene = Scene(document, document.boards[1].id)
    strips = sample_layout.read_plans(FACTS / "scenarios_board.csv")
    strips["1"][0].columns[0].reverse()
    found = arrange_sample.search(document, scene, strips, 40, random.Random(1))
    heights = sample_layout.heights_of(document, strips)
    assert sample_layout.heights_of(document, found).keys() == heights.keys()
    prices = [arrange_sample.price(document, scene, order, heights) for order in (found, strips)]
    assert prices[0] <= prices[1]
    assert [plan.title for plan in found["1"]] == [plan.title for plan in strips["1"]]
    assert " became " in capsys.readouterr().out


def test_the_frames_of_the_second_board_say_what_the_ratings_say(sample: Session) -> None:
    document = sample.document
    rated = {number(row["claim"]): row for row in table("matrix")}
    said = {
        "Against H1": ["H1"], "Against H3 and H4": ["H3", "H4"], "Against none": [], "Not weighed yet": []
    }  # fmt: skip
    for frame in document.frames_on(document.boards[1].id):
        for card in document.cards_in(frame.id):
            row = rated.get(title(document, card))
            if row is None:
                assert frame.title == "What may follow"
                continue
            against = [scenario for scenario in ("H1", "H2", "H3", "H4") if row[scenario] in CELLS]
            assert against == said.get(frame.title, against)
            assert frame.title in said or (frame.title == "Against H1 and others" and len(against) > 1)
            assert (frame.title == "Not weighed yet") == (not any(row[f"H{n}"] for n in range(1, 5)))
