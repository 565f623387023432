"""Files are put in place whole, whoever else writes the same one at the time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from layers.folders import write_whole


def test_threads_of_a_cold_start_write_the_same_file(tmp_path):
    path = tmp_path / "new" / "features.bin"
    contents = [bytes([number]) * 1_000_000 for number in range(8)]
    found = []

    def write(content: bytes) -> None:
        for _ in range(5):
            write_whole(path, content)
            found.append(path.read_bytes())

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, contents))
    assert len(found) == 40
    assert all(one in contents for one in found)
    assert [one.name for one in path.parent.iterdir()] == ["features.bin"]
