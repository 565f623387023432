"""The state of a workspace: what its log adds up to. Nothing else is ever the truth about a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plans.documents import Document
from store.decisions import UNDO, Decision, effective
from store.errors import ConflictError, StoreError
from store.findings import ACCEPTED, OPEN, Finding
from store.verbs import Folding, Publication, apply


@dataclass(frozen=True, slots=True)
class Ground:
    """What decisions are about: the documents as read, their clauses' texts, and the reader's proposals."""

    documents: Mapping[str, Document]
    texts: Mapping[str, str]  # clause id: text
    proposals: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class State:
    """One moment of a workspace: a value. `after` makes the next one."""

    ground: Ground
    log: tuple[Decision, ...] = ()
    findings: Mapping[str, Finding] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    published: Mapping[str, Publication] = field(default_factory=dict)
    matches: Mapping[tuple[str, str], str] = field(default_factory=dict)  # name and place in a list: feature, "" none
    given: Mapping[str, str] = field(default_factory=dict)  # finding: feature id, for good
    versions: Mapping[str, int] = field(default_factory=dict)  # subject: number of decisions about it

    def after(self, more: Iterable[Decision]) -> State:
        """Return the state that `more` decisions lead to; StoreError when one of them cannot be."""
        added = list(more)
        log = (*self.log, *added)
        anew = any(one.verb == UNDO for one in added)
        start = of(self.ground) if anew else self
        folding = Folding(
            self.ground.texts, dict(start.findings), dict(start.documents), dict(start.published), dict(start.matches)
        )
        for one in effective(log) if anew else added:
            apply(folding, one)
        versions, given = dict(self.versions), dict(self.given)
        for one in added:
            given.update(one.content.get("ids", {}))  # an id stays given when the publishing is undone
            for subject in one.seen:
                versions[subject] = versions.get(subject, 0) + 1
        now = (folding.findings, folding.documents, folding.published, folding.matches)
        return State(self.ground, log, *now, given, versions)

    @property
    def last(self) -> Decision | None:
        """The newest decision; None where nothing was decided."""
        return self.log[-1] if self.log else None

    def finding(self, key: str) -> Finding:
        """Return one finding; StoreError when there is none."""
        try:
            return self.findings[key]
        except KeyError:
            raise StoreError(f"工作库中没有“{key}” (no such finding)；它可能已被拆分或撤销，请刷新。") from None

    def of_document(self, slug: str) -> list[Finding]:
        """Return the findings of a document as they stand, in reading order."""
        return [one for one in self.findings.values() if one.document == slug]

    def unseen(self, slug: str) -> int:
        """Return how many findings of a document nobody has decided on."""
        return sum(one.verdict == OPEN for one in self.of_document(slug))

    def accepted(self, slug: str) -> list[Finding]:
        """Return the findings of a document that stand."""
        return [one for one in self.of_document(slug) if one.verdict == ACCEPTED]

    def about(self, subject: str) -> list[Decision]:
        """Return the decisions about a finding or a document, in order."""
        return [one for one in self.log if subject in one.seen]

    def story(self, subject: str) -> list[Decision]:
        """Return the decisions about a finding with the one that made it, where a decision did."""
        made = _MADE.search(subject)
        return [*(one for one in self.log if made and one.number == int(made[1])), *self.about(subject)]

    def check_seen(self, seen: Mapping[str, int]) -> None:
        """Raise ConflictError, with what came between, where a subject is no longer as it was seen."""
        for subject, version in seen.items():
            since = self.about(subject)[version:]
            if version > self.versions.get(subject, 0):
                raise StoreError(f"“{subject}”没有第 {version} 版 (no such version)；请刷新。")
            if since:
                told = "；".join(f"{one.by} {VERBS_ZH[one.verb]}" for one in since)
                raise ConflictError(f"其间已有决定 (decided meanwhile)：{told}。请看过后再定。", tuple(since))

    def undoable(self, number: int) -> Decision:
        """Return the decision `number` if nothing that holds builds on it; StoreError tells what does."""
        one = next((one for one in self.log if one.number == number), None)
        if one is None:
            raise StoreError(f"没有第 {number} 号决定 (no such decision)。")
        made = (subject for subject in self.versions if (by := _MADE.search(subject)) and int(by[1]) == number)
        for subject in made:  # what it added or split off
            if standing := [said for said in self._standing(subject) if said.verb != UNDO]:
                raise _not_newest(number, standing[-1])
        for subject in one.seen:
            standing = [said for said in self._standing(subject) if one.verb == UNDO or said.verb != UNDO]
            if not standing or standing[-1].number != number:
                raise _not_newest(number, standing[-1] if standing else None)
        return one

    def _standing(self, subject: str) -> list[Decision]:
        """The decisions about a subject that hold, with each undoing that may itself be undone."""
        undone: set[int] = set()
        held = []
        verbs = {one.number: one.verb for one in self.about(subject)}
        for one in reversed(self.about(subject)):
            if one.number in undone:
                continue
            target = int(one.content["decision"]) if one.verb == UNDO else 0
            undone.add(target)
            if verbs.get(target) != UNDO:
                held.append(one)
        return held[::-1]


def _not_newest(number: int, last: Decision | None) -> StoreError:
    later = f"第 {last.number} 号（{last.by} {VERBS_ZH[last.verb]}）" if last else "它已被撤销"
    return StoreError(f"第 {number} 号决定不是最后一步 (not the newest)：{later}；请从最后一步撤起。")


_MADE = re.compile(r"/d(\d+)\.\d+$")  # what a decision made bears its number

VERBS_ZH = {
    "accept": "接受", "reject": "否决", "reopen": "待定", "rename": "改名", "reclass": "改类别", "restate": "改状态", "requote": "改引文",
    "place": "定位", "split": "拆分", "merge": "合并", "add": "补充", "note": "存疑", "describe": "改文件信息",
    "publish": "发布", "undo": "撤销", "match": "判断清单",
}  # fmt: skip


def of(ground: Ground) -> State:
    """Return the state in which nothing is decided."""
    return State(ground, (), dict(ground.proposals), dict(ground.documents))
