"""Every text that people wrote for people, wherever it stands: names, reasons, promises, meanings, steps.

Which keys hold such texts is read from the model itself, so that a new one is never forgotten.
"""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from checker.agreement.base import Entry
from checker.agreement.beside import LogEntry, NotCounted, Release
from checker.agreement.conditions import Condition
from checker.agreement.cooperation import Term
from checker.agreement.scalars import Scalar
from checker.agreement.sections import Sections
from checker.finding import Path
from checker.language import LANGUAGES

NO_PROSE: dict[type[Entry], tuple[str, ...]] = {
    Sections: ("source", "words_to_avoid"),
    Term: ("also_called",),
    NotCounted: ("leads",),
    Release: ("version",),
}
"""Keys that hold words, but no sentence or name that people read as one."""
NAMED_BY_LOG = ("meetings", "objections_heard")
"""Lists of the log whose `what` is a name of the agreement."""


class Said(NamedTuple):
    """A text: where it stands, its language, and the key that it belongs to (`means`, `promise`).

    `is_by_language`: it is written for one language among others, whose code ends its path.
    """

    text: str
    language: str
    path: Path
    key: str
    is_by_language: bool = False

    @property
    def section(self) -> str:
        return str(self.path[0])


def texts(sections: Sections, language: str) -> Iterator[Said]:
    """Every text in the order of the format; `language` is that of what is written only once."""
    for attribute, key, is_text in _keys_with_texts(Sections):
        value = getattr(sections, attribute)
        if value is not None:
            yield from _inside(value, (key,), key, is_text, language)


def _inside(
    value: Any, path: Path, key: str, is_text: bool, language: str, is_by_language: bool = False
) -> Iterator[Said]:
    if isinstance(value, str):
        if is_text:
            yield Said(value, language, path, key, is_by_language)
    elif isinstance(value, Entry):
        for attribute, inner_key, inner_is_text in _keys_with_texts(type(value)):
            inner = getattr(value, attribute)
            if inner is not None and not _is_name_in_the_log(value, attribute, path):
                yield from _inside(inner, (*path, inner_key), inner_key, inner_is_text, language)
    elif isinstance(value, dict):
        # an objection's id may look like a language: there, translations stand one step further in
        is_translated = is_text and path != ("objections",) and all(name in LANGUAGES for name in value)
        for name, inner in value.items():
            spoken = name if is_translated else language
            yield from _inside(inner, (*path, name), key, is_text, spoken, is_translated)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _inside(inner, (*path, index), key, is_text, language)


def _is_name_in_the_log(entry: Entry, attribute: str, path: Path) -> bool:
    return attribute == "what" and isinstance(entry, LogEntry) and path[1] in NAMED_BY_LOG


@cache
def _keys_with_texts(entry: type[Entry]) -> tuple[tuple[str, str, bool], ...]:
    """Attribute, key, whether texts are written right there: of all keys under which a text may stand."""
    found = []
    for attribute, field in entry.model_fields.items():
        if attribute not in NO_PROSE.get(entry, ()):
            is_text = any(map(_is_text, field.metadata)) or _holds_text(field.annotation)
            # a condition asks and says nothing; a stage or group with conditions is a class of its own
            if is_text or any(
                inner is not Condition and _keys_with_texts(inner) for inner in _entries(field.annotation)
            ):
                found.append((attribute, field.alias or attribute, is_text))
    return tuple(found)


def _is_text(mark: Any) -> bool:
    return isinstance(mark, Scalar) and mark.name == "text"


def _holds_text(annotation: Any) -> bool:
    """Whether a text may be written at this place itself, alone or in a list or mapping."""
    if get_origin(annotation) is Annotated:
        return any(map(_is_text, annotation.__metadata__)) or _holds_text(get_args(annotation)[0])
    return any(map(_holds_text, _values(annotation)))


def _entries(annotation: Any) -> Iterator[type[Entry]]:
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        yield annotation
    for part in _values(annotation):
        yield from _entries(part)


def _values(annotation: Any) -> tuple[Any, ...]:
    """The parts of an annotation, without the keys of mappings."""
    parts = get_args(annotation)
    return parts[1:] if get_origin(annotation) is dict else parts
