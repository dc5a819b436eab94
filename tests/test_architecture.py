"""The house rules that a machine can check: who may import whom, how long a file is, what a module says of itself."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "evidenceboard"
LONGEST = 400
"""Lines that a file may have."""
MEDIAN = 120
"""Lines that half of the modules must stay under."""
# Written so that this file does not match itself.
MACHINE = re.compile(r"(?<![\w.:/~-])/(?:work|root|home|Users|opt|mnt|srv)/[\w.]|[A-Z]:\\\\?" + r"Users\\")
REGISTRY = re.compile("pypi" + r"\.org|python" + "hosted|files\\." + "python")


def modules() -> list[Path]:
    """Return the modules of the package."""
    return sorted(SOURCE.rglob("*.py"))


def written() -> list[Path]:
    """Return every text that is part of the project: code, tests, scripts, documents."""
    folders = ("src", "tests", "scripts", "benchmarks", "docs", ".ci")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    named = [ROOT / name for name in ("README.md", "pyproject.toml", "requirements.lock", ".gitignore")]
    binary = {".pyc", ".png", ".db", ".pdf", ".otf", ".gz", ".zip", ".xlsx", ".docx"}
    return [path for path in [*found, *named] if path.suffix not in binary]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room(path: Path) -> str:
    """Return the first name below the package: the room that a module stands in."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of everything that a module imports, inside functions too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def test_rooms_import_only_from_the_rooms_below_them() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]


def test_qt_is_used_only_for_windows_and_painting_and_widgets_only_for_windows() -> None:
    for path in modules():
        qt = {word for word in imported(path) if word.split(".")[0] in ("PySide6", "shiboken6")}
        assert not qt or room(path) in ("ui", "render"), f"{name(path)} imports {sorted(qt)}"
        widgets = {word for word in qt if word.startswith("PySide6.QtWidgets")}
        assert not widgets or room(path) == "ui", f"{name(path)} imports {sorted(widgets)}"


def test_sql_is_spoken_only_by_the_store() -> None:
    for path in modules():
        spoken = {word for word in imported(path) if word.split(".")[0] in ("sqlite3", "sqlite_utils", "apsw")}
        assert not spoken or room(path) == "store", f"{name(path)} imports {sorted(spoken)}"


def test_no_module_imports_by_a_relative_name() -> None:
    for path in modules():
        assert not [word for word in imported(path) if word.startswith(".")], name(path)


def test_no_file_is_too_long_to_read() -> None:
    folders = [ROOT / folder for folder in ("src", "tests", "scripts", "benchmarks")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".sh", "")]
    long = {name(path): lines for path in files if path.is_file() and (lines := _lines(path)) > LONGEST}
    assert not long
    assert statistics.median(map(_lines, modules())) < MEDIAN


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_every_module_says_in_one_line_what_lives_in_it() -> None:
    for path in modules():
        said = ast.get_docstring(tree(path)) or ""
        first = said.partition("\n")[0]
        assert first.endswith((".", "!", "?")), f"{name(path)} begins with {first!r}"
        assert tree(path).body[0].lineno == 1, f"{name(path)} says it too late"


def test_every_command_says_what_it_does() -> None:
    for path in sorted((SOURCE / "commands").glob("*.py")):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{name(path)}: {node.name}"


def test_nothing_names_a_place_on_one_machine_or_a_registry() -> None:
    for path in written():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            assert not MACHINE.search(line), f"{name(path)}:{number}: {line.strip()[:100]}"
            assert not REGISTRY.search(line), f"{name(path)}:{number}: {line.strip()[:100]}"


def test_nothing_is_left_to_do_or_hidden_from_the_checks() -> None:
    marks = re.compile(
        r"\b(TODO|FIXME|XXX)\b|#\s*" + r"noqa|pytest\.mark\.(skip|xfail)|pytest\.skip\(|type:\s*" + r"ignore(?!\[)"
    )
    for path in written():
        if path.suffix == ".py" and path != Path(__file__):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                assert not marks.search(line), f"{name(path)}:{number}: {line.strip()[:100]}"
