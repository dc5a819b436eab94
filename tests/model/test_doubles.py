"""Two entities that may be one are proposed with why, across spellings and scripts; others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.document import Document
from evidenceboard.model.doubles import Double, doubles
from evidenceboard.model.in_steps import ended
from evidenceboard.model.joins import unlike_id
from evidenceboard.model.name_keys import address_key, same_key, sound_keys, words_of
from evidenceboard.model.records import Entity, Setting


def proposed(*titles: str, type_id: str = "actor", props: tuple[dict[str, object], ...] = ()) -> list[Double]:
    given_ = [*props, *({} for _ in titles)]
    return ended(
        doubles(Document([Entity(f"e{n}", type_id, f"A{n}", title, props=given_[n]) for n, title in enumerate(titles)]))
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Defence", "MINISTRY OF DEFENCE"),
        ("Ivanov, Sergei", "Sergei Ivanov"),
        ("Rosoboronexport JSC", "Rosoboronexport, JSC."),
        ("Acme Trading Ltd.", "ACME Trading"),
        ("ООО Ромашка", "Ромашка"),
        ("삼성전자 주식회사", "삼성전자"),
        ("Володимир Зеленський", "Volodymyr Zelensky"),
        ("Володимир Зеленський", "Zelenskyi Volodymyr"),
        ("Сергей Шойгу", "Sergei Shoigu"),
        ("Сергей Шойгу", "Sergey Shoygu"),
        ("Игорь Григорьев", "Igor Grigoryev"),
        ("김정은", "Kim Jong-un"),
        ("김정은", "Kim Jong Un"),
        ("김정은", "Gim Jeongeun"),
        ("김정은", "Kim Chŏng-ŭn"),
        ("이순신", "Yi Sun-sin"),
        ("박정희", "Park Chung-hee"),
        ("Αλέξης Τσίπρας", "Alexis Tsipras"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelenskiy"),
        ("Pаypal Holdings", "Paypal Holdings"),
        ("Korean Central News Agency", "Korean Centrel News Agency"),
    ],
)
def test_two_ways_to_write_one_name_are_proposed_and_said_why(one: str, other: str) -> None:
    (found,) = proposed(one, other)
    assert (found.one_id, found.other_id) == ("e0", "e1")
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12th Brigade", "13th Brigade"),
        ("Kim Il-sung", "Kim Jong-il"),
        ("Ivanov", "Petrov"),
        ("Ukraine", "Russia"),
        ("김정은", "김여정"),
        ("", ""),
        ("…", "—"),
    ],
)
def test_other_names_are_not_proposed(one: str, other: str) -> None:
    assert proposed(one, other) == []


def test_an_alias_counts_as_a_name() -> None:
    assert proposed("Supreme Leader", "김정은", props=({"aliases": ["Kim Jong Un"]},))


def test_sources_with_one_address_are_proposed_whatever_they_are_called() -> None:
    urls = ({"url": "https://www.example.org/a/?utm_source=x&id=7#top"}, {"url": "http://example.org/a?id=7"})
    (found,) = proposed("Weekly report", "Lagebericht", type_id="source", props=urls)
    assert "example.org/a" in found.why


def test_issues_of_one_paper_are_told_apart_by_date_and_address() -> None:
    issues = (
        {"url": "https://e.org/1", "published": "2024-10-01"},
        {"url": "https://e.org/2", "published": "2024-10-08"},
    )
    assert proposed("Weekly report", "Weekly report", type_id="source", props=issues) == []


def test_what_was_judged_not_to_be_the_same_is_not_proposed_again() -> None:
    records = [Entity("e1", "actor", "A1", "Kim"), Entity("e2", "actor", "A2", "KIM")]
    assert len(ended(doubles(Document(records)))) == 1
    assert ended(doubles(Document([*records, Setting(unlike_id("e2", "e1"), {})]))) == []


def test_entities_of_two_types_and_deception_twins_are_not_proposed() -> None:
    mixed = [Entity("e1", "actor", "A1", "Kim"), Entity("e2", "source", "S1", "Kim")]
    twins = [
        Entity("c1", "claim", "C1", "So it is"),
        Entity("c2", "claim", "C2", "So it is", props={"twin_of": ["c1"]}),
    ]
    assert ended(doubles(Document([*mixed, *twins]))) == []


def test_many_of_one_name_are_each_proposed_once_with_the_first() -> None:
    assert len(proposed(*["Kim"] * 40)) == 39


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5), st.randoms())
def test_the_order_of_words_says_nothing(words: list[str], random: object) -> None:
    turned = words[::-1]
    assert same_key(words_of(" ".join(words))) == same_key(words_of(" ".join(turned)))


@given(st.text(max_size=40))
def test_any_text_has_keys_that_are_plain_text(text: str) -> None:
    assert all(key.encode() for key in sound_keys(words_of(text)))


@given(st.text(max_size=60))
def test_any_text_may_stand_where_an_address_is_expected(text: str) -> None:
    assert address_key(f"https://www.Example.org/{'a'}#{text}") == "example.org/a" or "\n" in text
    address_key(text)
