"""A library: some documents with their clauses, and what the reviewed records say that they name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from plans.clauses import Clause, read
from plans.coverage import Dismissal, Unit, coverage, dismissal
from plans.documents import Document
from plans.errors import PlanError
from plans.features import Feature, Mention, anchor, gathered
from plans.records import Records, Row
from plans.targets import Target, target


class Library:
    """Documents and what they name: an immutable value, derived from records when first asked for.

    A library made beside another (`base`) shares with it all that the other has already.
    """

    def __init__(self, records: Records, base: Library | None = None) -> None:
        """Hold `records`; those of `base`, if there is one, are among them."""
        self.records = records
        self._base = base

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents in order of issue."""
        return self.records.documents

    def document(self, name: str) -> Document:
        """Return the document with this slug or title; PlanError lists the slugs."""
        for one in self.documents:
            if name in (one.slug, one.title, one.short):
                return one
        known = "、".join(one.slug for one in self.documents)
        raise PlanError(f"没有文件“{name}” (unknown document)。可用的文件：{known}")

    # ---- clauses -------------------------------------------------------------------------------

    def clauses(self, slug: str) -> tuple[Clause, ...]:
        """Return the clauses of the document `slug` in reading order."""
        return tuple(self._clauses[slug].values())

    def clause(self, clause_id: str) -> Clause:
        """Return one clause; PlanError when its document or position does not exist."""
        slug = self.document(clause_id.split("/", 1)[0]).slug
        try:
            return self._clauses[slug][clause_id]
        except KeyError:
            raise PlanError(f"文件“{slug}”中没有条款“{clause_id}” (no such clause)。") from None

    @cached_property
    def _clauses(self) -> dict[str, dict[str, Clause]]:
        shared = self._base._clauses if self._base else {}
        texts = self.records.texts
        return {
            one.slug: shared.get(one.slug) or {clause.id: clause for clause in read(one, texts[one.file])}
            for one in self.documents
        }

    # ---- what they name ------------------------------------------------------------------------

    @cached_property
    def _mentions(self) -> dict[str, tuple[Mention, ...]]:
        """The mentions of each document."""
        shared = self._base._mentions if self._base else {}
        return {one.slug: shared.get(one.slug) or tuple(self._anchored(one.slug)) for one in self.documents}

    def _anchored(self, slug: str) -> Iterator[Mention]:
        for row in self.records.mentions.get(slug, ()):
            yield anchor(row, self.clause(row["clause"]))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every reviewed mention in order of issue; PlanError when an anchor is broken."""
        return tuple(mention for of_document in self._mentions.values() for mention in of_document)

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """Every feature in the order of its id; PlanError when one has no mention."""
        found = gathered(self.records.features, self.mentions)
        if self._base is None:
            return found
        shared = self._base._features
        return tuple(shared[one.id] if shared.get(one.id) == one else one for one in found)

    @cached_property
    def _features(self) -> dict[str, Feature]:
        return {one.id: one for one in self.features}

    def feature(self, feature_id: str) -> Feature:
        """Return the feature with this id; PlanError when there is none."""
        try:
            return self._features[feature_id]
        except KeyError:
            raise PlanError(f"没有编号为“{feature_id}”的要素 (no such feature)；编号形如 f-00123。") from None

    # ---- what they leave off, and state --------------------------------------------------------

    def dismissals(self, slug: str) -> tuple[Dismissal, ...]:
        """Return what of a document is left off the map; PlanError when a record is not anchored."""
        return tuple(dismissal(row, self.clause(row["clause"])) for row in self.records.dismissed.get(slug, ()))

    def coverage(self, slug: str) -> Iterator[Unit]:
        """Yield every unit of a document in reading order: what it names, or why it is not on the map."""
        return coverage(self.clauses(slug), self._mentions[slug], self.dismissals(slug))

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every stated number in the order of the records; PlanError when a record breaks its contract."""
        return tuple(self._target(row) for row in self.records.targets)

    def _target(self, row: Row) -> Target:
        return target(row, self.clause(row["clause"]))
