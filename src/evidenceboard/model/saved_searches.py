"""Searches that a file keeps under a name, for whoever works with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model.records import Setting
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

PREFIX: Final = "search-"
"""How the id of the setting begins that holds one."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name. `id` is that of its setting."""

    id: str
    name: str
    text: str


def saved_searches(document: Document) -> list[SavedSearch]:
    """Return the saved searches by name; what another program wrote in another form is passed over."""
    found = []
    for setting in document.table("settings").values():
        if isinstance(setting, Setting) and setting.id.startswith(PREFIX) and isinstance(setting.value, dict):
            name, text = setting.value.get("name"), setting.value.get("text")
            if isinstance(name, str) and isinstance(text, str) and name.strip() and text.strip():
                found.append(SavedSearch(setting.id, name, text))
    return sorted(found, key=_by_name)


def _by_name(one: SavedSearch) -> tuple[str, str]:
    return (one.name.casefold(), one.id)
