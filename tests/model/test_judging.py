"""Scales, reports and link types: what the field's terms mean here."""

from __future__ import annotations

import pytest

from evidenceboard.model.document import Document
from evidenceboard.model.gradings import ASSESSED, SCALES, marking
from evidenceboard.model.link_types import BY_ID, LINK_TYPES, fits, fitting, link_type
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.model.reports import best_pair, grade, reports
from evidenceboard.model.types import TYPES, entity_type


@pytest.mark.parametrize("scale", SCALES.values(), ids=list(SCALES))
def test_caution_ranks_every_word_of_a_scale_once(scale: object) -> None:
    from evidenceboard.model.gradings import Scale

    assert isinstance(scale, Scale)
    assert sorted(scale.caution) == sorted(scale.words)
    assert scale.cautious(list(scale.words)) == scale.caution[0]
    assert scale.cautious(["off the scale", scale.caution[-1]]) == scale.caution[-1]
    assert scale.cautious(["off the scale"]) == "off the scale"


@pytest.mark.parametrize(
    ("field", "values", "counts"),
    [
        ("reliability", ["A", "C"], "C"),
        ("reliability", ["E", "F"], "F"),
        ("credibility", ["1", "3", "2"], "3"),
        ("credibility", ["5", "6"], "6"),
        ("likelihood", ["likely", "almost certain"], "likely"),
        ("likelihood", ["very unlikely", "unlikely"], "unlikely"),
        ("likelihood", ["almost certain", "roughly even chance"], "roughly even chance"),
        ("confidence", ["high", "low"], "low"),
        ("consistency", ["CC", "I"], "I"),
        ("weight", ["high", "medium"], "medium"),
    ],
)
def test_the_more_cautious_of_two_judgements_counts(field: str, values: list[str], counts: str) -> None:
    assert field in ASSESSED
    assert SCALES[field].cautious(values) == SCALES[field].cautious(values[::-1]) == counts


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("", ""),
        ("  ", ""),
        ("red", "TLP:RED"),
        ("tlp:amber+strict", "TLP:AMBER+STRICT"),
        ("TLP: Green ", "TLP:GREEN"),
        ("white", "TLP:CLEAR"),
        ("TLP:WHITE", "TLP:CLEAR"),
    ],
)
def test_a_marking_is_read_as_people_write_it(typed: str, full: str) -> None:
    assert marking(typed) == full


def test_a_marking_that_is_none_says_which_there_are() -> None:
    with pytest.raises(ValueError, match=r"TLP:AMBER\+STRICT"):
        marking("secret")


def claim_with(*grades: tuple[str, str]) -> Document:
    """Return a claim C stated by one source for each (reliability, credibility)."""
    document = Document([Entity("c", "claim", "C1", "t")])
    for number, (letter, digit) in enumerate(grades):
        source, link = f"s{number}", f"l{number}"
        records = [("entities", Entity(source, "source", f"S{number}", "t"))]
        records.append(("links", Link(link, "states", source, "c")))  # type: ignore[arg-type]
        records.append(("assessments", Assessment(f"a{source}", source, "reliability", "ann", letter)))  # type: ignore[arg-type]
        records.append(("assessments", Assessment(f"a{link}", link, "credibility", "ann", digit)))  # type: ignore[arg-type]
        document.apply([(table, record.id, record) for table, record in records])
    return document


@pytest.mark.parametrize(
    ("grades", "best"),
    [
        ([], ""),
        ([("", "")], ""),
        ([("B", "2")], "B2"),
        ([("A", "3"), ("C", "2")], "C2"),
        ([("C", "2"), ("B", "2")], "B2"),
        ([("F", "2"), ("E", "2")], "E2"),
        ([("A", "6"), ("E", "5")], "E5"),
        ([("A", ""), ("E", "6")], "E6"),
        ([("", "2"), ("F", "2")], "F2"),
        ([("A", "")], "A–"),
        ([("", "4")], "–4"),
        ([("Ω", "2"), ("E", "5")], "E5"),
        ([("A", "9"), ("Ω", "1")], "A9"),
        ([("usually", "good")], "usuallygood"),
    ],
)
def test_the_best_pair_has_the_lowest_number_then_letter_with_the_unknown_last(
    grades: list[tuple[str, str]], best: str
) -> None:
    assert best_pair(claim_with(*grades), "c") == best


def test_several_links_of_one_source_are_one_report() -> None:
    document = claim_with(("B", "2"), ("C", "3"))
    document.apply(
        [("links", "again", Link("again", "states", "s0", "c")), ("links", "no", Link("no", "denies", "s1", "c"))]
    )
    assert reports(document, "c") == ["s0", "s1"]
    assert grade(document, "again", "s0") == "B–"


def test_the_fitting_types_come_straight_then_turned_then_related() -> None:
    def offered(start: str, end: str) -> list[tuple[str, bool]]:
        return [(kind.id, turned) for kind, turned in fitting(start, end)]

    assert offered("source", "claim") == [("states", False), ("denies", False), ("related", False)]
    assert offered("claim", "source") == [("states", True), ("denies", True), ("related", False)]
    assert offered("claim", "scenario") == [("bears on", False), ("related", False)]
    assert offered("claim", "claim") == [
        ("supports", False),
        ("contradicts", False),
        ("depends on", False),
        ("related", False),
    ]
    assert offered("note", "question") == [("related", False)]
    assert offered("vessel", "claim") == [("related", False)]


@pytest.mark.parametrize("start", [kind.id for kind in TYPES])
@pytest.mark.parametrize("end", [kind.id for kind in TYPES])
def test_what_is_offered_fits_as_it_says(start: str, end: str) -> None:
    offered = fitting(start, end)
    assert len({kind.id for kind, _ in offered}) == len(offered)
    assert all(fits(kind, end, start) if turned else fits(kind, start, end) for kind, turned in offered)
    assert {kind.id for kind, turned in offered if not turned} == {k.id for k in LINK_TYPES if fits(k, start, end)}


def test_every_type_has_words_a_letter_and_a_prefix_of_its_own() -> None:
    for column in ("id", "word", "plural", "prefix", "key", "glyph", "colour"):
        assert len({getattr(kind, column) for kind in TYPES}) == len(TYPES), column
    assert len({kind.key for kind in LINK_TYPES}) == len(LINK_TYPES)
    assert BY_ID["states"].reverse == "stated by"


def test_unknown_types_are_shown_plainly_under_their_own_name() -> None:
    kind = entity_type("vessel")
    face = kind.face(Entity("v", "vessel", "X1", "Lady R"), Document())
    assert (face.word, face.title, face.second_line) == ("Vessel", "Lady R", "a type that this version does not know")
    assert entity_type("").word == "Unknown"
    assert link_type("refuels").word == "refuels"
