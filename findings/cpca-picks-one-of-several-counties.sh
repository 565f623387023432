#!/bin/sh
# Guess:    a name that several counties bear is given back as none of them, or as all, or with a mark of doubt.
# Happens:  cpca takes one: 市中区 is Leshan's, though its own table has four (Neijiang's among
#           them), 朝阳区 is Changchun's and not Beijing's. The row looks like any other, with city, province and
#           code. Of a line 攀枝花至盐源高速公路 it sees the first place alone.
# Source:   cpca, README: recognises province, city and area in a text, maps and checks them.
# We:       the gazetteer returns all places of a name, and resolves only where one remains in the context.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q cpca==0.5.5 pandas==3.1.1 || exit 2

env/bin/python - <<'PY'
import csv, importlib.metadata, pathlib, sys
import cpca

table = pathlib.Path(cpca.__file__).parent / "resources" / "adcodes.csv"
with table.open(encoding="utf-8") as file:
    names = {row["adcode"][:6]: row["name"] for row in csv.DictReader(file)}
print("version:  cpca", importlib.metadata.version("cpca"))
taken, several = [], []
for name in ("市中区", "朝阳区"):
    all_of_it = sorted(names.get(code[:4] + "00", "") for code, county in names.items() if county == name)
    row = cpca.transform([name]).iloc[0]
    taken.append(f"{row['省']}{row['市']}")
    several.append(len(all_of_it))
    print(f"expected: {name}: no answer or several; its table has {' '.join(all_of_it)}")
    print(f"seen:     {name}: {taken[-1]}, {row['adcode']}, as if there were one")
line = cpca.transform(["攀枝花至盐源高速公路"]).iloc[0]
print(f"seen:     攀枝花至盐源高速公路: {line['市']} {line['区']} and the rest is an address: {line['地址']}")
sys.exit(not (taken == ["四川省乐山市", "吉林省长春市"] and min(several) > 1 and line["地址"] == "至盐源高速公路"))
PY
