"""`sla explain`: what is behind a rule, a promise, a measure, a change, or the verdicts on one lead."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from checker.agreement.promises import MEASURES
from checker.cli.completing import to_explain
from checker.cli.explain_lead import explain_one
from checker.cli.options import (
    ENGINES,
    Output,
    as_of,
    data,
    formats,
    how_to_judge,
    language,
    outputs_with,
)
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak, speak_as
from checker.cli.wrong_usage import WrongUse
from checker.errors import MissingExtra, WrongUsage
from checker.language import Words
from checker.message import Message, Written, all_of, say

_OF_A_LEAD = ("--data", "--as-of", "--format", "--output", "--draft", "--engine", "--show-personal-data")
_CODE = re.compile(r"sla[0-9]{3}\Z", re.IGNORECASE)
_ALMOST_A_CODE = re.compile(r"(?:sla)?[ _-]?(?P<number>[0-9]{3})[0-9]?\Z", re.IGNORECASE)


@click.command("explain")
@click.argument("what", required=False, shell_complete=to_explain)
@click.argument("path", type=click.Path(path_type=Path), default=Path("sla"))
@click.option("--lead", metavar="ID", help="Tell what happened to one lead, in place of WHAT; see also --data.")
@data
@as_of("With --lead: tell how things stood at the end of this day. Default: the last moment in the data.")
@formats("text", "json", "markdown")
@language
@how_to_judge
def command(
    what: str | None,
    path: Path,
    lead: str | None,
    sources: tuple[tuple[str, Path], ...],
    as_of: date | None,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
    is_draft: bool,
    show_personal_data: bool,
    engine: str,
) -> int:
    """Explain WHAT: a rule (SLA101), a promise of the agreement in PATH, a measure (volume), or a kind of change that
    sla diff names (promise-tightened).

    A rule's page is the one of the documentation. Of a promise it says who owes what to whom, and how it is judged.

    With --lead, it tells the story of one lead: what happened to it, each deadline with the nights and holidays that
    it skipped, and which line decided, in the release that was in force then. sla explain --lead ID [PATH]
    """
    if lead is not None:
        where = Path(what) if what is not None else path
        if what is not None and not where.exists():
            raise WrongUsage(
                say("with --lead, {what} would be the agreement, and there is no such file", what=Written(what))
            )
        wanted = outputs_with(outputs, output)
        return explain_one(lead, where, sources, as_of, wanted, language, show_personal_data, is_draft, engine)
    if what is None:
        raise WrongUse(say("say what to explain: a rule, a promise, a measure, or {lead}", lead=Written("--lead ID")))
    if (
        sources
        or as_of is not None
        or show_personal_data
        or is_draft
        or engine != ENGINES[0]
        or output is not None
        or any(each != Output("text") for each in outputs)
    ):
        told = say("{options} go with {lead}", options=all_of(_OF_A_LEAD), lead=Written("--lead"))
        raise WrongUse(told)
    if _CODE.match(what):
        deliver(_rule(what, speak(language or "en")), None)
        return 0
    explained = (
        _promise(what, path, language)
        or _measure(what, speak(language or "en"))
        or _kind_of_change(what, speak(language or "en"))
    )
    if explained is None:
        raise WrongUsage(_unknown(what, path))
    deliver(explained, None)
    return 0


def _rule(code: str, spoken: Words) -> str:
    from checker.report.rule_page import rule_page
    from checker.rules.catalogue import rule_of

    rule = rule_of(code)
    if rule is None:
        raise WrongUsage(say("there is no rule {code}", code=Written(code)))
    return rule_page(rule, spoken)


def _promise(name: str, path: Path, language: str | None) -> str | None:
    """A promise, or one rung of its ladder; None where there is no agreement or no such promise in it."""
    from checker.agreement import build
    from checker.report.explanation_text import explanation_text
    from checker.review.explain import explain_promise
    from checker.text import read

    if not path.exists():
        return None
    document = read(path)
    speak_as(document, language)
    agreement = build(document.values, document.problems, document.unread)
    promise = agreement.promise(name.partition(".")[0])
    if promise is None:
        return None
    spoken = speak(language or agreement.language)
    return explanation_text(explain_promise(agreement, document, promise), spoken, has_colour=has_colour(None))


def _measure(name: str, spoken: Words) -> str | None:
    if name not in MEASURES:
        return None
    try:
        from checker.measures.catalogue import measures
    except ModuleNotFoundError as error:
        if str(error.name).startswith("checker"):
            raise
        raise MissingExtra(
            say(
                "measures need a part that is installed separately: {command}",
                command=Written('pip install "smarketing-sla[check]"'),
            )
        ) from error
    from checker.report.measure_page import measure_page

    return measure_page(measures()[name], spoken)


def _kind_of_change(name: str, spoken: Words) -> str | None:
    from checker.changes.catalogue import kind_of
    from checker.report.change_page import change_page

    kind = kind_of(name)
    return None if kind is None else change_page(kind, spoken)


def _code_in(what: str) -> list[str]:
    """The rule that `301`, `SLA-301` or `SLA3010` was meant for, if there is one."""
    from checker.rules.catalogue import rule_of

    written = _ALMOST_A_CODE.match(what)
    code = f"SLA{written['number']}" if written else ""
    return [code] if code and rule_of(code) else []


def _unknown(what: str, path: Path) -> Message:
    from checker.agreement import build
    from checker.changes.catalogue import kinds
    from checker.rules.suggestions import guesses
    from checker.text import read

    document = read(path) if path.exists() else None
    promises = build(document.values).promises() if document else ()
    near = _code_in(what) or guesses(
        what, [*(promise.id for promise in promises), *MEASURES, *(kind.slug for kind in kinds())]
    )
    if near:
        return say(
            "there is no rule, promise, measure or kind of change {what}; did you mean {near}?",
            what=Written(what),
            near=Written(near[0]),
        )
    return say("there is no rule, promise, measure or kind of change {what}", what=Written(what))
