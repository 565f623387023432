"""A document's clause tree: 章 节 条 款 专栏 项, with ids built from position and printed pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from plans.blocks import Block, blocks
from plans.clause import Anchored, Clause
from plans.clean import lines
from plans.documents import Document
from plans.nesting import nested
from plans.sources.forms import outline_of, parsed
from plans.sources.source import Left

__all__ = ["Anchored", "Clause", "numeral", "read", "read_new"]


def read(doc: Document, source: str) -> Iterator[Clause]:
    """Yield the clauses of `source`, which holds the text of `doc` (and maybe of others).

    The documents of the atlas keep the ids that they have; a new plan is read by its form.
    """
    if doc.form:
        yield from read_new(doc, source)[0]
        return
    written = [
        line
        for line in lines(source)
        if (doc.pages is None or doc.pages[0] <= line.page <= doc.pages[1]) and line.bare != doc.title
    ]
    yield from _tree(doc, list(blocks(written)))


def read_new(doc: Document, source: str) -> tuple[list[Clause], list[Left]]:
    """Return the clauses of a new plan in reading order, and what of its text is no part of them, and why."""
    held = parsed(doc.form, source)
    found, heads = nested(doc, outline_of(doc.form, source))
    return found, sorted((*held.left, *heads), key=lambda one: one.start)


class _Position:
    """Where the reading stands: the open chapter, section, box, item and article."""

    def __init__(self, root: str, flat_articles: bool) -> None:
        self.root = root
        self.flat_articles = flat_articles
        self.open: list[tuple[str, str, str]] = []  # (kind, id part, heading shown in the path)
        self.count: Counter[str] = Counter()

    def enter(self, kind: str, part: str, shown: str) -> None:
        """Open a part of the tree below what is open."""
        self.open.append((kind, part, shown))

    def leave(self, kinds: Iterable[str]) -> None:
        """Close the open parts of these kinds."""
        while self.open and self.open[-1][0] in kinds:
            self.open.pop()

    @property
    def id(self) -> str:
        """The id of the innermost open part."""
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
        """Count on below the innermost open part: p1, p2 …"""
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


def _tree(doc: Document, found: list[Block]) -> Iterator[Clause]:
    articles = [block.label for block in found if block.kind == "article"]
    at = _Position(doc.slug, flat_articles=len(set(articles)) == len(articles))
    started = False  # titles and addressees before the first text are not clauses
    item: Block | None = None
    for block in _titled(doc, found):
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


def _titled(doc: Document, found: list[Block]) -> Iterator[Block]:
    """Interviews are headed by bare titles: the speaker's is a chapter, the others sections."""
    pending: Block | None = None
    for block in found:
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
        document=doc,
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
    """Return the value of a well-formed Chinese numeral up to 999: 十八 → 18, 一百零二 → 102."""
    digits = {char: value for value, char in enumerate("零一二三四五六七八九")}
    hundreds, _, rest = text.rpartition("百")
    tens, ten, units = rest.rpartition("十")
    value = 100 * digits[hundreds] if hundreds else 0
    value += 10 * (digits[tens] if tens else 1) if ten else 0
    return value + sum(digits[char] for char in units)
