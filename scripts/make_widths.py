"""Write src/evidenceboard/model/inter_widths.py from the bundled fonts (needs fontTools).

Run it when the fonts change: python scripts/make_widths.py
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x370, 0x400), (0x400, 0x530), (0x2010, 0x2040))


def widths(weight: str) -> list[tuple[int, list[int]]]:
    """Return (first code point, advance widths in 1/1000 em) for each range of characters."""
    font = TTFont(ROOT / "resources" / "fonts" / f"Inter-{weight}.otf")
    table, metrics, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return [
        (start, [round(metrics[table[code]][0] * 1000 / units) if code in table else 600 for code in range(start, end)])
        for start, end in RANGES
    ]


def main() -> None:
    lines = [
        '"""How wide the letters of the bundled fonts are, in 1/1000 em. Written by scripts/make_widths.py."""',
        "",
        "from __future__ import annotations",
        "",
        "# fmt: off",
    ]
    for weight in ("Regular", "Medium"):
        lines.append(f"{weight.upper()} = (")
        for start, row in widths(weight):
            lines.append(f"    ({start:#x}, (")
            for at in range(0, len(row), 24):
                lines.append("        " + " ".join(f"{value}," for value in row[at : at + 24]))
            lines.append("    )),")
        lines.append(")")
    (ROOT / "src/evidenceboard/model/inter_widths.py").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
