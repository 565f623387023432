"""Words selected in a clause become a quote with its verb, or a thing with its layer, kind and place."""

from __future__ import annotations

import pytest

from plans.clauses import read
from plans.reading import as_document
from store import StoreError
from store.selected import added_at, said_at
from tests.store.conftest import PLAN

PLACES = {"basis": "text", "lon": "", "lat": "", "precision": "", "error_km": "", "source": "", "via": ""}


@pytest.fixture(scope="module")
def clauses(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "攀枝花.txt"
    path.write_text(PLAN)
    return {one.id.split("/", 1)[1]: one for one in read(as_document(path, PLAN), PLAN)}


def words(clauses, where, quote, nth=1):
    clause, start = clauses[where], -1
    for _ in range(nth):
        start = clauses[where].text.index(quote, start + 1)
    return clause, start, start + len(quote)


@pytest.mark.parametrize(
    ("where", "quote", "status", "verb"),
    [
        pytest.param("c1/s1/p1", "内畅外联的综合交通体系", "completing", "基本建成", id="the-reader-saw-nothing"),
        pytest.param("c2/s1/p1", "米易至会理高速公路", "starting", "开工建设", id="what-the-reader-saw"),
        pytest.param("c2/s2/p1", "盐边机场", "study", "研究论证", id="second-verb-of-a-sentence"),
        pytest.param("c2/s1/p1", "盐边县现代农业", "building", "推进…建设", id="a-part-of-what-it-saw"),
        pytest.param("c1/s1/p1", "到2030年", "mentioned", "", id="no-verb"),
    ],
)
def test_selected_words_have_the_verb_that_governs_them(clauses, where, quote, status, verb):
    said = said_at(*words(clauses, where, quote))
    assert (said.quote, said.nth, said.status, said.status_text) == (quote, 1, status, verb)


def test_space_round_the_words_is_left_out(clauses):
    clause, start, _ = words(clauses, "c2/s2/p1", "机场", nth=2)
    assert (said_at(clause, start, start + 2).quote, said_at(clause, start, start + 2).nth) == ("机场", 2)
    with pytest.raises(StoreError, match="nothing selected"):
        said_at(clause, 3, 3)


def test_a_thing_is_proposed_as_the_reader_does(clauses):
    added = added_at(*words(clauses, "c2/s2/p1", "米易机场"))
    assert (added["name"], added["layer"], added["kind"]) == ("米易机场", "transport", "transport_airport")
    assert added["place"] == {**PLACES, "places": "510421"}
    missed = added_at(*words(clauses, "c1/s1/p1", "综合交通体系"))
    assert missed["place"] == {**PLACES, "places": "510400", "basis": "guess"}
    assert [one["status_text"] for one in missed["said"]] == ["基本建成"]
