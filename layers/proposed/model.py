"""The reader's model: made anew from reviewed records, named by the hash of its data, never by a worse one replaced."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from layers.proposed.held_out import Reading, learn_trust, readings
from plans.documents import DATA
from plans.errors import PlanError
from plans.library import Library
from plans.reader import training
from plans.reader.reader import KINDS, STAGES, TAGGER
from plans.reader.trust import STEPS, TRUST
from plans.records import Records, read_export, read_records

ABOUT = "about.json"
EXPORTED = "decisions.csv"  # by this file an exported workspace is known
COUNTING = "inner names count for nothing"  # figures that were counted otherwise say nothing beside these
SLACK = 0.002  # F1 below which two models are as good as each other


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a model: its data, and its leave-one-out figures by document."""

    data: str  # sha256, hex
    f1: dict[str, float]  # over all layers, by document
    records: dict[str, str]  # sha256, hex, of what was reviewed of each document when it was measured
    told: tuple[str, ...] = ()  # its figures and its calibration, as they were printed
    counting: str = COUNTING  # how its figures were counted


@dataclass(frozen=True, slots=True)
class Compared:
    """Two models over the documents on which both were measured, by the same records."""

    documents: tuple[str, ...]  # () where the figures of the two say nothing about each other
    mine: float  # mean F1
    theirs: float

    @property
    def as_good(self) -> bool:
        return bool(self.documents) and self.mine >= self.theirs - SLACK


@dataclass(frozen=True, slots=True)
class Made:
    """A model that was made: its figures, and the records that it is trained on."""

    records: Records
    data: str
    readings: tuple[Reading, ...]

    @property
    def about(self) -> About:
        """What is told of it, without its figures in words."""
        f1 = {one.slug: round(one.count.f1("all"), 4) for one in self.readings}
        return About(self.data, f1, {slug: self.records.digest_of(slug) for slug in f1})

    def compared(self, kept: About) -> Compared:
        """Compare it with the model in use, where both were measured on the same and counted alike: a record changed since is another."""
        mine = self.about
        alike = kept.counting == mine.counting
        same = [slug for slug, of in mine.records.items() if alike and kept.records.get(slug) == of and slug in kept.f1]
        return Compared(tuple(same), mean(mine.f1, same), mean(kept.f1, same))

    def write(self, folder: Path, told: Sequence[str]) -> None:
        """Train on all documents and put the model with what is told of it into `folder`, all of it or nothing."""
        with tempfile.TemporaryDirectory() as made:
            library = Library(self.records)
            training.train(library, [one.slug for one in library.documents], Path(made))
            learn_trust(self.readings, Path(made))
            about = asdict(replace(self.about, told=tuple(told)))
            (Path(made) / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            folder.mkdir(parents=True, exist_ok=True)
            for name in (TAGGER, KINDS, STAGES, TRUST, STEPS, ABOUT):
                shutil.copy(Path(made) / name, folder / f"{name}.new")
            for name in (TAGGER, KINDS, STAGES, TRUST, STEPS, ABOUT):
                (folder / f"{name}.new").replace(folder / name)


def make(records: Records, processes: int) -> Made:
    """Read each document by a model that has not seen it; the model itself is trained when it is written."""
    return Made(records, data_hash(records), tuple(readings(records, processes)))


def known(folder: Path) -> About | None:
    """Return what is told of the model in `folder`; None where there is none."""
    try:
        told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return About(told["data"], told["f1"], told.get("records", {}), tuple(told["told"]), told.get("counting", ""))


def mean(f1: Mapping[str, float], slugs: Iterable[str]) -> float:
    """Return the mean over the documents `slugs`; 0 for none."""
    figures = [f1[slug] for slug in slugs]
    return sum(figures) / max(1, len(figures))


def reviewed(folders: Iterable[Path]) -> Records:
    """Return the reviewed records of the atlas and of `folders`, laid out like data/ or exported from a workspace.

    PlanError where two of them hold documents or features under one name.
    """
    found = read_records(DATA)
    for folder in folders:
        more = read_export(folder) if (folder / EXPORTED).exists() else read_records(folder)
        both = {one.slug for one in found.documents} & {one.slug for one in more.documents}
        both |= {row["id"] for row in found.features} & {row["id"] for row in more.features}
        if both:
            raise PlanError(f"“{folder}”中的 {min(both)} 已有 (there already)：两处的编号不能相同。")
        found = found.joined(more)
    return found


def data_hash(records: Records) -> str:
    """Return a hash over all that a model is made of: records and texts, written sentences, the lexicon, the places."""
    found = hashlib.sha256(records.digest().encode())
    files = (DATA / "lexicon.toml", DATA / "geometry" / "places.csv", *sorted((DATA / "training").rglob("*.txt")))
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()
