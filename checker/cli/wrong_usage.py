"""What is wrong with a command line, in the language that is spoken: what our options refuse, and what click does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from checker.message import Message, Written, all_of, any_of, say

_SURPLUS = re.compile(r"Got unexpected extra arguments? \((.*)\)\Z")
_NEEDS = re.compile(r"Option '(--?[a-z-]+)' requires an argument")
_NO_VALUE = re.compile(r"Option '(--?[a-z-]+)' does not take a value")


class WrongUse(click.UsageError):
    """Options or arguments that do not go together."""

    def __init__(self, told: Message, ctx: click.Context | None = None) -> None:
        super().__init__(told.text, ctx or click.get_current_context(silent=True))
        self.told = told


class WrongValue(click.BadParameter):
    """A value that an option or argument does not take."""

    def __init__(self, told: Message, param: click.Parameter | None, ctx: click.Context | None) -> None:
        super().__init__(told.text, ctx, param)
        self.told = told


def refuse(told: Message, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
    """Ends the reading of the command line; for the types of options. Raises WrongValue."""
    raise WrongValue(told, param, ctx)


class OneOf(click.Choice[str]):
    """One of a few words."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Reads one."""
        if value not in self.choices:
            told = say("there is no “{word}” here; write {words}", word=Written(value), words=any_of(self.choices))
            refuse(told, param, ctx)
        return str(value)


class WholeNumber(click.ParamType[int]):
    """A whole number of at least `least` and at most `most`."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Reads one."""
        if not re.fullmatch("[0-9]{1,18}", str(value)) or not self.least <= int(value) <= self.most:
            told = say(
                "{value} is no whole number from {least} to {most}",
                value=Written(str(value)),
                least=self.least,
                most=self.most,
            )
            refuse(told, param, ctx)
        return int(value)


def told_about(wrong: click.UsageError) -> Message:
    """What is wrong, as a message; what click alone could say, and we have no words for, as click says it."""
    if isinstance(wrong, WrongUse):
        return wrong.told
    if isinstance(wrong, WrongValue):
        where = _place_of(wrong)
        return wrong.told if where is None else say("{option}: {message}", option=Written(where), message=wrong.told)
    if isinstance(wrong, click.NoSuchOption):
        option = Written(wrong.option_name)
        if wrong.possibilities:
            return say(
                "there is no option {option}; did you mean {near}?", option=option, near=any_of(wrong.possibilities)
            )
        return say("there is no option {option}", option=option)
    if isinstance(wrong, click.MissingParameter):
        return say("{option} is missing", option=Written(_place_of(wrong) or ""))
    said = wrong.format_message()
    if surplus := _SURPLUS.search(said):
        return say("this command does not take {arguments}", arguments=all_of(surplus[1].split()))
    if needs := _NEEDS.search(said):
        return say("{option} needs a value behind it", option=Written(needs[1]))
    if takes := _NO_VALUE.search(said):
        return say("{option} takes no value", option=Written(takes[1]))
    return say("{text}", text=Written(said))


def _place_of(wrong: click.BadParameter) -> str | None:
    """The option, or the argument as the help shows it."""
    if wrong.param is None or wrong.ctx is None:
        return None
    if isinstance(wrong.param, click.Argument):
        return wrong.param.make_metavar(wrong.ctx)
    return wrong.param.opts[0]


def usage_of(wrong: click.UsageError) -> list[Message]:
    """How the command is written, and where more is told; nothing where it is not known which command was meant."""
    context = wrong.ctx
    if context is None:
        return []
    written = " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
    return [
        say("Usage: {command}", command=Written(written)),
        say("{command} tells more.", command=Written(f"{context.command_path} --help")),
    ]
