"""Values written as YAML: the reader gives them back, and the text is what people would write."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from checker.text import parse
from checker.text.writing import yaml_text

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=200),
    st.sampled_from(
        ["yes", "No", "null", "~", "1", "1.50", "a: b", "a #b", "on", "- a", "[x", "%d/%m/%Y", "a, b", "x:"]
    ),
)
SCALARS = st.one_of(TEXTS, st.booleans(), st.integers(-(10**6), 10**6), st.decimals(-1000, 1000, places=2))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=6), st.dictionaries(TEXTS, inner, min_size=1, max_size=6)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["source", "stages", "fields"]), VALUES, min_size=1))
def test_what_is_written_is_read_as_the_same(values):
    read = parse(yaml_text(values))

    assert values == read.values


def test_short_things_stand_on_one_line_and_quotes_only_where_they_are_needed():
    values = {
        "source": {
            "timezone": "America/Sao_Paulo",
            "files": {"lead": {"path": "leads.csv", "delimiter": ";", "null_values": ["-", "N/A"]}},
            "leads": {"join": {"deal": {"on": {"Lead ID": "Record ID"}, "at_most": "one"}}, "id": "Record ID"},
            "rejects": Decimal("0.50"),
            "events": {
                "became_mql": {"column": "Became a Marketing Qualified Lead Date", "format": "%d/%m/%Y"},
                "became_customer": {"column": "Close date", "when": {"Stage": ["Closed won"] * 9, "Won": True}},
            },
        }
    }

    assert (
        yaml_text(values)
        == """\
source:
  timezone: America/Sao_Paulo
  files:
    lead: {path: leads.csv, delimiter: ";", null_values: ["-", N/A]}
  leads:
    join: {deal: {on: {Lead ID: Record ID}, at_most: one}}
    id: Record ID
  rejects: 0.50
  events:
    became_mql: {column: Became a Marketing Qualified Lead Date, format: "%d/%m/%Y"}
    became_customer:
      column: Close date
      when:
        Stage:
          - Closed won
          - Closed won
          - Closed won
          - Closed won
          - Closed won
          - Closed won
          - Closed won
          - Closed won
          - Closed won
        Won: yes
"""
    )
