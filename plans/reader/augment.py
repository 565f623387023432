"""More sentences from those there are: other places, own names, nouns and verbs put in, the marks kept.

What is put in is drawn at random, with a seed: training twice gives the same model.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from random import Random

from plans import words as lexicon
from plans.documents import DATA
from plans.lexicon import head_noun, meaning, place_names, short_characters, words
from plans.reader.examples import Example

DISTRICTS = 0.9  # of the places that are put in, the others are towns
SHARE = 0.5  # of what can be replaced, how much is
Edit = tuple[int, int, str]


def varied(example: Example, random: Random) -> Example:
    """Return a sentence of the same form about other things."""
    edits = sorted({edit[:2]: edit for edit in _edits(example, random)}.values())
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return _edited(example, kept)


def _edits(example: Example, random: Random) -> list[Edit]:
    found: list[Edit] = []
    for start, end in example.names:
        found += [(start + a, start + b, new) for a, b, new in _in_name(example.text[start:end], random)]
    taken = {i for start, end in example.names for i in range(start, end)}
    for start, end in lexicon.verbs().spans(example.text):
        if start not in taken and random.random() < SHARE / 2:
            found.append((start, end, random.choice(_verbs()[meaning("verb", example.text[start:end])])))
    return found


def _in_name(name: str, random: Random) -> list[Edit]:
    """What to put into a name: for each place another, for its own name that of some town, for its noun a like one."""
    found: list[Edit] = []
    head = head_noun(name)
    own_end = head.start if head else 0
    places = lexicon.places().spans(name[:own_end] if head else name)
    for start, end in places:
        if random.random() < SHARE:
            found.append((start, end, random.choice(_places() if random.random() < DISTRICTS else _full_towns())))
    for part in re.finditer("[\\u4e00-\\u9fff]{2,4}", name[:own_end]):
        inside = any(start < part.end() and part.start() < end for start, end in places)
        if inside or lexicon.general().found(part[0]) or random.random() > SHARE:
            continue
        short = set(part[0]) <= short_characters()
        new = "".join(random.sample(_short(), len(part[0]))) if short else random.choice(_towns())
        found.append((*part.span(), new))
    if head and not head.weak and name.endswith(name[head.start :]) and random.random() < SHARE / 2:
        noun = name[head.start :]
        like = _nouns()[head.layer, head.kind]
        if noun in like:
            found.append((head.start, len(name), random.choice(like)))
    return found


def _edited(example: Example, edits: list[Edit]) -> Example:
    """Apply edits that do not overlap, from the left, and move the marks with them."""
    text, at = "", 0
    shifts: list[tuple[int, int]] = []  # (from here on, characters added)
    added = 0
    for start, end, new in edits:
        text += example.text[at:start] + new
        at = end
        added += len(new) - (end - start)
        shifts.append((end, added))
    text += example.text[at:]
    names, shared = (
        tuple((_moved(a, shifts), _moved(b, shifts)) for a, b in of) for of in (example.names, example.shared)
    )
    return Example(text, names, shared)


def _moved(place: int, shifts: list[tuple[int, int]]) -> int:
    return place + max((shift for shift in shifts if shift[0] <= place), default=(0, 0))[1]


@cache
def _places() -> list[str]:
    return sorted(name for name in place_names() if len(name) <= 4)


@cache
def _full_towns() -> list[str]:
    return sorted(lexicon.towns())


@cache
def _short() -> list[str]:
    return sorted(short_characters())


@cache
def _towns() -> list[str]:
    """The names of towns and townships without 镇 and 乡: two or three characters that no other word has."""
    with (DATA / "geometry" / "towns.csv").open(encoding="utf-8", newline="") as file:
        full = {town for row in csv.DictReader(file) for town in row["towns"].split()}
    short = {re.sub("(?:[^族]*族)?[镇乡]$", "", town) for town in full if not town.endswith(("街道", "苏木"))}
    return sorted(name for name in short if 2 <= len(name) <= 3)


@cache
def _nouns() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for noun in words("noun"):
        if "*" not in noun:
            layer, kind = meaning("noun", noun).split("/")
            found[layer, kind].append(noun)
    return found


@cache
def _verbs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for verb in words("verb"):
        found[meaning("verb", verb)].append(verb)
    return found
