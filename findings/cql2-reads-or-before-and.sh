#!/bin/sh
# Guess:    in a filter of OGC API - Features AND binds more tightly than OR, as the grammar of CQL2 says, and
#           `between` of CQL2 as JSON takes three arguments, as its schema says.
# Happens:  both words have one rank and are read from left to right: zone=1 OR layer=2 AND status=3 asks for status=3
#           of all. Of the
#           standard's form of `between` a TypeError is raised; only a form of its own, with the bounds in a list, is read.
# Source:   OGC 21-065r2, CQL2: the rule booleanExpression (terms joined by OR, factors by AND) and the schema
#           isBetweenOperands (an array of three).
# We:       read CQL2 by the reference parser in Rust (cql2); tests/serve/test_ogc.py counts what filters keep.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q pygeofilter==0.4.0 cql2==0.6.0 || exit 2

env/bin/python - <<'PY'
import sys
from importlib.metadata import version

from cql2 import parse_text
from pygeofilter.ast import And, Or
from pygeofilter.parsers.cql2_json import parse as from_json
from pygeofilter.parsers.cql2_text import parse as from_text

FILTER = "zone=1 OR layer=2 AND status=3"
BETWEEN = {"op": "between", "args": [{"property": "zone"}, 1, 2]}

found = from_text(FILTER)
other = parse_text(FILTER).to_json()
try:
    between = repr(from_json(BETWEEN))
except TypeError as error:
    between = f"TypeError: {error}"
print("version:  pygeofilter", version("pygeofilter"), "cql2", version("cql2"))
print("expected: or at the top, and below it, as cql2 reads it:", other["op"])
print("seen:    ", type(found).__name__, "at the top,", type(found.lhs).__name__, "below it")
print("expected: zone between 1 and 2")
print("seen:    ", between)
sys.exit(not (isinstance(found, And) and isinstance(found.lhs, Or) and other["op"] == "or" and between.startswith("TypeError")))
PY
