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
from checker.agreement.scalars import DateRange, Id, Text
from checker.agreement.source_scalars import (
    AtMostShare,
    ColumnName,
    DatabaseUrl,
    DateFormat,
    Delimiter,
    Encoding,
    LeadLink,
    Literally,
    Quote,
    TimeZone,
)


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


Joins: TypeAlias = Annotated[dict[Id, Join], Len(min_length=1)]
_FROM, _ID, _JOIN = "The file with one row a lead", "The column that names the lead", "Other files of the same leads"
_JOINED = {"deal": {"on": {"Lead ID": "Record ID"}, "at_most": "one"}}


class LeadValues(Entry):
    """What is known of each lead."""

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
    expected_closing: Maybe[Value] = optional(
        "The day on which the lead's opportunity is expected to close", "deal.Close date"
    )
    through_channel: Maybe[Value] = optional(
        "Whether sales got the lead through the handoff's channel: no for one that somebody entered by hand",
        {"column": "Record source", "values": {"Integration": True}, "other": False},
    )
    fields: Maybe[dict[Id, Value]] = optional("The agreement's fields", {"employees": "Company size"})


class Leads(LeadValues):
    """The leads: one row each."""

    from_: Id = required(_FROM, "lead", alias="from")
    id: Value = required(_ID, "Record ID")
    join: Maybe[Joins] = optional(_JOIN, _JOINED)


class LeadsOfSystem(LeadValues):
    """What is said of a known system's leads beside, or in place of, what is known of them."""

    from_: Maybe[Id] = optional(_FROM, "contact", alias="from")
    id: Maybe[Value] = optional(_ID, "Record ID")
    join: Maybe[Joins] = optional(_JOIN, _JOINED)


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

Files: TypeAlias = Annotated[dict[Id, File], Len(min_length=1)]
_FILES = {"lead": {"path": "leads.csv"}}


class SourceBase(Entry):
    """What holds of any source."""

    timezone: Maybe[TimeZone] = optional("The time zone of moments that name none")
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


class Source(SourceBase):
    """Where the funnel's data is and how it is read."""

    files: Files = required("The files by a short name", _FILES)
    leads: Leads = required("The leads and what is known of each", {"from": "lead", "id": "Record ID"})


class Dates(Entry):
    """How a known system's exports write dates, where it is not as in 2027-03-31 and 2027-03-31 14:05:00."""

    day: Maybe[DateFormat] = optional("How a day is written", "%d/%m/%Y")
    moment: Maybe[DateFormat] = optional("How a day with its time is written", "%d/%m/%Y %H:%M")


System: TypeAlias = Literal["hubspot", "salesforce", "rd_station"]
NOT_THERE = "not in the data"


class SystemSource(SourceBase):
    """A source that comes from a known system: what its columns mean is known, and may be said otherwise."""

    system: System = required("The system that the exports come from; what its columns mean is then known", "hubspot")
    files: Annotated[
        Annotated[Files, Tag(MAPPING)] | Annotated[Filled[Text], Tag(LIST)],
        BY_SHAPE,
    ] = required("The paths of the files, or the files by a short name", ["contacts.csv", "deals.csv"])
    stages: Maybe[Annotated[dict[Id, OneOrMany[Text]], Len(min_length=1)]] = optional(
        f"The agreement's stages: what the system calls them, or `{NOT_THERE}`", {"mql": "Marketing Qualified Lead"}
    )
    dates: Maybe[Dates] = optional("How dates are written, if not as in 2027-03-31", {"day": "%d/%m/%Y"})
    leads: Maybe[LeadsOfSystem] = optional(
        "What is known of each lead, where it differs from what is known of the system", {"owner": "Account owner"}
    )


def _source_kind(value: Any) -> str:
    if isinstance(value, SourceBase):
        return "<system>" if isinstance(value, SystemSource) else "<own>"
    if not isinstance(value, Mapping):
        return "<own>"
    # where `system` is forgotten or misspelt, the other words of such a source still say what is meant
    is_of_system = not {"system", "stages", "dates"}.isdisjoint(value) or isinstance(value.get("files"), list)
    return "<system>" if is_of_system else "<own>"


AnySource: TypeAlias = Annotated[
    Annotated[Source, Tag("<own>")] | Annotated[SystemSource, Tag("<system>")],
    Discriminator(_source_kind),
]
