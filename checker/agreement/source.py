"""Where the funnel's data is, and how its columns become leads and events: the `source` section.

It says everything that reading needs and that a file does not say of itself: what parts its columns, how its dates
are written, in which time zone, what counts as blank. Nothing of that is ever guessed.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, TypeAlias

from annotated_types import Len
from pydantic import Discriminator, GetCoreSchemaHandler, GetJsonSchemaHandler, Tag, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from checker.agreement.base import (
    BY_SHAPE,
    LIST,
    MAPPING,
    SCALAR,
    Entry,
    Filled,
    Maybe,
    OneOrMany,
    optional,
    required,
)
from checker.agreement.beside import LogList
from checker.agreement.scalars import SHARE, DateRange, Id, Scalar, Text, parse_share
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


class _Constant:
    """Lets a text, a number, or yes or no pass: what a cell may be compared with, or stand for."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> Any:
            if isinstance(value, (int, Decimal)) or (isinstance(value, str) and value.strip()):
                return value
            raise PydanticCustomError("scalar", "{value_type}", {"value_type": "constant"})

        return core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}],
            "description": "A text, a number, or yes or no",
            "examples": ["organic_search"],
        }


Constant: TypeAlias = Annotated[str | int | Decimal | bool, _Constant()]
NullValues: TypeAlias = Maybe[Filled[Literally]]
BLANK_WORDS = "What stands for a blank beside the empty cell"


# ---------------------------------------------------------------- files


def _any_of(*keys: str) -> dict[str, Any]:
    return {"anyOf": [{"required": [key]} for key in keys]}


class File(Entry):
    """Where one kind of row is, and how the file is written."""

    model_config = {
        "json_schema_extra": {
            "oneOf": [
                {"required": ["path"], "not": _any_of("table", "query", "url")},
                {"required": ["table", "url"], "not": _any_of("path", "query")},
                {"required": ["query", "url"], "not": _any_of("path", "table")},
            ]
        }
    }

    path: Maybe[Text] = optional(
        "A CSV or Parquet file, a folder of them, or a pattern such as `exports/leads-*.csv`; "
        "beside the file that holds this section",
        "exports/leads.csv",
    )
    table: Maybe[Text] = optional("A table of a database", "crm.leads")
    query: Maybe[Text] = optional("A query to a database", "SELECT * FROM leads")
    url: Maybe[DatabaseUrl] = optional("The name of the environment variable that holds the database's address")
    delimiter: Maybe[Delimiter] = optional("What parts the columns of a CSV file; a comma if nothing is said", ";")
    quote: Maybe[Quote] = optional('What encloses cells of a CSV file; `"` if nothing is said, or `none`')
    encoding: Maybe[Encoding] = optional(
        "How a CSV file's letters are stored; utf-8 if nothing is said", "windows-1252"
    )
    null_values: NullValues = optional(BLANK_WORDS, ["N/A", "-"])
    decimal: Maybe[Literal[".", ","]] = optional(
        "What stands before the decimals of a number; once it is said, the other one may part thousands", ","
    )
    repair: Maybe[Filled[Literal["whole_row_quoted"]]] = optional(
        "Known damage to undo: `whole_row_quoted` unwraps lines that stand in quotes as a whole", ["whole_row_quoted"]
    )
    each_row: Maybe[Literal["is an event"]] = optional(
        "A log: a lead has as many rows as things happened to it; said already where an event of the file has `set` or "
        "`personal`",
        "is an event",
    )

    @model_validator(mode="after")
    def _is_one_place(self) -> Self:
        ways = [self.path, self.table, self.query]
        if sum(way is not None for way in ways) != 1 or (self.path is None) is (self.url is None):
            raise PydanticCustomError("file_place", "path, or table or query with url")
        return self


# ---------------------------------------------------------------- values


class Column(Entry):
    """A value as it stands in a column, changed where this says so."""

    model_config = {"json_schema_extra": {"dependentRequired": {"other": ["values"]}}}

    column: ColumnName = required("The column", "Lead source")
    aliases: Maybe[Filled[ColumnName]] = optional("Other headings of the same column", ["Original source"])
    values: Maybe[Annotated[dict[Text, Constant], Len(min_length=1)]] = optional(
        "What each cell's text stands for; every key is taken literally", {"Organic Search": "organic_search"}
    )
    other: Maybe[Constant] = optional("What every text stands for that `values` does not name", "other")
    blank: Maybe[Constant] = optional("What a blank stands for", "unknown")
    null_values: NullValues = optional(BLANK_WORDS, ["0.0"])
    separator: Maybe[Text] = optional("What parts several values in one cell", ";")
    format: Maybe[DateFormat] = optional("How a date is written; as in 2027-03-31 if nothing is said", "%d/%m/%Y")

    @model_validator(mode="after")
    def _has_values(self) -> Self:
        if self.other is not None and self.values is None:
            raise PydanticCustomError("goes_with", "{missing}", {"missing": "values"})
        return self


class Always(Entry):
    """The same value for every lead."""

    always: Constant = required("The value", "web_and_branch")


def _value_kind(value: Any) -> str:
    if isinstance(value, (Mapping, Entry)):
        written = value if isinstance(value, Mapping) else value.model_fields_set
        return "<always>" if "always" in written else "<column>"
    return SCALAR


Value: TypeAlias = Annotated[
    Annotated[ColumnName, Tag(SCALAR)] | Annotated[Column, Tag("<column>")] | Annotated[Always, Tag("<always>")],
    Discriminator(_value_kind),
]


class Join(Entry):
    """How the rows of another file find their lead."""

    on: Annotated[dict[ColumnName, ColumnName], Len(min_length=1)] = required(
        "This file's column: the column of the leads' file that holds the same", {"Lead ID": "Record ID"}
    )
    at_most: Maybe[Literal["one"]] = optional("No lead has more than one row in this file", "one")


class Leads(Entry):
    """The leads: one row each."""

    from_: Id = required("The file with one row a lead", "lead", alias="from")
    id: Value = required("The column that names the lead", "Record ID")
    join: Maybe[Annotated[dict[Id, Join], Len(min_length=1)]] = optional(
        "Other files with at most one row a lead", {"deal": {"on": {"Lead ID": "Record ID"}, "at_most": "one"}}
    )
    channel: Maybe[Value] = optional("The channel by which the lead came", "Lead source")
    campaign: Maybe[Value] = optional("The campaign", "Campaign")
    persona: Maybe[Value] = optional("The persona, where the system keeps it", "Persona")
    country: Maybe[Value] = optional("The country", "Country")
    owner: Maybe[Value] = optional("The seller who has the lead", "Lead owner")
    score: Maybe[Value] = optional("The points that the system itself counts", "Lead score")
    disposition: Maybe[Value] = optional("What became of the lead, in the system's own words", "Outcome")
    return_reason: Maybe[Value] = optional("Why sales sent the lead back", "Return reason")
    merged_into: Maybe[Value] = optional("The lead that this one was merged into, as a duplicate", "Merged into")
    amount: Maybe[Value] = optional("The value of the lead's opportunity or deal", "deal.Amount")
    fields: Maybe[dict[Id, Value]] = optional("The agreement's fields", {"employees": "Company size"})


# ---------------------------------------------------------------- events

CellTest: TypeAlias = Maybe[Annotated[dict[ColumnName, OneOrMany[Constant]], Len(min_length=1)]]


class Moment(Entry):
    """A column that holds when something happened."""

    column: ColumnName = required("The column", "deal.won_date")
    aliases: Maybe[Filled[ColumnName]] = optional("Other headings of the same column", ["Close date"])
    null_values: NullValues = optional(BLANK_WORDS, ["0000-00-00"])
    format: Maybe[DateFormat] = optional(
        "How the moment is written; as in 2027-03-31 or 2027-03-31 14:05:00 if nothing is said", "%d/%m/%Y %H:%M"
    )
    timezone: Maybe[TimeZone] = optional("The time zone of what is written; the source's if nothing is said", "UTC")
    midnight: Maybe[Literal["is a date"]] = optional(
        "Exactly midnight, by the source's time zone, means that only the day is known", "is a date"
    )
    when: CellTest = optional("Only rows in which these columns hold these values", {"Stage": "Closed won"})
    unless: CellTest = optional("No rows in which these columns hold these values", {"Owner": "Automation"})


class EventColumn(Moment):
    """An event and when it happened: one column of a wide export, or each line of a log that fits."""

    set: Maybe[Annotated[dict[Id, Value], Len(min_length=1)]] = optional(
        "Of a log: what else these lines say: `actor`, `owner`, `channel`, `reason`, `amount`, `ref_id`, or a field",
        {"amount": "Amount"},
    )
    personal: Maybe[bool] = optional("Of a log: `yes` where these attempts count as personal contact", True)


class SameAs(Entry):
    """A stand-in: an event that the data does not hold, read off another one and shown as "about"."""

    same_as: Id = required("The event that stands in", "became_mql")


def _event_kind(value: Any) -> str:
    if isinstance(value, (Mapping, Entry)):
        written = value if isinstance(value, Mapping) else value.model_fields_set
        return "<same_as>" if "same_as" in written else "<column>"
    return SCALAR


Event: TypeAlias = Annotated[
    Annotated[ColumnName, Tag(SCALAR)] | Annotated[EventColumn, Tag("<column>")] | Annotated[SameAs, Tag("<same_as>")],
    Discriminator(_event_kind),
]


class Actions(Moment):
    """A file of dated actions, for points and mode."""

    from_: Id = required("The file with one row an action", "activities", alias="from")
    id: ColumnName = required("The column that names the lead", "Record ID")
    action: Value = required("What was done", "Activity type")


class Totals(Entry):
    """Counts of a day and channel, where nobody has a name yet: visits and the like."""

    from_: Id = required("The file with one row a day and channel", "analytics", alias="from")
    day: ColumnName = required("The column with the day", "Date")
    format: Maybe[DateFormat] = optional("How the day is written; as in 2027-03-31 if nothing is said", "%Y%m%d")
    channel: Maybe[Value] = optional("The channel", "Source")
    count: ColumnName = required("The column with the count", "Sessions")


class Entries(Entry):
    """A file of what people wrote down: a list of the log, one row an entry."""

    from_: Id = required("The file with one row an entry", "objections", alias="from")
    what: ColumnName = required("The column that says what was done or heard", "Objection")
    on: ColumnName = required("The column with its day", "Heard on")
    format: Maybe[DateFormat] = optional("How the day is written; as in 2027-03-31 if nothing is said", "%d/%m/%Y")
    by: Maybe[ColumnName] = optional("The column with who wrote it down", "Seller")


# ---------------------------------------------------------------- the section


class Source(Entry):
    """Where the funnel's data is and how it is read."""

    model_config = {"json_schema_extra": {"anyOf": [{"required": ["leads"]}, {"required": ["system"]}]}}

    system: Maybe[Literal["hubspot", "salesforce", "rd_station"]] = optional(
        "The system that the exports come from; what its columns mean is then known", "hubspot"
    )
    timezone: Maybe[TimeZone] = optional("The time zone of moments that name none")
    files: Annotated[
        Annotated[dict[Id, File], Len(min_length=1), Tag(MAPPING)] | Annotated[Filled[Text], Tag(LIST)], BY_SHAPE
    ] = required("The files by a short name; of a known system their paths alone", {"lead": {"path": "leads.csv"}})
    leads: Maybe[Leads] = optional("The leads and what is known of each", {"from": "lead", "id": "Record ID"})
    events: Maybe[Annotated[dict[Id, Event], Len(min_length=1)]] = optional(
        "What happened to a lead, and when", {"became_mql": "MQL date"}
    )
    actions: Maybe[Actions] = optional(
        "What people did, for points and mode",
        {"from": "activities", "id": "Record ID", "action": "Activity type", "column": "Date"},
    )
    totals: Maybe[Annotated[dict[Id, Totals], Len(min_length=1)]] = optional(
        "Stages that are only counted", {"visit": {"from": "analytics", "day": "Date", "count": "Sessions"}}
    )
    log: Maybe[Annotated[dict[LogList, Entries], Len(min_length=1)]] = optional(
        "Lists of the log that a system keeps",
        {"objections_heard": {"from": "objections", "what": "Objection", "on": "Heard on"}},
    )
    coverage: Maybe[Annotated[dict[Id, DateRange], Len(min_length=1)]] = optional(
        "The days for which the data holds an event; found from the data if nothing is said",
        {"became_mql": "2017-06-14 to 2018-05-31"},
    )
    rejects: Maybe[AtMostShare] = optional(
        "The share of rows of a file that may be unreadable; at most 1% if nothing is said", "at most 1%"
    )
    link: Maybe[LeadLink] = optional("The address of a lead in its system; {id} is replaced by the lead's id")

    @model_validator(mode="after")
    def _says_what_leads_are(self) -> Self:
        if self.leads is None and self.system is None:
            raise PydanticCustomError("goes_with", "{missing}", {"missing": "leads"})
        return self
