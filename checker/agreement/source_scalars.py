"""Value types of the `source` section: columns, literal cells, time zones, date formats, how a file is written."""

from decimal import Decimal
from typing import Annotated, TypeAlias

from checker.agreement.scalars import SHARE, Scalar, parse_share
from checker.quantity import Share

DIRECTIVES = "YymdbBHIMSfpjz"
"""Letters that may follow `%` in a date format; their meaning is that of Python's and every database's strptime."""
_A_DAY = r"(?=.*%d|.*%j)(?=.*%[Yy])(?=.*%[mbBj])"


def _spelled(value: str | int | Decimal) -> str:
    """A literal as a cell of a file would hold it: `0.0` stays `0.0`."""
    return str(value)


def _known_encoding(name: str) -> str:
    try:
        "".encode(name)
    except (LookupError, UnicodeError) as error:
        raise ValueError(name) from error
    return name


ColumnName: TypeAlias = Annotated[
    str,
    Scalar(
        "column",
        r"[\s\S]*\S[\s\S]*",
        str,
        whole=True,
        example="deal.won_date",
        description="A column's heading as it stands in the file; where two files have it, behind the file's name",
    ),
]
Literally: TypeAlias = Annotated[
    str,
    Scalar("literal", r"[\s\S]*\S[\s\S]*", _spelled, decimal=True, example="N/A", description="A cell's own text"),
]
TimeZone: TypeAlias = Annotated[str, Scalar("time zone", r"[A-Za-z][A-Za-z0-9_+/-]*", example="America/Sao_Paulo")]
DateFormat: TypeAlias = Annotated[
    str,
    Scalar("date format", rf"{_A_DAY}(?:[^%\n]|%[{DIRECTIVES}])+", example="%d/%m/%Y %H:%M"),
]
Delimiter: TypeAlias = Annotated[
    str,
    Scalar(
        "delimiter",
        r"tab|\t|[^A-Za-z0-9\s\"']",
        lambda text: "\t" if text == "tab" else text,
        example=";",
    ),
]
Quote: TypeAlias = Annotated[
    str, Scalar("quote", r"[\"']|none", lambda text: "" if text == "none" else text, example='"')
]
Encoding: TypeAlias = Annotated[
    str, Scalar("encoding", r"[A-Za-z][A-Za-z0-9_-]*", _known_encoding, example="windows-1252")
]
DatabaseUrl: TypeAlias = Annotated[
    str, Scalar("database address", r"env:[A-Za-z_][A-Za-z0-9_]*", example="env:CRM_DATABASE")
]
AtMostShare: TypeAlias = Annotated[
    Share,
    Scalar(
        "at most share",
        rf"at most {SHARE}",
        lambda text: parse_share(text.removeprefix("at most ")),
        example="at most 1%",
    ),
]
LeadLink: TypeAlias = Annotated[
    str, Scalar("lead link", r"https?://\S*\{id\}\S*", example="https://crm.example.com/lead/{id}")
]
