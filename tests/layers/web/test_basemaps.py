"""Base maps of the office's own: read from its file, or refused with what is wrong in it."""

from __future__ import annotations

import pytest

from layers.errors import LayerError
from layers.web.basemaps import tile_bases


def test_no_server_is_asked_by_default():
    assert tile_bases() == ()


def test_tile_servers_come_from_a_file(tmp_path, monkeypatch):
    file = tmp_path / "basemaps.toml"
    file.write_text(
        '[vec]\nlabel="天地图"\nurl="https://t{s}.example/{z}/{x}/{y}?tk={key}"\nattribution="天地图"\nkey="$MAP_KEY"\n'
        '[own]\nlabel="本单位"\nurl="http://127.0.0.1/{z}/{x}/{y}.png"\nattribution="本单位"\n',
        encoding="utf-8",
    )
    monkeypatch.delenv("MAP_KEY", raising=False)
    assert [base["key"] for base in tile_bases.__wrapped__(file)] == ["own"]
    monkeypatch.setenv("MAP_KEY", "abc")
    assert tile_bases.__wrapped__(file)[0]["url"] == "https://t{s}.example/{z}/{x}/{y}?tk=abc"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[a]\nlabel='x'", "缺少"),
        ("[a]\nlabel='x'\nurl='ftp://x'\nattribution='y'", "bad url"),
        ("[a]\nlabel='x'\nurl='http://x'\nattribution='y'\nzoom=3", "zoom"),
        ("[a", "invalid TOML"),
        ("a = 1", "not a table"),
        ("[a]\nlabel='x'\nurl=5\nattribution='y'", "wrong type"),
        ("[a]\nlabel='x'\nurl='http://x'\nattribution='y'\nmax_zoom='18'", "wrong type"),
    ],
)
def test_a_bad_configuration_is_told(tmp_path, text, says):
    file = tmp_path / "basemaps.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match=says):
        tile_bases.__wrapped__(file)


def test_a_file_saved_in_another_encoding_is_told(tmp_path):
    file = tmp_path / "basemaps.toml"
    file.write_bytes("[a]\nlabel='天地图'".encode("gb18030"))
    with pytest.raises(LayerError, match="not UTF-8"):
        tile_bases.__wrapped__(file)
