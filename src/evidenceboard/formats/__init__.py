"""The formats that are read and written. To add one: write its file here and put its row into FORMATS."""

from __future__ import annotations

from typing import Final

from evidenceboard.formats.format import Format

FORMATS: Final[tuple[Format, ...]] = (
    Format("pdf", "PDF", ("pdf",), "evidenceboard.render.pdf:write", paints=True),
    Format("png", "a PNG picture", ("png",), "evidenceboard.render.image:write_png", paints=True),
    Format("svg", "an SVG drawing", ("svg",), "evidenceboard.render.image:write_svg", paints=True),
)
