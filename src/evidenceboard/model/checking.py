"""Checking values with pydantic, which nothing else here knows; it is loaded when the first value is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic import create_model as model_made
from pydantic_core import ArgsKwargs

from evidenceboard.model.takes import NotTakenError, Takes

if TYPE_CHECKING:
    from evidenceboard.model.entity_type import Props

T = TypeVar("T")


def begin() -> None:
    """Have pydantic look for its plug-ins, as it does once, before the first check: it takes as long as making one."""
    TypeAdapter(bool)


def in_its_terms(kind: Any, takes: Takes) -> Any:
    """Return a type with what it takes, as pydantic says it."""
    said: list[Any] = []
    if takes.before:
        said.append(BeforeValidator(takes.before))
    if takes.longest is not None:
        said.append(Field(min_length=takes.shortest, max_length=takes.longest))
    if takes.least is not None:
        said.append(Field(ge=takes.least, le=takes.most, allow_inf_nan=False if kind is float else None))
    if takes.after:
        said.append(AfterValidator(takes.after))
    return Annotated.__class_getitem__((kind, *said))  # type: ignore[attr-defined]


def maker(kind: type[Any]) -> Callable[..., None]:
    """Return what fills a new record of a kind with values that were checked."""
    check = TypeAdapter(kind).validator.validate_python

    def make(self: Any, *values: Any, **named: Any) -> None:
        try:
            check(ArgsKwargs(values, named), self_instance=self)
        except ValidationError as error:
            raise NotTakenError(error) from None

    return make


def records(kind: type[T], rows: Any) -> list[T]:
    """Return the records of rows, given as dicts, checked all at once. Raises `NotTakenError`."""
    with _told():
        return cast("list[T]", _adapter(cast(Any, kind)).validate_python(rows))


def properties(model: type[Props], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties that a model names as it reads them. Raises `NotTakenError`."""
    with _told():
        made = _model(model).model_validate(values)
    return {key: getattr(made, key) for key in values}


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, GenericAlias(list, (kind,))))


@cache
def _model(props: type[Props]) -> type[BaseModel]:
    fields = {
        key: (declared.hint, Field(default_factory=list) if declared.default == [] else declared.default)
        for key, declared in props.model_fields.items()
    }
    how = ConfigDict(validate_default=False, hide_input_in_errors=True)
    return model_made(props.__name__, __config__=how, **cast(Any, fields))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise NotTakenError(error) from None
