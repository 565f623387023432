"""What is done at the desk (serve/work.py): sheets, briefs, the reading of planners' files and plans."""

from __future__ import annotations

import io
import time
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

    from store.reading import Progress

TOLD_EVERY_S = 0.2  # each word of a reading is work for the server


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


@dataclass(frozen=True, slots=True)
class Reading:
    """Where the reading of a plan stands."""

    slug: str  # of the plan
    progress: Progress | None = None  # None while it is being opened


def read_plan(url: str, slug: str, added: tuple[str, bytes, str] = ("", b"", "")) -> str:
    """Let the reader go through a plan of the workspace at `url`, and return its slug; what is read is kept as it comes.

    Without a slug the plan is `added` first: name, content, who adds it. Told is a Reading. PlanError or StoreError
    tell why it cannot be read. Whoever ends the process loses no more than half a second of reading.
    """
    from store.workspace import Workspace  # noqa: PLC0415 the server itself may do without

    held = Workspace.open(url)
    try:
        if not slug:
            name, content, by = added
            slug = held.add(name, content, by=by)
        tell(Reading(slug))
        said = time.monotonic()

        def goes_on(progress: Progress) -> bool:
            """Say now and then how far it is."""
            nonlocal said
            if time.monotonic() - said > TOLD_EVERY_S or progress.done == progress.of:
                said = time.monotonic()
                tell(Reading(slug, progress))
            return True

        held.read(slug, goes_on)
    finally:
        held.close()
    return slug
