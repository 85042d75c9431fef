"""A list of fields: a row for each field that the records of a system have, and no record.

Systems give such lists out (Marketo's `describe`, HubSpot's properties, Salesforce's field definitions, the columns of
a data warehouse). They hold no leads, but name the columns that an export of the leads has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.inspection.columns import ExportColumn
from checker.inspection.export_file import ExportFile
from checker.inspection.vocabulary import DEAL_FILES, LEAD_FILES, is_one_of, words_of

_NAMES = ("restname", "rest name", "qualified api name", "field api name", "api name", "internal name", "column name",
          "field name", "developer name", "property name", "soapname", "nome interno", "nombre interno",
          "name")  # fmt: skip
"""The headings of what a program calls a field: what stands in front is what an export has as its heading."""
_LABELS = ("display name", "field label", "master label", "label", "rotulo", "etiqueta", "etichetta", "etykieta")
_TYPES = ("data type", "datatype", "type", "field type", "property type", "tipo", "tipo de dados", "typ")
_OBJECTS = ("hubspot object", "object type", "object name", "object", "sobject", "entity definition", "entity",
            "table name", "objeto", "oggetto", "obiekt")  # fmt: skip
_DATES = frozenset(("date", "datetime", "date time", "timestamp", "timestamptz", "timestamp ntz", "timestamp tz"))
_TRUTHS = frozenset(("boolean", "bool", "checkbox"))
_PLAIN_TYPES = _DATES | _TRUTHS | frozenset((
    "string", "text", "integer", "int", "bigint", "number", "float", "double", "decimal", "numeric", "varchar",
    "character varying", "enumeration", "picklist",
))  # fmt: skip
"""Types that only lists of fields name: one of them must be among them."""
_OTHER_TYPES = frozenset((
    "currency", "percent", "score", "email", "phone", "phone number", "url", "id", "reference", "lookup", "textarea",
    "long text", "html", "rich text", "multipicklist", "multi select picklist", "combobox", "select", "radio", "json",
    "address", "location", "lead function", "formula", "auto number", "object coordinates", "time", "encryptedstring",
    "char", "smallint", "real", "variant", "array", "object", "master detail", "hierarchy", "base64",
))  # fmt: skip
_SYSTEMS: Mapping[str, tuple[str, ...]] = {
    "Marketo": ("restname", "rest name", "soapname", "soap name"),
    "HubSpot": ("hubspot object", "hubspot defined"),
    "Salesforce": ("qualified api name", "entity definition", "sobject"),
}
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_FITTING = 0.95
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class ListedField:
    """A field: `name` is what programs call it, and exports as a rule; `label` what people see."""

    name: str
    label: str
    is_date: bool
    is_yes_or_no: bool


@dataclass(frozen=True, slots=True)
class FieldList:
    """The fields of the leads that a file lists.

    `system` is what people call the system, None where it is not known. `about` are the words for its records ("lead",
    "contact", "deal"); `others` are records of which the file lists the fields too.
    """

    system: str | None
    about: str
    fields: Sequence[ListedField]
    others: Sequence[str] = ()

    @property
    def holds_deals(self) -> bool:
        return is_one_of(self.about, DEAL_FILES)

    @property
    def is_of_leads(self) -> bool:
        """Whether it says itself that these are the fields of leads."""
        return is_one_of(self.about, LEAD_FILES)


def field_list(file: ExportFile) -> FieldList | None:
    """The fields that a file lists; None for what is no such list."""
    types = _column(file, _TYPES)
    names = _column(file, _NAMES)
    if types is None or names is None or file.rows < _FEWEST:
        return None
    found = {_kind(value) for value in types.counts}
    fitting = sum(times for value, times in types.counts.items() if _kind(value) in _PLAIN_TYPES | _OTHER_TYPES)
    if not found & _PLAIN_TYPES or fitting < _FITTING * types.known:
        return None
    if sum(times for name, times in names.counts.items() if _IDENTIFIER.fullmatch(name)) < _FITTING * names.known:
        return None
    objects = _column(file, _OBJECTS)
    by_object: dict[str, dict[str, ListedField]] = {}
    for about, listed in _listed(file, names, types, objects):
        by_object.setdefault(about, {}).setdefault(listed.name, listed)
    # a field is listed once for each kind of record: rows that repeat it are something else
    if sum(map(len, by_object.values())) < _FITTING * names.known:
        return None
    about = min(by_object, key=lambda name: (_rank(name), -len(by_object[name])))
    others = [other for other in by_object if other != about]
    said = about or _about(file)
    return FieldList(_system(file), said, list(by_object[about].values()), others)


def _listed(
    file: ExportFile, names: ExportColumn, types: ExportColumn, objects: ExportColumn | None
) -> Iterator[tuple[str, ListedField]]:
    labels = _column(file, _LABELS)
    for place, name in enumerate(names.cells):
        if not name or name in names.placeholders:
            continue
        kind = _kind(types.cells[place])
        label = labels.cells[place] if labels is not None else ""
        about = words_of(objects.cells[place]) if objects is not None else ""
        yield about, ListedField(name, label or name, kind in _DATES, kind in _TRUTHS)


def _kind(written: str) -> str:
    """A type without its size: `Currency(16, 2)` is `currency`."""
    return words_of(written.partition("(")[0])


def _column(file: ExportFile, headings: Sequence[str]) -> ExportColumn | None:
    """The first column with one of these headings, in their order."""
    by_heading = {words_of(column.name): column for column in reversed(file.usable)}
    return next((by_heading[heading] for heading in headings if heading in by_heading), None)


def _rank(about: str) -> int:
    """Records by how likely they are the leads."""
    orders = (("lead", "leads"), LEAD_FILES, DEAL_FILES)
    return next((place for place, words in enumerate(orders) if is_one_of(about, words)), len(orders))


def _about(file: ExportFile) -> str:
    """What the fields are of, by the name of the file; leads where that does not say it."""
    named = words_of(file.label.rsplit(".", 1)[0]).split()
    return next((word for word in named if word in LEAD_FILES or word in DEAL_FILES), "lead")


def _system(file: ExportFile) -> str | None:
    headings = {words_of(column.name) for column in file.columns}
    named = words_of(file.label).split()
    for system, own in _SYSTEMS.items():
        if headings & set(own) or system.lower() in named:
            return system
    return None
