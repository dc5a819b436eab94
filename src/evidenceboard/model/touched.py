"""What an operation changed on one board, told by the places that cards have in its arrays."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Touched:
    """What an update changed: slots that lie elsewhere, whose face says something else, or on which other links end.

    `everything`: more than can be told by slots.
    """

    moved: set[int] = field(default_factory=set)
    faces: set[int] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)
    everything: bool = False
