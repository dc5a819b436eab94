"""`model.values.dataclass` stands for the standard library's: the same classes made by both behave the same."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model import values


class _Plain:
    """Something with a default, a factory and a field that is neither compared nor told."""

    name: str
    weight: float = 1.0
    tags: list[str] = field(default_factory=list)
    aside: int = field(default=0, compare=False, repr=False)

    def heavier(self) -> Any:
        return dataclasses.replace(self, weight=self.weight + 1)  # type: ignore[type-var]


class _One:
    """A single field."""

    only: int


class _None:
    """No field at all."""


class _Bounded:
    """A value that looks at itself when it is made."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("upside down")


def _both(kind: type[Any]) -> tuple[Any, Any]:
    def bare() -> type[Any]:
        made = {name: thing for name, thing in vars(kind).items() if name not in ("__dict__", "__weakref__")}
        return type(kind.__name__, (), {key: copy.copy(thing) for key, thing in made.items()})

    return values.dataclass(frozen=True, slots=True)(bare()), dataclasses.dataclass(frozen=True, slots=True)(bare())


@values.dataclass(frozen=True, slots=True)
class Kept:
    """A value that can be found by its name, so that it can be pickled."""

    name: str
    parts: tuple[int, ...] = ()


@values.dataclass(frozen=True, slots=True)
class KeptLonger(Kept):
    """A kind of a kind."""

    more: str = "more"


FILLED = st.fixed_dictionaries(
    {"name": st.text()},
    optional={"weight": st.floats(allow_nan=False), "tags": st.lists(st.text()), "aside": st.integers()},
)


@given(FILLED, FILLED)
def test_values_are_told_and_compared_as_the_librarys(one: dict[str, Any], other: dict[str, Any]) -> None:
    ours, theirs = _both(_Plain)
    assert repr(ours(**one)) == repr(theirs(**one))
    assert (ours(**one) == ours(**other)) == (theirs(**one) == theirs(**other))
    assert dataclasses.asdict(ours(**one)) == dataclasses.asdict(theirs(**one))
    assert ours(**one) == copy.deepcopy(ours(**one)) == copy.copy(ours(**one))


@given(st.integers(), st.integers())
def test_equal_values_hash_alike_and_as_the_librarys(low: int, high: int) -> None:
    low, high = sorted((low, high))
    ours, theirs = _both(_Bounded)
    assert hash(ours(low, high)) == hash(ours(low=low, high=high)) == hash(theirs(low, high))
    one, _ = _both(_One)
    assert hash(one(low)) == hash(_both(_One)[1](low)) and one(low) != (low,)


def test_a_value_is_unlike_one_of_another_kind_with_the_same_fields() -> None:
    ours, theirs = _both(_One)
    assert ours(1) != theirs(1) and ours(1) == ours(1)
    empty, _ = _both(_None)
    assert empty() == empty() and repr(empty()) == "_None()"


def test_a_value_refuses_to_be_changed_also_before_and_after_the_first_was_made() -> None:
    ours, theirs = _both(_Plain)
    for kind in (ours, theirs):
        made = kind("a")
        for name in ("name", "new"):
            with pytest.raises((FrozenInstanceError, TypeError)):
                setattr(made, name, "b")
        with pytest.raises(FrozenInstanceError):
            del made.name
        assert made.name == "a" and not hasattr(made, "__dict__")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        ours("a").name = "b"


def test_a_value_is_made_by_place_or_by_name_and_refuses_what_the_librarys_refuses() -> None:
    ours, theirs = _both(_Plain)
    for kind in (ours, theirs):
        assert kind("a", 2.0, ["x"]) == kind(name="a", weight=2.0, tags=["x"]) == kind("a", tags=["x"], weight=2.0)
        assert kind("a").tags == [] and kind("a").tags is not kind("a").tags
        refused: tuple[tuple[Any, ...], ...] = ((), ("a", 1.0, [], 0, "too many"))
        for wrong in refused:
            with pytest.raises(TypeError, match="__init__"):
                kind(*wrong)
        with pytest.raises(TypeError, match="unexpected"):
            kind("a", unknown=1)
    ours("a")
    assert str(inspect.signature(ours)).count("=") == str(inspect.signature(theirs)).count("=")


def test_a_value_looks_at_itself_when_it_is_made() -> None:
    ours, _ = _both(_Bounded)
    for _ in range(2):
        with pytest.raises(ValueError, match="upside down"):
            ours(2, 1)
    assert ours(1, 2).high == 2
    heavier, _ = _both(_Plain)
    assert heavier("a", 1.5).heavier() == heavier("a", 2.5)


def test_a_value_survives_being_pickled_and_a_kind_of_a_kind_has_the_fields_of_both() -> None:
    kept = KeptLonger("a", (1, 2), "b")
    assert pickle.loads(pickle.dumps(kept)) == kept == copy.deepcopy(kept)
    assert kept != Kept("a", (1, 2)) and repr(kept) == "KeptLonger(name='a', parts=(1, 2), more='b')"
    match kept:
        case Kept(name, parts):
            assert (name, parts) == ("a", (1, 2))


def test_what_a_class_says_of_itself_stays() -> None:
    @values.dataclass(frozen=True, slots=True)
    class Named:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Named) and other.name.lower() == self.name.lower()

        def __hash__(self) -> int:
            return hash(self.name.lower())

        def __repr__(self) -> str:
            return self.name

    assert Named("A") == Named("a") and hash(Named("A")) == hash(Named("a")) and repr(Named("A")) == "A"


def test_several_threads_may_make_the_first_value() -> None:
    with ThreadPoolExecutor(4) as workers:
        for _ in range(20):
            ours, _theirs = _both(_Plain)
            made = list(workers.map(ours, "abcdefgh"))
            assert [one.name for one in made] == list("abcdefgh") and made[0] == ours("a")


def test_other_dataclasses_are_the_librarys_own() -> None:
    @values.dataclass(slots=True)
    class Open:
        name: str

    open_ = Open("a")
    open_.name = "b"
    assert open_ == Open("b")

    @values.dataclass(frozen=True, slots=True)
    class Counted:
        name: str
        length: int = field(init=False, default=3)

    assert Counted("a").length == 3
    with pytest.raises(FrozenInstanceError):
        Counted("a").length = 4  # type: ignore[misc]
