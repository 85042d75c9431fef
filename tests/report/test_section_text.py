"""A proposal as YAML: what is pasted is what was proposed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.finding import Path
from checker.inspection.dialect import Note
from checker.language import words
from checker.message import say
from checker.report.section_text import agreement_text
from checker.text import parse

KEY = st.text("abcdefgh_", min_size=1, max_size=6).map(lambda text: f"k{text}")
TEXT = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() == text and "\ufeff" not in text)
VALUE = st.recursive(
    TEXT | st.booleans() | st.integers(0, 99),
    lambda inner: st.dictionaries(KEY | TEXT, inner, min_size=1, max_size=5) | st.lists(TEXT, min_size=1, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEY, VALUE, min_size=1, max_size=4), st.text(max_size=20))
def test_what_is_written_is_read_back(values, remark):
    """Whatever stands in headings and cells, and whatever is said of it: quotes, colons, line ends, signs of YAML."""
    notes: dict[Path, list[Note]] = {(key,): [Note("", say("{remark}", remark=remark))] for key in values}
    document = parse(agreement_text(values, notes, words("en")))

    assert values == document.values
