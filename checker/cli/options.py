"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.cli.wrong_usage import OneOf, WrongUse, refuse
from checker.message import Written, all_of, say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

ENGINES = ("duckdb", "spark")
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Output:
    """One rendering of a result: its format, and the file that it goes to (None: the terminal)."""

    format: str
    file: Path | None = None


class OutputType(click.ParamType[Output]):
    """`text`, or `json=out.json`."""

    name = "format"

    def __init__(self, formats: Sequence[str]) -> None:
        self.formats = formats

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """What the help shows."""
        return f"{'|'.join(self.formats)}[=FILE]"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The formats that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in self.formats if name.startswith(incomplete)]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        """Reads one."""
        if isinstance(value, Output):
            return value
        name, _, file = str(value).partition("=")
        if name not in self.formats:
            from difflib import get_close_matches

            told = say(
                "there is no format {format}; known: {formats}", format=Written(name), formats=all_of(self.formats)
            )
            if near := get_close_matches(name, self.formats, n=1):
                told = say("{said}; did you mean {nearest}?", said=told, nearest=Written(near[0]))
            refuse(told, param, ctx)
        if "=" in str(value) and not file:
            refuse(say("a file name is missing behind {value}", value=Written(str(value))), param, ctx)
        return Output(name, Path(file) if file else None)


class DayType(click.ParamType[date]):
    """A date: `2027-03-01`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Reads one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            told = say(
                "{value} is no date; write it as {example}", value=Written(str(value)), example=Written("2027-03-01")
            )
            refuse(told, param, ctx)


class LanguageType(click.ParamType[str]):
    """`pt-BR`; its case does not matter, nor whether people write `pt_BR`."""

    name = "language"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """What the help shows."""
        from checker.language import LANGUAGES

        return "|".join(LANGUAGES)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Reads one."""
        from checker.language import language_named, unknown_language

        known = language_named(str(value))
        if known is None:
            refuse(unknown_language(str(value)), param, ctx)
        return known


def agreement_path(command: Decorated) -> Decorated:
    """PATH: the agreement's file or folder."""
    return click.argument("path", type=click.Path(path_type=Path), default=Path("sla"))(command)


def on_data(as_of_help: str) -> Callable[[Decorated], Decorated]:
    """What is judged: PATH, `--data` and `--as-of`."""

    def add(command: Decorated) -> Decorated:
        return agreement_path(data(as_of(as_of_help)(command)))

    return add


def how_to_judge(command: Decorated) -> Decorated:
    """By which text, with what shown, counted by what: `--draft`, `--show-personal-data`, `--engine`."""
    return draft(show_personal_data(engine(command)))


def formats(*names: str) -> Callable[[Decorated], Decorated]:
    """`--format` (several times) and `--output`; the first name is the default."""

    def add(command: Decorated) -> Decorated:
        output = click.option("--output", type=click.Path(path_type=Path), help="File for the format that names none.")
        form = click.option(
            "--format",
            "outputs",
            type=OutputType(names),
            multiple=True,
            default=(names[0],),
            help=f"Format, with a file if wanted; several at once: --format json=out.json "
            f"--format {names[0]}. Default: {names[0]}.",
        )
        return form(output(command))

    return add


def outputs_with(outputs: Sequence[Output], file: Path | None) -> tuple[Output, ...]:
    """The wanted renderings, with the file of `--output`. Raises WrongUse where two want the same place."""
    without = [output for output in outputs if output.file is None]
    if len(without) > 1:
        told = say(
            "only one format can go to one place: give {formats} a file, as in {example}",
            formats=all_of([output.format for output in without]),
            example=Written("--format json=out.json"),
        )
        raise WrongUse(told)
    if file is not None and not without:
        told = say("{option} is for the format without a file, and each has one", option=Written("--output"))
        raise WrongUse(told)
    wanted = tuple(Output(output.format, output.file or file) for output in outputs)
    places: dict[Path, str] = {}
    for output in wanted:
        if output.file is not None and places.setdefault(output.file.absolute(), output.format) != output.format:
            both = all_of([places[output.file.absolute()], output.format])
            raise WrongUse(say("{formats} want the same file {file}", formats=both, file=Written(str(output.file))))
    return wanted


def language(command: Decorated) -> Decorated:
    """`--lang`, or `--language`: the language of messages."""
    return click.option(
        "--lang",
        "--language",
        "language",
        type=LanguageType(),
        help="Language of messages. Default: the agreement's.",
    )(command)


class DataType(click.ParamType[tuple[str, Path]]):
    """`deal=x.csv`, or a folder."""

    name = "source"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """Reads one; a folder has no name."""
        if isinstance(value, tuple):
            return value
        name, has_name, path = str(value).partition("=")
        if has_name and not path:
            told = say(
                "{value} names no file; write it as {example}",
                value=Written(str(value)),
                example=Written(f"{name or 'deal'}=x.csv"),
            )
            refuse(told, param, ctx)
        return (name, Path(path)) if has_name and not Path(str(value)).exists() else ("", Path(str(value)))


def data(command: Decorated) -> Decorated:
    """`--data` (several times): files in place of those of the source section."""
    return click.option(
        "--data",
        "sources",
        type=DataType(),
        multiple=True,
        metavar="SOURCE",
        help="A file in place of one of the source section (deal=x.csv), or a folder that holds all of them.",
    )(command)


def as_of(help_text: str) -> Callable[[Decorated], Decorated]:
    """`--as-of`: the day on which one looks at it."""
    return click.option("--as-of", type=DayType(), metavar="DATE", help=help_text)


def show_personal_data(command: Decorated) -> Decorated:
    """`--show-personal-data`: without it no e-mail, name or phone is printed."""
    return click.option(
        "--show-personal-data", is_flag=True, help="Show what personal fields hold; hidden unless asked for."
    )(command)


def draft(command: Decorated) -> Decorated:
    """`--draft`: by the working files alone."""
    return click.option(
        "--draft",
        "is_draft",
        is_flag=True,
        help="Judge everything by the working files, and not by the releases that were in force.",
    )(command)


def engine(command: Decorated) -> Decorated:
    """`--engine`: what counts."""
    return click.option(
        "--engine",
        type=OneOf(ENGINES),
        default=ENGINES[0],
        show_default=True,
        help="What counts: DuckDB in this process, or Spark, here or on your cluster.",
    )(command)
