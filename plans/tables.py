"""Tables of projects: the heads of their columns, and each row a thing with its facts.

Heads may stand in two rows and over merged cells; a table goes on over pages with or without its heads;
rows that name a group (一、交通项目（12个）) head what follows, and totals (合计) are no things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.clean import Clean, Line, join
from plans.sources.source import Grid

# What a column tells, by its head; the first that fits.
ROLES = (
    ("number", re.compile(r"序号|编号|^号$|^No\.?$")),
    (
        "goal",
        re.compile(
            "(?:工作|年度|进度|形象|节点|建设)目标$|形象进度|(?:工作|建设|工程)进度|年度(?:工作|建设)(?:任务|计划|内容)"
        ),
    ),
    ("figure", re.compile(r"指标|目标值|^\d{4}年?$|^属性$|现状值|基期|年均增|累计")),
    ("nature", re.compile("(?:建设|项目)?性质|建设状态|项目状态|建设阶段|项目阶段|进展|新建.?改建")),
    ("investment", re.compile("投资|资金|经费|估算|概算")),
    ("period", re.compile("年限|起止|工期|时间|年度|周期|开工|竣工|完工|建成|时序|实施期")),
    (
        "place",
        re.compile("地点|地址|所在|位置|地区$|区域$|市州|市（州|县区|区县|市县|县（|属地|地市|涉及|范围$|^市$|^县$"),
    ),
    ("owner", re.compile("单位|部门|责任|业主|主体|牵头|法人")),
    ("content", re.compile("内容|规模|任务|概况|简介|说明|备注")),
    ("category", re.compile("类别|类型|分类|领域|行业|专业|方向")),
    (
        "name",
        re.compile(
            r"(?:项目|工程|线路|路线|园区|景区|机场|水库|站点|平台|通道|名称)(?:（工程）|\(工程\))?名?称?$|^名称|项目名|工程名"
        ),
    ),
)
_TOTAL = re.compile(r"[总合小共]\s*计[:：]?|总\s*投\s*资|总\s*数")
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]+[）)]?[、.．]?\S*|.*[（(]共?\s*\d+\s*[个项条座处][）)]")
_NOTE = re.compile("(?:备注|注释?|说明|(?:计量)?单位|填报\\w*|编制\\w*)[:：]")
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十]+[）)]?[、.．]?|[IVX]+|[A-Z]")
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}[.．、]\s*(?!\d)|[（(]\d{1,3}[）)]\s*|[①-⑳]\s*)")
LONGEST_NAME = 60  # characters; what is longer lists things
GAP = "\u3000"  # between the cells of a row


@dataclass(frozen=True, slots=True)
class Fact:
    """What a row says in one column: `总投资（万元）` 240."""

    role: str  # of ROLES; "" for a column of any other sense
    head: str  # as the table has it
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    # row: a thing with its facts; more: what goes on from the row before; group: a heading; total;
    # figures: of indicators; text: to be read as prose
    kind: str
    cells: tuple[Line, ...]  # its own, in order
    facts: tuple[Fact, ...] = ()
    name: Line | None = None  # the cell that names the thing

    @property
    def body(self) -> Clean:
        """The cells as one text, parted by GAP."""
        text = ""
        offsets: list[int] = []
        for cell in self.cells:
            said = join([cell])
            if text and said.text:
                text += GAP
                offsets.append(offsets[-1] + 1)
            text += said.text
            offsets += said.offsets
        return Clean(text, tuple(offsets), ((0, self.cells[0].page),))

    @property
    def named(self) -> tuple[int, int] | None:
        """Where in `body` the name stands, its number left out."""
        if self.name is None:
            return None
        body, said = self.body, join([self.name])
        start = body.offsets.index(said.offsets[0])
        number = _NUMBERED.match(said.text)
        return start + (number.end() if number else 0), start + len(said.text)


@dataclass(frozen=True, slots=True)
class Head:
    """The heads of a table: the role and words of each column, and the rows that they stand in."""

    roles: tuple[str, ...]
    words: tuple[str, ...]
    first: int = 0
    rows: int = 0

    @property
    def of_projects(self) -> bool:
        """Tell whether a row is a thing: a column names it, and another tells of it."""
        return "name" in self.roles and not self.of_figures and len(set(self.roles) - {"", "number", "name"}) > 0

    @property
    def of_figures(self) -> bool:
        return self.roles.count("figure") > 1 or ("figure" in self.roles and "name" not in self.roles)


def head(grid: Grid) -> Head | None:
    """Return the heads of a table; None where it has none that say what its columns are."""
    for i, row in enumerate(grid.rows[:6]):
        own = _distinct(row)
        if len(own) < 2 or sum(bool(role(_said(cell))) for cell in own) < min(2, len(own)):
            continue
        end = i + 1
        while end < len(grid.rows) - 1 and _is_under(grid.rows[i], grid.rows[end], grid.rows[end + 1]):
            end += 1
        columns = [list(dict.fromkeys(_said(one[at]) for one in grid.rows[i:end])) for at in range(grid.columns)]
        words = tuple("".join(filter(None, column)) for column in columns)
        return Head(_roles(words, columns), words, i, end - i)
    return None


def _roles(words: Sequence[str], columns: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The role of each column, by its first head, else by all of them; one column names the thing."""
    found = [role(column[0]) or role(said) for column, said in zip(columns, words, strict=True)]
    return tuple(one if one != "name" or found.index("name") == at else "" for at, one in enumerate(found))


def role(said: str) -> str:
    """Return what a column with this head tells (see ROLES); "" where the head does not say."""
    if not said or len(said) > 24 or re.search("[。；;]", said):
        return ""
    return next((name for name, pattern in ROLES if pattern.search(said)), "")


def _said(cell: Line) -> str:
    return re.sub(r"\s", "", cell.text)


def _distinct(row: Sequence[Line]) -> list[Line]:
    """The cells of a row that say something, a merged one once."""
    return [cell for cell in {id(cell): cell for cell in row}.values() if cell.bare]


def _is_under(above: Sequence[Line], row: Sequence[Line], after: Sequence[Line]) -> bool:
    """Tell whether `row` is a second row of heads: it shares cells that reach down, or only has heads of parts."""
    shares = any(cell is other and cell.bare for cell, other in zip(above, row, strict=False))
    own = [cell for cell in _distinct(row) if not any(cell is other for other in above)]
    if not own or any(cell is other for cell in own for other in after):
        return shares and bool(own)
    if shares:
        return all(len(_said(cell)) <= 16 for cell in own)
    blank = not row[0].bare
    return blank and all(role(_said(cell)) or re.fullmatch(r"\d{4}年?|[（(].+[）)]", _said(cell)) for cell in own)


def rows(grid: Grid, heads: Head) -> Iterator[Row]:
    """Yield the rows of a table below its heads (`heads.rows` 0: it goes on from one before)."""
    for row in grid.rows[: heads.first]:
        if own := _distinct(row):
            yield Row("more" if _NOTE.match(_said(own[0])) else "group", tuple(own))
    seen: set[int] = {id(cell) for row in grid.rows[heads.first : heads.first + heads.rows] for cell in row}
    for row in grid.rows[heads.first + heads.rows :]:
        own = [cell for cell in _distinct(row) if id(cell) not in seen]
        seen |= {id(cell) for cell in own}
        if own:
            yield _row(row, own, heads)


def _row(row: Sequence[Line], own: list[Line], heads: Head) -> Row:
    cells = {one: cell for one, cell in zip(heads.roles, row, strict=False) if one in {"number", "name"}}
    note = len(own) == 1 and _NOTE.match(_said(own[0]))
    kind = "more" if note else _kind(row, own, heads, cells)
    facts = tuple(
        Fact(of, said, _said(cell))
        for of, said, cell in zip(heads.roles, heads.words, row, strict=False)
        if cell.bare and of not in {"name", "number"}
    )
    return Row(kind, tuple(own), facts if kind in {"row", "more"} else (), cells["name"] if kind == "row" else None)


def _kind(row: Sequence[Line], own: list[Line], heads: Head, cells: dict[str, Line]) -> str:
    first, name, number = own[0], cells.get("name"), cells.get("number")
    if any(_TOTAL.fullmatch(_said(cell)) for cell in own[:2]):
        return "total"
    if heads.of_figures:
        return "figures"
    merged = sum(cell is first for cell in row) > max(1, len(row) // 2)
    ordinal = number is not None and bool(_ORDINAL.fullmatch(_said(number)))
    if merged or ordinal or (len(own) == 1 and (_GROUP.fullmatch(_said(first)) or first is number)):
        return "group"
    if not heads.of_projects or name is None:
        return "text"
    if not name.bare or not any(name is cell for cell in own):
        return "more"
    return "text" if _lists(_said(name), numbered=number is not None and bool(number.bare)) else "row"


def _lists(name: str, *, numbered: bool) -> bool:
    """Tell whether what stands in the column of names is prose, or names several things."""
    plain = re.sub("[（(][^（()）]*[）)]", "", name)
    return len(name) > LONGEST_NAME or bool(re.search("[，。；;]", plain)) or (plain.count("、") > 1 and not numbered)
