"""`dataclass` as the standard library has it; of frozen ones with slots most is made ready when it is first needed.

The library compiles six functions for each of them, which takes half a millisecond: of a hundred kinds of values, a
tenth of the time until a board is seen. What makes, compares and hashes values is written here when it is called for
the first time, as the library would write it; what tells and guards them is the same for all kinds.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

T = TypeVar("T")
_LEFT_OUT: Final = object()

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, **options: Any) -> Callable[[type[T]], type[T]]:
        """Make a class a dataclass; options are those of the standard library."""
        if frozen and slots and not options:
            return _value
        return dataclasses.dataclass(frozen=frozen, slots=slots, **options)


def _value(kind: type[Any]) -> type[Any]:
    if any(isinstance(value, dataclasses.Field) and not value.init for value in vars(kind).values()):
        return dataclasses.dataclass(frozen=True, slots=True)(kind)
    own = {name for name, value in vars(kind).items() if value is not None}
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    for name, function in _SHARED.items():
        if name not in own:
            setattr(made, name, function)
    for name, writer in _WRITERS.items():
        if name not in own:
            setattr(made, name, _late(made, name, writer))
    return made


def _late(kind: type[Any], name: str, writer: Callable[[type[Any]], Callable[..., Any]]) -> Callable[..., Any]:
    """Return a function that has the one of this name written when it is called first, and calls that."""

    def first(self: Any, *values: Any, **named: Any) -> Any:
        if getattr(kind, name) is first:
            setattr(kind, name, writer(kind))
        return getattr(kind, name)(self, *values, **named)

    return first


def _maker(kind: type[Any]) -> Callable[..., None]:
    """Return what fills a new value; slots are filled by their own setters, as the value itself refuses it."""
    known: dict[str, Any] = {"_left_out": _LEFT_OUT}
    words, lines = ["self"], []
    for field in dataclasses.fields(kind):
        name, given = field.name, field.name
        known[f"_set_{name}"] = getattr(kind, name).__set__
        if field.default is not dataclasses.MISSING:
            known[f"_usual_{name}"] = field.default
            words.append(f"{name}=_usual_{name}")
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_usual_{name}"] = field.default_factory
            words.append(f"{name}=_left_out")
            given = f"_usual_{name}() if {name} is _left_out else {name}"
        else:
            words.append(name)
        lines.append(f"_set_{name}(self, {given})")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    return _written(kind, f"__init__({', '.join(words)})", lines or ["pass"], known)


def _comparer(kind: type[Any]) -> Callable[[Any, object], Any]:
    same = f"{_compared(kind, 'self')} == {_compared(kind, 'other')}"
    said = f"return {same} if other.__class__ is self.__class__ else NotImplemented"
    return _written(kind, "__eq__(self, other)", [said], {})


def _hasher(kind: type[Any]) -> Callable[[Any], int]:
    return _written(kind, "__hash__(self)", [f"return hash({_compared(kind, 'self')})"], {})


def _compared(kind: type[Any], value: str) -> str:
    """Return the words for a tuple of all that is compared of a value."""
    return f"({''.join(f'{value}.{field.name}, ' for field in dataclasses.fields(kind) if field.compare)})"


def _written(kind: type[Any], head: str, lines: Iterable[str], known: dict[str, Any]) -> Callable[..., Any]:
    exec("\n ".join([f"def {head}:", *lines]), known)
    name = head.partition("(")[0]
    made: Callable[..., Any] = known[name]
    made.__qualname__ = f"{kind.__qualname__}.{name}"
    return made


def _told(value: Any) -> str:
    told = (f"{field.name}={getattr(value, field.name)!r}" for field in dataclasses.fields(value) if field.repr)
    return f"{value.__class__.__qualname__}({', '.join(told)})"


def _refuse_to_set(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _take_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_SHARED: Final = {
    "__repr__": _told,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _take_state,
}
"""What is the same for all kinds."""
_WRITERS: Final[dict[str, Callable[[type[Any]], Callable[..., Any]]]] = {
    "__init__": _maker,
    "__eq__": _comparer,
    "__hash__": _hasher,
}
"""What is written for each kind, when it is first needed."""
