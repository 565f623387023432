"""The catalogue is whole: every message of the interface in both languages, none too many."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from geo.errors import GeoError
from geo.gazetteer import prefectures
from layers.atlas import bundled
from layers.errors import LayerError
from layers.query.comparison import wordings
from layers.query.profile import area
from layers.query.reports import changes_table, targets_table
from plans.documents import DATA
from plans.errors import PlanError
from plans.vocabulary import basis_words, keys, precision_words, resolve
from ui import messages
from ui.messages import catalogue, told

ATLAS = bundled()

ROOT = Path(__file__).resolve().parents[2]
INTERFACE = [ROOT / "app.py", *sorted((ROOT / "ui").rglob("*.py"))]
BELOW = [path for package in ("store", "layers", "geo", "plans") for path in sorted((ROOT / package).rglob("*.py"))]
TABLES = [
    lambda: changes_table(ATLAS),
    lambda: targets_table(ATLAS),
    lambda: wordings(ATLAS, "panxi-2021", "revitalization-opinion-2023"),
]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def constants(node: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def said() -> set[str]:
    """The literal messages of the interface: every string in the first argument of say()."""
    calls = [
        node
        for path in INTERFACE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args
    ]
    literal = [node.args[0] for node in calls if isinstance(node.args[0], ast.Constant | ast.IfExp)]
    return set().union(*map(constants, literal))


def test_every_message_has_its_english():
    assert {text for text in said() if text not in catalogue()} == set()
    assert len(said()) > 150


def test_no_entry_is_unused():
    used = set().union(
        *(constants(tree(path)) for path in [*INTERFACE, *BELOW]), *(table().columns for table in TABLES)
    )
    used |= {basis_words(key) for key in keys("basis")} | {precision_words(key) for key in keys("precision")}
    used |= {one.name for one in prefectures()}
    assert set(catalogue()) - used == set()


def test_prefectures_have_english_names():
    assert {one.name for one in prefectures()} <= set(catalogue())


def test_no_key_stands_twice():
    tables = tomllib.loads((ROOT / "ui" / "messages.toml").read_text(encoding="utf-8"))
    numbers = Counter(chinese for table in tables.values() for chinese in table)
    assert [chinese for chinese, number in numbers.items() if number > 1] == []


@pytest.mark.parametrize("chinese", catalogue())
def test_both_languages_have_the_same_places(chinese):
    def places(text: str) -> Counter[str]:
        return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)

    assert set(places(chinese)) == set(places(catalogue()[chinese]))


def test_english_is_english():
    """Chinese stands in it only as an example of what a planner types, or as part of an approval number."""
    quoted = re.compile(r"^e\.g\. .*|号 ·")
    assert [text for text in catalogue().values() if re.search(r"[\u4e00-\u9fff]", quoted.sub("", text))] == []


def test_the_words_of_precision_are_translated():
    assert {precision_words(key) for key in keys("precision")} <= set(catalogue())
    assert {basis_words(key) for key in keys("basis")} <= set(catalogue())


@pytest.mark.parametrize("table", TABLES)
def test_the_heads_of_tables_are_translated(table):
    assert [head for head in table().columns if not head.isascii() and head not in catalogue()] == []


def error(call) -> Exception:
    with pytest.raises((PlanError, GeoError, LayerError)) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(
    ("call", "chinese", "english"),
    [
        (lambda: area(ATLAS, "川中"), "没有“川中”这个经济区或市州；", "Unknown zone or prefecture: “川中”."),
        (lambda: ATLAS.clause("panxi-2021/c99"), "文件“panxi-2021”中没有条款“panxi-2021/c99”。", "No such clause: “panxi-2021”, “panxi-2021/c99”."),
        (lambda: resolve("zone", "川中"), "没有“川中”这个经济区。可用：", "Unknown zone: “川中”."),
    ],
)  # fmt: skip
def test_errors_speak_one_language(monkeypatch, call, chinese, english):
    monkeypatch.setattr(messages, "language", lambda: "zh")
    assert told(error(call)).startswith(chinese)
    monkeypatch.setattr(messages, "language", lambda: "en")
    assert told(error(call)) == english


def test_every_error_below_has_an_english_hint():
    """What is raised below with Chinese words names its reason in English, or `told` would have nothing to say."""
    silent = []
    for path in BELOW:
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args):
                continue
            words = "".join(
                part.value if isinstance(part, ast.Constant) else "x"
                for part in ast.walk(node.exc.args[0])
                if isinstance(part, ast.Constant | ast.FormattedValue)
                and isinstance(getattr(part, "value", ""), str | ast.AST)
            )
            if re.search(r"[\u4e00-\u9fff]", words) and not messages._HINT.search(words):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert silent == []


def test_the_vocabulary_has_both_languages():
    groups = tomllib.loads((DATA / "vocabulary.toml").read_text(encoding="utf-8"))
    entries = [
        entry
        for group in ("zone", "status", "precision", "basis", "reason", "layer")
        for entry in groups[group].values()
    ]
    entries += [kind for layer in groups["layer"].values() for kind in layer["kind"].values()]
    assert [entry for entry in entries if not entry.get("zh") or not entry.get("en", "").isascii()] == []


@pytest.mark.parametrize(
    ("spoken", "n", "told"),
    [("zh", 2018, "2,018 个要素"), ("en", 2018, "2,018 features"), ("en", 1, "1 feature"), ("zh", 1, "1 个要素")],
)
def test_thousands_are_set_apart_and_one_is_one(monkeypatch, spoken, n, told):
    monkeypatch.setattr(messages, "language", lambda: spoken)
    assert messages.say("{n} 个要素", n=n) == told
