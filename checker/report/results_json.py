"""Results for programs: `results/v1`, whose schema is published in `schema/results.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.language import from_json
from checker.record import Said
from checker.verdict import Found, Result, Results

if TYPE_CHECKING:
    from checker.language import Words


def results_json(results: Results, words: Words) -> str:
    """The results as JSON, worded in the language asked for; what was said stands beside it for any other."""
    told = {
        "results": tuple(_worded(result, words) for result in results.results),
        "findings": tuple(_finding_worded(finding, words) for finding in results.findings),
        "not_looked_at": tuple(
            item.model_copy(update={"why": _say(item.said, words)}) for item in results.not_looked_at
        ),
        "language": words.language,
    }
    return results.model_copy(update=told).model_dump_json(indent=2) + "\n"


def _say(said: Said, words: Words) -> str:
    return words.say(from_json(said.model_dump()))


def _worded(result: Result, words: Words) -> Result:
    if result.said is None:
        return result
    return result.model_copy(update={"why": _say(result.said, words)})


def _finding_worded(finding: Found, words: Words) -> Found:
    said = finding.said
    because = [
        line if told is None else line.model_copy(update={"message": _say(told, words)})
        for line, told in zip(finding.because, said.because, strict=True)
    ]
    choices = [
        way.model_copy(update={"message": _say(told, words)})
        for way, told in zip(finding.choices, said.choices, strict=True)
    ]
    return finding.model_copy(
        update={
            "message": _say(said.message, words),
            "because": tuple(because),
            "follows": tuple(_say(told, words) for told in said.follows),
            "choices": tuple(choices),
        }
    )
