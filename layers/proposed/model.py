"""The reader's model: made anew from reviewed records, named by the hash of its data, never by a worse one replaced."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layers.proposed.held_out import Reading, learn_trust, readings
from plans.documents import DATA
from plans.library import Library
from plans.reader import training
from plans.reader.reader import KINDS, TAGGER
from plans.reader.trust import STEPS, TRUST
from plans.records import Records

ABOUT = "about.json"
SLACK = 0.002  # F1 below which two models are as good as each other


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a model: its data, and its leave-one-out figures by document."""

    data: str  # sha256, hex
    f1: dict[str, float]  # over all layers, by document
    told: tuple[str, ...] = ()  # its figures and its calibration, as they were printed

    @property
    def figure(self) -> float:
        """The mean over its documents."""
        return sum(self.f1.values()) / max(1, len(self.f1))


@dataclass(frozen=True, slots=True)
class Made:
    """A model that was made: its figures, and the records that it is trained on."""

    records: Records
    data: str
    readings: tuple[Reading, ...]

    @property
    def f1(self) -> dict[str, float]:
        return {one.slug: round(one.count.f1("all"), 4) for one in self.readings}

    @property
    def figure(self) -> float:
        return About(self.data, self.f1).figure

    def as_good_as(self, kept: About) -> bool:
        """Tell whether it reads the documents that both know no worse than `kept`."""
        both = [slug for slug in self.f1 if slug in kept.f1]
        mine, theirs = (sum(of[slug] for slug in both) / max(1, len(both)) for of in (self.f1, kept.f1))
        return mine >= theirs - SLACK

    def write(self, folder: Path, told: Sequence[str]) -> None:
        """Train on all documents and put the model with what is told of it into `folder`, all of it or nothing."""
        with tempfile.TemporaryDirectory() as made:
            library = Library(self.records)
            training.train(library, [one.slug for one in library.documents], Path(made))
            learn_trust(self.readings, Path(made))
            about = {"data": self.data, "f1": self.f1, "told": list(told)}
            (Path(made) / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            folder.mkdir(parents=True, exist_ok=True)
            for name in (TAGGER, KINDS, TRUST, STEPS, ABOUT):
                shutil.copy(Path(made) / name, folder / f"{name}.new")
            for name in (TAGGER, KINDS, TRUST, STEPS, ABOUT):
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
    return About(told["data"], told["f1"], tuple(told["told"]))


def data_hash(records: Records) -> str:
    """Return a hash over all that a model is made of: records and texts, written sentences, the lexicon, the places."""
    found = hashlib.sha256(records.digest().encode())
    files = (DATA / "lexicon.toml", DATA / "geometry" / "places.csv", *sorted((DATA / "training").glob("*.txt")))
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()
