"""What is chosen to go along, and the account of what that comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from evidenceboard.model.records import Record
from evidenceboard.model.values import dataclass

KEEP: Final = ("history", "authors", "notes", "attachments")
"""What goes along only where it is asked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes along. `boards` (ids) and `types` None for all; `aliases`: by the id of an entity the name it gets.

    `mergeable`: ids stay as they are, so that the copy can be merged back. `history` keeps them as well.
    """

    at_most: str = ""
    boards: frozenset[str] | None = None
    types: frozenset[str] | None = None
    history: bool = False
    authors: bool = False
    notes: bool = False
    attachments: bool = False
    mergeable: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def keeps_ids(self) -> bool:
        return self.mergeable or self.history


@dataclass(frozen=True, slots=True)
class Still:
    """A text that goes along and still has a name in it that is withheld: of which record, in which field, whose name.

    `entity_id` is that of the entity whose name it is.
    """

    where: str
    field: str
    entity_id: str
    name: str


@dataclass(slots=True)
class Account:
    """What a choice comes to. `goes` and `stays` count records by table, `types` the entities of each type that go.

    `hanging`: links that stay behind because an end does. `emptied`: texts that were taken out of records which go.
    """

    goes: Counter[str] = field(default_factory=Counter)
    stays: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    hanging: int = 0
    emptied: Counter[str] = field(default_factory=Counter)
    renamed: int = 0
    still: list[Still] = field(default_factory=list)

    @property
    def withheld(self) -> int:
        """Return how many records stay behind."""
        return sum(self.stays.values())


@dataclass(slots=True)
class Cleaned:
    """The records of a clean copy, whence each of them comes, and the account of it.

    `origins`: the records of the file that go, by table and id. `authors`: by their ids in the copy their names.
    """

    records: list[Record]
    origins: dict[tuple[str, str], Record]
    authors: dict[str, str]
    new_ids: dict[str, str]
    account: Account
