"""What trying a promise comes to."""

from __future__ import annotations

from typing import NamedTuple


class Tried(NamedTuple):
    """How often a promise was tried, and how often it was broken."""

    n: int
    failures: int


class SkippedError(Exception):
    """Say in a few words what is missing here to try a promise."""
