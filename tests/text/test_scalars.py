"""What a plain text stands for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.text import parse


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", True),
        ("no", False),
        ("true", True),
        ("false", False),
        ("NO", "NO"),
        ("Yes", "Yes"),
        ("TRUE", "TRUE"),
        ("on", "on"),
        ("y", "y"),
        ("0", 0),
        ("-0", 0),
        ("7", 7),
        ("-7", -7),
        ("1380000", 1380000),
        ("+7", "+7"),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("5.", "5."),
        ("2.5", Decimal("2.5")),
        ("-2.50", Decimal("-2.50")),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 100, int("9" * 100)),
        ("9" * 101, "9" * 101),
        ("15%", "15%"),
        ("09:30", "09:30"),
        ("2027-03-01", "2027-03-01"),
        ("2027-03-01 09:30:00", "2027-03-01 09:30:00"),
        ("2027-Q1", "2027-Q1"),
        ("R$ 30000", "R$ 30000"),
        ('"yes"', "yes"),
        ("'7'", "7"),
        ('"~"', "~"),
        ('""', ""),
        ("= 5", "= 5"),
        ("São Paulo", "São Paulo"),
    ],
)
@pytest.mark.parametrize("around", ["a: {}\n", "a: [{}]\n", "a: {{b: {}}}\n", "a:\n  - {}\n"])
def test_a_value_is_what_its_plain_text_says(written, value, around):
    """Only yes, no, true, false in lower case and numbers as people write them are more than text."""
    read = parse(around.format(written)).values["a"]
    while isinstance(read, (list, dict)):
        (read,) = read if isinstance(read, list) else read.values()

    assert (type(value), value) == (type(read), read)


def test_keys_are_what_stands_in_the_file():
    """`no: 1` is a country, `2027-01: 5` a month; neither a yes or no nor a date."""
    text = "no: 1\n2027-01: 5\n3: x\nnull: y\n1.50: z\n'a b': w\n"

    assert ["no", "2027-01", "3", "null", "1.50", "a b"] == list(parse(text).values)


def test_a_text_over_several_lines_is_joined():
    """As people expect of a paragraph; blocks keep their lines."""
    text = "a: one\n  two\nb: >-\n  one\n  two\nc: |-\n  one\n  two\nd: 'one\n\n  two'\n"

    assert {"a": "one two", "b": "one two", "c": "one\ntwo", "d": "one\ntwo"} == parse(text).values
