"""The command line: every verb with its words, its answer and its exit code."""

from __future__ import annotations

from evidenceboard.cli.verbs import run

__all__ = ["run"]
