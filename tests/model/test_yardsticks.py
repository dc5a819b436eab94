"""The yardsticks of likelihood: words in, words out, and what each of them means in a file."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.gradings import LIKELIHOOD
from evidenceboard.model.health import FOREIGN, health
from evidenceboard.model.yardsticks import ALL_WORDS, ICD203, PHIA, YARDSTICKS, as_word, reading


def judge(session: Session, word: str) -> None:
    with session.transaction("Judge") as tx:
        commands.set_fields(tx, session.document.entity("C1").id, likelihood=word)


def use(session: Session, yardstick: str) -> None:
    with session.transaction("Choose the yardstick") as tx:
        commands.set_file(tx, yardstick=yardstick)


def test_the_words_of_icd_203_leave_no_gap_and_those_of_phia_do() -> None:
    ranges = list(ICD203.words.values())
    assert all(low == high for (_, high), (low, _) in pairwise(ranges))
    assert [PHIA.words[word] for word in PHIA.words] == [
        (0, 5), (10, 20), (25, 35), (40, 50), (55, 75), (80, 90), (95, 100),
    ]  # fmt: skip


def test_a_word_is_read_in_the_yardstick_of_the_file(session: Session) -> None:
    document = session.document
    said = reading(document, "likely")
    assert said is not None and said.said == "likely: 55–80 % (ICD 203)"
    use(session, "phia")
    own, other = reading(document, "unlikely"), reading(document, "very likely")
    assert own is not None and (own.range, own.foreign) == ("25–35 %", False)
    assert other is not None and (other.range, other.foreign) == ("80–95 %", True)
    assert "another yardstick" in other.said
    assert reading(document, "83") is None


def test_a_number_or_a_word_of_another_yardstick_is_refused_with_the_words_there_are(session: Session) -> None:
    for wrong in ("83", "remote chance", "83 %"):
        with pytest.raises(InvalidValueError) as refused:
            judge(session, wrong)
        assert "roughly even chance" in str(refused.value) and "remote chance" not in str(refused.value)
    use(session, "phia")
    with pytest.raises(InvalidValueError, match="realistic possibility"):
        judge(session, "very likely")
    assert session.document.judged(session.document.entity("C1").id, "likelihood") == ""


def test_another_way_to_write_a_word_becomes_the_word(session: Session) -> None:
    judge(session, " Probable ")
    assert session.document.judged(session.document.entity("C1").id, "likelihood") == "likely"
    use(session, "phia")
    judge(session, "PROBABLE")
    assert session.document.judged(session.document.entity("C1").id, "likelihood") == "likely or probable"


def test_a_value_from_another_yardstick_stays_and_board_health_says_so(session: Session) -> None:
    judge(session, "very likely")
    use(session, "phia")
    assert session.document.judged(session.document.entity("C1").id, "likelihood") == "very likely"
    found = [one for one in health(session.document).findings if one.rule == FOREIGN]
    assert [one.number for one in found] == ["C1"] and "80–95 %" in found[0].what
    use(session, "icd203")
    assert FOREIGN not in {one.rule for one in health(session.document).findings}


def test_a_yardstick_that_nobody_knows_is_refused(session: Session) -> None:
    with pytest.raises(InvalidValueError, match="icd203"):
        use(session, "tape measure")


def test_of_two_words_the_one_nearer_to_an_even_chance_is_the_more_cautious() -> None:
    assert LIKELIHOOD.cautious(["almost certain", "likely"]) == "likely"
    assert LIKELIHOOD.cautious(["realistic possibility", "highly likely"]) == "realistic possibility"
    assert set(LIKELIHOOD.caution) == set(ALL_WORDS) == set(LIKELIHOOD.words)


@given(st.sampled_from(list(YARDSTICKS.values())), st.text(max_size=30))
def test_whatever_is_typed_becomes_a_word_of_the_yardstick_or_is_refused(yardstick, typed: str) -> None:  # type: ignore[no-untyped-def]
    try:
        word = as_word(yardstick, typed)
    except ValueError:
        return
    assert word == "" or word in yardstick.words
