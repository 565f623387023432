"""The sentences of a clause, and whether each tells what has been done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.clause import Clause
from plans.reader.examples import sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands."""

    clause: Clause
    start: int  # in the clause's text
    text: str
    past: bool  # it looks back

    @property
    def told(self) -> bool:
        """Tell whether it reports what has been done."""
        return self.clause.reports or self.past


def told_sentences(clause: Clause) -> Iterator[Sentence]:
    """Yield the sentences of a clause in order."""
    past, bulletin = False, bool(_BULLETIN.search(clause.document.title))
    for start, end in sentences(clause.text):
        past = looks_back(clause.text[start:end], past)
        yield Sentence(clause, start, clause.text[start:end], past or bulletin)


def looks_back(sentence: str, before: bool) -> bool:
    """Tell whether a sentence reports what has been done; it goes on until one looks ahead."""
    if _AHEAD.search(sentence):
        return False
    return bool(_BACK.match(sentence)) or before


_BACK = re.compile(
    "(?:[^,，。]{0,6})(?:过去一年|截至20\\d\\d年|一年来|[五四三]年来|去年|上年|20\\d\\d年以来|“十[三四]五”(?:时期|期间|以来))"
)
# 全省一季度重大水利工程进展: all of it reports, but for what it says of the time to come
_BULLETIN = re.compile(
    "(?:进展|推进|建设|完成|实施)(?:情况)?(?:如火如荼|盘点|通报|综述|回眸)$|进展(?:情况)?$"
    "|(?:开工|通车|竣工|投产|投运|启用)(?:仪式举行|了)?$"
)
THIS_YEAR = "今年(?!以来|第?[一二三]季度|前三季度|上半年|[1-9])"  # the rest of it
_AHEAD = re.compile(f"{THIS_YEAR}|明年|下一步|未来|到20\\d\\d年|“十[五六]五”|要[重着]|将(?!军)|力争|争取|预期|目标")
