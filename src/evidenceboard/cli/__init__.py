"""The command line: every verb with its words, its answer and its exit code."""

from __future__ import annotations

from evidenceboard.cli.verbs import run, tell_of_a_bug

__all__ = ["run", "tell_of_a_bug"]
