"""`dataclass` as the standard library has it; of frozen ones with slots most is made ready when it is first needed.

The library compiles six functions for each of them, which takes half a millisecond: of a hundred kinds of values, a
tenth of the time until a board is seen. What makes a value is compiled here when the first of its kind is made, and
what compares, tells and guards values is the same for all kinds.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from operator import attrgetter
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
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    compared = _values_of(field.name for field in dataclasses.fields(made) if field.compare)

    def make(self: Any, *values: Any, **named: Any) -> None:
        if made.__init__ is make:
            made.__init__ = _maker(made)
        made.__init__(self, *values, **named)

    def is_equal(self: Any, other: Any) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(compared(self))

    shared = {
        "__init__": make,
        "__eq__": is_equal,
        "__hash__": hashed,
        "__repr__": _told,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__getstate__": _state,
        "__setstate__": _take_state,
    }
    for name, function in shared.items():
        if name not in own:
            setattr(made, name, function)
    return made  # type: ignore[no-any-return]


def _values_of(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    found = tuple(names)
    if len(found) > 1:
        return attrgetter(*found)
    return lambda value: tuple([getattr(value, name) for name in found])


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
        lines.append(f" _set_{name}(self, {given})")
    if hasattr(kind, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(words)}):\n" + "\n".join(lines or [" pass"]), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
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
