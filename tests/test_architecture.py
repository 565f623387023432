"""Conventions that no review has to repeat."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["plans", "geo", "layers", "store", "serve", "ui", "app"]
MODULES = sorted(
    path
    for package in [*ORDER[:-1], "app.py", "benchmarks"]
    if (ROOT / package).exists()
    for path in ([ROOT / package] if package.endswith(".py") else (ROOT / package).rglob("*.py"))
)


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_from_app_down_to_plans(path):
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if package not in ORDER or path.name == "__main__.py":  # commands stand on top, and nothing imports them
        return
    above = ORDER[ORDER.index(package) + 1 :]
    assert not [name for name in imported(path) if name.split(".")[0] in above]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_libraries_stay_where_they_belong(path):
    where = path.relative_to(ROOT).as_posix()
    names = {name.split(".")[0] for name in imported(path)}
    if "streamlit_folium" in names:
        assert where == "benchmarks/plain.py"
    if "streamlit" in names:
        assert where.startswith(("serve/", "ui/", "app.py", "benchmarks/"))
    if "folium" in names:
        assert where in ("layers/web/page.py", "benchmarks/plain.py")
    if "matplotlib" in names:
        assert where in ("layers/paper/drawing.py", "layers/paper/fonts.py"), "a sheet is planned without it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_calls_for_a_global_atlas(path):
    """Only what starts a program asks for the atlas of the nine documents; all else is given the one it speaks of."""
    package = path.relative_to(ROOT).parts[0]
    if package not in ("layers", "store", "serve", "ui") or path.name == "__main__.py" or path.parent.name == "atlas":
        return
    named = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    assert "bundled" not in named


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_stay_readable(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    tree = ast.parse(text)
    if text.strip():
        assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 45, f"{node.name} is too long"
            if not node.name.startswith("_"):
                assert ast.get_docstring(node) or path.name == "__main__.py" or node.decorator_list, (
                    f"{node.name} has no docstring"
                )


def test_nothing_machine_bound_is_committed():
    for path in [*MODULES, *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]:
        text = path.read_text(encoding="utf-8")
        assert "/work" + "/" not in text
        assert "/root" + "/" not in text


def test_the_map_has_no_two_members_of_a_name():
    """The files of the map add to one object: the later of two would take the place of the earlier in silence."""
    members = Counter(
        name
        for path in sorted((ROOT / "layers" / "web" / "frame").glob("*.js"))
        for name in re.findall(r"^    (\w+)\(.*\{$", path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert members.keys() >= {"show", "arrange", "go_to", "tools"}
    assert [name for name, number in members.items() if number > 1] == []
