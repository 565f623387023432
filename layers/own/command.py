"""What the app would read of a file, for the command line: found, repaired, left out and why, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from layers.errors import LayerError
from layers.notes import Note
from layers.own.upload import Layer, Upload, read
from layers.own.words import LEFT_OUT, sentences

MOST_ROWS = 10  # of those left out, named by their number
MOST_FIELDS = 30


def told(path: Path, systems: Sequence[str] = ()) -> list[str]:
    """Return what is read of a file, a line each; `systems` are `SYSTEM` for all layers or `LAYER=SYSTEM`.

    LayerError or GeoError as the app would say it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LayerError(f"无法读取 {path}：{error.strerror} (cannot read the file)。") from None
    upload = read(path.name, data, _systems(systems))
    lines = [_said(one) for one in sentences(upload.report)]
    return [f"{path.name}：{lines[0]}", *lines[1:], *(line for one in upload.layers for line in _layer(one, upload))]


def _systems(written: Sequence[str]) -> str | dict[str, str]:
    named = dict(one.rpartition("=")[::2] for one in written)
    return named if any(named) else named.get("", "")


def _said(note: Note) -> str:
    return note.text.format(**dict(note.values))


def _layer(one: Layer, upload: Upload) -> list[str]:
    """A layer: its fields, and the rows of it that were left out."""
    head = f"图层“{one.raw.name}”：" if len(upload.layers) > 1 else ""
    fields = [str(key) for key in one.settled.frame.columns if key != "geometry"]
    more = f" 等 {len(fields)} 个" if len(fields) > MOST_FIELDS else ""
    lines = [f"{head}字段：{'、'.join(fields[:MOST_FIELDS]) or '无'}{more}"]
    for reason, rows in one.settled.left_out.items():
        named = "、".join(str(row + 1) for row in rows[:MOST_ROWS])
        lines.append(
            f"{head}{LEFT_OUT[reason].format(n=len(rows))}：第 {named} 个{' 等' if len(rows) > MOST_ROWS else ''}"
        )
    return lines
