"""Which class a name or a wording belongs to: maximum entropy over signs, a field of one item (python-crfsuite)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pycrfsuite

from plans import words
from plans.lexicon import head_noun, meaning
from plans.reader.signs import PLACE, plain

SETTINGS = {"c1": 0.1, "c2": 0.02, "max_iterations": 80, "feature.minfreq": 1}


class Classes:
    """A trained classifier, read from a file."""

    def __init__(self, path: Path) -> None:
        """Open the model at `path`."""
        self._model = pycrfsuite.Tagger()
        self._model.open(str(path))
        self._groups: dict[str, list[str]] = defaultdict(list)
        for label in self._model.labels():
            self._groups[label.partition("/")[0]].append(label)

    def likelihood(self, signs: Sequence[str], label: str) -> float:
        """Return how likely a class is; 0 for one that was not learned."""
        if label not in self._groups.get(label.partition("/")[0], ()):
            return 0.0
        self._model.set(pycrfsuite.ItemSequence([signs]))
        return float(self._model.marginal(label, 0))

    def likeliest(self, signs: Sequence[str], among: Callable[[str], bool] = bool) -> tuple[str, float]:
        """Return the likeliest class of the likeliest group (`transport` of `transport/bridge`), and how likely that group is.

        `among` tells which groups it can be of.
        """
        self._model.set(pycrfsuite.ItemSequence([signs]))
        best = self._model.tag()[0]
        share = self._share(group := best.partition("/")[0])
        if share < 0.5 or not among(group):  # classes of another group may be likelier together
            share, group = max((self._share(group), group) for group in filter(among, self._groups))
            best = max(self._groups[group], key=lambda label: self._model.marginal(label, 0))
        return str(best), share

    def _share(self, group: str) -> float:
        return sum(float(self._model.marginal(label, 0)) for label in self._groups[group])


def train(examples: Iterable[tuple[Sequence[str], str]], path: Path, **settings: float) -> None:
    """Learn from signs, each with its class, and write the model to `path`; `settings` change those of CRFsuite."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for signs, label in examples:
        trainer.append(pycrfsuite.ItemSequence([signs]), [label])
    trainer.set_params({**SETTINGS, **settings})
    trainer.train(str(path))


def kind_signs(name: str, around: Sequence[str] = (), path: Sequence[str] = ()) -> list[str]:
    """What tells the layer and kind of a name: its head noun, how it ends, the names in its sentence, the headings."""
    masked = masked_name(name)
    head = head_noun(name)
    found = ["b", f"h{head.layer}", f"k{head.kind}", f"n{name[head.start :]}", f"w{head.weak}"] if head else ["b", "h-"]
    found += [f"e{masked[-size:]}" for size in range(1, 7)]
    found += [f"2{masked[i : i + 2]}" for i in range(max(0, len(masked) - 14), len(masked) - 1)]
    found += [f"3{masked[i : i + 3]}" for i in range(max(0, len(masked) - 10), len(masked) - 2)]
    layers = Counter(other.layer for text in around if text != name and (other := head_noun(text)))
    found += [f"a{layer}" for layer, _ in layers.most_common(2)]
    found += [sign for sign, of in _TELLING.items() if of.search(name)]
    return found + [f"t{topic}" for topic in topics(path)]


_TELLING = {  # what says the layer from within a name
    "i-water": re.compile("引.{1,4}[济入补]|(?:调|引|供|输|补)水"),
    "i-farm": re.compile("[0-9万]亩|万[头羽只]|粮|茶|柑橘|果|蔬|稻|高粱|畜|牧"),
    "i-abroad": re.compile("中[德法日韩英意新欧]|欧美|海峡两岸|国际合作"),
}


def topics(path: Sequence[str]) -> tuple[str, ...]:
    """The layers that the last headings are about, each once."""
    said = [meaning("topic", word) for heading in path[-2:] for word in words.topics().found(heading)]
    return tuple(dict.fromkeys(said))


def masked_name(name: str) -> str:
    """Return `name` with each place as one sign, and digits and letters masked."""
    text, at = plain(name), 0
    parts = []
    for start, end in words.places().spans(text):
        parts += [text[at:start], PLACE]
        at = end
    whole = "".join([*parts, text[at:]])
    return "".join("0" if char.isdigit() else "A" if char.isascii() and char.isalpha() else char for char in whole)
