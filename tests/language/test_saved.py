"""Messages kept as data and read back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language import from_json, to_json, words
from checker.message import Message, Named, Translated, Written, say, say_counted
from checker.quantity import Duration, Money, Month, Period, Share, Unit

NAMES = st.text("abc_", min_size=1, max_size=4)
MONTHS = st.builds(Month, st.integers(1990, 2100), st.integers(1, 12))
VALUES = st.one_of(
    st.text(max_size=10),
    st.integers(),
    st.fractions(),
    st.builds(Written, st.text(max_size=10)),
    st.builds(Translated, st.text(max_size=5), st.dictionaries(st.sampled_from(["en", "pl"]), st.text(max_size=5))),
    st.builds(Named, st.lists(st.text(max_size=5), max_size=4).map(tuple), st.sampled_from(["and", "or"])),
    MONTHS,
    st.builds(lambda first, months: Period(first, first + months), MONTHS, st.integers(0, 30)),
    st.builds(Money, st.fractions(), st.sampled_from(["BRL", "EUR", ""])),
    st.builds(Share, st.fractions()),
    st.builds(Duration, st.integers(0, 400), st.sampled_from(Unit)),
    st.dates(),
    st.datetimes(),
)


def messages(values):
    def built(one, many, arguments, count):
        filled = " ".join([one.replace("{", "").replace("}", ""), *(f"{{{name}}}" for name in arguments)])
        if many is None:
            return Message(filled, arguments)
        return Message(filled, {**arguments, "count": count}, f"{filled} {{count}}")

    return st.builds(
        built,
        st.text(max_size=10),
        st.none() | st.just("many"),
        st.dictionaries(NAMES, values, max_size=4),
        st.integers() | st.fractions(),
    )


@given(messages(st.recursive(VALUES, messages, max_leaves=6)))
def test_what_was_saved_is_read_back(message):
    """Through real JSON, with every type of value."""
    assert message == from_json(json.loads(json.dumps(to_json(message))))


def test_the_shape_is_readable():
    """Each typed value names its type, so that other programs can use it."""
    message = say_counted(
        "{count} lead of {month} at {share} for {money}, as {written}, by {names}, within {time}, on {day}: {why}",
        "{count} leads",
        count=Fraction(3, 2),
        month=Month(2027, 3),
        share=Share(Fraction(9, 10)),
        money=Money(Fraction(1380000), "BRL"),
        written=Written("45"),
        names=Named(("ana", "bo"), "or"),
        time=Duration(4, Unit.BUSINESS_HOURS),
        day=datetime(2027, 3, 1, 9, 30, tzinfo=UTC),
        why=say("it was {what}", what="late"),
    )

    assert {
        "count": {"number": "3/2"},
        "month": {"month": "2027-03"},
        "share": {"share": "9/10"},
        "money": {"money": ["1380000", "BRL"]},
        "written": {"written": "45"},
        "names": {"names": [["ana", "bo"], "or"]},
        "time": {"duration": "4 business hours"},
        "day": {"moment": "2027-03-01T09:30:00+00:00"},
        "why": {"message": {"text": "it was {what}", "arguments": {"what": "late"}}},
    } == to_json(message)["arguments"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        [],
        "text",
        {"text": 3},
        {"text": "{count} leads"},
        {"text": "a", "many": "b"},
        {"text": "a", "many": 3},
        {"text": "a", "many": "b", "arguments": {"count": "many"}},
        {"text": "a", "arguments": []},
        {"text": "{x}", "arguments": {"x": None}},
        {"text": "{x}", "arguments": {"x": 1.5}},
        {"text": "{x}", "arguments": {"x": {}}},
        {"text": "{x}", "arguments": {"x": {"month": "2027-13"}}},
        {"text": "{x}", "arguments": {"x": {"month": 3}}},
        {"text": "{x}", "arguments": {"x": {"share": "1/0"}}},
        {"text": "{x}", "arguments": {"x": {"money": ["1"]}}},
        {"text": "{x}", "arguments": {"x": {"names": 3}}},
        {"text": "{x}", "arguments": {"x": {"duration": "4 moons"}}},
        {"text": "{x}", "arguments": {"x": {"colour": "red"}}},
        {"text": "{x}", "arguments": {"x": {"translated": ["a", 3]}}},
        {"text": "{x}", "arguments": {"x": {"month": "2027-03", "share": "1"}}},
        {"text": "{x}", "arguments": {"x": {"message": {"text": "{y}"}}}},
    ],
    ids=str,
)
def test_data_of_another_shape_is_refused(said):
    """A results file may come from anywhere."""
    with pytest.raises(ValueError, match=r"no |a "):
        from_json(said)


def test_messages_are_not_nested_without_end():
    said = {"text": "a", "arguments": {}}
    for _ in range(30):
        said = {"text": "{x}", "arguments": {"x": {"message": said}}}
    with pytest.raises(ValueError, match="no message"):
        from_json(said)


@given(messages(VALUES))
def test_whatever_is_read_back_can_be_said(message):
    assert isinstance(words().say(from_json(to_json(message))), str)


def test_an_argument_that_nothing_asks_for_does_no_harm():
    assert say("a", x="y") == from_json({"text": "a", "arguments": {"x": "y"}})


def test_translations_are_kept():
    """So that a page in another language finds them."""
    name = Translated("Ads", {"pt-BR": "Anúncios"})
    message = from_json(json.loads(json.dumps(to_json(say("{a} {b} {c}", a=name, b=Written(name), c=Named((name,)))))))

    assert "Anúncios Anúncios Anúncios" == words("pt-BR").say(message)
