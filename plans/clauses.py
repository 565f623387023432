"""A document's clause tree: 章 节 条 款 专栏 项, with ids built from position and printed pages.

Two written forms occur. A *printed* text has its lines wrapped at the page width, so paragraphs
must be put together again; a *flowing* text has a paragraph a line, now and then cut by a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from plans.clean import Clean, Line, join, lines, width
from plans.documents import Document, document, source_text
from plans.errors import PlanError


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the tree; text and offsets as in `Clean`, empty on mere headings."""

    id: str  # "panxi-2021/c7/s1/p2"
    kind: str  # chapter, section, paragraph, box, item, article
    label: str  # "第七章", "专栏5", "1", "三"; empty on paragraphs
    heading: str  # "建设四川南向开放门户"; a paragraph's lead sentence
    text: str
    offsets: tuple[int, ...]
    pages: tuple[tuple[int, int], ...]  # empty on documents without printed pages
    first_page: int | None
    path: tuple[str, ...]  # headings from the top, this one included

    @property
    def document(self) -> str:
        return self.id.split("/", 1)[0]

    def page_at(self, position: int) -> int | None:
        """Return the printed page of character `position`; None where pages are not printed."""
        if not self.pages:
            return self.first_page
        return max((start, page) for start, page in self.pages if start <= position)[1]


@cache
def clauses(slug: str) -> tuple[Clause, ...]:
    """Return the clauses of the document `slug` in reading order."""
    return tuple(read(document(slug), source_text(document(slug).file)))


@cache
def _by_id(slug: str) -> dict[str, Clause]:
    return {one.id: one for one in clauses(slug)}


def clause(clause_id: str) -> Clause:
    """Return one clause; PlanError when its document or position does not exist."""
    slug = clause_id.split("/", 1)[0]
    try:
        return _by_id(document(slug).slug)[clause_id]
    except KeyError:
        raise PlanError(f"文件“{slug}”中没有条款“{clause_id}” (no such clause)。") from None


def read(doc: Document, source: str) -> Iterator[Clause]:
    """Yield the clauses of `source`, which holds the text of `doc` (and maybe of others)."""
    written = [
        line
        for line in lines(source)
        if (doc.pages is None or doc.pages[0] <= line.page <= doc.pages[1]) and line.bare != doc.title
    ]
    blocks = list(_printed(written) if is_printed(written) else _flowing(written))
    yield from _tree(doc, blocks)


def is_printed(written: list[Line]) -> bool:
    """Tell whether lines are wrapped at a page width: then many break off inside a sentence."""
    broken = sum(width(line.text) > 20 and not _ENDED.search(line.bare) for line in written)
    return broken > 0.3 * len(written)


# ---- blocks: a heading or a whole paragraph --------------------------------------------------

NUMERAL = "一二三四五六七八九十百"
_HEADS = (
    ("chapter", re.compile(rf"(第[{NUMERAL}]+章)\s*(\S.*)")),
    ("section", re.compile(rf"(第[{NUMERAL}]+节)\s*(\S.*)")),
    ("box", re.compile(r"(专栏\s?\d+)\s*(\S.*)")),
)
_ITEM = re.compile(r"(\d+)[　\s]\s*(\S.{0,24})")
_TOP = re.compile(rf"([{NUMERAL}]+)、\s*(\S.*)")
_SUB = re.compile(rf"[（(]([{NUMERAL}]+)[）)]\s*(\S.*)")
_ENDED = re.compile(r"[。！？：:；;…][”’』」）)]*$")
_LEAD = re.compile(r"([^。：:]{2,24})。")


@dataclass(frozen=True, slots=True)
class Block:
    kind: str
    label: str
    heading: str
    body: Clean | None
    page: int


def _printed(written: list[Line]) -> Iterator[Block]:
    """Put wrapped lines together.

    A paragraph ends where a line that closes a sentence is short, or where the next line is an
    indented (narrower) full line that opens with a lead sentence. Lines of a box are wider than
    those of the body: the first narrow unfinished line after a box is body again.
    """
    part: list[Line] = []
    in_box = False
    i = 0

    def flush() -> Iterator[Block]:
        if part:
            yield _paragraph(join(part), part[0].page)
            part.clear()

    while i < len(written):
        line = written[i]
        head = _head(line.bare)
        if head:
            yield from flush()
            kind, label, heading = head
            in_box = kind == "box"
            following = written[i + 1] if i + 1 < len(written) else None
            if following and width(line.text) > 24 and _continues_heading(following):
                heading, i = heading + following.bare, i + 1
            yield Block(kind, label, _tight(heading), None, line.page)
        elif in_box and (item := _ITEM.fullmatch(line.bare)) and _opens_item(line, part):
            yield from flush()
            yield Block("item", item[1], _tight(item[2]), None, line.page)
        else:
            if part and in_box and _leaves_box(part[-1], line):
                yield from flush()
                in_box = False
                yield Block("body", "", "", None, line.page)
            elif part and not in_box and _begins(part[-1], line):
                yield from flush()
            part.append(line)
        i += 1
    yield from flush()


def _head(bare: str) -> tuple[str, str, str] | None:
    for kind, pattern in _HEADS:
        found = pattern.fullmatch(bare)
        if found and not bare.endswith("。"):
            return kind, re.sub(r"\s", "", found[1]), found[2]
    return None


def _continues_heading(following: Line) -> bool:
    return not _head(following.bare) and width(following.text) < 20 and not _ENDED.search(following.bare)


def _opens_item(line: Line, part: list[Line]) -> bool:
    """An item opens a box or follows a closed sentence; its number and title stand alone."""
    return (not part or bool(_ENDED.search(part[-1].bare))) and not _ENDED.search(line.bare)


def _leaves_box(last: Line, line: Line) -> bool:
    return bool(_ENDED.search(last.bare)) and not _ENDED.search(line.bare) and width(line.text) < 32


def _begins(last: Line, line: Line) -> bool:
    if not _ENDED.search(last.bare):
        return False
    if width(last.text) < 25:
        return True
    lead = re.match(r"[^。]{2,25}。 \S", line.bare)
    return bool(lead) and width(line.text) <= 27.5


def _tight(text: str) -> str:
    """Drop the white space of a heading that was spaced out for print."""
    return re.sub(r"\s+", "", text)


def _paragraph(body: Clean, page: int) -> Block:
    lead = _LEAD.match(body.text)
    named = lead is not None and lead.end() < len(body.text)
    return Block("paragraph", "", lead[1] if named and lead else "", body, page)


def _flowing(written: list[Line]) -> Iterator[Block]:
    """Read a text with a paragraph a line; a line that a page has cut is joined to the next."""
    part: list[Line] = []
    for line in _without_front_matter(written):
        if _CAPTION.search(line.bare):
            continue
        if part and not _ENDED.search(part[-1].bare):
            part.append(line)
        elif (head := _head(line.bare) or _short_head(line.bare)) is not None:
            if part:
                yield _numbered(part)
            part = []
            yield Block(head[0], head[1], head[2], None, line.page)
        else:
            if part:
                yield _numbered(part)
            part = [line]
    if part:
        yield _numbered(part)


_CAPTION = re.compile(r"(\s摄|供图|^华西都市报封面新闻记者.*)$")


def _without_front_matter(written: list[Line]) -> Iterator[Line]:
    """Leave out YAML front matter, Markdown titles and quotations (title and adoption note)."""
    fenced = bool(written) and written[0].bare == "---"
    bold = False
    for i, line in enumerate(written):
        if fenced:
            fenced = i == 0 or line.bare != "---"
            continue
        opens, closes = line.bare.startswith("**"), line.bare.endswith("**")
        if opens or bold:
            bold = not closes
        elif not line.bare.startswith(">"):
            yield line


def _short_head(bare: str) -> tuple[str, str, str] | None:
    """A line of its own, without a full stop, is a heading: `一、…`, `（一）…`, or a bare title."""
    if (_ENDED.search(bare) and not bare.endswith(("：", ":"))) or len(bare) > 45:
        return None
    if found := _TOP.fullmatch(bare):
        return "chapter", found[1], _tight(found[2])
    if found := _SUB.fullmatch(bare):
        return "section", found[1], _tight(found[2])
    if bare.startswith("——") or (re.search("[，,；《]", bare) and "： " not in bare):
        return None
    return "title", "", bare


def _numbered(part: list[Line]) -> Block:
    """A paragraph, or an article where it opens with `一、` or `（一）`."""
    body = join(part)
    found = _SUB.fullmatch(body.text) or _TOP.fullmatch(body.text)
    if not found:
        return Block("paragraph", "", "", body, part[0].page)
    lead = _LEAD.match(found[2])
    named = lead is not None and lead.end() < len(found[2])
    return Block("article", found[1], lead[1] if named and lead else "", body, part[0].page)


# ---- the tree --------------------------------------------------------------------------------


class _Position:
    """Where the reading stands: the open chapter, section, box, item and article."""

    def __init__(self, root: str, flat_articles: bool) -> None:
        self.root = root
        self.flat_articles = flat_articles
        self.open: list[tuple[str, str, str]] = []  # (kind, id part, heading shown in the path)
        self.count: Counter[str] = Counter()

    def enter(self, kind: str, part: str, shown: str) -> None:
        self.open.append((kind, part, shown))

    def leave(self, kinds: Iterable[str]) -> None:
        while self.open and self.open[-1][0] in kinds:
            self.open.pop()

    @property
    def id(self) -> str:
        parts = [part for kind, part, _ in self.open]
        for i, (kind, _, _) in enumerate(self.open):
            if kind == "box" or (kind == "article" and self.flat_articles):
                parts = parts[i:]  # boxes and numbered articles count through the whole document
                break
        return "/".join([self.root, *parts])

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(shown for _, _, shown in self.open if shown)

    def next(self, prefix: str) -> str:
        key = f"{self.id}/{prefix}"
        self.count[key] += 1
        return f"{prefix}{self.count[key]}"


_BELOW = {
    "chapter": ("chapter", "section", "article", "box", "item"),
    "section": ("section", "article", "box", "item"),
    "article": ("article", "box", "item"),
    "box": ("article", "box", "item"),
    "item": ("item",),
}


def _tree(doc: Document, blocks: list[Block]) -> Iterator[Clause]:
    articles = [block.label for block in blocks if block.kind == "article"]
    at = _Position(doc.slug, flat_articles=len(set(articles)) == len(articles))
    started = False  # titles and addressees before the first text are not clauses
    item: Block | None = None
    for block in _titled(doc, blocks):
        if item:
            if block.kind == "paragraph":  # the text of a box item is the item's own
                yield _clause(doc, at.id, replace(item, body=block.body), at.path)
                item = None
                continue
            yield _clause(doc, at.id, item, at.path)
            item = None
        if block.kind == "body":
            at.leave(("box", "item"))
        elif block.kind in ("chapter", "section", "box", "item"):
            started = True
            at.leave(_BELOW[block.kind])
            part = (
                at.next(block.kind[0])
                if block.kind in ("chapter", "section")
                else (f"b{block.label[2:]}" if block.kind == "box" else f"i{block.label}")
            )
            at.enter(block.kind, part, _shown(block))
            if block.kind == "item":
                item = block
            else:
                yield _clause(doc, at.id, block, at.path)
        elif block.kind == "article":
            started = True
            at.leave(_BELOW["article"])
            at.enter("article", f"a{numeral(block.label)}", _article(block))
            at.next("p")  # the article's own text is its first paragraph (第一款)
            yield _clause(doc, at.id, block, at.path)
        elif block.kind == "paragraph" and block.body:
            if not at.open and not started and not block.body.text.endswith("。"):
                continue
            path = (*at.path, block.heading) if block.heading else at.path
            yield _clause(doc, f"{at.id}/{at.next('p')}", block, path)
    if item:
        yield _clause(doc, at.id, item, at.path)


def _titled(doc: Document, blocks: list[Block]) -> Iterator[Block]:
    """Interviews are headed by bare titles: the speaker's is a chapter, the others sections."""
    pending: Block | None = None
    for block in blocks:
        if block.kind != "title":
            if pending:
                yield pending
                pending = None
            yield block
        elif doc.kind != "interview":
            continue
        elif "：" in block.heading:
            pending = replace(block, kind="chapter")
        elif pending:
            pending = replace(pending, heading=f"{pending.heading}{block.heading}")
        else:
            pending = replace(block, kind="section")


def _article(block: Block) -> str:
    """The number of an article as it is written, and its lead: `（三）推进综合运输通道建设`, `六、`."""
    written = re.match(r"[（(].+?[)）]|.+?、", block.body.text) if block.body else None
    return (written[0] if written else block.label) + block.heading


def _shown(block: Block) -> str:
    if block.kind in ("box", "item") or block.label.startswith("第"):
        return f"{block.label} {block.heading}"
    if not block.label:
        return block.heading
    return f"（{block.label}）{block.heading}" if block.kind == "section" else f"{block.label}、{block.heading}"


def _clause(doc: Document, clause_id: str, block: Block, path: tuple[str, ...]) -> Clause:
    body = block.body
    return Clause(
        id=clause_id,
        kind=block.kind,
        label=block.label,
        heading=block.heading,
        text=body.text if body else "",
        offsets=body.offsets if body else (),
        pages=body.pages if body and doc.pages else (),
        first_page=block.page if doc.pages else None,
        path=path,
    )


def numeral(text: str) -> int:
    """Return the value of a Chinese numeral up to 99: 十八 → 18."""
    digits = {char: value for value, char in enumerate("〇一二三四五六七八九")}
    tens, ten, units = text.rpartition("十")
    if not ten:
        return digits[text]
    return (digits[tens] if tens else 1) * 10 + (digits[units] if units else 0)
