"""What takes seconds to derive: kept, whole, and made once however many ask."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from layers.atlas import cache


def test_what_two_ask_for_at_once_is_made_once(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "BUILD", tmp_path)
    made = []

    def make() -> bytes:
        time.sleep(0.2)  # long enough for the other to ask, too
        made.append(cache.kept("inner", "1", lambda: b"outlines"))  # what is made may need something made
        return b"features"

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(cache.kept, "features", "1", make) for _ in range(2)]
    assert [one.result() for one in asked] == [b"features"] * 2
    assert made == [b"outlines"]


def test_a_file_that_is_damaged_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "BUILD", tmp_path)
    assert cache.kept("table", "1", lambda: b"rows") == b"rows"
    assert cache.kept("table", "1", lambda: b"not asked for") == b"rows"
    (path,) = tmp_path.glob("table-1-*.bin")
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.kept("table", "1", lambda: b"new rows") == b"new rows"
