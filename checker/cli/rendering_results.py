"""Which format of results is made by what. Each is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.cli.options import Output
from checker.cli.output import has_colour
from checker.cli.speech import speak
from checker.report.results_view import ResultsView

if TYPE_CHECKING:
    from checker.agreement import Agreement
    from checker.cli.failing import Failing
    from checker.report.repository import Repository
    from checker.verdict import Results


def view_of(agreement: Agreement, language: str | None, repository: Repository) -> ResultsView:
    """How one looks at the results of an agreement: by default in its own language."""
    spoken = speak(language or agreement.language)
    sentences = {promise.id: spoken.text(agreement.text(promise.sentence)) for promise in agreement.promises()}
    return ResultsView(spoken, sentences, agreement.currency, repository, spoken.text(agreement.title))


def rendered_results(results: Results, output: Output, view: ResultsView, where: str, failing: Failing) -> str:
    """Results in a format; `where` is the agreement that was judged."""
    match output.format:
        case "json":
            from checker.report.results_json import results_json

            return results_json(results, view.words)
        case "markdown":
            from checker.report.results_markdown import results_markdown

            return results_markdown(results, view, where)
        case "github":
            from checker.report.results_github import results_github

            return results_github(results, view)
        case "gitlab":
            from checker.report.results_gitlab import results_gitlab

            return results_gitlab(results, view)
        case "sarif":
            from checker.report.results_sarif import results_sarif

            return results_sarif(results, view)
        case "junit":
            from checker.report.results_junit import results_junit

            return results_junit(results, view, failing.result, failing.finding)
        case _:
            from checker.report.results_text import results_text

            colour = has_colour(output.file)
            named = results.model_copy(update={"agreement": view.title or results.agreement})
            return results_text(named, view.words, view.sentences, view.currency, has_colour=colour)
