"""What the app remembers: each thing under one name, declared once."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections import Counter

import ui.state
from layers.folders import ROOT
from ui.state.key import Key


def declared() -> list[Key[object]]:
    modules = [importlib.import_module(f"ui.state.{found.name}") for found in pkgutil.iter_modules(ui.state.__path__)]
    own = [one for module in modules for name, one in vars(module).items() if name.isupper()]
    keys = {id(one): one for one in own if isinstance(one, Key)}  # a key that another module imports is the same
    return list(keys.values())


def test_no_two_keys_share_a_name():
    names = [one.name for one in declared()]
    assert len(names) > 35
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_page_and_no_component_names_a_key_of_its_own():
    found = []
    for path in [*(ROOT / "ui" / "pages").glob("*.py"), *(ROOT / "ui" / "components").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.session_state":
                found.append(f"{path.name}: {ast.unparse(node)}")
    assert found == []
