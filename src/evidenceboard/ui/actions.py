"""The registry of actions: menus, shortcuts, the command palette and the help are made from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from evidenceboard.model.values import dataclass

MENUS: Final = ("File", "Edit", "View", "Insert", "Arrange", "Board", "Help")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the window can do. `run` takes the window.

    `writes`: it changes the file, so it cannot be run where that is open for reading only, which is then said.
    `group` is the title of the submenu that it stands in, "" for none.
    `enabled`, `checked` and `says` (the text as it stands now) are asked when a menu opens.
    """

    id: str
    text: str
    menu: str
    run: Callable[[Any], None]
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[Any], bool] | None = None
    checked: Callable[[Any], bool] | None = None
    letter: bool = False
    help: str = ""
    says: Callable[[Any], str] | None = None
    writes: bool = False
    group: str = ""

    def can_run(self, window: Any) -> bool:
        """Return whether the action can be run now."""
        return not (self.writes and window.session.read_only) and (self.enabled is None or bool(self.enabled(window)))


ACTIONS: Final[dict[str, Action]] = {}


def action(
    id: str,
    text: str,
    menu: str,
    *,
    shortcut: str = "",
    icon: str = "",
    enabled: Callable[[Any], bool] | None = None,
    checked: Callable[[Any], bool] | None = None,
    letter: bool = False,
    help: str = "",
    says: Callable[[Any], str] | None = None,
    writes: bool = False,
    group: str = "",
) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a one-line caller of a command. `letter`: the shortcut is one letter, by physical key, on the board."""
    if menu not in MENUS:
        raise ValueError(menu)

    def register(function: Callable[[Any], None]) -> Callable[[Any], None]:
        if id in ACTIONS:
            raise ValueError(f"two actions are called {id}")
        ACTIONS[id] = Action(
            id, text, menu, function, shortcut, icon, enabled, checked, letter, help, says, writes, group
        )
        return function

    return register
