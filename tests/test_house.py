"""The rules of the house that a machine can hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("casefile", "crawlers", "pipeline", "graph", "desk")
CODE = sorted(path for room in (*ROOMS, "benchmarks", "training") for path in (ROOT / room).rglob("*.py"))
HOMES = {
    "scrapy": "crawlers",
    "playwright": "crawlers",
    "scrapy_playwright": "crawlers",
    "spacy": "pipeline",
    "networkx": "graph",
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[Path]:
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if found.returncode:
        pytest.skip("not a git working tree")
    return [path for part in found.stdout.split("\0") if part and (path := ROOT / part).is_file()]


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_imports_point_one_way() -> None:
    # In a process of its own: what Twisted does to modules is not the linter's business.
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_module_is_short_says_what_it_is_for_and_lives_in_the_right_room(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(tree), "a module opens with one line that says what it is for"
    room = path.relative_to(ROOT).parts[0]
    for library in imports(tree):
        assert HOMES.get(library, room) in (room, "benchmarks") or room == "benchmarks", (
            f"{library} lives in {HOMES[library]}/"
        )
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < 60, f"{node.name} is longer than 60 lines"
        if isinstance(node, ast.ExceptHandler):
            assert not all(isinstance(part, ast.Pass) for part in node.body), f"line {node.lineno}: a silent except"
            assert node.type is not None, f"line {node.lineno}: a bare except"


def test_only_the_elastic_room_knows_elasticsearch() -> None:
    for path in CODE:
        if "elasticsearch" in imports(ast.parse(path.read_text(encoding="utf-8"))):
            # The measurements stand beside it: they run against the library itself.
            assert name(path).startswith(("casefile/search/elastic/", "benchmarks/index"))


def test_attributes_of_pages_are_asked_for_by_name() -> None:
    # parsel's `attrib` reads all of them, and breaks at names like `{{attrs}}`, which templates leave in pages.
    assert [name(path) for path in CODE if re.search(r"\.attrib\b", path.read_text(encoding="utf-8"))] == []


def test_config_holds_data_only() -> None:
    assert list((ROOT / "config").rglob("*.py")) == []


def test_no_room_has_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}
    assert [
        name(path) for path in CODE if drawers & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ] == []


# In pieces, so that this file does not find itself.
_FOREIGN = re.compile(
    "|".join(
        [
            "/" + "work/",
            "/tmp/" + "brief",
            "/home/" + r"\w+/",
            "/root" + "/",
            "files." + "pythonhosted",
            "pypi" + r"\.org",
            "registry" + r"\.npmjs",
        ]
    )
)


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{name(path)}:{number}: {line[:120]}" for number, line in enumerate(lines, 1) if _FOREIGN.search(line)
        ]
    assert found == []
