"""The words that the product itself says, read off its own code: of these nobody can tell whose they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import CodeType
from typing import Any, Final

_SPEAKING: Final = ("model", "store", "session", "commands", "formats", "sharing", "render")
"""The rooms whose words get into what goes out."""
_SVG: Final = (
    "svg xmlns xlink version viewBox width height baseProfile tiny title desc defs path points polyline stroke fill"
    " linejoin linecap miterlimit opacity dasharray dashoffset bevel round square butt miter none normal italic bold"
    " vector-effect non-scaling-stroke fill-rule evenodd nonzero matrix transform font-family font-size font-weight"
    " font-style text image href data base64 preserve space translate rotate rect circle ellipse clipPath gradient"
    " linearGradient stop offset http www org 2000 1999 1.1 standalone encoding utf UTF xml millimeters pixels"
    " Evidenceboard Inter Noto Sans CJK sans-serif"
)
"""The words of an SVG, which Qt writes."""
_PDF: Final = (
    "obj endobj stream endstream Type Catalog Pages Page Parent Kids Count MediaBox Contents Resources ProcSet Font"
    " XObject ExtGState ColorSpace Pattern Filter FlateDecode Length Title Producer Creator CreationDate Outlines First"
    " Last Prev Next Dest Annots Annot Subtype Link Rect Border Action GoTo Size Root Info xref trailer startxref EOF"
    " PageMode UseOutlines Metadata Lang DeviceRGB DeviceGray Identity Descriptor FontDescriptor CIDFont TrueType"
    " CIDSystemInfo Registry Adobe Ordering Supplement BaseFont Encoding ToUnicode DescendantFonts FontBBox Flags"
    " ItalicAngle Ascent Descent CapHeight StemV FontName begincmap endcmap CMapName codespacerange beginbfrange"
    " beginbfchar endbfchar endbfrange findresource defineresource currentdict begin dict pop UCS Transparency Group"
    " Shading Form Matrix BBox Outputs XYZ Fit Names Dests Widths CIDToGIDMap Device Evidenceboard Version Trapped"
    " OutputIntents DestOutputProfile OutputConditionIdentifier RGB IEC Bounds Domain Function Extend Coords PDF Text"
    " ImageB ImageC ImageI AIS SMask BitsPerComponent Interpolate Image false true null Qt"
)
"""The words of a PDF beside what it shows."""


def vocabulary() -> bytes:
    """Return all that the code says which may write something that goes out, as text."""
    said = {_SVG, _PDF}
    for name, module in list(sys.modules.items()):
        parts = name.split(".")
        loader: Any = getattr(getattr(module, "__spec__", None), "loader", None)
        if parts[0] == "evidenceboard" and len(parts) > 1 and parts[1] in _SPEAKING and hasattr(loader, "get_code"):
            said.update(_constants(loader.get_code(name)))
    return "\n".join(said).encode("utf-8", "replace")


def _constants(value: Any) -> Iterator[str]:
    """Yield the texts in the code of a module; the first is what it says of itself."""
    if isinstance(value, CodeType):
        for one in value.co_consts[1:]:
            yield from _constants(one)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, frozenset)):
        for one in value:
            yield from _constants(one)
