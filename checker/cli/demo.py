"""`sla demo`: the whole thread on an example: an agreement is validated, judged on sample data, and published."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.main import FINDINGS
from checker.cli.options import language
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak

if TYPE_CHECKING:
    from checker.agreement import Agreement
    from checker.language import Words
    from checker.message import Message
    from checker.text import Document
    from checker.verdict import Results


@click.command("demo", short_help="See it all on an example")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("build/demo"), metavar="[DIR]")
@language
def command(folder: Path, language: str | None) -> int:
    """Write an example agreement and half a year of made-up leads into DIR (build/demo by default), and show what the
    tool makes of them: validated, judged, and built into pages.

    Files of the agreement that are there already are kept, so that you can edit one and run this again.
    """
    from checker.agreement import build as build_agreement
    from checker.finding import Severity
    from checker.message import Written, say
    from checker.report.findings_text import findings_text
    from checker.review.validate import validate
    from checker.samples.folder import write_demo
    from checker.text import read

    spoken = speak(language or "en")
    agreement_folder, data_folder = write_demo(folder)
    _tell(
        spoken,
        say(
            "The example agreement is in {agreement}, half a year of made-up leads in {data}.",
            agreement=Written(str(agreement_folder)),
            data=Written(str(data_folder)),
        ),
    )
    document = read(agreement_folder)
    agreement = build_agreement(document.values, document.problems)
    findings = validate(document)
    deliver(findings_text(findings, spoken, str(agreement_folder), has_colour=has_colour(None)), None)
    if findings.count(Severity.ERROR):
        return FINDINGS
    results = _judged(document, agreement, agreement_folder, folder / "results.json", spoken)
    _tell(spoken, _verdicts(results, spoken))
    _studied(document, agreement, agreement_folder, folder / "build", spoken)
    site = _published(agreement.title, folder, spoken.language)
    _tell(spoken, say("The pages are built: open {page} in a browser.", page=Written(str(site))))
    _tell(
        spoken,
        say(
            "Their search needs a server: {command}, then open {address}.",
            command=Written(f"python -m http.server --bind 127.0.0.1 --directory {folder / 'site'}"),
            address=Written("http://127.0.0.1:8000"),
        ),
    )
    _tell(
        spoken,
        say(
            "Next: change a number in {file}, and ask {validate} what follows, or {check} what was kept.",
            file=Written(str(agreement_folder / "targets.yaml")),
            validate=Written(f"sla validate {agreement_folder}"),
            check=Written(f"sla check {agreement_folder}"),
        ),
    )
    return 0


def _tell(spoken: Words, message: Message) -> None:
    deliver(f"{spoken.say(message)}\n", None)


def _judged(document: Document, agreement: Agreement, agreement_folder: Path, file: Path, spoken: Words) -> Results:
    """Checks the sample data, and writes the results for the pages."""
    from checker.funnel import open_funnel
    from checker.report.results_json import results_json
    from checker.report.writing import write_text
    from checker.review.check import check

    with open_funnel(agreement, agreement_folder) as funnel:
        results = check(agreement, document, funnel, with_figures=True).results
    write_text(file, results_json(results, spoken))
    return results


def _studied(document: Document, agreement: Agreement, agreement_folder: Path, out: Path, spoken: Words) -> None:
    """Plans, and tests the criteria, where the agreement allows it: each has a page of its own."""
    from checker.errors import SlaError
    from checker.funnel import open_funnel
    from checker.logic.planning.planned import PlanWish
    from checker.report.backtest_json import backtest_json
    from checker.report.names import Names
    from checker.report.plan_json import plan_json
    from checker.report.plan_words import PlanWords
    from checker.report.writing import write_text
    from checker.review.backtest import backtest
    from checker.review.plan import make_plan

    out.mkdir(parents=True, exist_ok=True)
    for name in ("plan.json", "backtest.json"):
        (out / name).unlink(missing_ok=True)
    with suppress(SlaError):
        planned = PlanWords(make_plan(document, PlanWish()), spoken)
        write_text(out / "plan.json", plan_json(planned, is_written=False))
    with suppress(SlaError), open_funnel(agreement, agreement_folder) as funnel:
        found = backtest(agreement, funnel)
        write_text(out / "backtest.json", backtest_json(found, Names(agreement), spoken))


def _verdicts(results: Results, spoken: Words) -> Message:
    """How the sample's promises stand, in one sentence."""
    from checker.message import all_of, say
    from checker.report.beside_words import standings_in_words
    from checker.standing import counted
    from checker.verdict import Status

    closed = Counter(result.status for result in results.results if result.judged)
    told = [spoken.say(message) for message in standings_in_words(counted(results))]
    return say(
        "Judged on {leads} leads: in the last month that can be judged {kept} promises were kept and {missed} missed. "
        "Where they stand now: {standings}.",
        leads=results.data.leads,
        kept=closed[Status.MET],
        missed=closed[Status.MISSED],
        standings=all_of(told),
    )


def _published(title: str, folder: Path, language: str) -> Path:
    """Builds the pages, to be opened as files; a `mkdocs.yml` that is there already is kept."""
    from checker.report.writing import write_text
    from checker.site.build import build as build_site
    from checker.site.configuration import mkdocs_config

    (folder / "docs").mkdir(parents=True, exist_ok=True)
    configuration = folder / "mkdocs.yml"
    if not configuration.exists():
        write_text(configuration, mkdocs_config(title, results="results.json", is_served=False, language=language))
    return build_site(configuration, folder.resolve() / "site")
