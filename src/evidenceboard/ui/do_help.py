"""Help: every key and action in one list, and what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.ui.actions import action
from evidenceboard.ui.statusline import lines_rule

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


@action("keys", "Keys and commands", "Help", shortcut="F1")
def keys(window: Window) -> None:
    from evidenceboard.ui.dialogs.keys import Keys

    Keys(window).exec()


@action("lines_rule", "Which links are drawn", "Help", help="The rule by which lines are faint or left to others")
def lines(window: Window) -> None:
    window.banner(lines_rule())


@action("sample", "Open the sample board", "Help", help="Your own copy: change it as you like")
def sample(window: Window) -> None:
    from evidenceboard.ui.sample import own_copy

    window.open_path(own_copy())


@action("about", "About Evidenceboard", "Help")
def about(window: Window) -> None:
    from evidenceboard.ui.dialogs.about import About

    About(window).exec()
