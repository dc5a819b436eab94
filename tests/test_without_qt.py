"""The core and the command line on an interpreter in which Qt is not installed.

Every module is imported there, and what stands on all of them is tried: the verbs, the formats, the session, the file.
The tests of what lies below run once, with the others: `tests/test_architecture.py` holds that none of it names Qt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCKER = '''
"""Makes Qt look as if it were not installed."""
import importlib.abc
import sys


class WithoutQt(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "pytestqt"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, WithoutQt())
'''
AGAIN = {
    "the verbs": ("cli/test_*.py",),
    "the formats": ("formats/test_*.py",),
    "the file": ("test_session*.py", "docs/test_file_format.py", "merge/test_taking_in.py", "sharing/test_*.py"),
}
"""What is run again without Qt."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which every Python that is started finds no Qt."""
    (tmp_path / "sitecustomize.py").write_text(BLOCKER, "utf-8")
    paths = [str(tmp_path), str(ROOT / "src")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTEST_ADDOPTS": "", "PYTHONDONTWRITEBYTECODE": "1"}


def test_the_blocker_blocks(environment: dict[str, str]) -> None:
    for module in ("PySide6.QtCore", "shiboken6"):
        done = subprocess.run(
            [sys.executable, "-c", f"import {module}"], env=environment, capture_output=True, check=False
        )
        assert done.returncode == 1
        assert b"ModuleNotFoundError" in done.stderr


def test_every_module_of_the_core_and_the_command_line_is_imported(environment: dict[str, str]) -> None:
    source = ROOT / "src"
    paths = [path.relative_to(source).with_suffix("").parts for path in sorted(source.rglob("*.py"))]
    names = [
        ".".join(parts).removesuffix(".__init__") for parts in paths if parts[1] not in ("ui", "render", "__main__")
    ]
    assert len(names) > 100
    code = f"import importlib\nfor name in {names}:\n    importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("what", AGAIN)
def test_the_tests_of_what_stands_on_the_core_pass(what: str, environment: dict[str, str], tmp_path: Path) -> None:
    chosen = [path for pattern in AGAIN[what] for path in sorted((ROOT / "tests").glob(pattern))]
    assert chosen
    # The project's own settings, without those that only the window's test library knows.
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    lines = ["[pytest]"]
    for key, value in known.items():
        if not key.startswith("qt_"):
            lines.append(
                f"{key} =" + "".join(f"\n    {item}" for item in ([value] if isinstance(value, str) else value))
            )
    config = tmp_path / "pytest.ini"
    config.write_text("\n".join(lines) + "\n", "utf-8")
    words = ["-c", str(config), "--rootdir", str(ROOT), "-p", "no:pytest-qt", "-p", "no:cacheprovider", "-m", "not qt"]
    words += ["-p", "no:xdist", "--hypothesis-profile", "few"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, *map(str, chosen)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]


def test_the_window_says_what_to_install_instead_of_failing(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from evidenceboard.ui.app import main; raise SystemExit(main())"],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install PySide6-Essentials" in done.stderr
    assert "Traceback" not in done.stderr
