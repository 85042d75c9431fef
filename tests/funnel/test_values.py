"""What cells mean: numbers as they are written in five countries, value maps, blanks, several values in one cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from checker.errors import UnreadableInput
from checker.funnel import open_funnel
from tests.funnel.sources import agreement, facts, leads, read, refusal

BAD = "bad"
NUMBERS = [
    # field, decimal mark declared, cell, value
    ("growth", None, "12.5", Decimal("12.5")),
    ("growth", None, "-0.25", Decimal("-0.25")),
    ("growth", None, "+7", Decimal(7)),
    ("growth", None, "1e3", BAD),
    ("growth", None, "12,5", BAD),
    ("growth", None, "1,200", BAD),
    ("growth", None, "12%", BAD),
    ("growth", None, "12.", BAD),
    ("growth", None, ".5", BAD),
    ("growth", None, "nan", BAD),
    ("growth", None, "1_000", BAD),
    ("growth", ".", "1,200.50", Decimal("1200.5")),
    ("growth", ".", "1,20", BAD),
    ("growth", ",", "12,5", Decimal("12.5")),
    ("growth", ",", "1.200,50", Decimal("1200.5")),
    ("growth", ",", "1.200", Decimal(1200)),
    ("growth", ",", "1 200,5", Decimal("1200.5")),
    ("growth", ",", "1\u00a0200,5", Decimal("1200.5")),
    ("growth", ",", "1'200", Decimal(1200)),
    ("growth", ",", "12.5", BAD),
    ("growth", ",", "1.20.000", BAD),
    ("employees", None, "50", 50),
    ("employees", None, "50.0", 50),
    ("employees", None, "0050", 50),
    ("employees", None, "50.5", BAD),
    ("employees", None, "fifty", BAD),
    ("employees", None, "99999999999999999999", BAD),
    ("timeline", None, "6", 6),
    ("budget", None, "R$ 300", Decimal(300)),
    ("budget", None, "R$300.50", Decimal("300.5")),
    ("budget", None, "300 BRL", Decimal(300)),
    ("budget", ",", "R$ 1.200,50", Decimal("1200.5")),
    ("budget", None, "EUR 300", BAD),
    ("budget", None, "R$ 1.200,50", BAD),
    ("growth", None, "R$ 300", BAD),
]


@pytest.mark.parametrize(("field", "decimal"), sorted({(row[0], row[1] or "") for row in NUMBERS}))
def test_numbers(tmp_path, field, decimal):
    """Thousands are parted only where the decimal mark is declared: else 1,200 could be a little over one."""
    rows = [row for row in NUMBERS if (row[0], row[1] or "") == (field, decimal)]
    lines = [f'{number},"{row[2]}"' for number, row in enumerate(rows)]
    (tmp_path / "leads.csv").write_text("\n".join(["id,value", *lines]), encoding="utf-8")
    source = leads(fields={field: "value"}) | {"rejects": "at most 100%"}
    source["files"] = {"lead": {"path": "leads.csv"} | ({"decimal": decimal} if decimal else {})}
    expected = [(str(number), row[3]) for number, row in enumerate(rows) if row[3] != BAD]

    assert expected == read(tmp_path, source, "lead_id", f"field_{field}")


OTHERS = [
    # field, how it is mapped, cell, value
    ("consent", "value", "yes", True),
    ("consent", "value", "FALSE", False),
    ("consent", "value", "1", True),
    ("consent", "value", "maybe", BAD),
    ("consent", {"column": "value", "values": {"Sim": True, "Não": False}}, "NÃO", False),
    ("consent", {"column": "value", "values": {"Sim": True}, "other": False}, "talvez", False),
    ("consent", {"column": "value", "blank": False}, "", False),
    ("wants_it_by", "value", "2027-04-01", date(2027, 4, 1)),
    ("wants_it_by", "value", "2027-04-01 23:30:00", date(2027, 4, 1)),
    ("wants_it_by", "value", "1/4/2027", BAD),
    ("wants_it_by", {"column": "value", "format": "%d/%m/%Y"}, "1/4/2027", date(2027, 4, 1)),
    ("wants_it_by", {"column": "value", "format": "%d/%m/%Y"}, "31/04/2027", BAD),
    ("wants_it_by", {"column": "value", "values": {"asap": "2027-01-01"}}, "ASAP", date(2027, 1, 1)),
    ("last_visit", "value", "2027-04-01", date(2027, 4, 1)),
    ("sector", "value", "Food", "Food"),
    ("sector", "value", "=cmd()", "=cmd()"),
    ("sector", {"column": "value", "values": {"Alimentos": "food"}}, "alimentos", "food"),
    ("sector", {"column": "value", "values": {"Alimentos": "food"}}, "pharma", "pharma"),
    ("sector", {"column": "value", "values": {"Alimentos": "food"}, "other": "other"}, "Química", "other"),
    ("sector", {"column": "value", "values": {"Alimentos": "food"}, "other": "other"}, "", None),
    ("sector", {"column": "value", "blank": "other"}, "", "other"),
    ("sector", {"column": "value", "null_values": ["Select"], "blank": "other"}, "select", "other"),
    ("sector", {"column": "value", "null_values": ["0.0"]}, "0.0", None),
    ("sector", {"column": "value", "values": {"it's": "other"}}, "IT'S", "other"),
    ("sector", {"always": "food"}, "whatever", "food"),
    ("employees", {"column": "value", "values": {"1-10": 5, "11-50": 30}}, "11-50", 30),
    ("employees", {"column": "value", "values": {"1-10": 5}}, "51-200", BAD),
    ("employees", {"always": 7}, "", 7),
    ("actions", "value", "read", ["read"]),
    ("actions", {"column": "value", "separator": ";"}, "read; ask ;; ", ["read", "ask"]),
    ("actions", {"column": "value", "separator": ";", "values": {"Read it": "read"}}, "READ IT;ask", ["read", "ask"]),
    ("actions", {"column": "value", "separator": ";", "null_values": ["none"]}, "None", None),
    ("actions", {"column": "value", "separator": ";", "null_values": ["none"]}, "read;None", ["read"]),
    ("actions", {"column": "value", "separator": ";", "blank": "read"}, "", ["read"]),
    ("interests", {"column": "value", "separator": ","}, "cat, wolf", ["cat", "wolf"]),
]


@pytest.mark.parametrize(("field", "mapped", "cell", "expected"), OTHERS)
def test_other_values(tmp_path, field, mapped, cell, expected):
    """Case does not count, accents do; a blank stays one unless `blank` says what it stands for."""
    (tmp_path / "leads.csv").write_text(f'id,value\n1,"{cell}"\n', encoding="utf-8")
    source = leads(fields={field: mapped}) | {"rejects": "at most 100%"}

    assert ([] if expected == BAD else [expected]) == read(tmp_path, source, f"field_{field}")


REFUSED = [
    ({"employees": {"column": "value", "values": {"few": "some"}}}, "some does not fit what is whole number"),
    ({"consent": {"column": "value", "blank": "perhaps"}}, "perhaps does not fit what is yes or no"),
    ({"wants_it_by": {"always": "2027-02-30"}}, "2027-02-30 does not fit what is date"),
    (
        {"employees": {"column": "value", "separator": ";"}},
        "value holds one whole number, not several: separator: belongs to texts",
    ),
    ({"employes": "value"}, "there is no field employes; did you mean employees?"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), REFUSED)
def test_what_a_source_cannot_mean(tmp_path, fields, expected):
    """It is told before a row is read."""
    (tmp_path / "leads.csv").write_text("id,value\n")

    assert (UnreadableInput, expected) == refusal(tmp_path, leads(fields=fields))


def test_what_stands_under_two_names_is_one_column(tmp_path):
    """A channel, amount, score or persona can be asked for as a field too."""
    (tmp_path / "leads.csv").write_text("id,source,value,score,who\nL1,search,12.50,40,director\n")
    source = leads(channel="source", amount="value", score="score", persona="who")
    with open_funnel(agreement(source), tmp_path) as funnel:
        (fact,) = facts(funnel)
        mapped = {name for name, column in funnel.columns.items() if column.mapped}

    assert ("search", "search", Decimal("12.50"), 40, "director") == (
        fact["channel"],
        fact["field_channel"],
        fact["amount"],
        fact["field_points"],
        fact["field_persona"],
    )
    assert {"channel", "amount"} <= mapped
    assert not {"campaign", "owner", "merged_into"} & mapped
