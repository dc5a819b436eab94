"""The formats that are read and written. To add one: write its file here and put its row into FORMATS."""

from __future__ import annotations

from typing import Final

from evidenceboard.formats import csv, json, markdown
from evidenceboard.formats.format import Format

FORMATS: Final[tuple[Format, ...]] = (
    Format("pdf", "PDF", ("pdf",), "evidenceboard.render.pdf:write", paints=True),
    Format("png", "PNG picture", ("png",), "evidenceboard.render.image:write_png", paints=True),
    Format("svg", "SVG drawing", ("svg",), "evidenceboard.render.image:write_svg", paints=True),
    Format("json", "JSON, the whole file without its history", ("json",), json.write, json.read, json.recognises),
    Format("csv", "CSV tables", ("csv", "tsv"), csv.write, csv.read, csv.recognises),
    Format("md", "Markdown outline", ("md", "markdown"), markdown.write),
)
