"""What does not fit the format, in words: from pydantic's errors to problems with a path and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from checker.agreement.conditions import spelled
from checker.agreement.scalars import LONGEST_PERIOD
from checker.agreement.sections import Sections
from checker.agreement.what_to_write import WHAT_TO_WRITE
from checker.finding import At, Edit, Path, Problem
from checker.language import LANGUAGES, meant_language, unknown_language
from checker.message import Message, Written, any_of, say
from checker.quantity import Period

NO_SUCH_VALUE = "no-such-value"
"""Kind of what no schema can refuse: a day that the calendar does not have, a range that ends before it begins."""


def missing_section(name: str) -> Problem:
    """A key without which there is no agreement."""
    return Problem(
        At((name,)),
        say("{key} is missing", key=Written(f"{name}:")),
        note=say(
            "every agreement begins with {format}, {name} and has {stages}",
            format=Written("format: sla/v1"),
            name=Written("agreement: its name"),
            stages=Written("stages:"),
        ),
        kind="missing-key",
    )


def problem(error: Mapping[str, Any], values: Mapping[str, Any]) -> Problem:
    """One of pydantic's errors as a problem."""
    path, on_key = _path(error, values)
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, values)
    if kind == "missing":
        return _missing(path)
    if kind == "scalar":
        return _wrong_value(path, on_key, error, values)
    if kind == "literal_error":
        return _wrong_word(path, error)
    if kind in ("too_short", "empty_mapping"):
        return Problem(
            At(path, "key"),
            say("nothing stands under {key}", key=_key(path)),
            note=say("write at least one entry, or take the line out"),
            kind="wrong-shape",
        )
    if kind == "bool_type":
        return _refused(path, error["input"], say("{yes} or {no}", yes=Written("yes"), no=Written("no")))
    together = _together(kind, error.get("ctx") or {}, _key(path))
    if together is not None:
        return Problem(At(path, "key"), together, kind="goes-together")
    return _wrong_shape(path, error)


_SHOWN_KEYS = ("hours", "days", "values", "leads", "when", "path", "table", "query", "url")


def _together(kind: str, details: Mapping[str, Any], key: Written) -> Message | None:
    """What is wrong between several keys of one entry; None for any other kind of error."""
    words = {name: Written(f"{name}:") for name in _SHOWN_KEYS}
    if kind == "goes_with":
        missing = Written(f"{details['missing']}:")
        return say("{missing} is missing here: it belongs to what is written under {key}", missing=missing, key=key)
    if kind == "hours_once":
        return say(
            "write the hours of {key} once: under {hours}, or beside each day under {days}",
            key=key,
            hours=words["hours"],
            days=words["days"],
        )
    if kind == "values_of" and details["kind"] == "one of":
        return say(
            "{key} is {one_of}, so it needs its list of {values}",
            key=key,
            one_of=Written("one of"),
            values=words["values"],
        )
    if kind == "values_of":
        return say(
            "{key} is {kind}: a list of {values} belongs to {one_of} alone",
            key=key,
            kind=Written(details["kind"]),
            values=words["values"],
            one_of=Written("is: one of"),
        )
    if kind == "when_or_otherwise":
        return say(
            "each line has either {when} with a condition, or {otherwise} for the rest",
            when=words["when"],
            otherwise=Written("otherwise: yes"),
        )
    if kind == "one_of_these":
        return say("write exactly one thing under {key}", key=key)
    if kind == "leads_or_days":
        return say(
            "name either the {leads} or the {days} that are not counted", leads=words["leads"], days=words["days"]
        )
    if kind == "file_place":
        return say(
            "{key} is found either by its {path}, or by a {table} or {query} with the {url} of its database",
            key=key,
            path=words["path"],
            table=words["table"],
            query=words["query"],
            url=words["url"],
        )
    return None


def _path(error: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[Path, bool]:
    """The path of an error without pydantic's own steps, and whether the key is meant."""
    steps: list[str | int] = []
    for step in error["loc"]:
        # a key that somebody wrote may look like one of pydantic's steps
        above = _value_at(values, tuple(steps))
        if not (isinstance(step, str) and step.startswith("<")) or (isinstance(above, Mapping) and step in above):
            steps.append(step)
    on_key = bool(steps) and steps[-1] == "[key]"
    path = tuple(steps[:-1] if on_key else steps)
    # the key of an open mapping is refused under its own name, without pydantic's mark
    return path, on_key or (error["type"] == "scalar" and _is_key_error(error, path, values))


def _is_key_error(error: Mapping[str, Any], path: Path, values: Mapping[str, Any]) -> bool:
    return (
        error["ctx"]["value_type"] in ("period", "field id")
        and error["input"] == path[-1]
        and _value_at(values, path) != error["input"]
    )


def _value_at(values: Any, path: Path) -> Any:
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _key(path: Path) -> Written:
    """The last key on a path: what people would call the place."""
    return Written(str(next((step for step in reversed(path) if isinstance(step, str)), "agreement")))


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that a misspelt one most likely means."""
    # slow to import, and needed only where something is misspelt
    from difflib import get_close_matches

    by_fold = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(name.casefold(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def known_keys(path: Path) -> tuple[str, ...]:
    """The keys that the format knows beside the last one of a path."""
    models: list[Any] = [Sections]
    for step in path[:-1]:
        models = [below for model in models for below in _below(model, step)]
    keys = [
        field.alias or name
        for model in models
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name, field in model.model_fields.items()
    ]
    return tuple(dict.fromkeys(keys))


def _below(kind: Any, step: str | int) -> list[Any]:
    """The types that a value may have one step below another type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if step == (field.alias or name):
                return _branches(field.annotation)
        return []
    arguments = get_args(kind)
    return _branches(arguments[-1]) if arguments else []


def _branches(kind: Any) -> list[Any]:
    """The classes and containers inside unions and annotations."""
    if hasattr(kind, "__metadata__"):
        return _branches(kind.__origin__)
    if getattr(kind, "__origin__", None) in (dict, list):
        return [kind]
    if get_args(kind):
        return [found for part in get_args(kind) for found in _branches(part)]
    return [kind]


def _unknown_key(path: Path, values: Mapping[str, Any]) -> Problem:
    known = known_keys(path)
    key = str(path[-1])
    guess = nearest(key, [name for name in known if name not in (_value_at(values, path[:-1]) or ())])
    if guess is None:
        return Problem(
            At(path, "key"),
            say("{key} is not a word of this format", key=Written(key)),
            note=say("known here: {names}", names=any_of(known)) if known else None,
            kind="unknown-key",
        )
    return Problem(
        At(path, "key"),
        say("{key} is not a word of this format; did you mean {guess}?", key=Written(key), guess=Written(guess)),
        fixes=(Edit(At(path, "key"), key, guess),),
        kind="unknown-key",
    )


def _missing(path: Path) -> Problem:
    # the path of what is missing: its place is that of the nearest parent which exists
    return Problem(
        At(path, "key"),
        say("{owner} needs {key}", owner=_key(path[:-1]), key=Written(f"{path[-1]}:")),
        kind="missing-key",
    )


def _wrong_value(path: Path, on_key: bool, error: Mapping[str, Any], values: Mapping[str, Any]) -> Problem:
    value_type = error["ctx"]["value_type"]
    written = path[-1] if on_key else error["input"]
    if value_type == "language" and isinstance(written, str):
        return _unknown_language(path, on_key, written)
    if value_type == "text" and isinstance(written, str) and path[-1] in LANGUAGES:
        return Problem(
            At(path, "key"),
            say("nothing is written in the language {language}", language=Written(str(path[-1]))),
            note=say("write it, or take the line out: then the agreement's own words stand"),
            kind="empty-translation",
        )
    if isinstance(written, (list, Mapping)):
        fields = values.get("fields")
        is_field = isinstance(fields, Mapping) and path[-1] in fields
        return _unknown_key(path, values) if value_type == "test" and not is_field else _wrong_shape(path, error)
    if value_type in ("text", "word") and not isinstance(written, str):
        return _needs_quotes(path, written)
    if not error["ctx"].get("exists", True):
        if value_type == "period" and _is_too_long(str(written)):
            return Problem(
                At(path, "key" if on_key else "value"),
                say(
                    "{written} is too long: at most {count} months", written=Written(str(written)), count=LONGEST_PERIOD
                ),
                note=say("expected: {expected}", expected=WHAT_TO_WRITE[value_type]),
                kind=NO_SUCH_VALUE,
            )
        return Problem(
            At(path, "key" if on_key else "value"),
            say("{written} does not exist", written=Written(spelled(written))),
            note=say("expected: {expected}", expected=WHAT_TO_WRITE[value_type]),
            kind=NO_SUCH_VALUE,
        )
    return _refused(path, written, WHAT_TO_WRITE[value_type], on_key, _repaired(value_type, written))


def _unknown_language(path: Path, on_key: bool, written: str) -> Problem:
    at = At(path, "key" if on_key else "value")
    meant = meant_language(written)
    return Problem(
        at,
        unknown_language(written),
        note=say("expected: {expected}", expected=WHAT_TO_WRITE["language"]),
        fixes=() if meant is None else (Edit(at, written, meant),),
        kind="unknown-language",
    )


def _is_too_long(period: str) -> bool:
    try:
        return len(Period.parse(period)) > LONGEST_PERIOD
    except ValueError:
        return False


def _needs_quotes(path: Path, written: Any) -> Problem:
    """`version: 2027.1`, `values: [yes, no]`: a number, or a yes or no, where a text is meant."""
    shown = spelled(written)
    quoted = f'"{shown}"'
    return Problem(
        At(path),
        say("{written} counts as a text only in quotes", written=Written(shown)),
        note=say("write {quoted}", quoted=Written(quoted)),
        fixes=(Edit(At(path), shown, quoted, safe=True),),
        kind="wrong-value",
    )


def _repaired(value_type: str, written: Any) -> str | None:
    """What was probably meant, where that is beyond doubt enough to be offered."""
    text = spelled(written)
    if value_type in ("share", "target", "promise target") and text.startswith("0."):
        digits = text.removeprefix("0.").ljust(2, "0")
        if digits.isdigit():
            return f"{int(digits[:2])}{'.' + digits[2:] if digits[2:] else ''}%"
    if "money" in value_type or value_type == "whole number":
        bare = text.replace(",", "").replace(".", "")
        groups = text.replace(",", ".").split(" ")[-1 if " a month" not in text else -3].split(".")
        if len(groups) > 1 and all(len(group) == 3 and group.isdigit() for group in groups[1:]):
            return bare
    return None


def _refused(path: Path, written: Any, expected: Message, on_key: bool = False, repaired: str | None = None) -> Problem:
    at = At(path, "key" if on_key else "value")
    shown = Written(spelled(written))
    key = _key(path[:-1]) if on_key else _key(path)
    if repaired is not None:
        return Problem(
            at,
            say("{key} cannot be {written}; write {repaired}", key=key, written=shown, repaired=Written(repaired)),
            note=say("expected: {expected}", expected=expected),
            fixes=(Edit(at, shown.text, repaired),),
            kind="wrong-value",
        )
    return Problem(
        at,
        say("{key} cannot be {written}", key=key, written=shown),
        note=say("expected: {expected}", expected=expected),
        kind="wrong-value",
    )


def _wrong_word(path: Path, error: Mapping[str, Any]) -> Problem:
    # pydantic lists the words in one sentence, each in quotes
    listed = str(error["ctx"]["expected"])
    words = [word.strip("'") for word in listed.replace(" or ", ", ").split(", ")]
    words = [{"True": "yes", "False": "no"}.get(word, word) for word in words]
    written = error["input"]
    if isinstance(written, (list, Mapping)):
        return _wrong_shape(path, error)
    guess = nearest(spelled(written), words)
    at = At(path)
    if guess is None:
        return Problem(
            at,
            say("{key} cannot be {written}", key=_key(path), written=Written(spelled(written))),
            note=say("expected: {expected}", expected=any_of(words)),
            kind="wrong-value",
        )
    return Problem(
        at,
        say(
            "{key} cannot be {written}; did you mean {guess}?",
            key=_key(path),
            written=Written(spelled(written)),
            guess=Written(guess),
        ),
        note=say("expected: {expected}", expected=any_of(words)),
        fixes=(Edit(at, spelled(written), guess),),
        kind="wrong-value",
    )


def _wrong_shape(path: Path, error: Mapping[str, Any]) -> Problem:
    kind = error["type"]
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        message = say("{key} needs indented lines of its own below it, each with a name and a colon", key=_key(path))
    elif kind == "list_type":
        message = say("{key} needs a list: lines that begin with a dash, or values in brackets", key=_key(path))
    elif isinstance(error["input"], Mapping):
        message = say("{key} takes one value, not lines of its own", key=_key(path))
    elif isinstance(error["input"], list):
        message = say("{key} takes one value, not a list", key=_key(path))
    else:
        message = say("{key} is written in a way that this format does not know", key=_key(path))
    return Problem(At(path, "key"), message, kind="wrong-shape")
