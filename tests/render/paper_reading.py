"""How the words and pages of a PDF that was written are read back."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader

from evidenceboard.formats.format import Written

Make = Callable[..., Written]
"""Writes a board file in a painted format: path, format, options by name."""


def reader_of(written: Written) -> PdfReader:
    """Return a PDF that was written, opened."""
    assert isinstance(written.data, bytes)
    return PdfReader(io.BytesIO(written.data))


def text_of(written: Written) -> str:
    """Return all words of a PDF on one line."""
    return " ".join(" ".join(page.extract_text() for page in reader_of(written).pages).split())
