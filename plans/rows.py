"""A row of a table of projects to the thing that it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plans.clauses import Clause
from plans.lexicon import expanded, status
from plans.mentions import Proposal
from plans.wording import headed

# What only a table says so
_NATURES = {"前期": "preliminary", "已建": "operating", "拟建": "preliminary", "续建项目": "under_construction"}


def row_proposal(
    clause: Clause, kind: Callable[[str, Sequence[str], Sequence[str]], tuple[str, str, float]]
) -> Proposal:
    """Return the thing that a row names; `kind` tells the layer and kind of a name from its headings, and how likely that layer is.

    Its status is what the column of its nature says (续建), word for word, else the heading above it (前期项目).
    """
    assert clause.named is not None
    start, end = clause.named
    name = clause.text[start:end]
    layer, finer, share = kind(name, (), clause.path[:-1])
    said = clause.fact("nature")
    above, stage = headed(clause.path[:-1]) if not said else ("", "mentioned")
    long = expanded(name)
    return Proposal(
        quote=name,
        name=name,
        start=start,
        end=end,
        layer=layer,
        kind=finer,
        status_text=said or above,
        status=(_NATURES.get(said) or status(said, told=clause.reports)) if said else stage,
        aliases=(long,) if long != name else (),
        confidence=share,  # the cell is the name; what it is, is read
    )
