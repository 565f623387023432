"""`plan-atlas large`: files in, what stands out."""

from __future__ import annotations

import pytest

from layers.export import geojson
from layers.query.selection import Selection, select
from store.large import opened
from store.large.__main__ import main
from tests.store.large.conftest import ATLAS
from tests.store.server import empty_database


def test_files_are_loaded_in_place_of_others_and_told(postgres, postgis, tmp_path, capsys):
    assert postgis  # there is PostGIS
    url = empty_database(postgres)
    for zone in ("panxi", "northwestern"):
        (tmp_path / f"{zone}.geojson").write_text(geojson(select(ATLAS, Selection(zone=(zone,)))), encoding="utf-8")
        assert main(["large", "load", str(tmp_path / f"{zone}.geojson"), "--db", url]) == 0
    assert main(["large", "list", "--db", url]) == 0
    number = len(select(ATLAS, Selection(zone=("northwestern",))))
    assert f"{number:,} 个要素" in capsys.readouterr().out.splitlines()[-1]
    opened(url).dispose()


def test_what_cannot_be_is_a_sentence(tmp_path, capsys):
    assert main(["large", "load", str(tmp_path / "x.geojson"), "--db", f"sqlite:///{tmp_path}/w.db"]) == 1
    assert "cannot read" in capsys.readouterr().err
    assert main(["large", "list", "--db", f"sqlite:///{tmp_path}/w.db"]) == 0
    with pytest.raises(SystemExit):
        main(["large", "load"])
