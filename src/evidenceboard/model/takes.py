"""What the values of records and properties may be; a value is checked, by pydantic, when it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")


class NotTakenError(ValueError):
    """Values do not fit."""

    def __init__(self, found: Any) -> None:
        """`found` is what pydantic says of it."""
        super().__init__(found)
        self._found = found

    def errors(self) -> list[dict[str, Any]]:
        """Return what does not fit: where (`loc`), of which kind (`type`, `ctx`) and in words (`msg`)."""
        made: list[dict[str, Any]] = self._found.errors(include_url=False, include_input=False)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """What a type takes beside its plain kind; it stands in `Annotated`.

    `shortest` and `longest` are lengths, `least` and `most` numbers; where those are given, the number is finite.
    `before` and `after` return the value as it is to be checked and held, or raise `ValueError`.
    """

    shortest: int = 0
    longest: int | None = None
    least: float | None = None
    most: float | None = None
    before: Callable[[Any], Any] | None = None
    after: Callable[[Any], Any] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from evidenceboard.model import checking

        return handler.generate_schema(checking.in_its_terms(source, self))


def checked_when_made(kind: type[T]) -> type[T]:
    """Let a dataclass check and convert its values when one is made, which raises `NotTakenError`."""

    def make(self: Any, *values: Any, **named: Any) -> None:
        # A sound file is opened without a single check: what checks takes longer to load than the first frame.
        make_ready(kind)
        kind.__init__(self, *values, **named)

    make.is_waiting = True  # type: ignore[attr-defined]
    cast(Any, kind).__init__ = make
    return kind


def make_ready(kind: type[Any]) -> None:
    """Make what checks the values of a dataclass, unless it is there, so that its first change need not wait."""
    if getattr(kind.__init__, "is_waiting", False):
        from evidenceboard.model import checking

        cast(Any, kind).__init__ = checking.maker(kind)
