"""What is done at the desk (serve/work.py): sheets, briefs and the reading of planners' files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.atlas import Atlas
from layers.query.selection import Selection, select
from plans.records import Records
from serve.work import tell

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True, slots=True)
class Look:
    """How a sheet or brief is made: its title ("" for one made of the selection), its paper, whether it is the long form."""

    title: str = ""
    paper: str = "a4"
    long: bool = False


def report(records: Records, selection: Selection, form: str, look: Look, only: Any = None) -> list[bytes]:
    """Return the pages of a sheet (pdf, png, svg) or the one file of a brief (docx) of a selection of an atlas.

    `only`: the index of the rows that may be in it, where the planner has restricted them otherwise. LayerError,
    PlanError or GeoError tell why there is none.
    """
    tell("reading")
    atlas = Atlas(records)
    rows: gpd.GeoDataFrame = atlas.table if only is None else atlas.table.loc[only]
    shown = select(atlas, selection, rows=rows)
    if form == "docx":
        from layers.paper.brief import brief  # noqa: PLC0415 the server itself does without

        tell("writing")
        return [brief(atlas, shown, selection, look.title, long=look.long)]
    from layers.paper.page import paper  # noqa: PLC0415 see above
    from layers.paper.sheet import render, sheet  # noqa: PLC0415 see above

    tell("lettering")
    planned = sheet(atlas, shown, selection, look.title, paper(look.paper))
    tell("drawing")
    return render(planned, form)


def bundle(form: str, stem: str, pages: list[bytes]) -> tuple[str, bytes]:
    """Return the ending and content of the one file to take: several pages of pictures are a zip."""
    if len(pages) == 1:
        return form, pages[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for at, page in enumerate(pages, start=1):
            archive.writestr(f"{stem}-{at}.{form}", page)
    return "zip", out.getvalue()


def read(name: str, content: bytes, systems: str | Mapping[str, str] = "") -> Any:
    """Return what a planner's file holds, as layers.own.upload reads it."""
    from layers.own import upload  # noqa: PLC0415 the server itself does without

    tell("reading")
    return upload.read(name, content, systems)
